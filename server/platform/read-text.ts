import { AppError } from './errors.ts';

/** The body of a request as text, read no further than it may be long, in bytes. @throws what `tooLong` makes */
export async function readText(request: Request, most: number, tooLong: () => Error = tooLarge): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of request.body ?? []) {
    size += piece.byteLength;
    if (size > most) throw tooLong();
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

const tooLarge = () =>
  new AppError('invalidInput', 'errors.invalidInput', { fields: [{ path: '', reason: 'errors.json.tooLarge' }] });
