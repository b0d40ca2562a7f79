import { isoLocal } from '../pdf/pdf-date.ts';
import { readCertificate } from '../signing/certificates.ts';
import { sha256 } from '../signing/cms.ts';
import { lockCovers } from '../signing/locks.ts';
import { type Alteration, compareRevisions } from './compare-revisions.ts';
import { type ParsedObjects, type Revision, readRevision, type Unreadable, UnreadableFile } from './pdf-revision.ts';
import { type FoundSignature, readContents, readSignatures } from './read-signatures.ts';
import { type Anchor, type SignatureProblem, verifyCms } from './verify-cms.ts';

export interface VerifyOptions {
  /** roots trusted for this purpose */
  anchors: Anchor[];
  /** signature fields that must all be signed; default: every signature field the document has */
  expectedFields?: string[] | undefined;
  /** SHA-256 (hexadecimal) of the revisions this system stored, oldest first */
  knownRevisions?: string[] | undefined;
  /** signers whose certificate was revoked: SHA-256 of the certificate (hexadecimal) and since when */
  revoked?: { certificate: string; since: Date }[] | undefined;
}

export interface CertificateVerdict {
  name: string;
  organisation?: string | undefined;
  issuer: string;
  serial: string;
  validFrom: string;
  validTo: string;
  sha256: string;
}
export interface SignatureVerdict {
  field: string;
  signer: string;
  organisation?: string | undefined;
  title?: string | undefined;
  reason?: string | undefined;
  location?: string | undefined;
  /** what the signer's own computer said, ISO 8601 +07:00; no time-stamp authority confirms it at level B-B */
  claimedAt?: string | undefined;
  timeSource: 'claimed';
  level: 'PAdES-B-B' | 'PAdES-B-T' | 'other';
  /** the value and everything it covers are unchanged, and nothing forbidden was done afterwards */
  intact: boolean;
  /** the certificate chain leads to a trusted root and was valid at the claimed time */
  trusted: boolean;
  certificates: CertificateVerdict[];
  /** which revision it covers, from 1, and up to which byte */
  revision: number;
  coversBytes: number;
  coversWholeFile: boolean;
  problems: (SignatureProblem | 'rangeInvalid' | 'changedAfterwards')[];
}
export type DocumentReason =
  | Unreadable
  | Alteration
  | 'bytesAppended'
  | 'signatureInvalid'
  | 'signatureMissing'
  | 'notTrusted'
  | 'notSigned'
  | 'unknownRevision';
export interface PdfVerdict {
  status: 'intact' | 'altered' | 'incomplete' | 'untrusted' | 'unsigned' | 'unreadable';
  reasons: DocumentReason[];
  /** expected signature fields that carry none */
  missing: string[];
  signatures: SignatureVerdict[];
  sha256: string;
  bytes: number;
}

/**
 * Says about any file whether it is signed, by whom, and whether it is still what they signed. Stricter than standard
 * validators: any change after a signature but filling a prepared, unlocked field makes it "altered".
 */
export function verifyPdf(file: Uint8Array, options: VerifyOptions): PdfVerdict {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const verdict: PdfVerdict = {
    status: 'unreadable',
    reasons: [],
    missing: [],
    signatures: [],
    sha256: sha256(bytes).toString('hex'),
    bytes: bytes.length,
  };
  try {
    judge(bytes, options, verdict);
  } catch (error) {
    // whatever a hostile file makes the parser do, the answer is the same: it cannot be read
    const why = error instanceof UnreadableFile ? error.why : 'damaged';
    Object.assign(verdict, { status: 'unreadable', reasons: [why], missing: [], signatures: [] });
  }
  return verdict;
}

const MAX_SIGNATURES = 50;

function judge(bytes: Buffer, options: VerifyOptions, verdict: PdfVerdict): void {
  if (bytes.subarray(0, 5).toString('latin1') !== '%PDF-') throw new UnreadableFile('notPdf');
  const parsed: ParsedObjects = new Map();
  const last = readLast(bytes, parsed);
  const { signed, empty } = readSignatures(bytes, last);
  if (signed.length > MAX_SIGNATURES) throw new UnreadableFile('damaged');
  const ordered = signed.toSorted((a, b) => (a.range?.end ?? 0) - (b.range?.end ?? 0));
  const alterations =
    ordered.length > 0
      ? walkRevisions(bytes, ordered, last, parsed)
      : new Map<number, Set<Alteration | 'bytesAppended'>>();
  const reasons = new Set<DocumentReason>();
  ordered.forEach((found, i) => {
    const one = judgeSignature(bytes, found, i + 1, options);
    // what was changed after a later revision also came after this signature
    const after = [...alterations].filter(([since]) => since >= i).flatMap(([, what]) => [...what]);
    if (after.length > 0) one.problems.push('changedAfterwards');
    for (const what of after) reasons.add(what);
    const trust: SignatureVerdict['problems'] = [
      'notTrusted',
      'certificateExpired',
      'certificateNotYetValid',
      'certificateRevoked',
      'certificateUsage',
    ];
    one.trusted = one.certificates.length > 0 && !one.problems.some((problem) => trust.includes(problem));
    one.intact = one.problems.every((problem) => trust.includes(problem));
    if (one.problems.some((problem) => problem !== 'changedAfterwards' && !trust.includes(problem)))
      reasons.add('signatureInvalid');
    if (!one.trusted) reasons.add('notTrusted');
    verdict.signatures.push(one);
  });
  checkKnown(bytes, ordered, options, reasons);
  const present = new Set(signed.map(({ field }) => field));
  verdict.missing = (options.expectedFields ?? empty).filter((field) => !present.has(field));
  if (signed.length === 0) reasons.add('notSigned');
  else if (verdict.missing.length > 0) reasons.add('signatureMissing');
  verdict.reasons = [...reasons];
  verdict.status = statusOf(reasons);
}

function statusOf(reasons: Set<DocumentReason>): PdfVerdict['status'] {
  const mild: DocumentReason[] = ['signatureMissing', 'notTrusted', 'notSigned'];
  if ([...reasons].some((reason) => !mild.includes(reason))) return 'altered';
  if (reasons.has('notSigned')) return 'unsigned';
  if (reasons.has('signatureMissing')) return 'incomplete';
  return reasons.has('notTrusted') ? 'untrusted' : 'intact';
}

/** The document as it stands; bytes behind its last %%EOF are left for the range check to find. */
function readLast(bytes: Buffer, parsed: ParsedObjects): Revision {
  try {
    return readRevision(bytes, bytes.length, parsed);
  } catch (error) {
    const eof = bytes.lastIndexOf('%%EOF');
    const end = eof === -1 ? 0 : eof + 5;
    if (!(error instanceof UnreadableFile) || error.why !== 'damaged' || end === 0 || end === bytes.length) throw error;
    return readRevision(bytes, end, parsed);
  }
}

/** For each signature (by its index) what was done between the revision it covers and the next one, or the end of the file. */
function walkRevisions(
  bytes: Buffer,
  ordered: FoundSignature[],
  last: Revision,
  parsed: ParsedObjects,
): Map<number, Set<Alteration | 'bytesAppended'>> {
  const found = new Map<number, Set<Alteration | 'bytesAppended'>>();
  const ends = ordered.map(({ range }) => range?.end);
  const revisions = ends.map((end) => (end === undefined ? undefined : tryRevision(bytes, end, parsed)));
  ordered.forEach((_, i) => {
    const before = revisions[i];
    if (!before) {
      found.set(i, new Set(['structureChanged']));
      return;
    }
    const isLast = i === ordered.length - 1;
    if (isLast && before.end === bytes.length) return;
    const after = isLast ? last : revisions[i + 1];
    const locked = (field: string) =>
      ordered.slice(0, i + 1).some(({ lock }) => lock !== undefined && lockCovers(lock, field));
    const what = new Set<Alteration | 'bytesAppended'>(
      after && after.end > before.end ? compareRevisions(before, after, locked) : [],
    );
    if (isLast) what.add('bytesAppended');
    else if (!after || after.end === before.end) what.add('structureChanged');
    if (what.size > 0) found.set(i, what);
  });
  return found;
}

function tryRevision(bytes: Buffer, end: number, parsed: ParsedObjects): Revision | undefined {
  try {
    return readRevision(bytes, end, parsed);
  } catch {
    return undefined;
  }
}

function judgeSignature(
  bytes: Buffer,
  found: FoundSignature,
  revision: number,
  options: VerifyOptions,
): SignatureVerdict {
  const { range } = found;
  const contents = range ? readContents(bytes, range) : undefined;
  const base: SignatureVerdict = {
    field: found.field,
    signer: found.signerText ?? '',
    reason: found.reason,
    location: found.location,
    claimedAt: found.claimedAt ? isoLocal(found.claimedAt) : undefined,
    timeSource: 'claimed',
    level: 'other',
    intact: false,
    trusted: false,
    certificates: [],
    revision,
    coversBytes: range?.end ?? 0,
    coversWholeFile: range?.end === bytes.length,
    problems: [],
  };
  if (!range || !contents) return { ...base, problems: ['rangeInvalid', 'notTrusted'] };
  const covered = [bytes.subarray(0, range.gapStart), bytes.subarray(range.gapEnd, range.end)];
  const cms = verifyCms(contents.bytes, covered, options.anchors, found.claimedAt);
  const problems: SignatureVerdict['problems'] = [...cms.problems];
  if (cms.anchor && !contents.exact && isExactForm(options.anchors, cms.anchor)) problems.push('containerAltered');
  if (found.subFilter !== 'ETSI.CAdES.detached' && found.subFilter !== 'adbe.pkcs7.detached')
    problems.push('algorithmUnsupported');
  const certificates = cms.chain.map(certificateVerdict);
  const signer = certificates[0];
  const revoked = options.revoked?.find(({ certificate }) => certificate === signer?.sha256);
  if (revoked && (!found.claimedAt || found.claimedAt >= revoked.since)) problems.push('certificateRevoked');
  const facts = cms.chain[0] ? readCertificate(cms.chain[0]) : undefined;
  return {
    ...base,
    signer: facts?.name ?? base.signer,
    organisation: facts?.organisation,
    title: facts?.title,
    level: found.subFilter === 'ETSI.CAdES.detached' ? cms.level : 'other',
    certificates,
    problems,
  };
}

const isExactForm = (anchors: Anchor[], certificate: Uint8Array): boolean =>
  anchors.find((anchor) => anchor.certificate === certificate)?.exactForm !== false;

function certificateVerdict(der: Uint8Array): CertificateVerdict {
  const { name, organisation, issuer, serial, validFrom, validTo } = readCertificate(der);
  return {
    name,
    organisation,
    issuer,
    serial,
    validFrom: isoLocal(validFrom),
    validTo: isoLocal(validTo),
    sha256: sha256(der).toString('hex'),
  };
}

/** With stored digests at hand every signed revision must be one of them, byte for byte. */
function checkKnown(
  bytes: Buffer,
  ordered: FoundSignature[],
  options: VerifyOptions,
  reasons: Set<DocumentReason>,
): void {
  const known = options.knownRevisions;
  if (!known) return;
  const ends = [...ordered.flatMap(({ range }) => (range ? [range.end] : [])), bytes.length];
  if (ends.some((end) => !known.includes(sha256(bytes.subarray(0, end)).toString('hex'))))
    reasons.add('unknownRevision');
}
