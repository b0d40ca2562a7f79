import { AppError } from '#server/platform/errors.ts';
import { assembleCms, sha256, signedAttributes } from './cms.ts';
import { type PreparedSignature, prepareSignature, type SignatureRequest } from './prepare-signature.ts';
import { answersRequest, type Signer } from './signer.ts';

/**
 * Second phase: puts the value into the room kept for it. The digest is computed again from the file, and the value
 * must verify under the certificate named in advance: another key is refused before anything is embedded.
 */
export function embedSignature(prepared: PreparedSignature, value: Uint8Array): Uint8Array {
  const { pdf, contentsAt, contentsLength, chain, attributes, request } = prepared;
  const gapStart = contentsAt - 1;
  const gapEnd = contentsAt + contentsLength + 1;
  const digest = sha256(Buffer.concat([pdf.subarray(0, gapStart), pdf.subarray(gapEnd)]));
  if (!signedAttributes(digest, chain[0]!).equals(attributes) || !Buffer.from(attributes).equals(request.data)) {
    throw new AppError('conflict', 'signatures.errors.preparedChanged');
  }
  if (!answersRequest(chain[0]!, request, value)) throw new AppError('invalidInput', 'signatures.errors.wrongKey');
  const container = assembleCms(chain, attributes, value);
  if (container.length * 2 > contentsLength) throw new AppError('limit', 'signatures.errors.containerTooLarge');
  const out = Buffer.from(pdf);
  out.write(container.toString('hex').padEnd(contentsLength, '0'), contentsAt, 'latin1');
  return out;
}

/** Signs a prepared field in one go: PAdES B-B by incremental update. The result begins with every byte of `pdf`. */
export async function signField(
  pdf: Uint8Array,
  signer: Signer,
  of: Omit<SignatureRequest, 'chain'>,
): Promise<Uint8Array> {
  const prepared = await prepareSignature(pdf, { ...of, chain: signer.chain });
  return embedSignature(prepared, await signer.sign(prepared.request));
}
