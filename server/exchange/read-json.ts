import { AppError } from '#server/platform/index.ts';

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
    return JSON.parse(text);
  } catch {
    throw notJson();
  }
}

const notJson = () =>
  new AppError('invalidInput', 'errors.invalidInput', { fields: [{ path: '', reason: 'exchange.errors.notJson' }] });
