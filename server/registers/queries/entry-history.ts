import { sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { endOfDate, localDate } from '#server/calendar/index.ts';
import { allow, type Context, notFound, query, reader } from '#server/platform/index.ts';
import { type Act, type Register, registerOf } from '../define.ts';
import { EntryAsOf } from '../inputs.ts';
import { canPropose } from '../policy.ts';
import { type Entry, findEntry, lastOf, mergedInto, type Version, versionsOf } from '../records.ts';
import { changedFields, timeline, versionOn } from '../rules.ts';
import { type FieldText, fieldTexts } from './field-texts.ts';

export interface HistoryEntry {
  /** unlike any other of the entry */
  id: string;
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
  /** what that entry was called by it; null: it was said of this one */
  ofEntry: string | null;
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
  /** how it stood on that day, as the end of `<register>.status.*`; null: its register knows no standing, or nothing was said yet */
  status: string | null;
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
  acts: Act[];
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
  const same = await mergedInto(db, last.id);
  return {
    register,
    entry,
    last,
    versions: await versionsOf(db, same),
    acts: (await register.acts?.(db, same)) ?? [],
  };
}

async function historyView(
  ctx: Context,
  { register, entry, last, versions, acts }: Loaded,
  on: string = localDate(ctx.now()),
  known?: string,
): Promise<EntryHistory> {
  const mayPropose = canPropose(ctx.actor, last).allowed;
  const shown = register.fields.filter((field) => field.public || mayPropose);
  const own = versions.filter(({ entryId }) => entryId === last.id);
  const held = versionOn(own, on, known ? endOfDate(known) : undefined);
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
    status:
      held && (await standingOf(reader(ctx), register, held, { day: on, known: known ? endOfDate(known) : ctx.now() })),
    spans: timeline(own).map(({ from, to, version }) => ({ from, to, closed: version.closed })),
    history: withActs(
      versions
        .toSorted((a, b) => b.id - a.id)
        .map((version) => historyEntry(register, version, versions, shown, version.entryId !== last.id)),
      acts,
    ),
    mayPropose,
  };
}

function historyEntry(
  register: Register,
  version: Version,
  versions: readonly Version[],
  shown: Register['fields'],
  merged: boolean,
): HistoryEntry {
  const earlier = versions.filter(({ entryId, id }) => entryId === version.entryId && id < version.id);
  const before = versionOn(earlier, version.validFrom);
  // the page of an entry that was merged is that of another: what it said from the first stands here alone
  const changed = before || merged ? changedFields(before?.content ?? null, version.content) : [];
  return {
    id: String(version.id),
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
    ofEntry: merged ? register.title(version.content) : null,
  };
}

/** Versions, the last recorded first, and among them what was done to the entry besides, which changes nothing of them. */
function withActs(versions: HistoryEntry[], acts: readonly Act[]): HistoryEntry[] {
  const lines = [...versions];
  for (const [index, act] of acts.toSorted((a, b) => a.recordedAt.getTime() - b.recordedAt.getTime()).entries()) {
    const line = { ...act, id: `act-${index}`, validTo: null, changes: [], merged: false, ofEntry: null };
    const at = lines.findIndex(({ recordedAt }) => recordedAt <= act.recordedAt);
    lines.splice(at < 0 ? lines.length : at, 0, line);
  }
  return lines;
}

async function standingOf(
  db: Reader,
  { standing }: Register,
  { entryId, content }: Version,
  asked: { day: string; known: Date },
): Promise<string | null> {
  if (!standing) return null;
  const said = { id: sql`${entryId}::uuid`, content: sql`${JSON.stringify(content)}::text::jsonb` };
  const [row] = await db.execute<{ status: string }>(sql`select ${standing(said, asked)} as status`);
  return row!.status;
}
