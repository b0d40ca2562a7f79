import { asc, eq } from 'drizzle-orm';
import { identityLinks } from '#db/schema/identity.ts';
import { env } from '#server/platform/env.ts';
import { query } from '#server/platform/index.ts';
import { Nothing } from '../inputs.ts';
import { signedIn } from '../policy.ts';
import { providerLabel } from '../provider.ts';

/** An identity at another provider that opens one's account. */
export interface IdentityLinkView {
  id: string;
  /** what people call the provider; the host of one that is no longer set */
  provider: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

/** One's own links, the oldest first. */
export const myIdentityLinks = query({
  input: Nothing,
  load: async (db, _input, ctx) => {
    if (ctx.actor.kind !== 'person') return [];
    return db
      .select()
      .from(identityLinks)
      .where(eq(identityLinks.userId, ctx.actor.userId))
      .orderBy(asc(identityLinks.createdAt), asc(identityLinks.id));
  },
  allow: (actor) => signedIn(actor),
  view: (_ctx, rows): IdentityLinkView[] =>
    rows.map(({ id, issuer, createdAt, lastUsedAt }) => ({
      id,
      provider: (issuer === env().oidc?.issuer ? providerLabel() : null) ?? new URL(issuer).host,
      createdAt,
      lastUsedAt,
    })),
});
