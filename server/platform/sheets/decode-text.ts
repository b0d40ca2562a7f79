import { sheetFault } from './sheet.ts';

/**
 * UTF-8 in pieces, with or without its mark. What else programs save is told by name, since its remedy differs: UTF-16 by its mark or by the
 * zeros between its letters, an older code page (Windows-1258 and its like) by bytes that are no UTF-8.
 * @throws AppError naming the encoding
 */
export async function* decodeText(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let first = true;
  for await (const chunk of chunks) {
    if (first && isUtf16(chunk)) throw sheetFault('utf16');
    first = false;
    yield decoded(() => decoder.decode(chunk, { stream: true }));
  }
  yield decoded(() => decoder.decode());
}

function isUtf16(head: Uint8Array): boolean {
  const [a, b] = head;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return true;
  return head.subarray(0, 400).includes(0);
}

function decoded(decode: () => string): string {
  try {
    return decode();
  } catch {
    throw sheetFault('encoding');
  }
}
