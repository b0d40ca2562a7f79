import { and, asc, count, desc, eq, isNotNull, ne, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { files } from '#db/schema/platform.ts';
import { registerImportRows, registerImports, registerMappings } from '#db/schema/registers.ts';
import { organisationsById, peopleById } from '#server/identity/index.ts';
import { type Context, type FieldError, getFile, query, reader } from '#server/platform/index.ts';
import { openedRegisters, registerOf } from '../define.ts';
import { headingsDigest, type Mapping, suggestMapping } from '../imports/columns.ts';
import { getImport, type Import, type ImportRow, importsVisibleTo } from '../imports/records.ts';
import { entryColumn, ImportRef, ImportRows, ListImports, type RowOutcome } from '../inputs.ts';
import { canDecideImport, canReadImport, canWorkOnRegisters, keepersOf } from '../policy.ts';
import { willChange } from '../rules.ts';

export interface ImportLine {
  id: string;
  register: string;
  fileName: string;
  state: Import['state'];
  createdAt: Date;
  createdBy: string;
  counts: Record<string, number>;
}

export interface ImportView extends ImportLine {
  headings: string[];
  /** of a workbook: its sheets, which of them is read, from 0, and the line its headings stand in */
  sheets: string[];
  sheet: number;
  headingLine: number | null;
  /** as it was said, or as the headings suggest */
  mapping: Mapping;
  /** the columns were named once for sheets with these headings */
  remembered: boolean;
  fields: { name: string; required: boolean; options: readonly string[] | null }[];
  validFrom: string;
  decisionNumber: string | null;
  done: number;
  total: number | null;
  fault: { reason: string; values?: Record<string, string | number> } | null;
  /** rows that would change the register */
  changes: number;
  proposedBy: string | null;
  reason: string | null;
  decidedBy: string | null;
  decisionNote: string | null;
  writtenAt: Date | null;
  undoneAt: Date | null;
  /** the same file was written before, on that day */
  writtenBefore: Date | null;
  mayDecide: boolean;
  /** this person proposed it and waits for another */
  ownProposal: boolean;
}

export interface RowView {
  line: number;
  outcome: RowOutcome;
  title: string;
  entryId: string | null;
  changes: { name: string; before: string; after: string }[];
  errors: (FieldError & { heading: string | null; value: string })[];
  decision: ImportRow['decision'];
  left: { reason: string; values?: Record<string, string | number> } | null;
}

const pageSize = 50;

/** Sheets of the authorities one works for: what waits first. */
export const listImports = query({
  input: ListImports,
  load: async (db, { page }, ctx) => {
    const where = and(importsVisibleTo(ctx.actor), ne(registerImports.state, 'discarded'));
    const [total] = await db.select({ n: count() }).from(registerImports).where(where);
    const rows = await db
      .select()
      .from(registerImports)
      .where(where)
      .orderBy(sql`${registerImports.state} not in ('proposed', 'undoProposed')`, desc(registerImports.createdAt))
      .limit(pageSize)
      .offset((page - 1) * pageSize);
    return { rows, total: total!.n };
  },
  allow: (actor) => canWorkOnRegisters(actor),
  view: async (ctx, { rows, total }, { page }) => {
    const people = await peopleById(
      reader(ctx),
      rows.map(({ createdBy }) => createdBy),
    );
    const authorities = await organisationsById(
      reader(ctx),
      keepersOf(ctx.actor).map(({ organisationId }) => organisationId),
    );
    return {
      items: rows.map((row) => lineOf(row, people)),
      page,
      pageSize,
      total,
      registers: openedRegisters(),
      /** those one works for: whose entries a sheet is about */
      authorities: [...authorities.values()].map(({ id, name, nameEn }) => ({ id, name, nameEn })),
    };
  },
});

const lineOf = (row: Import, people: Awaited<ReturnType<typeof peopleById>>): ImportLine => ({
  id: row.id,
  register: row.register,
  fileName: row.fileName,
  state: row.state,
  createdAt: row.createdAt,
  createdBy: people.get(row.createdBy)?.name ?? '',
  counts: row.counts,
});

/** One sheet: what its columns mean, how far it has come, and who may go on with it. */
export const getImportView = query({
  input: ImportRef,
  load: (db, { importId }) => getImport(db, importId),
  allow: (actor, sheet) => canReadImport(actor, sheet),
  view: async (ctx, sheet): Promise<ImportView> => {
    const db = reader(ctx);
    const register = registerOf(sheet.register);
    const { createdBy, proposedBy, decidedBy } = sheet;
    const people = await peopleById(
      db,
      [createdBy, proposedBy, decidedBy].flatMap((id) => id ?? []),
    );
    const known = sheet.mapping ?? (await rememberedMapping(db, sheet));
    const waits = sheet.state === 'proposed' || sheet.state === 'undoProposed';
    return {
      ...lineOf(sheet, people),
      headings: sheet.headings,
      sheets: sheet.sheets,
      sheet: sheet.sheet,
      headingLine: sheet.headingLine,
      mapping: known ?? suggestMapping(register, sheet.headings),
      remembered: sheet.mapping === null && known !== null,
      fields: [
        { name: entryColumn, required: false, options: null },
        ...register.fields.map(({ name, required, options }) => ({ name, required, options: options ?? null })),
      ],
      validFrom: sheet.validFrom,
      decisionNumber: sheet.decisionNumber,
      done: sheet.done,
      total: sheet.total,
      fault: sheet.fault ? (JSON.parse(sheet.fault) as ImportView['fault']) : null,
      changes: willChange(sheet.counts),
      proposedBy: proposedBy ? (people.get(proposedBy)?.name ?? '') : null,
      reason: sheet.reason,
      decidedBy: decidedBy ? (people.get(decidedBy)?.name ?? '') : null,
      decisionNote: sheet.decisionNote,
      writtenAt: sheet.writtenAt,
      undoneAt: sheet.undoneAt,
      writtenBefore: await sameFileWritten(db, sheet),
      mayDecide: waits && allowsButForFactor(ctx, sheet),
      ownProposal: waits && ctx.actor.kind === 'person' && ctx.actor.userId === proposedBy,
    };
  },
});

/** The page asks for the second factor in place, so that its lack does not hide the form. */
function allowsButForFactor({ actor }: Context, sheet: Import): boolean {
  return canDecideImport(actor.kind === 'person' ? { ...actor, assurance: 2 } : actor, sheet).allowed;
}

async function rememberedMapping(db: Reader, sheet: Import): Promise<Mapping | null> {
  const [row] = await db
    .select({ mapping: registerMappings.mapping })
    .from(registerMappings)
    .where(
      and(
        eq(registerMappings.register, sheet.register),
        eq(registerMappings.organisationId, sheet.organisationId),
        eq(registerMappings.headingsDigest, headingsDigest(sheet.headings)),
      ),
    );
  return row?.mapping ?? null;
}

async function sameFileWritten(db: Reader, sheet: Import): Promise<Date | null> {
  const { sha256 } = await getFile(db, sheet.fileId);
  const [row] = await db
    .select({ at: registerImports.writtenAt })
    .from(registerImports)
    .innerJoin(files, eq(files.id, registerImports.fileId))
    .where(
      and(
        eq(files.sha256, sha256),
        eq(registerImports.register, sheet.register),
        ne(registerImports.id, sheet.id),
        eq(registerImports.state, 'written'),
      ),
    )
    .orderBy(desc(registerImports.writtenAt))
    .limit(1);
  return row?.at ?? null;
}

/** Rows of a sheet, by what they came to. */
export const listImportRows = query({
  input: ImportRows,
  load: async (db, { importId, outcome, left, page }) => {
    const sheet = await getImport(db, importId);
    const where = and(
      eq(registerImportRows.importId, importId),
      ...(outcome ? [eq(registerImportRows.outcome, outcome)] : []),
      ...(left ? [isNotNull(registerImportRows.leftBecause)] : []),
    );
    const [total] = await db.select({ n: count() }).from(registerImportRows).where(where);
    const rows = await db
      .select()
      .from(registerImportRows)
      .where(where)
      .orderBy(asc(registerImportRows.line))
      .limit(pageSize)
      .offset((page - 1) * pageSize);
    return { sheet, rows, total: total!.n };
  },
  allow: (actor, { sheet }) => canReadImport(actor, sheet),
  view: (_ctx, { sheet, rows, total }, { page }) => ({
    items: rows.map((row) => rowView(sheet, row)),
    page,
    pageSize,
    total,
  }),
});

const rowView = ({ headings, mapping }: Import, row: ImportRow): RowView => ({
  line: row.line,
  outcome: row.outcome as RowOutcome,
  title: row.title,
  entryId: row.entryId,
  changes: row.changes,
  errors: row.errors.map((error) => {
    const name = error.path.split('.')[0]!;
    const column = mapping?.[name];
    return {
      ...error,
      heading: column === undefined ? null : (headings[column] ?? null),
      value: row.texts[name] ?? '',
    };
  }),
  decision: row.decision,
  left: row.leftBecause,
});
