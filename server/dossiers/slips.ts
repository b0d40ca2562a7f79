import { slips } from '#db/schema/dossiers.ts';
import { localDate } from '#server/calendar/index.ts';
import { newId, nextNumber, personId, type TxContext } from '#server/platform/index.ts';
import type { Dossier, Slip } from './records.ts';
import { namesOn } from './slip-names.ts';

/**
 * Issues a slip: its number and everything printed on it, names included, are fixed here, in the transaction of the
 * decision it tells of. The PDF follows from the content in a job, so that a re-render is byte-identical.
 */
export async function createSlip(
  ctx: TxContext,
  dossier: Dossier,
  form: Slip['form'],
  content: Record<string, unknown>,
  requestId: string | null = null,
  id: string = newId(),
): Promise<string> {
  const issuedAt = ctx.now();
  const year = Number(localDate(issuedAt).slice(0, 4));
  await ctx.tx.insert(slips).values({
    id,
    dossierId: dossier.id,
    form,
    authorityId: dossier.authorityId!,
    year,
    number: await nextNumber(ctx, `slip-${form}`, `${dossier.authorityId}|${year}`),
    content: { ...content, names: await namesOn(ctx.tx, dossier, personId(ctx.actor), issuedAt) },
    requestId,
    issuedBy: personId(ctx.actor),
    issuedAt,
  });
  return id;
}
