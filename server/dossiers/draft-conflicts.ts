import { and, asc, eq, gt, ne } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import type { Answers } from '#db/schema/dossiers.ts';
import { draftChanges, draftConflicts, draftPresence, type KeptConflict } from '#db/schema/drafts.ts';
import { peopleById } from '#server/identity/index.ts';
import type { TxContext } from '#server/platform/index.ts';
import { type FormDefinition, getAt, type Json, type JsonObject, setAt } from '#server/procedures/index.ts';
import type { Dossier } from './records.ts';

/** Where a page was when it was opened: the draft's version then, and a name for this one opening. */
export interface PageBase {
  version: number;
  formId: string;
}

/** What is compared: each field of a page, and a repeated group as a whole. */
export function unitsOf(form: FormDefinition, pageId: string): string[] {
  const page = form.pages.find((each) => each.id === pageId);
  if (!page) return [];
  return page.repeat ? [page.repeat.path] : [...page.fields];
}

export const sameValue = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

const valueAt = (answers: Answers, path: string): Json => getAt(answers as JsonObject, path) ?? null;

/** The answers with one put in. A list without entries and no list say the same. */
export const withAnswer = (answers: Answers, path: string, value: unknown): Answers =>
  setAt(answers as JsonObject, path, (value ?? undefined) as Json | undefined) as Answers;

/**
 * Lays what one person sent over what stands in the draft now. A field somebody else changed since the page was opened
 * keeps their answer: silently where it was not touched here, as a conflict where it was.
 */
export async function mergeWithOthers(
  ctx: TxContext,
  dossier: Dossier,
  sent: Answers,
  units: readonly string[],
  base: PageBase | undefined,
): Promise<{ answers: Answers; conflicts: KeptConflict[] }> {
  if (!base || base.version >= dossier.version) return { answers: sent, conflicts: [] };
  const others = await ctx.tx
    .select()
    .from(draftChanges)
    .where(
      and(
        eq(draftChanges.dossierId, dossier.id),
        gt(draftChanges.version, base.version),
        ne(draftChanges.formId, base.formId),
      ),
    )
    .orderBy(asc(draftChanges.id));
  let answers = sent;
  const conflicts: KeptConflict[] = [];
  for (const path of units) {
    const changes = others.filter((change) => change.path === path);
    const last = changes.at(-1);
    const mine = valueAt(sent, path);
    const theirs = valueAt(dossier.answers, path);
    if (!last || sameValue(mine, theirs)) continue;
    answers = withAnswer(answers, path, theirs);
    const touched = !sameValue(mine, changes[0]!.before);
    if (touched)
      conflicts.push({ path, mine, theirs, userId: last.userId, at: last.at.toISOString(), formId: base.formId });
  }
  return { answers, conflicts };
}

/** Notes what a save changed, and gives it. */
export async function noteChanges(
  ctx: TxContext,
  dossier: Dossier,
  after: Answers,
  units: readonly string[],
  by: { userId: string; formId: string },
): Promise<string[]> {
  const rows = units
    .map((path) => ({ path, before: valueAt(dossier.answers, path), after: valueAt(after, path) }))
    .filter((change) => !sameValue(change.before, change.after))
    .map((change) => ({ ...change, ...by, dossierId: dossier.id, version: dossier.version + 1, at: ctx.now() }));
  if (rows.length > 0) await ctx.tx.insert(draftChanges).values(rows);
  return rows.map((row) => row.path);
}

interface Place {
  dossierId: string;
  userId: string;
  pageId: string;
}

const at = ({ dossierId, userId, pageId }: Place) =>
  and(eq(draftConflicts.dossierId, dossierId), eq(draftConflicts.userId, userId), eq(draftConflicts.pageId, pageId));

/** Keeps what one typed in a conflict until one has chosen; none: nothing waits any more. */
export async function keepConflicts(ctx: TxContext, place: Place, items: KeptConflict[]): Promise<void> {
  if (items.length === 0) {
    await ctx.tx.delete(draftConflicts).where(at(place));
    return;
  }
  await ctx.tx
    .insert(draftConflicts)
    .values({ ...place, items, keptAt: ctx.now() })
    .onConflictDoUpdate({
      target: [draftConflicts.dossierId, draftConflicts.userId, draftConflicts.pageId],
      set: { items, keptAt: ctx.now() },
    });
}

/**
 * Brings what waits to be chosen up to a save: its own conflicts, and those of earlier openings of the page, but for
 * fields one has given another answer since.
 */
export async function addConflicts(
  ctx: TxContext,
  place: Place,
  conflicts: KeptConflict[],
  save: { formId: string; changed: readonly string[] },
): Promise<void> {
  const before = await findConflicts(ctx.tx, place);
  if (before.length === 0 && conflicts.length === 0) return;
  const over = new Set([...save.changed, ...conflicts.map((each) => each.path)]);
  const still = before.filter((each) => each.formId !== save.formId && !over.has(each.path));
  await keepConflicts(ctx, place, [...still, ...conflicts]);
}

export async function findConflicts(db: Reader, place: Place): Promise<KeptConflict[]> {
  const [row] = await db.select({ items: draftConflicts.items }).from(draftConflicts).where(at(place));
  return row?.items ?? [];
}

/** How long after the last answer somebody typed they count as editing, in milliseconds. */
const presence = 120_000;

export async function notePresence(ctx: TxContext, place: Place): Promise<void> {
  await ctx.tx
    .insert(draftPresence)
    .values({ ...place, seenAt: ctx.now() })
    .onConflictDoUpdate({
      target: [draftPresence.dossierId, draftPresence.userId],
      set: { pageId: place.pageId, seenAt: ctx.now() },
    });
}

/** Who else types in the draft now. */
export async function othersEditing(
  db: Reader,
  dossierId: string,
  userId: string,
  now: Date,
): Promise<{ name: string; pageId: string; seenAt: Date }[]> {
  const rows = await db
    .select()
    .from(draftPresence)
    .where(
      and(
        eq(draftPresence.dossierId, dossierId),
        ne(draftPresence.userId, userId),
        gt(draftPresence.seenAt, new Date(now.getTime() - presence)),
      ),
    );
  const people = await peopleById(
    db,
    rows.map((row) => row.userId),
  );
  return rows.flatMap(({ userId: id, pageId, seenAt }) => {
    const person = people.get(id);
    return person ? [{ name: person.name, pageId, seenAt }] : [];
  });
}

/** A draft that is filed is edited no more: what was kept for its editors goes. */
export async function endEditing(ctx: TxContext, dossierId: string): Promise<void> {
  await Promise.all(
    [draftChanges, draftConflicts, draftPresence].map((table) =>
      ctx.tx.delete(table).where(eq(table.dossierId, dossierId)),
    ),
  );
}

/** The first page of those given on which somebody has not chosen between two answers; null: none. */
export async function pageToChooseOn(
  db: Reader,
  { dossierId, userId }: { dossierId: string; userId: string },
  pageIds: readonly string[],
): Promise<string | null> {
  const rows = await db
    .select({ pageId: draftConflicts.pageId })
    .from(draftConflicts)
    .where(and(eq(draftConflicts.dossierId, dossierId), eq(draftConflicts.userId, userId)));
  return pageIds.find((id) => rows.some((row) => row.pageId === id)) ?? null;
}
