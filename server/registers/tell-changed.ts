import type { TxContext } from '#server/platform/index.ts';

/** A published change of one entry. */
export interface EntryChange {
  entryId: string;
  /** as the history names it: registered, changed, corrected, closed, licenceSuspended … */
  action: string;
  /** from which day on it holds */
  validFrom: string;
}

type Follower = (ctx: TxContext, register: string, changes: readonly EntryChange[]) => Promise<void>;
const followers: Follower[] = [];

/** Calls `follow` in the transaction that changes entries of any register. */
export function onEntriesChanged(follow: Follower): void {
  followers.push(follow);
}

/** Tells those who follow that entries changed; what leads to other systems goes through the outbox. */
export async function tellEntriesChanged(
  ctx: TxContext,
  register: string,
  changes: readonly EntryChange[],
): Promise<void> {
  for (const follow of followers) await follow(ctx, register, changes);
}
