import { createHash } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { organisations } from '#db/schema/identity.ts';
import { settings } from '#db/schema/platform.ts';
import { newId } from '#server/platform/index.ts';
import rows from './authorities.json' with { type: 'json' };

const settingKey = 'authorities.loaded';

/**
 * Enters the ministry and the 34 provincial health departments where they are not there yet; what an administrator
 * changed stays. Agency codes: place from Decision 20/2020/QĐ-TTg (the code of the province that gave its name), the
 * departments' own two digits as in Hà Nội's example; the ministry confirms them before a rollout.
 * @returns how many were entered; null when there was nothing to do
 */
export async function loadAuthorities(db: Database): Promise<number | null> {
  const digest = createHash('sha256').update(JSON.stringify(rows)).digest('hex');
  const [loaded] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, settingKey));
  if (loaded?.value === digest) return null;
  return db.transaction(async (tx) => {
    const entered = await tx
      .insert(organisations)
      .values(rows.map((row) => ({ id: newId(), kind: 'authority' as const, ...row })))
      .onConflictDoNothing()
      .returning({ id: organisations.id });
    await tx
      .insert(settings)
      .values({ key: settingKey, value: digest })
      .onConflictDoUpdate({ target: settings.key, set: { value: digest, updatedAt: sql`now()` } });
    return entered.length;
  });
}
