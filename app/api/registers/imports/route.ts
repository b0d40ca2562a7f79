import { caller } from '#app/_server/caller.ts';
import { answerUpload, readUpload } from '#app/_server/upload.ts';
import { RegisterKey } from '#server/registers/inputs.ts';

/** Takes a sheet for a register and leads to its page, where the columns are named. */
export async function POST(request: Request): Promise<Response> {
  return answerUpload(request, async () => {
    const { name, bytes, fields } = await readUpload(request);
    const register = RegisterKey.catch('facilities').parse(fields.get('register'));
    const organisationId = fields.get('organisation') || null;
    const api = await caller();
    const { importId } = await api.registers.uploadImport({ register, organisationId, fileName: name, bytes });
    return { page: `/${importId}` };
  });
}
