import { and, inArray, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { facilityChanges } from '#db/schema/facilities.ts';
import { endOfDate } from '#server/calendar/index.ts';
import type { Act } from '#server/registers/index.ts';
import { itselfAndMerged } from './follow-merges.ts';

/** Acts that change a licence and nothing of what the register says of its facility. */
const acts = ['licenceSuspended', 'suspensionLifted', 'licenceRevoked'];

/** What was done to the licences of some facilities, each with its decision. */
export async function licenceActs(db: Reader, entryIds: readonly string[]): Promise<Act[]> {
  const rows = await db
    .select()
    .from(facilityChanges)
    .where(and(inArray(facilityChanges.facilityId, [...entryIds]), inArray(facilityChanges.action, acts)));
  return rows.map(({ action, validFrom, recordedAt, documentId, after }) => ({
    action,
    validFrom,
    recordedAt,
    documentId,
    decisionNumber: typeof after.decisionNumber === 'string' ? after.decisionNumber : null,
  }));
}

/**
 * The licences, as `l`, that were an entry's on a day: its own, and those of entries that had been merged into it by then. They lie
 * with the entry that stays: elsewhere they are looked for only of one that was merged itself. Each half has its index, also
 * before anything is known of how the rows are spread.
 */
const heldOn = (day: string, entry: SQL): SQL => sql`(
    select own.* from facility_licences own where own.facility_id = ${entry}
      and (own.written_to is null or own.written_to = any (${itselfAndMerged(entry, day)}))
    union all select moved.* from facility_licences moved where moved.written_to = any (${itselfAndMerged(entry, day)})
      and moved.facility_id <> ${entry}
      and exists (select 1 from register_entries gone where gone.id = ${entry} and gone.merged_into is not null)) l`;

/** Whether the licence `l` was suspended: the acts say, since its row keeps the last suspension alone. */
const suspendedOn = (day: string, until: string, known: SQL): SQL => sql`coalesce(
  (select c.action = 'licenceSuspended' and coalesce(c.after ->> 'until' >= ${day}, true)
    from facility_changes c where c.facility_id = any (${itselfAndMerged(sql`l.facility_id`)}) and c.after ->> 'licenceId' = l.id::text
      and c.action in ('licenceSuspended', 'suspensionLifted') and c.valid_from <= ${day}::date and c.recorded_at <= ${known}
    order by c.id desc limit 1),
  l.suspended_at <= ${until}::timestamptz and coalesce(l.suspended_until >= ${day}::date, true), false)`;

/** Whether any licence of a facility was in force on a day, by all that is recorded now. */
export function anyInForceOn(facilityId: SQL, day: string): SQL {
  const until = endOfDate(day).toISOString();
  return sql`exists (select 1 from ${heldOn(day, facilityId)} where l.valid_from <= ${day}::date
    and (l.valid_to is null or l.valid_to >= ${day}::date)
    and (l.revoked_at is null or l.revoked_at > ${until}::timestamptz)
    and (l.superseded_at is null or l.superseded_at > ${until}::timestamptz)
    and not ${suspendedOn(day, until, sql`'infinity'::timestamptz`)})`;
}

/**
 * How the licence of a facility stood on a day, by what was recorded until an instant: `licenceStatus` of the rules asked of the past. The
 * licence is the latest issued by then; whether it was suspended, the acts say, since its row keeps the last suspension alone.
 */
export function licenceStandingOn({ id }: { id: SQL }, { day, known }: { day: string; known: Date }): SQL<string> {
  // what was recorded on a later day had not happened, what was recorded after the instant was not known
  const until = new Date(Math.min(known.getTime(), endOfDate(day).getTime())).toISOString();
  const atOnce = sql`${known.toISOString()}::timestamptz`;
  return sql<string>`coalesce((select case
      when l.revoked_at <= ${until}::timestamptz then 'revoked'
      when l.superseded_at <= ${until}::timestamptz then 'superseded'
      when l.valid_to < ${day}::date then 'expired'
      when ${suspendedOn(day, until, atOnce)} then 'suspended'
      when l.valid_from > ${day}::date then 'pending' else 'inForce' end
    from ${heldOn(day, id)} where l.issued_on <= ${day}::date and l.created_at <= ${atOnce}
    order by l.issued_on desc, l.created_at desc, l.id desc limit 1), 'none')`;
}
