import { AppError } from '#server/platform/errors.ts';
import { assembleCms, sha256, signedAttributes } from './cms.ts';
import { type PreparedSignature, prepareSignature, type SignatureRequest } from './prepare-signature.ts';
import { answersRequest, type Signer } from './signer.ts';

/**
 * Second phase: puts the value into the room kept for it. The digest is computed again from the file, and the value
 * must verify under the certificate named in advance: another key is refused before anything is embedded.
 */
export function embedSignature(prepared: PreparedSignature, value: Uint8Array, timestamp?: Uint8Array): Uint8Array {
  const { pdf, contentsAt, contentsLength, chain, attributes, request } = prepared;
  const gapStart = contentsAt - 1;
  const gapEnd = contentsAt + contentsLength + 1;
  const digest = sha256(Buffer.concat([pdf.subarray(0, gapStart), pdf.subarray(gapEnd)]));
  if (!signedAttributes(digest, chain[0]!).equals(attributes) || !Buffer.from(attributes).equals(request.data)) {
    throw new AppError('conflict', 'signatures.errors.preparedChanged');
  }
  if (!answersRequest(chain[0]!, request, value)) throw new AppError('invalidInput', 'signatures.errors.wrongKey');
  const container = assembleCms(chain, attributes, value, timestamp);
  if (container.length * 2 > contentsLength) throw new AppError('limit', 'signatures.errors.containerTooLarge');
  const out = Buffer.from(pdf);
  out.write(container.toString('hex').padEnd(contentsLength, '0'), contentsAt, 'latin1');
  return out;
}

/** Fetches a time-stamp token (RFC 3161) over a SHA-256 digest; throws when there is none to be had. */
export type Timestamper = (digest: Uint8Array) => Promise<Uint8Array>;

/**
 * Signs a prepared field in one go by incremental update: PAdES B-B, or B-T with a timestamper. The result begins with
 * every byte of `pdf`. Without the token that was asked for there is no result: nothing is half signed.
 */
export async function signField(
  pdf: Uint8Array,
  signer: Signer,
  of: Omit<SignatureRequest, 'chain'>,
  timestamp?: Timestamper,
): Promise<Uint8Array> {
  const prepared = await prepareSignature(pdf, { ...of, chain: signer.chain });
  const value = await signer.sign(prepared.request);
  return embedSignature(prepared, value, timestamp && (await timestamp(sha256(value))));
}
