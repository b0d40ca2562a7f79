import { AppError } from '#server/platform/index.ts';
import { readText } from '#server/platform/read-text.ts';
import { parseJson } from '#server/platform/safe-json.ts';

const mostBytes = 16 * 1024;

/** A small JSON body; @throws invalidInput for anything else */
export async function readJson(request: Request): Promise<unknown> {
  const text = await readText(request, mostBytes, notJson);
  try {
    return parseJson(text, { maxLength: mostBytes, maxDepth: 8 });
  } catch {
    throw notJson();
  }
}

const notJson = () =>
  new AppError('invalidInput', 'errors.invalidInput', { fields: [{ path: '', reason: 'exchange.errors.notJson' }] });
