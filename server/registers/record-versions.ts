import { eq, inArray, sql } from 'drizzle-orm';
import { registerEntries, registerKeys, registerVersions } from '#db/schema/registers.ts';
import { localDate } from '#server/calendar/index.ts';
import { type Actor, AppError, enqueue, newId, type TxContext } from '#server/platform/index.ts';
import { provinceOf, type Register } from './define.ts';
import { findKeeper, versionsOn } from './records.ts';
import type { Content } from './rules.ts';
import { tellEntriesChanged } from './tell-changed.ts';
import { writeTraces } from './traces.ts';

/** One thing to be said of an entry. */
export interface NewVersion {
  /** missing: a new entry, under this id where one is given */
  entryId?: string;
  isNew: boolean;
  action: string;
  content: Content;
  closed?: boolean;
  /** the entry it is merged into */
  mergedInto?: string;
  validFrom: string;
  validTo?: string | null;
  decisionNumber?: string | null;
  documentId?: string | null;
  changeRequestId?: string | null;
  importId?: string | null;
  demo?: boolean;
}

/** Who wrote a version. Never shown to the public. */
export const recorderOf = (actor: Actor): string =>
  actor.kind === 'person' ? `person:${actor.userId}` : actor.kind === 'system' ? `system:${actor.name}` : 'anonymous';

/**
 * Says something of entries, in the caller's transaction: versions are added, keys, keeper and search rows follow what
 * holds today; what holds from a later day on follows by a job. The caller has authorised it and locked what is there.
 * @returns ids of the entries, in the order given
 * @throws AppError conflict when a living entry has a key already, naming it
 */
export async function recordVersions(
  ctx: TxContext,
  register: Register,
  list: readonly NewVersion[],
): Promise<string[]> {
  if (list.length === 0) return [];
  const today = localDate(ctx.now());
  const ids = list.map(({ entryId }) => entryId ?? newId());
  const keepers = await keepersOf(
    ctx,
    register,
    list.map(({ content }) => content),
  );
  const added = list.flatMap((each, index) => {
    const provinceCode = provinceOf(register, each.content);
    const keeper = { organisationId: keepers.get(provinceCode) ?? null, provinceCode };
    return each.isNew
      ? [{ id: ids[index]!, register: register.key, ...keeper, demo: each.demo ?? false, createdAt: ctx.now() }]
      : [];
  });
  if (added.length > 0) await ctx.tx.insert(registerEntries).values(added);
  await ctx.tx.insert(registerVersions).values(
    list.map(({ entryId: _id, isNew: _new, mergedInto: _into, demo: _demo, ...said }, index) => ({
      ...said,
      entryId: ids[index]!,
      recordedAt: ctx.now(),
      recordedBy: recorderOf(ctx.actor),
    })),
  );
  for (const [index, { mergedInto }] of list.entries())
    if (mergedInto) await ctx.tx.update(registerEntries).set({ mergedInto }).where(eq(registerEntries.id, ids[index]!));
  await refreshEntries(ctx, register, ids);
  for (const later of new Set(
    list.flatMap((each) => [each.validFrom, each.validTo ?? today]).filter((day) => day > today),
  ))
    await enqueue(
      ctx,
      'register.refresh',
      { register: register.key, entryIds: ids, day: later },
      { runAt: firstMinuteOf(later) },
    );
  const changes = list.map(({ action, validFrom }, index) => ({ entryId: ids[index]!, action, validFrom }));
  await tellEntriesChanged(ctx, register.key, changes);
  return ids;
}

/** The authorities that keep some entries, by province. */
async function keepersOf(ctx: TxContext, register: Register, contents: readonly Content[]) {
  const keepers = new Map<string | null, string | null>();
  for (const province of new Set(contents.map((content) => provinceOf(register, content))))
    keepers.set(province, await findKeeper(ctx.tx, province));
  return keepers;
}

/** Midnight in Vietnam. */
const firstMinuteOf = (day: string): Date => new Date(`${day}T00:00:00+07:00`);

/** Brings keeper, keys and search rows of entries to what holds today. Doing it again changes nothing. */
export async function refreshEntries(ctx: TxContext, register: Register, ids: readonly string[]): Promise<void> {
  const today = localDate(ctx.now());
  const [present, entries] = [
    await versionsOn(ctx.tx, ids, today),
    await ctx.tx
      .select()
      .from(registerEntries)
      .where(inArray(registerEntries.id, [...ids])),
  ];
  const rows = entries.flatMap((entry) => {
    const version = present.get(entry.id);
    if (!version) return [];
    return [
      {
        entryId: entry.id,
        content: version.content,
        closedOn: version.closed ? version.validFrom : entry.mergedInto ? today : null,
        recordedOn: localDate(version.recordedAt),
        demo: entry.demo,
      },
    ];
  });
  const keepers = await keepersOf(
    ctx,
    register,
    rows.map(({ content }) => content),
  );
  const kept = rows.map(({ entryId, content, closedOn }) => {
    const province = provinceOf(register, content);
    return { id: entryId, organisation_id: keepers.get(province), province_code: province, closed_on: closedOn };
  });
  await ctx.tx.execute(sql`
    update register_entries e set organisation_id = k.organisation_id, province_code = k.province_code,
      closed_on = k.closed_on, version = e.version + 1
    from jsonb_to_recordset(${JSON.stringify(kept)}::text::jsonb) as k(id uuid, organisation_id uuid, province_code text, closed_on date)
    where e.id = k.id`);
  await writeKeys(ctx, register, rows);
  await writeTraces(ctx, register, rows);
  await register.project(ctx, rows);
}

async function writeKeys(
  ctx: TxContext,
  register: Register,
  rows: readonly { entryId: string; content: Content; closedOn: string | null }[],
): Promise<void> {
  const wanted = rows.flatMap(({ entryId, content, closedOn }) =>
    [...new Set(register.keys(content))].map((key) => ({
      register: register.key,
      key,
      entryId,
      active: closedOn === null,
    })),
  );
  const ids = rows.map(({ entryId }) => entryId);
  await ctx.tx.delete(registerKeys).where(inArray(registerKeys.entryId, ids));
  if (wanted.length === 0) return;
  const written = await ctx.tx.insert(registerKeys).values(wanted).onConflictDoNothing().returning();
  if (written.length === wanted.length) return;
  const free = new Set(written.map(({ key, entryId }) => `${entryId} ${key}`));
  const { key } = wanted.find((each) => !free.has(`${each.entryId} ${each.key}`))!;
  throw new AppError('conflict', 'registers.errors.keyTaken', { values: { key: key.slice(key.indexOf(':') + 1) } });
}
