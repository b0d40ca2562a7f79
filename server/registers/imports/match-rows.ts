import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { registerEntries, registerKeys } from '#db/schema/registers.ts';
import type { Register } from '../define.ts';
import { type Entry, type Version, versionsOn } from '../records.ts';
import type { Content } from '../rules.ts';
import { entriesByTrace, tracesOf } from '../traces.ts';

/** An entry as a sheet finds it. */
export interface Found {
  entry: Entry;
  /** what held on the sheet's day; null: nothing was said of that day yet */
  version: Version | null;
  /** something is already said of a later day, which the sheet would hide */
  saidLater: boolean;
}

/** Keys of a content that may be faulty. */
export function keysOf(register: Register, content: Content): string[] {
  try {
    return register.keys(content);
  } catch {
    return [];
  }
}

/** Living entries by key. */
export async function entriesByKey(
  db: Reader,
  register: Register,
  keys: readonly string[],
): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await db
    .select({ key: registerKeys.key, entryId: registerKeys.entryId })
    .from(registerKeys)
    .where(
      and(
        eq(registerKeys.register, register.key),
        eq(registerKeys.active, true),
        inArray(registerKeys.key, [...new Set(keys)]),
      ),
    );
  return new Map(rows.map(({ key, entryId }) => [key, entryId]));
}

/** Entries with what holds of them on a day. */
export async function foundEntries(
  db: Reader,
  register: Register,
  ids: readonly string[],
  day: string,
): Promise<Map<string, Found>> {
  const unique = [...new Set(ids)];
  if (unique.length === 0) return new Map();
  const entries = await db
    .select()
    .from(registerEntries)
    .where(and(eq(registerEntries.register, register.key), inArray(registerEntries.id, unique)));
  const versions = await versionsOn(db, unique, day);
  const later = await db.execute<{ id: string }>(sql`
    select distinct v.entry_id as id from register_versions v
    where v.entry_id = any(${sql.param(unique)}::uuid[]) and v.valid_from > ${day}`);
  const saidLater = new Set(later.map(({ id }) => id));
  return new Map(
    entries.map((entry) => [
      entry.id,
      { entry, version: versions.get(entry.id) ?? null, saidLater: saidLater.has(entry.id) },
    ]),
  );
}

/** For each content the entries that share traces with it and why, those with most reasons first. */
export async function alikeEntries(
  db: Reader,
  register: Register,
  contents: readonly Content[],
): Promise<{ entryId: string; reasons: string[] }[][]> {
  const traces = contents.map((content) => tracesOf(register, content).map(({ trace }) => trace));
  const known = await entriesByTrace(db, register, traces.flat());
  return traces.map((own) => {
    const reasons = new Map<string, Set<string>>();
    for (const { entryId, reason } of own.flatMap((trace) => known.get(trace) ?? []))
      reasons.set(entryId, (reasons.get(entryId) ?? new Set()).add(reason));
    return [...reasons]
      .map(([entryId, why]) => ({ entryId, reasons: [...why] }))
      .sort((a, b) => b.reasons.length - a.reasons.length)
      .slice(0, 5);
  });
}
