import type { Reader } from '#db/client.ts';
import type { registerImportRows } from '#db/schema/registers.ts';
import { AppError, type FieldError, type SheetRow, withoutApostrophe } from '#server/platform/index.ts';
import { provinceOf, type Register, readContent } from '../define.ts';
import { contentOf } from '../fields.ts';
import { entryColumn } from '../inputs.ts';
import { findKeeper } from '../records.ts';
import { type Content, changedFields } from '../rules.ts';
import type { Mapping } from './columns.ts';
import { alikeEntries, entriesByKey, type Found, foundEntries, keysOf } from './match-rows.ts';
import { optionReader } from './words.ts';

export type Judged = Omit<typeof registerImportRows.$inferInsert, 'importId'>;
/** `before`: what an entry that changes says now. `rest`: what of a bad row is sound in itself, so that all its faults are named at once. */
type Weighed = Judged & { before?: Content; rest?: Content };

/** What is the same for all rows of a sheet. */
export interface Sheet {
  register: Register;
  mapping: Mapping;
  /** the day from which its rows hold */
  validFrom: string;
  organisationId: string;
  provinceCode: string | null;
}

/** What a row of the sheet says, before anything is known of the register. */
interface Read {
  line: number;
  texts: Record<string, string>;
  /** as a new entry would say it */
  bare: Content;
  /** the entry it names itself */
  named: string | null;
  keys: string[];
  errors: FieldError[];
}

const cellFault = /^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)$/;
const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const fault = (path: string, reason: string, values?: FieldError['values']): FieldError => ({
  path,
  reason: `registers.imports.errors.${reason}`,
  ...(values ? { values } : {}),
});

/**
 * Judges rows of one sheet, batch after batch: new, changed, the same, bad, or a likely duplicate. It remembers what the rows before were
 * about, so that a sheet says nothing twice of one entry.
 */
export function rowJudge(sheet: Sheet): (db: Reader, rows: readonly SheetRow[]) => Promise<Judged[]> {
  const readOption = optionReader(sheet.register);
  const seen = new Map<string, number>();
  return async (db, rows) => {
    const read = rows.map((row) => readRow(sheet, row, readOption));
    const byKey = await entriesByKey(
      db,
      sheet.register,
      read.flatMap(({ keys }) => keys),
    );
    const alike = await alikeEntries(
      db,
      sheet.register,
      read.map(({ bare }) => bare),
    );
    const wanted = read.flatMap(({ named, keys }, index) => [
      ...(named ? [named] : []),
      ...keys.flatMap((key) => byKey.get(key) ?? []),
      ...alike[index]!.map(({ entryId }) => entryId),
    ]);
    const found = await foundEntries(db, sheet.register, wanted, sheet.validFrom);
    const judged = read.map((row, index): Weighed => {
      const own = row.named ?? (row.keys[0] ? byKey.get(row.keys[0]) : undefined);
      if (own) return judgeKnown(sheet, row, found.get(own));
      const other = row.keys.slice(1).flatMap((key) => byKey.get(key) ?? []);
      const similar = [...other.map((entryId) => ({ entryId, reasons: ['sameNumber'] })), ...alike[index]!];
      return judgeUnknown(
        sheet,
        row,
        similar.flatMap((each) => {
          const there = found.get(each.entryId);
          return there && !there.entry.closedOn && !there.entry.mergedInto ? [{ ...each, found: there }] : [];
        }),
      );
    });
    refuseTwice(judged, read, seen);
    await askDatabase(db, sheet, judged);
    return judged.map(({ before: _before, rest: _rest, ...row }) => row);
  };
}

function readRow(
  { register, mapping }: Sheet,
  { line, cells }: SheetRow,
  readOption: ReturnType<typeof optionReader>,
): Read {
  const texts: Record<string, string> = {};
  const errors: FieldError[] = [];
  const cell = (name: string): string | undefined =>
    mapping[name] === undefined ? undefined : withoutApostrophe((cells[mapping[name]] ?? '').normalize('NFC').trim());
  for (const field of register.fields) {
    const text = cell(field.name);
    if (text === undefined) continue;
    texts[field.name] = readOption(field, text);
    if (cellFault.test(text)) errors.push(fault(field.name, 'cell', { text }));
  }
  const named = cell(entryColumn) || null;
  if (named && !isId.test(named)) errors.push(fault(entryColumn, 'entryId', { text: named }));
  const bare = contentOf(register.fields, texts);
  return { line, texts, bare, named, keys: keysOf(register, bare), errors };
}

const bad = ({ line, texts }: Read, errors: FieldError[], entryId?: string): Judged => ({
  line,
  outcome: 'bad',
  texts,
  errors,
  title: titleIn(texts),
  ...(entryId ? { entryId } : {}),
});
const titleIn = (texts: Record<string, string>): string => texts.name ?? Object.values(texts).find(Boolean) ?? '';

/** The content as the register's schema reads it, or all that is wrong by field, after what the cells themselves show. */
function checked(
  register: Register,
  content: Content,
  cells: readonly FieldError[],
): { content: Content } | { errors: FieldError[]; rest: Content } {
  const named = new Set(cells.map(({ path }) => path));
  try {
    const read = readContent(register, content);
    if (cells.length === 0) return { content: read };
    return { errors: [...cells], rest: without(content, named) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const read = (error.details.fields ?? []).map((each) => ({ ...each, path: each.path.replace(/^texts\./, '') }));
    const errors = [...cells, ...read.filter(({ path }) => !named.has(path))];
    return { errors, rest: without(content, new Set(errors.map(({ path }) => path))) };
  }
}

const without = (content: Content, names: ReadonlySet<string>): Content =>
  Object.fromEntries(Object.entries(content).filter(([name]) => !names.has(name)));

/** A row about an entry that is there. */
function judgeKnown(sheet: Sheet, row: Read, found: Found | undefined): Weighed {
  const { register } = sheet;
  if (!found) return bad(row, [...row.errors, fault(entryColumn, 'noSuchEntry')]);
  const { entry, version } = found;
  const errors: FieldError[] = [];
  if (entry.mergedInto || entry.closedOn) errors.push(fault(entryColumn, 'gone'));
  else if (found.saidLater) errors.push(fault('', 'saidLater'));
  else if (!version) errors.push(fault('', 'notYet'));
  if (errors.length > 0) return bad(row, [...row.errors, ...errors], entry.id);
  const before = version!.content;
  const read = checked(register, contentOf(register.fields, row.texts, before), row.errors);
  if ('errors' in read) return { ...bad(row, read.errors, entry.id), rest: read.rest };
  const changed = changedFields(before, read.content);
  const facts = { line: row.line, entryId: entry.id, entryVersion: entry.version, title: register.title(read.content) };
  if (changed.length === 0) return { ...facts, outcome: 'same' };
  if (!keeps(sheet, entry)) return bad(row, [fault('', 'otherKeeper')], entry.id);
  const changes = register.fields
    .filter(({ name }) => changed.includes(name))
    .map((field) => ({
      name: field.name,
      before: field.format(before[field.name]),
      after: field.format(read.content[field.name]),
    }));
  return { ...facts, outcome: 'changed', content: read.content, before, changes };
}

const keeps = (sheet: Sheet, kept: { organisationId: string | null; provinceCode: string | null }): boolean =>
  kept.organisationId === sheet.organisationId &&
  (sheet.provinceCode === null || sheet.provinceCode === kept.provinceCode);

/** A row whose number nobody has: new, or an entry that has none and looks the same. */
function judgeUnknown(
  sheet: Sheet,
  row: Read,
  similar: readonly { entryId: string; reasons: string[]; found: Found }[],
): Weighed {
  const { register } = sheet;
  // an entry that says all of this already is the row, whether or not it has a number
  for (const { found } of row.errors.length === 0 ? similar : []) {
    const known = judgeKnown(sheet, row, found);
    if (known.outcome === 'same') return known;
  }
  const read = checked(register, row.bare, row.errors);
  if ('errors' in read) return { ...bad(row, read.errors), rest: read.rest };
  const facts = { line: row.line, content: read.content, title: register.title(read.content) };
  const [nearest] = similar;
  if (!nearest) return { ...facts, outcome: 'new' };
  const known = judgeKnown(sheet, row, nearest.found);
  return {
    ...facts,
    outcome: 'duplicate',
    texts: row.texts,
    entryId: nearest.entryId,
    entryVersion: nearest.found.entry.version,
    changes: known.changes ?? [],
    errors: nearest.reasons.map((reason) => ({ path: '', reason: `registers.alike.${reason}` })),
  };
}

/** The second row about one thing is bad and names the first. */
function refuseTwice(judged: Judged[], read: readonly Read[], seen: Map<string, number>): void {
  judged.forEach((row, index) => {
    if (row.outcome === 'bad') return;
    const { keys, texts } = read[index]!;
    const marks = [
      ...(row.entryId && row.outcome !== 'duplicate' ? [row.entryId] : []),
      ...(keys.length > 0 ? keys : [JSON.stringify(texts)]),
    ];
    const first = marks.map((mark) => seen.get(mark)).find((line) => line !== undefined);
    if (first !== undefined) judged[index] = bad(read[index]!, [fault('', 'sameAsLine', { line: first })]);
    else for (const mark of marks) seen.set(mark, row.line);
  });
}

/** What only the database can tell: places, keepers. It is asked of rows that would be written, and of what is sound in bad ones. */
async function askDatabase(db: Reader, sheet: Sheet, judged: Weighed[]): Promise<void> {
  const { register } = sheet;
  const asked = judged.flatMap((row, index) => {
    const content = row.content ?? row.rest;
    return content ? [{ row, index, content }] : [];
  });
  const faults =
    (await register.faults?.(
      db,
      asked.map(({ content }) => content),
      sheet.validFrom,
      asked.map(({ row }) => row.before ?? null),
    )) ?? asked.map(() => []);
  const keepers = new Map<string | null, string | null>();
  for (const [at, { row, index, content }] of asked.entries()) {
    const known = row.errors ?? [];
    const errors = [...faults[at]!];
    // of a province that is none nobody can say whose it is
    if (![...(row.content ? [] : known), ...errors].some(({ path }) => path === 'provinceCode')) {
      const provinceCode = provinceOf(register, content);
      if (!keepers.has(provinceCode)) keepers.set(provinceCode, await findKeeper(db, provinceCode));
      const mine = keeps(sheet, { organisationId: keepers.get(provinceCode) ?? null, provinceCode });
      if (!mine) errors.push(fault('provinceCode', 'otherKeeper'));
    }
    if (errors.length === 0) continue;
    if (!row.content) {
      judged[index] = { ...row, errors: [...known, ...errors] };
      continue;
    }
    const texts = Object.fromEntries(register.fields.map((field) => [field.name, field.format(content[field.name])]));
    judged[index] = {
      line: row.line,
      outcome: 'bad',
      texts,
      errors,
      title: row.title ?? '',
      ...(row.entryId && row.outcome === 'changed' ? { entryId: row.entryId } : {}),
    };
  }
}
