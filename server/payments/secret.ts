import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { settings } from '#db/schema/platform.ts';
import { type Context, inTransaction } from '#server/platform/index.ts';

const key = 'payments.bank-webhook-secret';

/**
 * The secret our bank signs its callbacks with. It is made once, at the first start; every process shares the row.
 * Operators hand it to their bank, or set the row to the one the bank gave them.
 */
export async function bankSecret(ctx: Context): Promise<string> {
  const db = inTransaction(ctx) ? ctx.tx : ctx.db;
  const known = await find(db);
  if (known) return known;
  await db
    .insert(settings)
    .values({ key, value: randomBytes(32).toString('base64url') })
    .onConflictDoNothing({ target: settings.key });
  return (await find(db))!;
}

async function find(db: Reader): Promise<string | null> {
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, key));
  return typeof row?.value === 'string' ? row.value : null;
}
