import { localDate } from '#server/calendar/index.ts';
import { type NoticeKind, notify } from '#server/notifications/index.ts';
import { as, systemActor, type TxContext } from '#server/platform/index.ts';
import { standInsOf } from './delegations.ts';
import type { Dossier } from './records.ts';

/**
 * A notice to officials who work on a dossier, and to whoever stands in for those who are away. It leads to the dossier,
 * or to a page of it, e.g. `/messages`.
 */
export async function tellOfficials(
  ctx: TxContext,
  userIds: readonly string[],
  kind: NoticeKind,
  dossier: Dossier,
  dedupe: string,
  more: { data?: Record<string, string | number>; mail?: boolean; page?: string } = {},
): Promise<void> {
  const today = localDate(ctx.now());
  // applicants' acts are announced too, and who is away is none of their business
  const standIns = dossier.authorityId
    ? await standInsOf(as(ctx, systemActor('notify')).tx, dossier.authorityId, userIds, today)
    : [];
  for (const userId of new Set([...userIds, ...standIns])) {
    await notify(ctx, {
      userId,
      kind,
      data: { code: dossier.code ?? '', title: dossier.title ?? '', ...more.data },
      href: `/office/dossiers/${dossier.id}${more.page ?? ''}`,
      mail: more.mail ?? false,
      dedupeKey: `${kind}:${dedupe}:${userId}`,
    });
  }
}
