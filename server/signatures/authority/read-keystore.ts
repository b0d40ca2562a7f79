import { createPrivateKey, webcrypto, X509Certificate } from 'node:crypto';
import { CertBag, type Certificate, CryptoEngine, PFX, PKCS8ShroudedKeyBag, PrivateKeyInfo } from 'pkijs';
import { AppError } from '#server/platform/errors.ts';

const engine = new CryptoEngine({ name: 'node', crypto: webcrypto as unknown as Crypto });

export interface Keystore {
  /** private key, PKCS#8 in DER: encrypt it at once */
  pkcs8: Buffer;
  /** DER, the key's own certificate first, then its issuers, without the root */
  chain: Buffer[];
}

/**
 * The one key of a PKCS#12 file (RFC 7292) with its certificates, as a certification authority hands it out.
 * @throws AppError invalidInput when the password is wrong or there is not exactly one key with its certificate
 */
export async function readKeystore(bytes: Uint8Array, password: string): Promise<Keystore> {
  const secret = new TextEncoder().encode(password).buffer as ArrayBuffer;
  const { keys, certificates } = await contentsOf(bytes, secret).catch(() => {
    throw new AppError('invalidInput', 'signatures.errors.keystoreUnreadable');
  });
  const [pkcs8] = keys;
  if (!pkcs8 || keys.length > 1) throw new AppError('invalidInput', 'signatures.errors.keystoreOneKey');
  const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const own = certificates.find((each) => new X509Certificate(each).checkPrivateKey(privateKey));
  if (!own) throw new AppError('invalidInput', 'signatures.errors.keystoreOneKey');
  return { pkcs8, chain: chainFrom(own, certificates) };
}

async function contentsOf(bytes: Uint8Array, password: ArrayBuffer) {
  const pfx = PFX.fromBER(new Uint8Array(bytes));
  await pfx.parseInternalValues({ password, checkIntegrity: true }, engine);
  const safe = pfx.parsedValue!.authenticatedSafe!;
  const safeContents = safe.safeContents.map(() => ({ password }));
  await safe.parseInternalValues({ safeContents } as never, engine);
  const keys: Buffer[] = [];
  const certificates: Buffer[] = [];
  for (const { value } of safe.parsedValue.safeContents as { value: { safeBags: { bagValue: unknown }[] } }[]) {
    for (const { bagValue } of value.safeBags) {
      if (bagValue instanceof CertBag) {
        certificates.push(Buffer.from((bagValue.parsedValue as Certificate).toSchema().toBER()));
      } else if (bagValue instanceof PKCS8ShroudedKeyBag) {
        await (
          bagValue as unknown as { parseInternalValues: (of: object, crypto: object) => Promise<void> }
        ).parseInternalValues({ password }, engine);
        keys.push(Buffer.from(bagValue.parsedValue!.toSchema().toBER()));
      } else if (bagValue instanceof PrivateKeyInfo) keys.push(Buffer.from(bagValue.toSchema().toBER()));
    }
  }
  return { keys, certificates };
}

/** From the own certificate up, as far as the file goes; a root is believed by the settings, not by the file. */
function chainFrom(own: Buffer, certificates: readonly Buffer[]): Buffer[] {
  const chain = [own];
  for (let top = new X509Certificate(own); chain.length < 8; ) {
    const issuer = certificates
      .map((each) => new X509Certificate(each))
      .find((each) => top.checkIssued(each) && each.fingerprint256 !== top.fingerprint256);
    if (!issuer || issuer.checkIssued(issuer)) break;
    chain.push(Buffer.from(issuer.raw));
    top = issuer;
  }
  return chain;
}
