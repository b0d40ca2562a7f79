import { and, ne, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { signingKeys } from '#db/schema/signatures.ts';
import { nameOfSecret } from '../authority/protect-key.ts';
import { keySecret } from '../unlock-signer.ts';

/** Whose signing keys are not kept under the newest `AUTH_SECRET` yet, by the names in their certificates. Revoked ones count for nothing. */
export async function keysUnderFormerSecrets(db: Reader): Promise<string[]> {
  const newest = nameOfSecret(keySecret());
  const rows = await db
    .select({ subject: signingKeys.subject })
    .from(signingKeys)
    .where(
      and(ne(signingKeys.status, 'revoked'), sql`${signingKeys.encryptedKey}->>'under' is distinct from ${newest}`),
    )
    .orderBy(signingKeys.subject);
  return rows.map(({ subject }) => subject);
}
