import { desc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { registerExports } from '#db/schema/registers.ts';
import { type Context, personId, query, reader } from '#server/platform/index.ts';
import { openedRegisters, registerOf } from '../define.ts';
import type { Export } from '../exports/write-export.ts';
import { canWorkOnRegisters } from '../policy.ts';

export interface ExportLine {
  id: string;
  register: string;
  format: Export['format'];
  /** null: the day it was asked for */
  on: string | null;
  criteria: Record<string, string>;
  own: boolean;
  state: Export['state'] | 'expired';
  done: number;
  total: number | null;
  createdAt: Date;
  expiresAt: Date | null;
  /** while it may be fetched */
  fileId: string | null;
}

/** The files one has asked for, the latest first. */
export const listExports = query({
  input: z.strictObject({}),
  load: async (db, _input, ctx) =>
    db
      .select()
      .from(registerExports)
      .where(eq(registerExports.createdBy, personId(ctx.actor) ?? '00000000-0000-0000-0000-000000000000'))
      .orderBy(desc(registerExports.createdAt))
      .limit(50),
  allow: (actor) => canWorkOnRegisters(actor),
  view: (ctx, rows) => ({
    items: rows.map((row): ExportLine => {
      const over = row.expiresAt !== null && row.expiresAt <= ctx.now();
      const { keepers: _keepers, ...criteria } = row.criteria;
      return {
        id: row.id,
        register: row.register,
        format: row.format,
        on: row.validOn,
        criteria,
        own: row.wholeContent,
        state: over && row.state === 'ready' ? 'expired' : row.state,
        done: row.done,
        total: row.total,
        createdAt: row.createdAt,
        expiresAt: row.state === 'ready' ? row.expiresAt : null,
        fileId: row.state === 'ready' && !over ? row.fileId : null,
      };
    }),
    /** the registers there are, and which have places on a map */
    registers: openedRegisters().map((key) => ({ key, places: registerOf(key).point !== undefined })),
  }),
});

/** Whether this person may fetch a file because they asked for it, and its time is not over. */
export async function canReadExport(ctx: Context, fileId: string): Promise<boolean> {
  const userId = personId(ctx.actor);
  if (!userId) return false;
  const [row] = await reader(ctx).select().from(registerExports).where(eq(registerExports.fileId, fileId));
  return row?.createdBy === userId && row.state === 'ready' && row.expiresAt !== null && row.expiresAt > ctx.now();
}
