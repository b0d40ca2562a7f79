import { eq } from 'drizzle-orm';
import { identityLinks } from '#db/schema/identity.ts';
import { command, freshAssurance, notFound } from '#server/platform/index.ts';
import { IdentityLinkRef } from '../inputs.ts';
import { isSelf } from '../policy.ts';

/** Takes one of one's own links to another provider away: signing in there no longer opens this account. */
export const unlinkIdentity = command({
  name: 'identity.unlink',
  input: IdentityLinkRef,
  load: async (ctx, input) => {
    const [row] = await ctx.tx.select().from(identityLinks).where(eq(identityLinks.id, input.linkId)).for('update');
    return row ?? notFound();
  },
  allow: (actor, link) => freshAssurance(actor, isSelf(actor, link.userId)),
  run: async (ctx, input) => {
    await ctx.tx.delete(identityLinks).where(eq(identityLinks.id, input.linkId));
  },
  audit: ({ subject }) => ({ subjectType: 'user', subjectId: subject.userId, details: { linkId: subject.id } }),
});
