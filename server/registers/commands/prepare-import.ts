import { and, eq } from 'drizzle-orm';
import { registerImportRows, registerMappings } from '#db/schema/registers.ts';
import {
  AppError,
  command,
  enqueue,
  type FieldError,
  getFile,
  rowsOfFile,
  type TxContext,
} from '#server/platform/index.ts';
import { type Register, registerOf } from '../define.ts';
import { headingsDigest, type Mapping } from '../imports/columns.ts';
import { headingsIn } from '../imports/find-headings.ts';
import { assertState, countRows, type Import, lockImport, setImport } from '../imports/records.ts';
import { ChooseSheet, DecideRows, entryColumn, ImportRef, MapImport } from '../inputs.ts';
import { canPrepareImport } from '../policy.ts';
import { discardable, mappable } from '../rules.ts';

const about = (subject: Import) => ({ subjectType: 'registerImport', subjectId: subject.id });

/** Says which column is which field, which is remembered for sheets with the same headings, and has the sheet compared by a job. */
export const mapImport = command({
  name: 'registerImport.map',
  input: MapImport,
  load: (ctx, { importId }) => lockImport(ctx, importId),
  allow: (actor, sheet) => canPrepareImport(actor, sheet),
  run: async (ctx, { mapping, validFrom, decisionNumber }, sheet) => {
    assertState(sheet, ...mappable);
    const faults = mappingFaults(registerOf(sheet.register), sheet, mapping);
    if (faults.length > 0) throw new AppError('invalidInput', 'errors.invalidInput', { fields: faults });
    await remember(ctx, sheet, mapping);
    await setImport(ctx, sheet.id, {
      mapping,
      validFrom,
      decisionNumber: decisionNumber || null,
      state: 'reading',
      done: 0,
      total: null,
      counts: {},
      fault: null,
    });
    await enqueue(ctx, 'registerImport.read', { importId: sheet.id }, { jobKey: `import:${sheet.id}` });
    return { importId: sheet.id };
  },
  audit: ({ input, subject }) => ({
    ...about(subject),
    details: { register: subject.register, columns: Object.keys(input.mapping).length, validFrom: input.validFrom },
  }),
});

/** Reads another sheet of the workbook: its columns are named anew. */
export const chooseSheet = command({
  name: 'registerImport.chooseSheet',
  input: ChooseSheet,
  load: (ctx, { importId }) => lockImport(ctx, importId),
  allow: (actor, sheet) => canPrepareImport(actor, sheet),
  run: async (ctx, { sheet: ordinal }, sheet) => {
    assertState(sheet, ...mappable);
    const refuse = (reason: string) =>
      new AppError('invalidInput', 'errors.invalidInput', { fields: [{ path: 'sheet', reason }] });
    if (ordinal >= sheet.sheets.length) throw refuse('errors.field.choice');
    const file = await getFile(ctx.tx, sheet.fileId);
    const found = await headingsIn(registerOf(sheet.register), rowsOfFile(ctx.tx, file, ordinal));
    if (!found) throw refuse('registers.imports.errors.emptySheet');
    await setImport(ctx, sheet.id, {
      sheet: ordinal,
      headingLine: found.line,
      headings: found.cells,
      mapping: null,
      state: 'uploaded',
      counts: {},
      total: null,
      fault: null,
    });
    return { importId: sheet.id };
  },
  audit: ({ input, subject }) => ({
    ...about(subject),
    details: { register: subject.register, sheet: subject.sheets[input.sheet] ?? null },
  }),
});

/** What an entry cannot do without has a column, unless the sheet names its entries; no column is two fields. */
function mappingFaults(register: Register, sheet: Import, mapping: Mapping): FieldError[] {
  const known = new Set([entryColumn, ...register.fields.map(({ name }) => name)]);
  const faults: FieldError[] = [];
  const taken = new Map<number, string>();
  for (const [name, column] of Object.entries(mapping)) {
    const path = `mapping.${name}`;
    if (!known.has(name) || column >= sheet.headings.length) faults.push({ path, reason: 'errors.field.choice' });
    else if (taken.has(column)) faults.push({ path, reason: 'registers.imports.errors.columnTwice' });
    taken.set(column, name);
  }
  if (mapping[entryColumn] === undefined)
    for (const { name } of register.fields.filter(({ required }) => required))
      if (mapping[name] === undefined)
        faults.push({ path: `mapping.${name}`, reason: 'registers.imports.errors.columnMissing' });
  return faults;
}

async function remember(ctx: TxContext, sheet: Import, mapping: Mapping): Promise<void> {
  const key = {
    register: sheet.register,
    organisationId: sheet.organisationId,
    headingsDigest: headingsDigest(sheet.headings),
  };
  await ctx.tx
    .insert(registerMappings)
    .values({ ...key, mapping, updatedAt: ctx.now() })
    .onConflictDoUpdate({
      target: [registerMappings.register, registerMappings.organisationId, registerMappings.headingsDigest],
      set: { mapping, updatedAt: ctx.now() },
    });
}

/** Says of rows that look like an entry whether they are left out, added all the same, or change that entry. */
export const decideRows = command({
  name: 'registerImport.decideRows',
  input: DecideRows,
  load: (ctx, { importId }) => lockImport(ctx, importId),
  allow: (actor, sheet) => canPrepareImport(actor, sheet),
  run: async (ctx, { rows }, sheet) => {
    assertState(sheet, 'previewed');
    for (const { line, decision } of rows)
      await ctx.tx
        .update(registerImportRows)
        .set({ decision })
        .where(
          and(
            eq(registerImportRows.importId, sheet.id),
            eq(registerImportRows.line, line),
            eq(registerImportRows.outcome, 'duplicate'),
          ),
        );
    await setImport(ctx, sheet.id, { counts: await countRows(ctx.tx, sheet.id) });
    return { importId: sheet.id };
  },
  audit: ({ input, subject }) => ({
    ...about(subject),
    details: { register: subject.register, rows: input.rows.length },
  }),
});

/** Puts a sheet away of which nothing was written. */
export const discardImport = command({
  name: 'registerImport.discard',
  input: ImportRef,
  load: (ctx, { importId }) => lockImport(ctx, importId),
  allow: (actor, sheet) => canPrepareImport(actor, sheet),
  run: async (ctx, _input, sheet) => {
    assertState(sheet, ...discardable);
    await setImport(ctx, sheet.id, { state: 'discarded' });
    return { importId: sheet.id };
  },
  audit: ({ subject }) => ({ ...about(subject), details: { register: subject.register } }),
});
