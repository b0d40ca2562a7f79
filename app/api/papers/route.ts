import { caller } from '#app/_server/caller.ts';
import { answerUpload, readUpload } from '#app/_server/upload.ts';

/** Takes a paper for one's vault; `owner` is a business one acts for, or empty for oneself. */
export async function POST(request: Request): Promise<Response> {
  return answerUpload(request, async () => {
    const { name, bytes, fields } = await readUpload(request);
    await (await caller()).dossiers.addVaultPaper({
      organisationId: fields.get('owner') || null,
      kind: fields.get('kind') ?? '',
      validTo: null,
      fileName: name,
      bytes,
    });
  });
}
