import { caller } from '#app/_server/caller.ts';
import { answerUpload, readUpload } from '#app/_server/upload.ts';

/** Takes one photo of the inspection that is being recorded. */
export async function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  return answerUpload(request, async () => {
    const { name, bytes, fields } = await readUpload(request);
    const caption = fields.get('caption')?.trim();
    return (await caller()).dossiers.addInspectionPhoto({
      dossierId: id,
      fileName: name,
      bytes,
      ...(caption ? { caption } : {}),
    });
  });
}
