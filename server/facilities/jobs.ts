import { and, eq, gte, isNotNull, isNull, lte } from 'drizzle-orm';
import { z } from 'zod';
import { facilities, facilityLicences } from '#db/schema/facilities.ts';
import { localDate } from '#server/calendar/index.ts';
import { membersOf } from '#server/identity/index.ts';
import { notify } from '#server/notifications/index.ts';
import { type Context, type DailyJob, type Job, job, transaction } from '#server/platform/index.ts';
import { examinePlaces } from './places/examine-again.ts';
import { dayAfter, licenceStatus, reminderDays, reminderDue } from './rules.ts';

/** Tells the holders of licences that end soon, once for each of the terms before the last day. */
export async function remindHolders(ctx: Context): Promise<number> {
  const today = localDate(ctx.now());
  const rows = await ctx.db
    .select({ licence: facilityLicences, organisationId: facilities.organisationId })
    .from(facilityLicences)
    .innerJoin(facilities, eq(facilities.id, facilityLicences.facilityId))
    .where(
      and(
        isNotNull(facilities.organisationId),
        isNull(facilityLicences.supersededAt),
        isNull(facilityLicences.revokedAt),
        gte(facilityLicences.validTo, today),
        lte(facilityLicences.validTo, dayAfter(today, reminderDays[0])),
      ),
    );
  let reminded = 0;
  for (const { licence, organisationId } of rows) {
    const days = reminderDue(licence.validTo!, today);
    if (days === null || licenceStatus(licence, today) === 'pending') continue;
    await transaction(ctx, async (tx) => {
      for (const { id } of await membersOf(tx.tx, organisationId!)) {
        await notify(tx, {
          userId: id,
          kind: 'licence-expiring',
          data: { number: licence.number, on: licence.validTo! },
          href: '/my/licences',
          mail: true,
          dedupeKey: `licence-expiring:${licence.id}:${days}:${id}`,
        });
      }
    });
    reminded += 1;
  }
  return reminded;
}

const remind = job('licences.remind', z.object({}), async (ctx) => {
  await remindHolders(ctx);
});

export const facilitiesJobs = [remind, examinePlaces] as Job[];
export const facilitiesDaily: DailyJob[] = [
  { job: 'licences.remind', at: '07:00' },
  { job: 'facilities.examinePlaces', at: '00:20' },
];
