import { membersOf } from '#server/identity/index.ts';
import { type NoticeKind, type NoticeValues, notify } from '#server/notifications/index.ts';
import type { TxContext } from '#server/platform/index.ts';
import type { Dossier } from './records.ts';

/** A notice in the application and by e-mail to the person who filed and whoever else acts for the business. */
export async function tellApplicant(
  ctx: TxContext,
  dossier: Dossier,
  kind: NoticeKind,
  data: Record<string, string | number | Date | null>,
  dedupe: string,
): Promise<void> {
  const readers = new Set([
    dossier.applicantUserId,
    ...(dossier.organisationId ? (await membersOf(ctx.tx, dossier.organisationId)).map((member) => member.id) : []),
  ]);
  const values: NoticeValues = { code: dossier.code ?? '' };
  for (const [key, value] of Object.entries(data)) {
    if (value !== null) values[key] = value instanceof Date ? value.toISOString() : value;
  }
  for (const userId of readers) {
    await notify(ctx, {
      userId,
      kind,
      data: values,
      href: `/my/dossiers/${dossier.id}`,
      mail: true,
      dedupeKey: `${kind}:${dedupe}:${userId}`,
    });
  }
}
