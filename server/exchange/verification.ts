import type { DocumentLicence } from '#server/facilities/index.ts';
import type { IssuedDocument, PdfVerdict } from '#server/signatures/index.ts';
import type { Force } from './rules.ts';

export interface VerifiedSignature {
  field: string;
  /** initial, signature, seal, where the document is known here */
  role: string | null;
  signer: string;
  organisation: string | null;
  title: string | null;
  /** as the signer's side said; ISO 8601 +07:00 */
  signedAt: string | null;
  level: string;
  intact: boolean;
  trusted: boolean;
  coversWholeDocument: boolean;
  /** what is wrong with it, by name: `signatures.problems` has the words */
  problems: PdfVerdict['signatures'][number]['problems'];
  /** from the signer up */
  certificateChain: { subject: string; issuer: string; serial: string; validFrom: string; validTo: string }[];
}

/** The answer to "is this file genuine, and does it hold?" */
export interface Verification {
  verdict: PdfVerdict['status'];
  issuedHere: boolean;
  /** null: not issued here, or nothing that comes into force */
  status: Force | null;
  /** why it is not intact, by name: `signatures.reasons` has the words */
  reasons: PdfVerdict['reasons'];
  /** signature fields that should be signed and are not */
  missing: string[];
  /** hexadecimal, of the very file */
  sha256: string;
  document: IssuedDocument | null;
  facility: { id: string; name: string } | null;
  signatures: VerifiedSignature[];
}

/** Puts together what the file says of itself, what was issued here, and what the register says today. */
export function verificationOf(
  file: PdfVerdict,
  document: IssuedDocument | null,
  licence: DocumentLicence | null,
): Verification {
  const roles = new Map(document?.signatures.map((signature) => [signature.field, signature]));
  return {
    verdict: file.status,
    issuedHere: document !== null,
    status: forceOf(document, licence),
    reasons: file.reasons,
    missing: file.missing,
    sha256: file.sha256,
    document,
    facility: licence && { id: licence.facilityId, name: licence.facilityName },
    signatures: file.signatures.map((signature) => ({
      field: signature.field,
      role: roles.get(signature.field)?.role ?? null,
      signer: signature.signer,
      organisation: signature.organisation ?? null,
      title: roles.get(signature.field)?.title ?? signature.title ?? null,
      signedAt: signature.claimedAt ?? null,
      level: signature.level,
      intact: signature.intact,
      trusted: signature.trusted,
      coversWholeDocument: signature.coversWholeFile,
      problems: signature.problems,
      certificateChain: signature.certificates.map(({ name, issuer, serial, validFrom, validTo }) => ({
        subject: name,
        issuer,
        serial,
        validFrom,
        validTo,
      })),
    })),
  };
}

/**
 * A document taken back does not hold; else the register knows better than the paper: a licence may have ended since.
 * Revoked outweighs replaced, as in the register: both say the same of it.
 * A refusal permits nothing, so nothing of it comes into force.
 */
export function forceOf(document: IssuedDocument | null, licence: DocumentLicence | null): Force | null {
  if (!document) return null;
  if (document.status !== 'inForce') return licence?.status === 'revoked' ? 'revoked' : document.status;
  return document.kind === 'refusal' ? null : (licence?.status ?? 'inForce');
}
