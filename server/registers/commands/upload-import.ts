import { registerImports } from '#db/schema/registers.ts';
import { localDate } from '#server/calendar/index.ts';
import {
  AppError,
  checkSheet,
  command,
  newId,
  personId,
  rowsOfBytes,
  sheetFault,
  sheetTypes,
  storeChecked,
} from '#server/platform/index.ts';
import { registerOf } from '../define.ts';
import { UploadImport } from '../inputs.ts';
import { canPrepareImport, canWorkOnRegisters, keepersOf } from '../policy.ts';

/**
 * Takes a sheet in: what it is, is told by its content before anything is unpacked, and its headings are read. Nothing of the register changes.
 * @throws AppError invalidInput saying what is wrong with the file and what to do
 */
export const uploadImport = command({
  name: 'registerImport.upload',
  input: UploadImport,
  load: async (ctx, { register, organisationId }) => {
    registerOf(register);
    const keepers = keepersOf(ctx.actor);
    const keeper = organisationId ? keepers.find((each) => each.organisationId === organisationId) : keepers[0];
    // of an authority one does not work for, one sees no sheet
    return keeper ?? { organisationId: organisationId ?? null, provinceCode: null };
  },
  allow: (actor, keeper) =>
    canWorkOnRegisters(actor).allowed ? canPrepareImport(actor, keeper) : canWorkOnRegisters(actor),
  run: async (ctx, { register, fileName, bytes }, keeper) => {
    const mediaType = sheetTypes[checkSheet(bytes)];
    const headings = await headingsOf(bytes, mediaType);
    const file = await storeChecked(ctx, { name: fileName, bytes, mediaType });
    const importId = newId();
    await ctx.tx.insert(registerImports).values({
      id: importId,
      register,
      organisationId: keeper.organisationId!,
      provinceCode: keeper.provinceCode,
      fileId: file.id,
      fileName: file.name,
      headings,
      validFrom: localDate(ctx.now()),
      createdBy: personId(ctx.actor)!,
      createdAt: ctx.now(),
    });
    return { importId };
  },
  audit: ({ input, result }) => ({
    subjectType: 'registerImport',
    subjectId: result.importId,
    details: { register: input.register, fileName: input.fileName },
  }),
});

/** The cells of the first row that has any. */
async function headingsOf(bytes: Uint8Array, mediaType: string): Promise<string[]> {
  try {
    for await (const { cells } of rowsOfBytes(bytes, mediaType)) return cells.map((cell) => cell.trim().slice(0, 200));
  } catch (error) {
    throw error instanceof AppError ? error : sheetFault('damaged');
  }
  throw sheetFault('noRows');
}
