import { eq } from 'drizzle-orm';
import { totpFactors } from '#db/schema/identity.ts';
import { allow, command, nothing, refuse } from '#server/platform/index.ts';
import { Nothing } from '../inputs.ts';
import { seal, unseal } from '../sealed.ts';
import { authSecret } from '../session-cookie.ts';

/** Keys of authenticators by what became of them when `AUTH_SECRET` was replaced. */
export interface RenewedKeys {
  /** sealed under it already */
  current: number;
  /** sealed anew */
  renewed: number;
  /** open with none of the secrets: their owners need a new authenticator */
  lost: number;
}

/** Seals every authenticator's key that a former secret still guards under the newest; for the host's command line. */
export const renewAuthenticatorKeys = command({
  name: 'authenticator.renew-keys',
  input: Nothing,
  load: nothing,
  allow: (actor) => (actor.kind === 'system' ? allow : refuse('errors.forbidden')),
  run: async ({ tx }): Promise<RenewedKeys> => {
    const counts: RenewedKeys = { current: 0, renewed: 0, lost: 0 };
    for (const { userId, secret } of await tx.select().from(totpFactors).for('update')) {
      const key = unseal(secret);
      if (key === null) counts.lost += 1;
      else if (unseal(secret, [authSecret()]) !== null) counts.current += 1;
      else {
        counts.renewed += 1;
        await tx
          .update(totpFactors)
          .set({ secret: seal(key) })
          .where(eq(totpFactors.userId, userId));
      }
    }
    return counts;
  },
  audit: ({ result }) => ({ subjectType: 'authenticator', subjectId: null, details: { ...result } }),
});
