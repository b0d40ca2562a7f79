import type { Reader } from '#db/client.ts';
import { localDate } from '#server/calendar/index.ts';
import { allow, type Context, notFound, query } from '#server/platform/index.ts';
import { type Register, registerOf } from '../define.ts';
import { EntryAsOf } from '../inputs.ts';
import { canPropose } from '../policy.ts';
import { type Entry, findEntry, lastOf, mergedInto, type Version, versionsOf } from '../records.ts';
import { changedFields, timeline, versionOn } from '../rules.ts';

/** A field as it is read: its label is the message `<register>.fields.<name>`. */
export interface FieldText {
  name: string;
  text: string;
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
  view: (ctx, loaded, { on, known }): EntryHistory => historyView(ctx, loaded, on, known),
});

async function load(db: Reader, register: Register, id: string): Promise<Loaded> {
  const entry = (await findEntry(db, register.key, id)) ?? notFound();
  const last = await lastOf(db, entry);
  return { register, entry, last, versions: await versionsOf(db, await mergedInto(db, last.id)) };
}

/** The end of a day in Vietnam: what was recorded on it counts. */
const endOf = (day: string): Date => new Date(Date.parse(`${day}T00:00:00+07:00`) + 86_399_999);

function historyView(
  ctx: Context,
  { register, entry, last, versions }: Loaded,
  on: string = localDate(ctx.now()),
  known?: string,
): EntryHistory {
  const mayPropose = canPropose(ctx.actor, last).allowed;
  const shown = register.fields.filter((field) => field.public || mayPropose);
  const textOf = (version: Version | null): FieldText[] | null =>
    version && shown.map((field) => ({ name: field.name, text: field.format(version.content[field.name]) }));
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
    fields: textOf(held),
    closed: held?.closed ?? false,
    spans: timeline(own).map(({ from, to, version }) => ({ from, to, closed: version.closed })),
    history: versions
      .map((version) => historyEntry(version, versions, shown, version.entryId !== last.id))
      .sort((a, b) => b.id - a.id),
    mayPropose,
  };
}

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
