import { caller } from '#app/_server/caller.ts';
import { answerUpload, readUploads } from '#app/_server/upload.ts';

/**
 * Takes a message with its files. The words are kept before the files are looked at, so a refused file costs nothing
 * that was typed; with `intent=send` the message goes when all of it was taken.
 */
export async function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  return answerUpload(request, async () => {
    const { files, fields } = await readUploads(request);
    const { dossiers } = await caller();
    const text = fields.get('text') ?? '';
    await dossiers.keepMessage({ dossierId: id, text });
    for (const { name, bytes } of files) await dossiers.attachToMessage({ dossierId: id, fileName: name, bytes });
    if (fields.get('intent') === 'send') {
      await dossiers.sendMessage({ dossierId: id, text });
      return { parameters: { sent: '1' } };
    }
    return {};
  });
}
