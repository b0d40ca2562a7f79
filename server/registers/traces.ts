import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { registerEntries, registerTraces } from '#db/schema/registers.ts';
import type { TxContext } from '#server/platform/index.ts';
import type { Register, Trace } from './define.ts';
import type { Content } from './rules.ts';

/** Traces of a content; one that cannot be read has none. */
export function tracesOf(register: Register, content: Content): Trace[] {
  try {
    return register.traces?.(content) ?? [];
  } catch {
    return [];
  }
}

/** Brings the traces of entries to what holds today; closed and merged ones leave none. */
export async function writeTraces(
  ctx: TxContext,
  register: Register,
  rows: readonly { entryId: string; content: Content; closedOn: string | null }[],
): Promise<void> {
  if (!register.traces || rows.length === 0) return;
  const ids = rows.map(({ entryId }) => entryId);
  await ctx.tx.delete(registerTraces).where(inArray(registerTraces.entryId, ids));
  const traces = rows.flatMap(({ entryId, content, closedOn }) =>
    closedOn === null ? tracesOf(register, content).map((each) => ({ ...each, entryId, register: register.key })) : [],
  );
  if (traces.length === 0) return;
  // as one parameter: a thousand entries have more values than a statement may have parameters
  await ctx.tx.execute(sql`
    insert into register_traces (entry_id, register, reason, trace)
    select t.entry_id, t.register, t.reason, t.trace
    from jsonb_to_recordset(${JSON.stringify(
      traces.map(({ entryId, ...rest }) => ({ entry_id: entryId, ...rest })),
    )}::text::jsonb) as t(entry_id uuid, register text, reason text, trace text)
    on conflict do nothing`);
}

/** Entries that share traces with what is asked, by trace; those of another keeper too. */
export async function entriesByTrace(
  db: Reader,
  register: Register,
  traces: readonly string[],
): Promise<Map<string, { entryId: string; reason: string }[]>> {
  const found = new Map<string, { entryId: string; reason: string }[]>();
  if (traces.length === 0) return found;
  const rows = await db
    .select({ entryId: registerTraces.entryId, reason: registerTraces.reason, trace: registerTraces.trace })
    .from(registerTraces)
    .innerJoin(registerEntries, eq(registerEntries.id, registerTraces.entryId))
    .where(and(eq(registerTraces.register, register.key), inArray(registerTraces.trace, [...new Set(traces)])))
    .limit(5000);
  for (const { trace, ...entry } of rows) found.set(trace, [...(found.get(trace) ?? []), entry]);
  return found;
}
