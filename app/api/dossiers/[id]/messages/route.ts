import { caller } from '#app/_server/caller.ts';
import { forgetLateForm, keepLateForm } from '#app/_server/kept-form.ts';
import { answerUpload, pageOf, readUploads } from '#app/_server/upload.ts';
import { messageForm } from '#server/dossiers/rules.ts';
import { appErrorIn } from '#server/platform/errors.ts';

/**
 * Takes a message with its files. The words are kept before the files are looked at, so a refused file costs nothing
 * that was typed, nor does a session that has ended; with `intent=send` the message goes when all of it was taken.
 */
export async function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id: dossierId } = await params;
  return answerUpload(request, async () => {
    const { files, fields } = await readUploads(request);
    const [text, messageKey] = [fields.get('text') ?? '', fields.get('messageKey') ?? ''];
    const { dossiers } = await caller();
    try {
      await dossiers.keepMessage({ dossierId, text });
    } catch (error) {
      if (appErrorIn(error)?.code !== 'unauthenticated') throw error;
      const kept = await keepLateForm({ name: messageForm, values: { text } }, pageOf(request));
      // the page asks to sign in and fills the words in again; only files have to be spoken of
      if (kept && files.length === 0) return {};
      throw error;
    }
    await forgetLateForm(pageOf(request));
    for (const { name, bytes } of files) await dossiers.attachToMessage({ dossierId, fileName: name, bytes });
    if (fields.get('intent') !== 'send') return {};
    await dossiers.sendMessage({ dossierId, text, messageKey });
    return { parameters: { sent: '1' } };
  });
}
