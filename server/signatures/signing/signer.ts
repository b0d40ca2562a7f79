import { createPrivateKey, sign, verify, X509Certificate } from 'node:crypto';
import { sha256 } from './cms.ts';

export interface SigningRequest {
  /** the signed attributes in DER: what a software key signs */
  data: Uint8Array;
  /** their SHA-256: what a token or a remote service is given */
  digest: Uint8Array;
}

/** Whoever holds a key: software here, a token or a remote service later. The certificate is known before anything is signed. */
export interface Signer {
  /** DER, the signer's own certificate first, then issuing authorities, without the root */
  chain: Uint8Array[];
  /** RSA: PKCS#1 v1.5; EC: DER of (r, s); both over SHA-256 */
  sign(request: SigningRequest): Promise<Uint8Array>;
}

/** Signs with a key held in memory (RSA or P-256, PKCS#8). The key's bytes stay inside; the caller drops the signer after use. */
export function softwareSigner(pkcs8: Uint8Array, chain: Uint8Array[]): Signer {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  return { chain, sign: async ({ data }) => sign('sha256', data, key) };
}

/** Whether a signature value answers a request, by the key in the certificate. */
export function answersRequest(certificate: Uint8Array, request: SigningRequest, value: Uint8Array): boolean {
  if (!sha256(request.data).equals(request.digest)) return false;
  return verifyValue(certificate, request.data, value);
}

/** RSA PKCS#1 v1.5 or ECDSA over SHA-256. */
export function verifyValue(certificate: Uint8Array, data: Uint8Array, value: Uint8Array): boolean {
  try {
    return verify('sha256', data, new X509Certificate(certificate).publicKey, value);
  } catch {
    return false;
  }
}
