import { and, eq, isNotNull, lt, ne, sql } from 'drizzle-orm';
import { files } from '#db/schema/platform.ts';
import { registerExports } from '#db/schema/registers.ts';
import { localDate } from '#server/calendar/index.ts';
import { type Context, reader, storeFileInPieces, transaction } from '#server/platform/index.ts';
import { registerOf } from '../define.ts';
import { exportRows } from './export-rows.ts';
import { exportTypes, formatted } from './formats.ts';

export type Export = typeof registerExports.$inferSelect;

/** How long a file may be fetched, in days. */
export const keptDays = 7;

/** The person who asked for it wants it no more. */
class Cancelled extends Error {}

/** Makes the file of an export, unless it is cancelled meanwhile. What breaks it the `last` time it is tried is told its page. */
export async function writeExport(ctx: Context, exportId: string, { last } = { last: false }): Promise<void> {
  try {
    await write(ctx, exportId);
  } catch (error) {
    if (!(error instanceof Cancelled)) {
      if (last) await note(ctx, exportId, { state: 'failed' });
      throw error;
    }
    const [row] = await reader(ctx).select().from(registerExports).where(eq(registerExports.id, exportId));
    if (row) await dropFile(ctx, row);
  }
}

/** Keeps how far it is. @throws Cancelled */
async function note(ctx: Context, exportId: string, facts: Partial<Export>): Promise<void> {
  const kept = await transaction(ctx, (tx) =>
    tx.tx
      .update(registerExports)
      .set(facts)
      .where(and(eq(registerExports.id, exportId), ne(registerExports.state, 'cancelled')))
      .returning({ id: registerExports.id }),
  );
  if (kept.length === 0) throw new Cancelled();
}

/** After an interruption it begins again; what it had made is taken away. */
async function write(ctx: Context, exportId: string): Promise<void> {
  const [row] = await reader(ctx).select().from(registerExports).where(eq(registerExports.id, exportId));
  if (!row || row.state === 'ready' || row.state === 'cancelled') return;
  const register = registerOf(row.register);
  const on = row.validOn ?? localDate(row.createdAt);
  const set = (facts: Partial<Export>) => note(ctx, exportId, facts);
  await dropFile(ctx, row);
  await set({ state: 'writing', done: 0 });
  const rows = exportRows(
    reader(ctx),
    {
      register,
      criteria: row.criteria,
      on,
      known: row.createdAt,
      keepers: row.wholeContent ? (row.criteria.keepers ?? '').split(',').filter(Boolean) : null,
    },
    async (done) => {
      // a look at every batch would cost more than the batch
      if (done % 10_000 === 0) await set({ done });
    },
  );
  const layout = {
    register,
    locale: row.locale,
    fields: register.fields.filter((field) => field.public || row.wholeContent),
    facts: { on, madeAt: row.createdAt.toISOString() },
  };
  const name = `${register.key}-${on}.${row.format}`;
  const file = await storeFileInPieces(
    ctx,
    { name, mediaType: exportTypes[row.format] },
    formatted(row.format, layout, rows),
    // also of one that was cancelled: else nobody would know which file to take away
    (fileId) =>
      transaction(ctx, async (tx) => {
        await tx.tx.update(registerExports).set({ fileId }).where(eq(registerExports.id, exportId));
      }),
  );
  const expiresAt = new Date(ctx.now().getTime() + keptDays * 86_400_000);
  await set({ state: 'ready', fileId: file.id, done: row.total ?? 0, readyAt: ctx.now(), expiresAt });
}

async function dropFile(ctx: Context, { id, fileId }: Export): Promise<void> {
  if (!fileId) return;
  await transaction(ctx, async (tx) => {
    await tx.tx.update(registerExports).set({ fileId: null }).where(eq(registerExports.id, id));
    await tx.tx.delete(files).where(eq(files.id, fileId));
  });
}

/** Takes away the bytes of exports whose time is over. */
export async function dropExpired(ctx: Context): Promise<number> {
  const gone = await ctx.db
    .select()
    .from(registerExports)
    .where(
      and(
        isNotNull(registerExports.fileId),
        lt(registerExports.expiresAt, sql`${ctx.now().toISOString()}::timestamptz`),
      ),
    );
  for (const row of gone) await dropFile(ctx, row);
  return gone.length;
}
