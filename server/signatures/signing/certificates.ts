import { X509Certificate } from 'node:crypto';
import * as asn1js from 'asn1js';
import { Certificate } from 'pkijs';
import { AppError } from '#server/platform/errors.ts';
import { issuerAndSerial } from './cms.ts';

export interface CertificateFacts {
  /** common name: a person's, or for a seal the organisation's */
  name: string;
  organisation: string | undefined;
  title: string | undefined;
  issuer: string;
  serial: string;
  validFrom: Date;
  validTo: Date;
  keyUsage: { signs: boolean; issues: boolean };
  /** object identifier of the algorithm the issuer signed with */
  algorithm: string;
}

const SIGNATURE_ALGORITHMS = new Set([
  '1.2.840.113549.1.1.11',
  '1.2.840.113549.1.1.12',
  '1.2.840.113549.1.1.13',
  '1.2.840.113549.1.1.10',
  '1.2.840.10045.4.3.2',
  '1.2.840.10045.4.3.3',
  '1.2.840.10045.4.3.4',
]);

interface Known {
  facts?: CertificateFacts;
  identity?: Buffer;
  x509?: X509Certificate;
}
/** The same few certificates are read again and again; reading one costs milliseconds. */
const known = new Map<string, Known>();
function remember(bytes: Uint8Array): Known {
  const key = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const entry = known.get(key) ?? {};
  if (known.size > 200) known.clear();
  known.set(key, entry);
  return entry;
}

/** What a certificate says about its holder. @throws Error when the bytes are no certificate */
export function readCertificate(bytes: Uint8Array): CertificateFacts {
  const entry = remember(bytes);
  entry.facts ??= parseCertificate(bytes);
  return entry.facts;
}

/** The certificate as node:crypto knows it: for keys and chains. */
export function x509(bytes: Uint8Array): X509Certificate {
  const entry = remember(bytes);
  entry.x509 ??= new X509Certificate(bytes);
  return entry.x509;
}

/** Issuer and serial number in DER: how a signature container names its signer. */
export function identityOf(bytes: Uint8Array): Buffer {
  const entry = remember(bytes);
  entry.identity ??= issuerAndSerial(bytes);
  return entry.identity;
}

function parseCertificate(bytes: Uint8Array): CertificateFacts {
  const certificate = Certificate.fromBER(new Uint8Array(bytes));
  const part = (name: 'subject' | 'issuer', type: string): string | undefined => {
    const found = certificate[name].typesAndValues.find((entry) => entry.type === type);
    return found ? String(found.value.valueBlock.value).normalize('NFC') : undefined;
  };
  const usage = certificate.extensions?.find((extension) => extension.extnID === '2.5.29.15')?.parsedValue;
  const bits = usage instanceof asn1js.BitString ? (usage.valueBlock.valueHexView[0] ?? 0) : undefined;
  return {
    name: part('subject', '2.5.4.3') ?? '',
    organisation: part('subject', '2.5.4.10'),
    title: part('subject', '2.5.4.12'),
    issuer: part('issuer', '2.5.4.3') ?? part('issuer', '2.5.4.10') ?? '',
    serial: Buffer.from(certificate.serialNumber.valueBlock.valueHexView).toString('hex'),
    validFrom: certificate.notBefore.value,
    validTo: certificate.notAfter.value,
    keyUsage: {
      // digitalSignature (bit 0) or nonRepudiation (bit 1); a certificate without the extension may be used for anything
      signs: bits === undefined || (bits & 0xc0) !== 0,
      issues: bits === undefined || (bits & 0x04) !== 0,
    },
    algorithm: certificate.signatureAlgorithm.algorithmId,
  };
}

/** Why a certificate must not sign now: a message key, or undefined when it may. */
export function certificateProblem(bytes: Uint8Array, at: Date): string | undefined {
  const facts = readCertificate(bytes);
  if (at < facts.validFrom) return 'signatures.errors.certificateNotYetValid';
  if (at > facts.validTo) return 'signatures.errors.certificateExpired';
  if (!facts.keyUsage.signs) return 'signatures.errors.certificateUsage';
  return weakness(bytes);
}

/** A key or digest too weak to rely on: a message key. */
export function weakness(bytes: Uint8Array): string | undefined {
  const key = x509(bytes).publicKey;
  const details = key.asymmetricKeyDetails;
  const strong =
    key.asymmetricKeyType === 'rsa'
      ? (details?.modulusLength ?? 0) >= 2048
      : key.asymmetricKeyType === 'ec' && ['prime256v1', 'secp384r1', 'secp521r1'].includes(details?.namedCurve ?? '');
  if (!strong) return 'signatures.errors.keyTooWeak';
  return SIGNATURE_ALGORITHMS.has(readCertificate(bytes).algorithm) ? undefined : 'signatures.errors.digestTooWeak';
}

/** @throws AppError invalidState, saying why, when the certificate must not sign at that instant */
export function assertMaySign(bytes: Uint8Array, at: Date): void {
  const problem = certificateProblem(bytes, at);
  if (!problem) return;
  const { name, validFrom, validTo } = readCertificate(bytes);
  throw new AppError('invalidState', problem, {
    values: { name, from: validFrom.toISOString(), to: validTo.toISOString() },
  });
}
