import { caller } from '#app/_server/caller.ts';
import { answerUpload, readUpload } from '#app/_server/upload.ts';

/** Takes a bank's statement of a day as a CSV file; works as a plain form and with a script. */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ organisationId: string; day: string }> },
): Promise<Response> {
  const { organisationId, day } = await params;
  return answerUpload(request, async () => {
    const { bytes } = await readUpload(request);
    return (await caller()).payments.uploadStatement({ organisationId, day, bytes });
  });
}
