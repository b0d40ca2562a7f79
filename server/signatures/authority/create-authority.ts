import { webcrypto } from 'node:crypto';
import * as asn1js from 'asn1js';
import { BasicConstraints, Certificate, CryptoEngine, Extension, RelativeDistinguishedNames } from 'pkijs';
import { der, oid, sequence } from '../signing/der.ts';

type KeyKind = 'rsa-2048' | 'p-256';
export interface Subject {
  name: string;
  organisation?: string | undefined;
  title?: string | undefined;
}
export interface IssuedKey {
  /** private key, PKCS#8 in DER: encrypt it at once */
  pkcs8: Buffer;
  /** DER, own certificate first, then the issuing authority, without the root */
  chain: Buffer[];
}
interface Issue {
  subject: Subject;
  kind?: KeyKind;
  validFrom: Date;
  validTo: Date;
}
export interface Authority {
  name: string;
  root: Buffer;
  /** Issues a certificate for a person's signature or an organisation's seal. */
  issue(request: Issue): Promise<IssuedKey>;
}

const engine = new CryptoEngine({ name: 'node', crypto: webcrypto as unknown as Crypto });
const algorithms = {
  'rsa-2048': {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  },
  'p-256': { name: 'ECDSA', namedCurve: 'P-256' },
};
const YEAR = 365.25 * 24 * 3600 * 1000;
const usage = { ca: 0x06, signer: 0xc0 };

/**
 * A certificate authority for demonstrations and tests: a root and, below it, an issuing authority. The keys of both
 * live in memory only; once the certificates are issued nobody can issue further ones.
 */
export async function createAuthority(name: string, at: Date, kind: KeyKind = 'rsa-2048'): Promise<Authority> {
  const keys = await generate(kind);
  const validFrom = new Date(at.getTime() - 24 * 3600 * 1000);
  const root = await certify({
    subject: { name: `${name} – gốc`, organisation: name },
    issuer: { name: `${name} – gốc`, organisation: name },
    keys,
    issuerKeys: keys,
    ca: 1,
    validFrom,
    validTo: new Date(at.getTime() + 20 * YEAR),
  });
  const issuingKeys = await generate(kind);
  const issuingName = { name: `${name} – cấp chứng thư`, organisation: name };
  const issuing = await certify({
    subject: issuingName,
    issuer: { name: `${name} – gốc`, organisation: name },
    keys: issuingKeys,
    issuerKeys: keys,
    ca: 0,
    validFrom,
    validTo: new Date(at.getTime() + 10 * YEAR),
  });
  return {
    name,
    root,
    issue: async ({ subject, kind: own = kind, validFrom: from, validTo }) => {
      const pair = await generate(own);
      const leaf = await certify({
        subject,
        issuer: issuingName,
        keys: pair,
        issuerKeys: issuingKeys,
        validFrom: from,
        validTo,
      });
      const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', pair.privateKey));
      return { pkcs8, chain: [leaf, issuing] };
    },
  };
}

type Pair = webcrypto.CryptoKeyPair;
const generate = (kind: KeyKind) =>
  webcrypto.subtle.generateKey(algorithms[kind], true, ['sign', 'verify']) as Promise<Pair>;

interface Certify {
  subject: Subject;
  issuer: Subject;
  keys: Pair;
  issuerKeys: Pair;
  /** path length when this is an authority */
  ca?: number;
  validFrom: Date;
  validTo: Date;
}

async function certify(of: Certify): Promise<Buffer> {
  const certificate = new Certificate();
  certificate.version = 2;
  const serial = webcrypto.getRandomValues(new Uint8Array(16));
  serial[0] = (serial[0]! & 0x3f) | 0x40; // positive, no leading zero byte
  certificate.serialNumber = new asn1js.Integer({ valueHex: serial.buffer });
  certificate.issuer = distinguishedName(of.issuer);
  certificate.subject = distinguishedName(of.subject);
  certificate.notBefore.value = wholeSecond(of.validFrom);
  certificate.notAfter.value = wholeSecond(of.validTo);
  await certificate.subjectPublicKeyInfo.importKey(of.keys.publicKey as CryptoKey, engine);
  const ca = of.ca !== undefined;
  const constraints = ca
    ? new BasicConstraints({ cA: true, pathLenConstraint: of.ca! })
    : new BasicConstraints({ cA: false });
  certificate.extensions = [
    extension('2.5.29.19', true, constraints.toSchema().toBER()),
    extension('2.5.29.15', true, keyUsage(ca ? usage.ca : usage.signer)),
    extension('2.5.29.14', false, new asn1js.OctetString({ valueHex: await keyId(of.keys) }).toBER()),
    extension('2.5.29.35', false, new asn1js.Sequence({ value: [authorityKeyId(await keyId(of.issuerKeys))] }).toBER()),
  ];
  if (of.issuerKeys !== of.keys) certificate.extensions.push(extension('2.5.29.31', false, revocationList()));
  if (!ca) certificate.extensions.push(extension('2.5.29.37', false, extendedUsage()));
  await certificate.sign(of.issuerKeys.privateKey as CryptoKey, 'SHA-256', engine);
  return Buffer.from(certificate.toSchema(true).toBER());
}

/** One attribute to each relative name, from the country down; built here because the library would put all into one. */
function distinguishedName({ name, organisation, title }: Subject): RelativeDistinguishedNames {
  const part = (type: string, tag: number, value: string | undefined) =>
    value === undefined ? [] : [der(0x31, sequence(oid(type), der(tag, Buffer.from(value.normalize('NFC')))))];
  const [printableString, utf8String] = [0x13, 0x0c];
  const encoded = sequence(
    ...part('2.5.4.6', printableString, 'VN'),
    ...part('2.5.4.10', utf8String, organisation),
    ...part('2.5.4.12', utf8String, title),
    ...part('2.5.4.3', utf8String, name),
  );
  return RelativeDistinguishedNames.fromBER(new Uint8Array(encoded));
}

const extension = (extnID: string, critical: boolean, value: ArrayBuffer) =>
  new Extension({ extnID, critical, extnValue: value });
/** DER of a named bit list: the trailing zero bits are counted as unused. */
function keyUsage(bits: number): ArrayBuffer {
  const unusedBits = bits === usage.ca ? 1 : 6;
  return new asn1js.BitString({ valueHex: new Uint8Array([bits]).buffer, unusedBits }).toBER();
}
const authorityKeyId = (id: ArrayBuffer) =>
  new asn1js.Primitive({ idBlock: { tagClass: 3, tagNumber: 0 }, valueHex: id });

/** E-mail protection, which NSS and with it pdfsig demand of a signer, and document signing (RFC 9336). */
const extendedUsage = () => bytesOf(sequence(oid('1.3.6.1.5.5.7.3.4'), oid('1.3.6.1.5.5.7.3.36')));

/**
 * Where revocation lists would be found. Every real certificate names a place, and pdfsig 22.12 reports a valid chain
 * as unknown when the extension is missing; the name lies under .invalid, so nobody can be asked there.
 */
const revocationList = () => {
  const address = der(0x86, Buffer.from('http://crl.demo.invalid/list.crl'));
  return bytesOf(sequence(sequence(der(0xa0, der(0xa0, address)))));
};

const bytesOf = (bytes: Buffer): ArrayBuffer => new Uint8Array(bytes).buffer;

async function keyId(keys: Pair): Promise<ArrayBuffer> {
  return webcrypto.subtle.digest('SHA-1', await webcrypto.subtle.exportKey('spki', keys.publicKey));
}

const wholeSecond = (at: Date) => new Date(Math.floor(at.getTime() / 1000) * 1000);
