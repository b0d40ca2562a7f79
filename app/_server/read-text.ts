import { AppError } from '#server/platform/errors.ts';

/** The body of a request as text, read no further than it may be long. @throws AppError invalidInput */
export async function readText(request: Request, maximum: number): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of request.body ?? []) {
    size += piece.byteLength;
    if (size > maximum) {
      throw new AppError('invalidInput', 'errors.invalidInput', {
        fields: [{ path: '', reason: 'errors.json.tooLarge' }],
      });
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
