import { createHash, timingSafeEqual, verify, type X509Certificate } from 'node:crypto';
import * as asn1js from 'asn1js';
import { certificateProblem, identityOf, readCertificate, weakness, x509 } from '../signing/certificates.ts';
import { type Asn1, assembleCms, children, OID, raw, readAsn1, sha256, signedAttributes } from '../signing/cms.ts';
import { oid } from '../signing/der.ts';
import { infoIn } from '../signing/timestamp.ts';

export interface Anchor {
  /** root certificate, DER */
  certificate: Uint8Array;
  /** signatures below this root are made by this system, in one exact form: any other form was tampered with. Default true */
  exactForm?: boolean;
}

export type SignatureProblem =
  | 'containerDamaged'
  | 'containerAltered'
  | 'algorithmUnsupported'
  | 'digestMismatch'
  | 'signatureMismatch'
  | 'certificateMismatch'
  | 'digestTooWeak'
  | 'keyTooWeak'
  | 'certificateExpired'
  | 'certificateNotYetValid'
  | 'certificateUsage'
  | 'certificateRevoked'
  | 'notTrusted';

export interface CmsVerdict {
  /** DER, the signer's first, as far up as it could be followed; the anchor is not among them */
  chain: Uint8Array[];
  anchor: Uint8Array | undefined;
  level: 'PAdES-B-B' | 'PAdES-B-T' | 'other';
  problems: SignatureProblem[];
}

const hashes: Record<string, string> = {
  [OID.sha256]: 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/**
 * Judges one signature container over the bytes it claims to cover. Everything a standard validator leaves free
 * (padding, spare certificates, unsigned attributes) is compared too when the signer belongs to one of our anchors.
 */
export function verifyCms(
  contents: Uint8Array,
  covered: Uint8Array[],
  anchors: Anchor[],
  at: Date | undefined,
): CmsVerdict {
  const verdict: CmsVerdict = { chain: [], anchor: undefined, level: 'other', problems: [] };
  try {
    judge(Buffer.from(contents), covered, anchors, at, verdict);
  } catch {
    verdict.problems.push('containerDamaged');
  }
  return verdict;
}

function judge(
  contents: Buffer,
  covered: Uint8Array[],
  anchors: Anchor[],
  at: Date | undefined,
  verdict: CmsVerdict,
): void {
  const length = containerLength(contents);
  const container = contents.subarray(0, length);
  const signedData = children(children(children(readAsn1(container))[1]!)[0]!);
  const certificates = signedData.filter((part) => isContext(part, 0)).flatMap((part) => children(part).map(raw));
  const signerInfos = children(signedData.at(-1)!);
  if (signerInfos.length !== 1) throw new Error('one signer expected');
  const info = children(signerInfos[0]!);
  const attributes = info.find((part) => isContext(part, 0));
  const at3 = attributes ? info.indexOf(attributes) : 2;
  const value = Buffer.from(rawContent(info[at3 + 2]!));
  const hash = hashes[oidOf(children(info[2]!)[0]!)];
  const signer = certificates.find((certificate) => identityOf(certificate).equals(raw(info[1]!)));
  if (!signer || !attributes) throw new Error('no signer certificate or no signed attributes');
  verdict.chain = buildChain(signer, certificates);
  if (!hash) {
    verdict.problems.push('digestTooWeak');
    return;
  }
  const digest = covered.reduce((sum, part) => sum.update(part), createHash(hash)).digest();
  const signed = Buffer.from(raw(attributes));
  signed[0] = 0x31;
  const facts = readAttributes(attributes);
  if (!facts.messageDigest || !same(facts.messageDigest, digest)) verdict.problems.push('digestMismatch');
  if (facts.contentType !== OID.data) verdict.problems.push('containerAltered');
  const key = x509(signer).publicKey;
  if (!['rsa', 'ec'].includes(key.asymmetricKeyType ?? '')) verdict.problems.push('algorithmUnsupported');
  else if (!verify(hash, signed, key, value)) verdict.problems.push('signatureMismatch');
  if (facts.certificateHash && !same(facts.certificateHash, sha256(signer)))
    verdict.problems.push('certificateMismatch');
  const unsigned = info.slice(at3 + 3).flatMap((part) => children(part).map((one) => oidOf(children(one)[0]!)));
  const token = timestampIn(info.slice(at3 + 3));
  if (token && !stamps(token, value)) verdict.problems.push('containerAltered');
  if (facts.certificateHash && !facts.signingTime) {
    verdict.level = unsigned.includes(OID.timeStampToken) ? 'PAdES-B-T' : 'PAdES-B-B';
  }

  const anchor = findAnchor(verdict.chain, anchors);
  verdict.anchor = anchor?.certificate;
  verdict.problems.push(...chainProblems(verdict.chain, anchor, at ?? new Date()));
  if (anchor && anchor.exactForm !== false) {
    const exact =
      certificates.length === verdict.chain.length &&
      signed.equals(signedAttributes(digest, signer)) &&
      assembleCms(verdict.chain, signed, value, token).equals(container) &&
      contents.subarray(length).every((byte) => byte === 0);
    if (!exact) verdict.problems.push('containerAltered');
  }
}

/** The time-stamp token among the unsigned attributes. */
function timestampIn(parts: Asn1[]): Buffer | undefined {
  for (const attribute of parts.flatMap(children)) {
    const [type, values] = children(attribute);
    if (type && values && oidOf(type) === OID.timeStampToken) return raw(children(values)[0]!);
  }
  return undefined;
}

/** Whether a token speaks of this very signature value, and is whole. */
function stamps(token: Uint8Array, value: Uint8Array): boolean {
  const info = infoIn(token);
  return info !== null && same(info.imprint, sha256(value)) && tokenHolds(token);
}

/** Whether what a token says was signed with the key of the certificate it names, and nothing around it was changed. */
function tokenHolds(token: Uint8Array): boolean {
  const [, algorithms, content, ...rest] = children(children(children(readAsn1(token))[1]!)[0]!);
  const certificates = rest.filter((part) => isContext(part, 0)).flatMap((part) => children(part).map(raw));
  const [info, another] = children(rest.at(-1)!).map(children);
  if (!info || another) return false;
  const hash = hashes[oidOf(children(info[2]!)[0]!)];
  const signer = certificates.find((certificate) => identityOf(certificate).equals(raw(info[1]!)));
  const named = children(algorithms!).map(raw);
  if (!hash || !signer || named.length !== 1 || !named[0]!.equals(raw(info[2]!))) return false;
  const octets = children(children(content!)[1]!)[0]!;
  // some programs write the content in pieces
  const told = Buffer.concat((octets.idBlock.isConstructed ? children(octets) : [octets]).map(rawContent));
  // without signed attributes the signature is over what is told itself
  const attributes = isContext(info[3]!, 0) ? info[3]! : undefined;
  const value = Buffer.from(rawContent(info[attributes ? 5 : 4]!));
  if (!attributes) return verify(hash, told, x509(signer).publicKey, value);
  const { messageDigest } = readAttributes(attributes);
  const signed = Buffer.from(raw(attributes));
  signed[0] = 0x31;
  return (
    messageDigest !== undefined &&
    same(messageDigest, createHash(hash).update(told).digest()) &&
    verify(hash, signed, x509(signer).publicKey, value)
  );
}

/** Length of the outermost value from its own header; programs of others also write indefinite lengths (BER). */
function containerLength(bytes: Buffer): number {
  const first = bytes[1] ?? 0;
  if (bytes[0] !== 0x30) throw new Error('not a container');
  if (first === 0x80) return asn1js.fromBER(new Uint8Array(bytes)).offset;
  if (first < 0x80) return 2 + first;
  const count = first & 0x7f;
  if (count > 4) throw new Error('not a length');
  const length = 2 + count + bytes.readUIntBE(2, count);
  if (length > bytes.length) throw new Error('cut off');
  return length;
}

const isContext = (node: Asn1, tag: number): boolean => node.idBlock.tagClass === 3 && node.idBlock.tagNumber === tag;
const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b);
/** The bytes inside a primitive value. */
const rawContent = (node: Asn1): Uint8Array =>
  (node.valueBlock as unknown as { valueHexView: Uint8Array }).valueHexView;
const oidOf = (node: Asn1): string => String((node.valueBlock as unknown as { toString(): string }).toString());

function readAttributes(attributes: Asn1) {
  const facts: {
    messageDigest?: Uint8Array;
    contentType?: string;
    certificateHash?: Uint8Array;
    signingTime?: boolean;
  } = {};
  for (const attribute of children(attributes)) {
    const [type, values] = children(attribute);
    const first = children(values!)[0]!;
    const name = oidOf(type!);
    if (name === OID.messageDigest) facts.messageDigest = rawContent(first);
    if (name === OID.contentType) facts.contentType = oidOf(first);
    if (name === OID.signingTime) facts.signingTime = true;
    if (name === OID.signingCertificateV2) {
      const parts = children(children(children(first)[0]!)[0]!);
      const hash = parts[0]!.idBlock.tagNumber === 4 ? parts[0]! : undefined;
      const named = hash ? undefined : children(parts[0]!)[0];
      if (hash) facts.certificateHash = rawContent(hash);
      else if (named && raw(named).equals(oid(OID.sha256))) facts.certificateHash = rawContent(parts[1]!);
    }
  }
  return facts;
}

function buildChain(signer: Buffer, others: Buffer[]): Buffer[] {
  const chain = [signer];
  for (let top = signer; chain.length < 8; ) {
    const child = x509(top);
    const issuer = others.find((other) => !chain.includes(other) && isIssuedBy(child, x509(other)));
    if (!issuer) break;
    chain.push(issuer);
    top = issuer;
  }
  return chain;
}

const isIssuedBy = (child: X509Certificate, issuer: X509Certificate): boolean =>
  issuer.ca && child.checkIssued(issuer) && child.verify(issuer.publicKey);

function findAnchor(chain: Uint8Array[], anchors: Anchor[]): Anchor | undefined {
  const top = chain.at(-1);
  if (!top) return undefined;
  const certificate = x509(top);
  return anchors.find(
    (anchor) =>
      Buffer.from(anchor.certificate).equals(Buffer.from(top)) || isIssuedBy(certificate, x509(anchor.certificate)),
  );
}

function chainProblems(chain: Uint8Array[], anchor: Anchor | undefined, at: Date): SignatureProblem[] {
  if (!anchor) return ['notTrusted'];
  const [signer, ...authorities] = chain;
  const own = certificateProblem(signer!, at);
  const problems = own ? [own.split('.').at(-1) as SignatureProblem] : [];
  for (const authority of authorities) {
    const facts = readCertificate(authority);
    const valid = facts.validFrom <= at && at <= facts.validTo && facts.keyUsage.issues;
    if (!valid || weakness(authority)) problems.push('notTrusted');
  }
  return problems;
}
