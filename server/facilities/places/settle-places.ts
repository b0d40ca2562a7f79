import { and, inArray, isNull, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { placeReviews } from '#db/schema/facilities.ts';
import { localDate } from '#server/calendar/index.ts';
import { as, systemActor, type TxContext } from '#server/platform/index.ts';
import type { Projected } from '#server/registers/index.ts';
import { placeAt, provincesWithWards, readWards } from '#server/territory/index.ts';
import { type JudgedPlace, judgePlace, type StatedWhere } from './judge-place.ts';

export type Placed = Pick<Projected, 'entryId' | 'content' | 'recordedOn' | 'closedOn'>;

const statedOf = ({ content }: Pick<Placed, 'content'>): StatedWhere => ({
  provinceCode: String(content.provinceCode),
  wardCode: (content.wardCode as string | null | undefined) ?? null,
  latitude: (content.latitude as number | null | undefined) ?? null,
  longitude: (content.longitude as number | null | undefined) ?? null,
});

/** What is to be said of the places of facilities on a day. Of a province whose wards are not loaded nothing is said of wards. */
export async function judgePlaces(db: Reader, rows: readonly Placed[], today: string): Promise<JudgedPlace[]> {
  const stated = rows.map(statedOf);
  const loaded = await provincesWithWards(db, today);
  const asked = stated.flatMap((each, index) =>
    each.wardCode && loaded.has(each.provinceCode)
      ? [{ index, code: each.wardCode, provinceCode: each.provinceCode, writtenOn: rows[index]!.recordedOn }]
      : [],
  );
  const readings = await readWards(db, asked, today);
  const byRow = new Map(asked.map(({ index }, at) => [index, readings[at]!]));
  return stated.map((each, index) => {
    const { latitude, longitude } = each;
    const found = latitude === null || longitude === null ? null : placeAt(latitude, longitude);
    // where nobody can say which wards there are, the code counts as one of them
    const unread = each.wardCode ? { becomes: [{ code: each.wardCode, parentCode: each.provinceCode }] } : null;
    return judgePlace(each, byRow.get(index) ?? unread, found);
  });
}

/**
 * Judges places and keeps the queue true to it: what is in doubt waits there for a person, what is not leaves it.
 * @returns what search and map may show, by entry
 */
export async function settlePlaces(
  ctx: TxContext,
  rows: readonly Placed[],
): Promise<Map<string, JudgedPlace['shown']>> {
  const judged = await judgePlaces(ctx.tx, rows, localDate(ctx.now()));
  // the queue belongs to the authority that keeps the entry now, whoever moved it there
  const { tx } = as(ctx, systemActor('facilities'));
  const doubtful = rows.flatMap(({ entryId, closedOn }, index) => {
    const { doubt } = judged[index]!;
    return doubt && closedOn === null ? [{ entryId, ...doubt, openedAt: ctx.now() }] : [];
  });
  const waiting = new Set(doubtful.map(({ entryId }) => entryId));
  const clear = rows.map(({ entryId }) => entryId).filter((id) => !waiting.has(id));
  if (clear.length > 0)
    await tx
      .update(placeReviews)
      .set({ settledAt: ctx.now() })
      .where(and(inArray(placeReviews.entryId, clear), isNull(placeReviews.settledAt)));
  if (doubtful.length > 0)
    await tx
      .insert(placeReviews)
      .values(doubtful)
      .onConflictDoUpdate({
        target: placeReviews.entryId,
        set: {
          kind: sql`excluded.kind`,
          options: sql`excluded.options`,
          proposed: sql`excluded.proposed`,
          openedAt: sql`case when ${placeReviews.settledAt} is null then ${placeReviews.openedAt} else excluded.opened_at end`,
          settledAt: null,
        },
      });
  return new Map(rows.map(({ entryId }, index) => [entryId, judged[index]!.shown]));
}
