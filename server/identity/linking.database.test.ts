import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, describe, expect } from 'vitest';
import { identityLinks, users } from '#db/schema/identity.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { env } from '#server/platform/env.ts';
import { as } from '#server/platform/index.ts';
import { unlinkIdentity } from './commands/unlink-identity.ts';
import { actorOfRequest, linkIdentity, signIn, signUpByProvider, unknownIdentity, unknownIn } from './index.ts';
import { myIdentityLinks } from './queries/my-identity-links.ts';
import { sessionCookieName } from './session-cookie.ts';
import { at, audited, client, clock, linkTo, person, provider, signInThere, unknownOf } from './testing/elsewhere.ts';
import { anonymousContext, contextOf, enterAuthenticator, insertUser, testPassword } from './testing.ts';

afterAll(() => provider.close());

describe('somebody no account is linked to', () => {
  test('links the account they then sign in to, which tells its owner', async ({ db }) => {
    const userId = await insertUser(db, { email: 'mine@example.vn' });
    const { unknown, cookie } = await unknownOf(db);
    const jar = (name: string) => (name === sessionCookieName() ? undefined : cookie);
    const view = await unknownIdentity(anonymousContext(db, clock), jar);
    expect(view).toMatchObject({ email: person.email, name: person.name, mayRegister: true, mayLink: false });
    const entered = await signIn(
      anonymousContext(db, clock),
      { email: 'mine@example.vn', password: testPassword },
      client,
    );
    const ctx = as(anonymousContext(db, clock), await actorOfRequest(db, () => entered.cookie.value, at));
    expect(await unknownIdentity(ctx, jar)).toMatchObject({ mayLink: true });
    await linkIdentity(ctx, unknown);
    await linkIdentity(ctx, unknown);
    expect(await db.select().from(identityLinks)).toMatchObject([
      { userId, issuer: provider.issuer, subject: person.sub },
    ]);
    const outcome = await signInThere(db);
    expect(await actorOfRequest(db, () => outcome.cookie.value, at)).toMatchObject({ userId });
    expect((await audited(db, 'identity.link'))[0]).toEqual({ outcome: 'done', subjectId: userId });
  });

  test('unlinks it again, and nobody else does; the provider opens the account no more', async ({ db }) => {
    const userId = await insertUser(db);
    await linkTo(db, userId);
    const owner = await contextOf(db, userId, false, clock);
    const [link] = await myIdentityLinks(owner, {});
    expect(link).toMatchObject({ provider: new URL(provider.issuer).host });
    const stranger = await contextOf(db, await insertUser(db), false, clock);
    expect(await myIdentityLinks(stranger, {})).toEqual([]);
    await expect(unlinkIdentity(stranger, { linkId: link!.id })).rejects.toMatchObject({ code: 'notFound' });
    expect((await signInThere(db)).kind).toBe('known');
    await unlinkIdentity(owner, { linkId: link!.id });
    expect((await signInThere(db)).kind).toBe('unknown');
    expect(await audited(db, 'identity.unlink')).toMatchObject([
      { outcome: 'refused' },
      { outcome: 'done', subjectId: userId },
    ]);
  });

  test('does not link an account that was open before, nor none at all', async ({ db }) => {
    const left = await contextOf(db, await insertUser(db), false, () => new Date(at.getTime() - 60_000));
    const { unknown } = await unknownOf(db);
    await expect(linkIdentity(left, unknown)).rejects.toMatchObject({ reason: 'provider.errors.signInAgain' });
    await expect(linkIdentity(anonymousContext(db, clock), unknown)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(await db.select().from(identityLinks)).toEqual([]);
    expect((await audited(db, 'identity.link')).map((row) => row.outcome)).toEqual(['refused', 'refused']);
  });

  test('links an official only right after a second factor', async ({ db }) => {
    const userId = await insertUser(db, { official: true });
    await enterAuthenticator(db, userId);
    const { unknown } = await unknownOf(db);
    const ctx = await contextOf(db, userId, true, clock);
    const stale = { ...ctx, actor: { ...ctx.actor, assurance: 1 } as typeof ctx.actor };
    await expect(linkIdentity(stale, unknown)).rejects.toMatchObject({ reason: 'security.errors.stepUp' });
    await linkIdentity({ ...ctx, actor: { ...ctx.actor, assurance: 2 } as typeof ctx.actor }, unknown);
    expect(await db.select().from(identityLinks)).toMatchObject([{ userId }]);
  });

  test('waits no longer when another provider is set, or after twenty minutes', async ({ db }) => {
    const { cookie } = await unknownOf(db);
    expect(await unknownIn(cookie, new Date(at.getTime() + 19 * 60_000))).not.toBeNull();
    expect(await unknownIn(cookie, new Date(at.getTime() + 20 * 60_000))).toBeNull();
    const settings = env().oidc!;
    const { issuer } = settings;
    settings.issuer = 'https://other.example.vn';
    try {
      expect(await unknownIn(cookie, at)).toBeNull();
    } finally {
      settings.issuer = issuer;
    }
  });

  test('is not linked to two accounts', async ({ db }) => {
    await linkTo(db, await insertUser(db));
    const ctx = await contextOf(db, await insertUser(db), false, clock);
    const unknown = {
      issuer: provider.issuer,
      subject: person.sub,
      email: null,
      name: null,
      at: at.getTime(),
      next: null,
    };
    await expect(linkIdentity(ctx, unknown)).rejects.toMatchObject({ reason: 'provider.errors.linkedElsewhere' });
    expect(await audited(db, 'identity.link')).toMatchObject([{ outcome: 'refused' }]);
  });

  test('gets an applicant’s account with a verified address that no account has', async ({ db }) => {
    const { unknown } = await unknownOf(db);
    const cookie = await signUpByProvider(
      anonymousContext(db, clock),
      unknown,
      { name: 'Trần Lan', locale: 'vi' },
      client,
    );
    const [user] = await db.select().from(users).where(eq(users.email, person.email));
    expect(user).toMatchObject({ name: 'Trần Lan', official: false, passwordHash: null, emailConfirmedAt: at });
    expect(await actorOfRequest(db, () => cookie.value, at)).toMatchObject({
      userId: user!.id,
      official: false,
      grants: [],
    });
    expect((await signInThere(db)).kind).toBe('known');
    expect(await audited(db, 'user.sign-up-by-provider')).toEqual([{ outcome: 'done', subjectId: user!.id }]);
    const password = signIn(anonymousContext(db, clock), { email: person.email, password: testPassword }, client);
    await expect(password).rejects.toMatchObject({ reason: 'identity.errors.wrongCredentials' });
  });

  test('gets none with an address that an account has, confirmed or not', async ({ db }) => {
    for (const emailConfirmedAt of [at, null]) {
      const email = `${randomUUID()}@example.vn`;
      await insertUser(db, { email, emailConfirmedAt });
      // written otherwise it is the same address
      const { unknown } = await unknownOf(db, { ...person, email: email.toUpperCase().replace('@', '＠') });
      const made = signUpByProvider(anonymousContext(db, clock), unknown, { name: 'Lan', locale: 'vi' }, client);
      await expect(made).rejects.toMatchObject({ code: 'conflict', reason: 'provider.errors.emailTaken' });
    }
    expect(await db.select().from(identityLinks)).toEqual([]);
    expect((await audited(db, 'user.sign-up-by-provider')).map((row) => row.outcome)).toEqual(['refused', 'refused']);
  });

  test.for([undefined, false, 'no'])(
    'gets none when the address is not verified (%s)',
    async (email_verified, { db }) => {
      const { unknown } = await unknownOf(db, { ...person, email_verified });
      const made = signUpByProvider(anonymousContext(db, clock), unknown, { name: 'Lan', locale: 'vi' }, client);
      await expect(made).rejects.toMatchObject({ reason: 'provider.errors.noEmail' });
    },
  );
});
