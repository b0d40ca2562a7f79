import { AppError } from '#server/platform/index.ts';
import { parseJson } from '#server/platform/safe-json.ts';

const most = 16 * 1024;

/** A small JSON body; @throws invalidInput for anything else */
export async function readJson(request: Request): Promise<unknown> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of request.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > most) throw notJson();
  }
  try {
    return parseJson(text, { maxLength: most, maxDepth: 8 });
  } catch {
    throw notJson();
  }
}

const notJson = () =>
  new AppError('invalidInput', 'errors.invalidInput', { fields: [{ path: '', reason: 'exchange.errors.notJson' }] });
