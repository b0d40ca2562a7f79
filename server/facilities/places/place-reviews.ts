import { and, asc, count, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { facilities, placeReviews } from '#db/schema/facilities.ts';
import { changeRequests, registerEntries } from '#db/schema/registers.ts';
import { localDate } from '#server/calendar/index.ts';
import { type Actor, type Context, notFound, query, reader } from '#server/platform/index.ts';
import { canReadRequest, canWorkOnRegisters, keptBy, versionsOn } from '#server/registers/index.ts';
import { readWards } from '#server/territory/index.ts';
import { FacilityRef, ListPlaces } from '../inputs.ts';
import { type PlaceName, placeNames } from '../records.ts';
import { optionKey, type PlaceDoubt, type PlaceOption } from './judge-place.ts';

export interface PlaceChoice {
  /** what a form sends back */
  key: string;
  province: PlaceName;
  ward: PlaceName | null;
  keepsPoint: boolean;
  /** the coordinates point here */
  proposed: boolean;
}

export interface PlaceReview {
  id: string;
  code: string;
  name: string;
  doubt: PlaceDoubt;
  addressLine: string;
  /** as it was written; a ward that ended stands under the name it had */
  ward: { code: string; name: string; nameEn: string } | null;
  province: PlaceName;
  latitude: number | null;
  longitude: number | null;
  choices: PlaceChoice[];
  openedAt: Date;
  /** of the entry as it was read */
  version: number;
  /** a change that somebody already proposed of it, and waits for another person */
  request: { id: string; number: string } | null;
}

const pageSize = 50;
type Row = Awaited<ReturnType<typeof openRows>>[number];

/** Twin of `canReadRequest`. */
const reviewsVisibleTo = (actor: Actor): SQL =>
  keptBy(actor, {
    organisationId: sql`${registerEntries.organisationId}`,
    provinceCode: sql`${registerEntries.provinceCode}`,
  });

const openRows = (db: Reader, where: SQL | undefined, page = 1) =>
  db
    .select({
      review: placeReviews,
      code: facilities.code,
      version: registerEntries.version,
      organisationId: registerEntries.organisationId,
      provinceCode: registerEntries.provinceCode,
    })
    .from(placeReviews)
    .innerJoin(registerEntries, eq(registerEntries.id, placeReviews.entryId))
    .innerJoin(facilities, eq(facilities.id, placeReviews.entryId))
    .where(and(isNull(placeReviews.settledAt), where))
    .orderBy(asc(placeReviews.openedAt), asc(placeReviews.entryId))
    .limit(pageSize)
    .offset((page - 1) * pageSize);

/** The facilities of one's authority whose place a person has to settle: what waits longest comes first. */
export const listPlaceReviews = query({
  input: ListPlaces,
  load: async (db, { page, doubt }, ctx) => {
    const where = and(reviewsVisibleTo(ctx.actor), doubt ? eq(placeReviews.kind, doubt) : undefined);
    const [total] = await db
      .select({ n: count() })
      .from(placeReviews)
      .innerJoin(registerEntries, eq(registerEntries.id, placeReviews.entryId))
      .where(and(isNull(placeReviews.settledAt), where));
    return { rows: await openRows(db, where, page), total: total!.n };
  },
  allow: (actor) => canWorkOnRegisters(actor),
  view: async (ctx, { rows, total }, { page }) => ({ items: await reviewsOf(ctx, rows), page, pageSize, total }),
});

/** One of them; not found when nothing is in doubt. */
export const getPlaceReview = query({
  input: FacilityRef,
  load: async (db, { id }) => (await openReview(db, id)) ?? notFound(),
  allow: (actor, row) => canReadRequest(actor, row),
  view: async (ctx, row): Promise<PlaceReview> => (await reviewsOf(ctx, [row]))[0]!,
});

/** What is in doubt of one facility, with who keeps it; null: nothing. */
export async function openReview(db: Reader, entryId: string): Promise<Row | null> {
  const [row] = await openRows(db, eq(placeReviews.entryId, entryId));
  return row ?? null;
}

async function reviewsOf(ctx: Context, rows: readonly Row[]): Promise<PlaceReview[]> {
  const db = reader(ctx);
  const today = localDate(ctx.now());
  const ids = rows.map(({ review }) => review.entryId);
  const said = await versionsOn(db, ids, today);
  const options = rows.flatMap(({ review }) => review.options);
  const wards = await placeNames(
    db,
    'ward',
    options.flatMap(({ wardCode }) => wardCode ?? []),
  );
  const contents = rows.map(({ review }) => said.get(review.entryId)!);
  const provinces = await placeNames(db, 'province', [
    ...options.map(({ provinceCode }) => provinceCode),
    ...contents.map(({ content }) => String(content.provinceCode)),
  ]);
  const written = contents.flatMap(({ content, recordedAt }) =>
    content.wardCode
      ? [
          {
            code: String(content.wardCode),
            provinceCode: String(content.provinceCode),
            writtenOn: localDate(recordedAt),
          },
        ]
      : [],
  );
  const readings = new Map(
    (await readWards(db, written, today)).map((reading, index) => [keyOfWritten(written[index]!), reading.meant]),
  );
  const requests = await requestsOf(db, ids);
  return rows.map(({ review, code, version }, index) => {
    const { content, recordedAt } = contents[index]!;
    const wardCode = content.wardCode ? String(content.wardCode) : null;
    const provinceCode = String(content.provinceCode);
    const meant =
      wardCode && readings.get(keyOfWritten({ code: wardCode, provinceCode, writtenOn: localDate(recordedAt) }));
    const choice = (option: PlaceOption): PlaceChoice => ({
      key: optionKey(option),
      province: provinces.get(option.provinceCode)!,
      ward: option.wardCode ? wards.get(option.wardCode)! : null,
      keepsPoint: option.keepsPoint,
      proposed: review.proposed !== null && optionKey(review.proposed) === optionKey(option),
    });
    return {
      id: review.entryId,
      code,
      name: String(content.name),
      doubt: review.kind,
      addressLine: String(content.addressLine),
      ward: wardCode
        ? { code: wardCode, name: meant ? meant.fullName : wardCode, nameEn: meant ? meant.fullNameEn : wardCode }
        : null,
      province: provinces.get(provinceCode)!,
      latitude: (content.latitude as number | null | undefined) ?? null,
      longitude: (content.longitude as number | null | undefined) ?? null,
      choices: review.options.map(choice),
      openedAt: review.openedAt,
      version,
      request: requests.get(review.entryId) ?? null,
    };
  });
}

const keyOfWritten = ({ code, provinceCode, writtenOn }: { code: string; provinceCode: string; writtenOn: string }) =>
  `${code} ${provinceCode} ${writtenOn}`;

async function requestsOf(db: Reader, entryIds: string[]) {
  if (entryIds.length === 0) return new Map<string, { id: string; number: string }>();
  const rows = await db
    .select({ id: changeRequests.id, number: changeRequests.number, entryId: changeRequests.entryId })
    .from(changeRequests)
    .where(and(inArray(changeRequests.entryId, entryIds), eq(changeRequests.state, 'proposed')));
  return new Map(rows.map(({ entryId, ...request }) => [entryId!, request]));
}
