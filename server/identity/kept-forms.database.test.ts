import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { keptForms } from '#db/schema/drafts.ts';
import { sessions } from '#db/schema/identity.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { newContext } from '#server/platform/index.ts';
import { forgetForm, keepForm, keptForm } from './kept-forms.ts';
import { actorOfRequest } from './session.ts';
import { digestOf, newToken, sessionCookie } from './session-cookie.ts';
import { anonymousContext, contextOf, insertUser } from './testing.ts';

const now = new Date('2026-11-23T09:00:00+07:00');
const path = '/my/dossiers/1/questions/chief';
const form = { path, name: '', values: { 'chief.name': 'Lê Thị Hường', list: ['a', 'b'] } };

/** Somebody whose session ended while they were typing, and the cookie their browser still sends. */
async function lateSender(db: Database) {
  const userId = await insertUser(db, { email: `${newToken().toLowerCase()}@example.vn` });
  const token = newToken();
  const ended = { tokenHash: digestOf(token), userId, lastSeenAt: now, expiresAt: now, revokedAt: now };
  await db.insert(sessions).values({ id: crypto.randomUUID(), ...ended });
  const { value } = await sessionCookie(token, new Date(Date.now() + 60_000), new Date());
  return { userId, cookie: value, again: await contextOf(db, userId, false, () => now) };
}

describe('a form that arrives after its session has ended', () => {
  test('comes back with what was typed when the same person signs in again, and not in clear text in the database', async ({
    db,
  }) => {
    const { cookie, again, userId } = await lateSender(db);
    const late = newContext(db, await actorOfRequest(db, () => cookie, now), () => now);
    expect(late.actor.kind).toBe('anonymous');
    const kept = await keepForm(late, cookie, form);
    expect(await keptForm(again, kept!, path)).toEqual({ name: '', values: form.values });
    const [row] = await db.select().from(keptForms).where(eq(keptForms.userId, userId));
    expect(Buffer.from(row!.content).includes(Buffer.from('Hường'))).toBe(false);
    expect(JSON.stringify(row)).not.toContain(kept!.split('.')[1]!);
  });

  test('is shown to nobody else: not to another person on the same computer, not to a stranger, not with another key', async ({
    db,
  }) => {
    const { cookie, again } = await lateSender(db);
    const kept = (await keepForm(
      anonymousContext(db, () => now),
      cookie,
      form,
    ))!;
    const other = await lateSender(db);
    expect(await keptForm(other.again, kept, path)).toBeNull();
    expect(
      await keptForm(
        anonymousContext(db, () => now),
        kept,
        path,
      ),
    ).toBeNull();
    const [id] = kept.split('.');
    expect(await keptForm(again, `${id}.${newToken()}`, path)).toBeNull();
    const theirs = (await keepForm(
      anonymousContext(db, () => now),
      other.cookie,
      form,
    ))!;
    expect(await keptForm(again, `${id}.${theirs.split('.')[1]}`, path)).toBeNull();
    expect(await keptForm(again, kept, path)).not.toBeNull();
  });

  test('belongs to its page, for an hour, until it has been sent again', async ({ db }) => {
    const { cookie, again } = await lateSender(db);
    const kept = (await keepForm(
      anonymousContext(db, () => now),
      cookie,
      form,
    ))!;
    expect(await keptForm(again, kept, '/my/dossiers/2/questions/chief')).toBeNull();
    const later = new Date(now.getTime() + 3_600_000);
    expect(await keptForm({ ...again, now: () => later }, kept, path)).toBeNull();
    expect(await forgetForm(again, '/elsewhere')).toBe(false);
    expect(await forgetForm(again, path)).toBe(true);
    expect(await keptForm(again, kept, path)).toBeNull();
  });

  test('is not kept for who cannot be named, nor without measure', async ({ db }) => {
    const nobody = anonymousContext(db, () => now);
    expect(await keepForm(nobody, undefined, form)).toBeNull();
    expect(await keepForm(nobody, 'no cookie of ours', form)).toBeNull();
    const unknown = await sessionCookie(newToken(), new Date(Date.now() + 60_000), new Date());
    expect(await keepForm(nobody, unknown.value, form)).toBeNull();
    const { cookie } = await lateSender(db);
    expect(await keepForm(nobody, cookie, { ...form, values: { a: 'x'.repeat(500_000) } })).toBeNull();
  });
});
