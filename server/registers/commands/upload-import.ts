import { registerImports } from '#db/schema/registers.ts';
import { localDate } from '#server/calendar/index.ts';
import { checkSheet, command, newId, personId, sheetNames, sheetTypes, storeChecked } from '#server/platform/index.ts';
import { registerOf } from '../define.ts';
import { findHeadings } from '../imports/find-headings.ts';
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
    const sheets = await sheetNames(bytes, mediaType);
    const found = await findHeadings(registerOf(register), bytes, mediaType, sheets);
    const file = await storeChecked(ctx, { name: fileName, bytes, mediaType });
    const importId = newId();
    await ctx.tx.insert(registerImports).values({
      id: importId,
      register,
      organisationId: keeper.organisationId!,
      provinceCode: keeper.provinceCode,
      fileId: file.id,
      fileName: file.name,
      sheets,
      ...found,
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
