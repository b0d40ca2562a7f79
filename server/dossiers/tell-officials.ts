import { type NoticeKind, notify } from '#server/notifications/index.ts';
import type { TxContext } from '#server/platform/index.ts';
import type { Dossier } from './records.ts';

/** A notice to officials who work on a dossier. */
export async function tellOfficials(
  ctx: TxContext,
  userIds: readonly string[],
  kind: NoticeKind,
  dossier: Dossier,
  dedupe: string,
): Promise<void> {
  for (const userId of userIds) {
    await notify(ctx, {
      userId,
      kind,
      data: { code: dossier.code ?? '', title: dossier.title ?? '' },
      href: `/office/dossiers/${dossier.id}`,
      mail: false,
      dedupeKey: `${kind}:${dedupe}:${userId}`,
    });
  }
}
