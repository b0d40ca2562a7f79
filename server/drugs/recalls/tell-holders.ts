import { localDate } from '#server/calendar/index.ts';
import { heldFacilitiesById } from '#server/facilities/index.ts';
import { membersOf } from '#server/identity/index.ts';
import { notify } from '#server/notifications/index.ts';
import { type Context, transaction } from '#server/platform/index.ts';
import { drugNames } from '../find-drug.ts';
import { findRecall, reportsConcerned } from './records.ts';
import { recallState } from './rules.ts';

/**
 * Tells the people of every facility that reported a batch of a recall, each facility once however often this runs.
 * @returns how many facilities there are to tell
 */
export async function tellHolders(ctx: Context, recallId: string): Promise<number> {
  return transaction(ctx, async (tx) => {
    const recall = await findRecall(tx.tx, recallId);
    if (!recall || recallState(recall, localDate(ctx.now())) === 'ended') return 0;
    const name = (await drugNames(tx.tx, [recall.drugId])).get(recall.drugId)?.name ?? recall.number;
    const facilities = new Map(
      (await reportsConcerned(tx.tx, recall)).map(({ facilityId, organisationId }) => [facilityId, organisationId]),
    );
    const held = await heldFacilitiesById(tx.tx, [...facilities.keys()]);
    for (const [facilityId, organisationId] of facilities)
      for (const { id } of await membersOf(tx.tx, organisationId))
        await notify(tx, {
          userId: id,
          kind: 'drug-recall',
          // whoever has several is told of which
          data: { number: recall.number, name, facility: held.get(facilityId)!.name, on: recall.deadline },
          href: `/my/batches/recalls/${recall.id}`,
          dedupeKey: `recall:${recall.id}:${facilityId}`,
        });
    return facilities.size;
  });
}
