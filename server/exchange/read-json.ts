import { AppError } from '#server/platform/index.ts';
import { parseJson } from '#server/platform/safe-json.ts';
import { mostCharacters, smallText } from './small-text.ts';

/** A small JSON body; @throws invalidInput for anything else */
export async function readJson(request: Request): Promise<unknown> {
  const text = await smallText(request, notJson);
  try {
    return parseJson(text, { maxLength: mostCharacters, maxDepth: 8 });
  } catch {
    throw notJson();
  }
}

const notJson = () =>
  new AppError('invalidInput', 'errors.invalidInput', { fields: [{ path: '', reason: 'exchange.errors.notJson' }] });
