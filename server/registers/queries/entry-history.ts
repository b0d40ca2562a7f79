import type { Reader } from '#db/client.ts';
import { localDate } from '#server/calendar/index.ts';
import { allow, type Context, notFound, query, reader } from '#server/platform/index.ts';
import { findTerritoryUnit, readWards, type TerritoryUnit } from '#server/territory/index.ts';
import { type Register, registerOf } from '../define.ts';
import { EntryAsOf } from '../inputs.ts';
import { canPropose } from '../policy.ts';
import { type Entry, findEntry, lastOf, mergedInto, type Version, versionsOf } from '../records.ts';
import { changedFields, timeline, versionOn } from '../rules.ts';

/** A field as it is read: its label is the message `<register>.fields.<name>`. */
export interface FieldText {
  name: string;
  text: string;
  /** of a code of a province or ward: what it is called on the day asked for */
  unit: { name: string; nameEn: string } | null;
}

export interface HistoryEntry {
  id: number;
  /** end of the message key `registers.actions.*` */
  action: string;
  /** `yyyy-mm-dd`: from when it holds */
  validFrom: string;
  validTo: string | null;
  recordedAt: Date;
  decisionNumber: string | null;
  documentId: string | null;
  /** of the same days, what it said before and after; only what differs */
  changes: { name: string; before: string; after: string }[];
  /** it was said of an entry that was merged into this one */
  merged: boolean;
}

export interface EntryHistory {
  id: string;
  register: string;
  /** the entry it was merged into: a page leads there */
  movedTo: string | null;
  title: string;
  version: number;
  /** the day it is shown for, and the last day whose records count */
  on: string;
  known: string | null;
  /** what held on that day by what was known then; null: nothing was said yet */
  fields: FieldText[] | null;
  closed: boolean;
  /** days from which something else holds, as believed now */
  spans: { from: string; to: string | null; closed: boolean }[];
  /** the latest recorded first */
  history: HistoryEntry[];
  /** whether this person may propose a change */
  mayPropose: boolean;
}

interface Loaded {
  register: Register;
  entry: Entry;
  last: Entry;
  versions: Version[];
}

/** One entry as of any day, with its whole history: dates, decisions and what is public of the content. Everybody may ask. */
export const entryAsOf = query({
  input: EntryAsOf,
  load: async (db, input): Promise<Loaded> => load(db, registerOf(input.register), input.id),
  allow: () => allow,
  view: (ctx, loaded, { on, known }): Promise<EntryHistory> => historyView(ctx, loaded, on, known),
});

async function load(db: Reader, register: Register, id: string): Promise<Loaded> {
  const entry = (await findEntry(db, register.key, id)) ?? notFound();
  const last = await lastOf(db, entry);
  return { register, entry, last, versions: await versionsOf(db, await mergedInto(db, last.id)) };
}

/** The end of a day in Vietnam: what was recorded on it counts. */
const endOf = (day: string): Date => new Date(Date.parse(`${day}T00:00:00+07:00`) + 86_399_999);

async function historyView(
  ctx: Context,
  { register, entry, last, versions }: Loaded,
  on: string = localDate(ctx.now()),
  known?: string,
): Promise<EntryHistory> {
  const mayPropose = canPropose(ctx.actor, last).allowed;
  const shown = register.fields.filter((field) => field.public || mayPropose);
  const own = versions.filter(({ entryId }) => entryId === last.id);
  const held = versionOn(own, on, known ? endOf(known) : undefined);
  const latest = versionOn(own, localDate(ctx.now())) ?? own.at(-1)!;
  return {
    id: last.id,
    register: register.key,
    movedTo: last.id === entry.id ? null : last.id,
    title: register.title((held ?? latest).content),
    version: last.version,
    on,
    known: known ?? null,
    fields: held && (await fieldTexts(reader(ctx), shown, held, on)),
    closed: held?.closed ?? false,
    spans: timeline(own).map(({ from, to, version }) => ({ from, to, closed: version.closed })),
    history: versions
      .map((version) => historyEntry(version, versions, shown, version.entryId !== last.id))
      .sort((a, b) => b.id - a.id),
    mayPropose,
  };
}

async function fieldTexts(db: Reader, shown: Register['fields'], version: Version, on: string): Promise<FieldText[]> {
  const texts: FieldText[] = [];
  for (const field of shown) {
    const text = field.format(version.content[field.name]);
    texts.push({
      name: field.name,
      text,
      unit: field.unit && text ? await unitName(db, field.unit, version, on) : null,
    });
  }
  return texts;
}

/** A code means what it meant when it was written down; a ward that ended stands under the name of the one that took over. */
async function unitName(db: Reader, level: 'province' | 'ward', { content, recordedAt }: Version, on: string) {
  const writtenOn = localDate(recordedAt);
  const provinceCode = String(content.provinceCode);
  if (level === 'province') return named(await findTerritoryUnit(db, level, provinceCode, writtenOn));
  const [reading] = await readWards(db, [{ code: String(content.wardCode), writtenOn, provinceCode }], on);
  const [only, another] = reading!.becomes;
  return named(only && !another ? only : reading!.meant);
}

const named = (unit: TerritoryUnit | null) => unit && { name: unit.fullName, nameEn: unit.fullNameEn };

function historyEntry(
  version: Version,
  versions: readonly Version[],
  shown: Register['fields'],
  merged: boolean,
): HistoryEntry {
  const earlier = versions.filter(({ entryId, id }) => entryId === version.entryId && id < version.id);
  const before = versionOn(earlier, version.validFrom);
  const changed = before ? changedFields(before.content, version.content) : [];
  return {
    id: version.id,
    action: version.action,
    validFrom: version.validFrom,
    validTo: version.validTo,
    recordedAt: version.recordedAt,
    decisionNumber: version.decisionNumber,
    documentId: version.documentId,
    changes: shown
      .filter(({ name }) => changed.includes(name))
      .map((field) => ({
        name: field.name,
        before: field.format(before?.content[field.name]),
        after: field.format(version.content[field.name]),
      })),
    merged,
  };
}
