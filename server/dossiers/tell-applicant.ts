import { membersOf } from '#server/identity/index.ts';
import { notify } from '#server/notifications/index.ts';
import type { TxContext } from '#server/platform/index.ts';
import type { Dossier } from './records.ts';

/** Day and month as people read them, in Vietnam. */
const day = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Ho_Chi_Minh', day: '2-digit', month: '2-digit', year: 'numeric' });

/** A notice in the application and by e-mail to the person who filed and whoever else acts for the business. */
export async function tellApplicant(
  ctx: TxContext,
  dossier: Dossier,
  kind: string,
  data: Record<string, string | number | Date | null>,
  dedupe: string,
): Promise<void> {
  const readers = new Set([dossier.applicantUserId, ...(dossier.organisationId ? await membersOf(ctx.tx, dossier.organisationId) : [])]);
  const values = Object.fromEntries(
    Object.entries({ ...data, code: dossier.code, title: dossier.title })
      .filter((entry): entry is [string, string | number | Date] => entry[1] !== null)
      .map(([key, value]) => [key, value instanceof Date ? day.format(value) : value]),
  );
  for (const userId of readers) {
    await notify(ctx, { userId, kind, data: values, href: `/my/dossiers/${dossier.id}`, mail: true, dedupeKey: `${kind}:${dedupe}:${userId}` });
  }
}
