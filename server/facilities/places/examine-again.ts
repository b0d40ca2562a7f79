import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { facilities } from '#db/schema/facilities.ts';
import { settings } from '#db/schema/platform.ts';
import { localDate } from '#server/calendar/index.ts';
import { type Context, job, transaction } from '#server/platform/index.ts';
import { versionsOn } from '#server/registers/index.ts';
import { boundaries } from '#server/territory/index.ts';
import { settlePlaces } from './settle-places.ts';

const settingKey = 'facilities.places';
const batch = 500;

/** What the judgement of places rests on: it is made again when the outlines, the units or their successions are others. */
async function groundsOf(ctx: Context): Promise<string> {
  const today = localDate(ctx.now());
  const [row] = await ctx.db.execute<{ grounds: string }>(sql`
    select concat_ws(' ', count(*), max(valid_from) filter (where valid_from <= ${today}::date),
      max(valid_to) filter (where valid_to <= ${today}::date), (select count(*) from territory_successions)) as grounds
    from territory_units`);
  return `${boundaries().version} ${row!.grounds}`;
}

/**
 * Judges the place of every facility again after a reform of wards, or when other units or outlines were loaded. Nothing is
 * done where nothing of that changed. @returns how many were looked at
 */
export async function examinePlacesAgain(ctx: Context): Promise<number> {
  const grounds = await groundsOf(ctx);
  const [last] = await ctx.db.select({ value: settings.value }).from(settings).where(eq(settings.key, settingKey));
  if (last?.value === grounds) return 0;
  const today = localDate(ctx.now());
  let looked = 0;
  for (let after: string | null = null; ; ) {
    const ids: string[] = (
      await ctx.db
        .select({ id: facilities.id })
        .from(facilities)
        .where(and(isNull(facilities.closedOn), after === null ? undefined : gt(facilities.id, after)))
        .orderBy(asc(facilities.id))
        .limit(batch)
    ).map(({ id }) => id);
    if (ids.length === 0) break;
    after = ids.at(-1)!;
    looked += ids.length;
    await transaction(ctx, async (tx) => {
      const versions = await versionsOn(tx.tx, ids, today);
      const rows = [...versions.values()].map(({ entryId, content, recordedAt }) => ({
        entryId,
        content,
        recordedOn: localDate(recordedAt),
        closedOn: null,
      }));
      const shown = [...(await settlePlaces(tx, rows))].map(([id, place]) => ({ id, ...place }));
      await tx.tx.execute(sql`
        update facilities f set ward_code = s."wardCode", latitude = s.latitude, longitude = s.longitude
        from jsonb_to_recordset(${JSON.stringify(shown)}::text::jsonb)
          as s(id uuid, "wardCode" text, latitude float8, longitude float8)
        where f.id = s.id and (f.ward_code, f.latitude, f.longitude) is distinct from (s."wardCode", s.latitude, s.longitude)`);
    });
  }
  await ctx.db
    .insert(settings)
    .values({ key: settingKey, value: grounds })
    .onConflictDoUpdate({ target: settings.key, set: { value: grounds, updatedAt: sql`now()` } });
  return looked;
}

export const examinePlaces = job('facilities.examinePlaces', z.object({}), async (ctx) => {
  await examinePlacesAgain(ctx);
});
