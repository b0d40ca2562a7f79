import type { TxContext } from './context.ts';
import { env } from './env.ts';
import { AppError } from './errors.ts';
import { type StoredFile, storeFile } from './files.ts';
import { type MediaProblem, type MediaType, sniffMediaType } from './media-types.ts';
import { enqueue } from './outbox.ts';

/** What one place takes. */
export interface UploadLimits {
  /** media types */
  accepts: readonly string[];
  maxBytes: number;
}

const megabyte = 1_048_576;
/** A name long enough to be told from others, short enough for a sentence. */
const shortName = (name: string): string => (name.length > 80 ? `${name.slice(0, 60)}…${name.slice(-18)}` : name);

/**
 * Looks at a file before it is stored, whatever door it comes in by: size, type by content, agreement with its name,
 * nothing hidden in it, nothing that bursts when opened. @returns its type
 * @throws AppError invalidInput with a message of its own for each fault, naming the file and the remedy
 */
export function checkUpload(file: { name: string; bytes: Uint8Array }, limits: UploadLimits): MediaType {
  const values = { name: shortName(file.name), accepted: acceptedNames(limits.accepts) };
  const refuse = (problem: MediaProblem | 'tooLarge'): never => {
    const megabytes = Math.floor(limits.maxBytes / megabyte);
    throw new AppError('invalidInput', `uploads.errors.${problem}`, { values: { ...values, megabytes } });
  };
  if (file.bytes.byteLength > limits.maxBytes) refuse('tooLarge');
  const { mediaType, problem } = sniffMediaType(file.bytes, { name: file.name });
  if (problem) refuse(problem);
  if (!mediaType || !limits.accepts.includes(mediaType)) return refuse('unknown');
  return mediaType;
}

/**
 * Checks and stores what somebody handed in. With a malware scanner set it is `pending` until a job has shown it to the
 * scanner; without one it is `unchecked`. @throws as `checkUpload`
 */
export async function storeUpload(
  ctx: TxContext,
  { name, bytes }: { name: string; bytes: Uint8Array },
  limits: UploadLimits,
): Promise<StoredFile> {
  return storeChecked(ctx, { name, bytes, mediaType: checkUpload({ name, bytes }, limits) });
}

/** Stores what has been looked at already, and has it scanned where there is a scanner. */
export async function storeChecked(
  ctx: TxContext,
  { name, bytes, mediaType }: { name: string; bytes: Uint8Array; mediaType: string },
): Promise<StoredFile> {
  const scan = env().clamd ? 'pending' : 'unchecked';
  const file = await storeFile(ctx, { name, mediaType, bytes, scan });
  if (scan === 'pending') await enqueue(ctx, 'file.scan', { fileId: file.id }, { jobKey: `scan:${file.id}` });
  return file;
}

/** `PDF, JPG, PNG` */
export const acceptedNames = (types: readonly string[]): string =>
  types.map((type) => type.split('/')[1]!.toUpperCase().replace('JPEG', 'JPG')).join(', ');
