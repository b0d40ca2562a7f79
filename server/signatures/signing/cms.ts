import { createHash, X509Certificate } from 'node:crypto';
import * as asn1js from 'asn1js';
import { der, integer, NULL, octets, oid, sequence, setOf } from './der.ts';

export const OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  timeStampToken: '1.2.840.113549.1.9.16.2.14',
  sha256: '2.16.840.1.101.3.4.2.1',
  rsaWithSha256: '1.2.840.113549.1.1.11',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
} as const;

export const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/**
 * The signed attributes of a PAdES baseline B-B signature (EN 319 142-1, 5.2): content type, message digest and
 * signing certificate, nothing else. The claimed time stands in the PDF's /M. What is hashed and signed is this SET.
 */
export function signedAttributes(documentDigest: Uint8Array, certificate: Uint8Array): Buffer {
  const attribute = (type: string, value: Uint8Array) => sequence(oid(type), der(0x31, value));
  // ESSCertIDv2: SHA-256 is the default hash and therefore left out (DER)
  const certificateId = sequence(octets(sha256(certificate)));
  return setOf([
    attribute(OID.contentType, oid(OID.data)),
    attribute(OID.messageDigest, octets(documentDigest)),
    attribute(OID.signingCertificateV2, sequence(sequence(certificateId))),
  ]);
}

/** Serial number and issuer name of a certificate, byte for byte as they stand in it. */
export function issuerAndSerial(certificate: Uint8Array): Buffer {
  const tbs = children(children(readAsn1(certificate))[0]!);
  // [0] version is present in every v3 certificate and absent in v1
  const at = tbs[0]!.idBlock.tagClass === 3 ? 1 : 0;
  return sequence(raw(tbs[at + 2]!), raw(tbs[at]!));
}

const digestAlgorithm = () => sequence(oid(OID.sha256));

function signatureAlgorithm(certificate: Uint8Array): Buffer {
  const key = new X509Certificate(certificate).publicKey;
  return key.asymmetricKeyType === 'rsa' ? sequence(oid(OID.rsaWithSha256), NULL) : sequence(oid(OID.ecdsaWithSha256));
}

/**
 * The CMS container of a detached signature in the one form this system writes: certificates in DER order, no
 * revocation lists, and of unsigned attributes at most a time-stamp token (B-T). The verifier builds it again and
 * compares, so no byte of it is free.
 * @param chain certificates in DER, the signer's first, without the root
 */
export function assembleCms(
  chain: Uint8Array[],
  attributes: Uint8Array,
  signature: Uint8Array,
  timestamp?: Uint8Array,
): Buffer {
  const signer = chain[0]!;
  const content = Buffer.from(attributes);
  content[0] = 0xa0; // [0] IMPLICIT in place of SET
  const signerInfo = sequence(
    integer(1),
    issuerAndSerial(signer),
    digestAlgorithm(),
    content,
    signatureAlgorithm(signer),
    octets(signature),
    ...(timestamp ? [der(0xa1, sequence(oid(OID.timeStampToken), der(0x31, timestamp)))] : []),
  );
  const signedData = sequence(
    integer(1),
    der(0x31, digestAlgorithm()),
    sequence(oid(OID.data)),
    setOf(chain, 0xa0),
    der(0x31, signerInfo),
  );
  return sequence(oid(OID.signedData), der(0xa0, signedData));
}

export type Asn1 = asn1js.AsnType;

/** @throws Error when the bytes are no ASN.1 */
export function readAsn1(bytes: Uint8Array): Asn1 {
  const { result, offset } = asn1js.fromBER(new Uint8Array(bytes));
  if (offset === -1) throw new Error(`not ASN.1: ${result.error}`);
  return result;
}

/** The members of a constructed value; empty for a primitive one. */
export function children(node: Asn1): Asn1[] {
  const value: unknown = (node.valueBlock as { value?: unknown }).value;
  return Array.isArray(value) ? (value as Asn1[]) : [];
}

/** The bytes a value was read from. */
export const raw = (node: Asn1): Buffer => Buffer.from(node.valueBeforeDecodeView);
