import { z } from 'zod';
import { query } from '#server/platform/index.ts';
import { registerOf } from '../define.ts';
import { RegisterKey } from '../inputs.ts';
import { canPropose, canWorkOnRegisters } from '../policy.ts';
import { findKeeper } from '../records.ts';

/** What the desk of registers offers to who sits at it. */
export interface Desk {
  /** registers into which this person may propose a new entry */
  mayAdd: RegisterKey[];
}

/** The desk: a register without provinces is the ministry's, of the others each department keeps its part. */
export const registersDesk = query({
  input: z.strictObject({}),
  load: async (db) => ({ organisationId: await findKeeper(db, null), provinceCode: null }),
  allow: (actor) => canWorkOnRegisters(actor),
  view: (ctx, ministry): Desk => ({
    mayAdd: RegisterKey.options.filter(
      (key) => registerOf(key).province !== undefined || canPropose(ctx.actor, ministry).allowed,
    ),
  }),
});
