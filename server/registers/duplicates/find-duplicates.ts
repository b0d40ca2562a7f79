import { and, asc, eq, gt, lt, sql } from 'drizzle-orm';
import { registerDuplicates, registerEntries } from '#db/schema/registers.ts';
import { localDate } from '#server/calendar/index.ts';
import { type Context, type TxContext, transaction } from '#server/platform/index.ts';
import { type Register, registerOf } from '../define.ts';
import { versionsOn } from '../records.ts';
import { likenessOf } from '../rules.ts';
import { writeTraces } from '../traces.ts';

const batch = 1000;
/** A trace that more entries share than these tells nothing. */
const mostSharing = 20;
/** Pairs kept at a time: what people can look at. The most alike come first. */
const mostPairs = 10_000;

interface Pair extends Record<string, unknown> {
  first_id: string;
  second_id: string;
  organisation_id: string | null;
  reasons: string[];
}

/**
 * Looks through a whole register for entries that may be one, and keeps the pairs for people. Pairs somebody has told apart stay so; open ones
 * that no longer look alike go. Only entries of one keeper are compared. Running it again finds the same.
 */
export async function findDuplicates(ctx: Context, registerKey: string): Promise<number> {
  const register = registerOf(registerKey);
  await renewTraces(ctx, register);
  return transaction(ctx, async (tx) => {
    const pairs = await tx.tx.execute<Pair>(sql`
      with shared as (
        select trace from register_traces where register = ${register.key}
        group by trace having count(distinct entry_id) between 2 and ${mostSharing}),
      living as (
        select id, organisation_id from register_entries
        where register = ${register.key} and closed_on is null and merged_into is null)
      select a.entry_id as first_id, b.entry_id as second_id, x.organisation_id, array_agg(distinct a.reason) as reasons
      from shared s
      join register_traces a on a.register = ${register.key} and a.trace = s.trace
      join register_traces b on b.register = ${register.key} and b.trace = s.trace and b.entry_id > a.entry_id
      join living x on x.id = a.entry_id
      join living y on y.id = b.entry_id and y.organisation_id is not distinct from x.organisation_id
      group by 1, 2, 3 order by count(distinct a.reason) desc, 1, 2 limit ${mostPairs}`);
    // one instant for what is found now: what was found before it goes
    const foundAt = tx.now();
    await keep(tx, register, pairs, foundAt);
    await tx.tx
      .delete(registerDuplicates)
      .where(
        and(
          eq(registerDuplicates.register, register.key),
          eq(registerDuplicates.state, 'open'),
          lt(registerDuplicates.foundAt, foundAt),
        ),
      );
    return pairs.length;
  });
}

async function keep(tx: TxContext, register: Register, pairs: readonly Pair[], foundAt: Date): Promise<void> {
  const rows = pairs.map((pair) => ({ ...pair, likeness: likenessOf(pair.reasons) }));
  await tx.tx.execute(sql`
    insert into register_duplicates (first_id, second_id, register, organisation_id, likeness, reasons, found_at)
    select p.first_id, p.second_id, ${register.key}, p.organisation_id, p.likeness, p.reasons, ${foundAt.toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as p(first_id uuid, second_id uuid, organisation_id uuid, likeness double precision, reasons jsonb)
    on conflict (first_id, second_id) do update
      set likeness = excluded.likeness, reasons = excluded.reasons, found_at = excluded.found_at,
        organisation_id = excluded.organisation_id`);
}

/** Traces of every entry by what the register says of them now: rules change, and older entries have none yet. */
async function renewTraces(ctx: Context, register: Register): Promise<void> {
  if (!register.traces) return;
  const today = localDate(ctx.now());
  for (let last = '00000000-0000-0000-0000-000000000000'; ; ) {
    const entries = await ctx.db
      .select()
      .from(registerEntries)
      .where(and(eq(registerEntries.register, register.key), gt(registerEntries.id, last)))
      .orderBy(asc(registerEntries.id))
      .limit(batch);
    if (entries.length === 0) return;
    await transaction(ctx, async (tx) => {
      const versions = await versionsOn(
        tx.tx,
        entries.map(({ id }) => id),
        today,
      );
      const rows = entries.flatMap(({ id, closedOn, mergedInto }) => {
        const version = versions.get(id);
        return version ? [{ entryId: id, content: version.content, closedOn: mergedInto ? today : closedOn }] : [];
      });
      await writeTraces(tx, register, rows);
    });
    last = entries.at(-1)!.id;
  }
}
