import { caller } from '#app/_server/caller.ts';
import { answerUpload, readUpload } from '#app/_server/upload.ts';

/** Takes one file for one paper of a dossier; works as a plain form and with a script. */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ id: string; key: string }> },
): Promise<Response> {
  const { id, key } = await params;
  return answerUpload(
    request,
    async () => {
      const file = await readUpload(request);
      return (await caller()).dossiers.addPaper({
        dossierId: id,
        paperKey: key,
        fileName: file.name,
        bytes: file.bytes,
      });
    },
    key,
  );
}
