import { and, eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { grants, users } from '#db/schema/identity.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { inRolledBackTransaction, testDatabase as test } from '#db/testing/index.ts';
import { localDate } from '#server/calendar/index.ts';
import type { Grant } from '#server/platform/index.ts';
import {
  actorOfToken,
  assignPost,
  createAuthority,
  createFirstAdministrator,
  createOfficial,
  createUnit,
  disableOfficial,
  enableOfficial,
  grantRole,
  inviteAgain,
  officialsOf,
  postOf,
  renameUnit,
  revokeGrant,
  updateAuthority,
  updateOfficial,
  usersWithRole,
} from './index.ts';
import { getOfficialPlaces, officialsVisibleTo } from './officials.ts';
import { canReadOfficial } from './policy.ts';
import { getAuthority, getOfficial, listAuthorities, listOfficials } from './queries/administration.ts';
import {
  anonymousContext,
  contextOf,
  insertGrant,
  insertMinistry,
  insertOrganisation,
  insertPost,
  insertSession,
  insertUnit,
  insertUser,
  officialWith,
  systemContext,
} from './testing.ts';

const at = new Date('2026-11-23T02:00:00Z');
const clock = () => at;
const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );

/** A ministry and two departments with an administrator each. */
async function house(db: Database) {
  const ministry = await insertMinistry(db);
  const here = await insertOrganisation(db, { provinceCode: '01', name: 'Sở Y tế Đây' });
  const there = await insertOrganisation(db, { provinceCode: '79', name: 'Sở Y tế Kia' });
  const unit = await insertUnit(db, here);
  const below = await insertUnit(db, here, unit);
  const otherUnit = await insertUnit(db, there);
  const admin = async (organisationId: string, unitId: string | null = null) => {
    const userId = await insertUser(db, { official: true });
    await insertGrant(db, userId, 'admin', organisationId, unitId);
    return contextOf(db, userId, true, clock);
  };
  return { ministry, here, there, unit, below, otherUnit, admin };
}

const newOfficial = (unitId: string) => ({
  name: 'Lê Thu Hà',
  email: 'ha@soyte.example.vn',
  unitId,
  title: 'Chuyên viên',
  roles: ['officer' as const],
});

describe('an administrator of a department', () => {
  test('enters an official with post and roles, who is invited by mail', async ({ own }) => {
    const { here, unit, admin } = await house(own.db);
    const { userId } = await createOfficial(await admin(here), newOfficial(unit.id));
    expect(await postOf(own.db, userId, at)).toMatchObject({
      title: 'Chuyên viên',
      unitId: unit.id,
      organisationId: here,
    });
    expect((await usersWithRole(own.db, 'officer', here)).map((each) => each.id)).toEqual([userId]);
    expect(
      (await officialsOf(own.db, { organisationId: here, unitPath: unit.path }, 'officer', at)).map(
        (each) => each.name,
      ),
    ).toEqual(['Lê Thu Hà']);
    const mails = await own.ownerDb.execute<{ payload: { kind: string; to: string } }>(
      sql`select payload from graphile_worker._private_jobs`,
    );
    expect(mails.map((row) => [row.payload.kind, row.payload.to])).toEqual([
      ['official-invited', 'ha@soyte.example.vn'],
    ]);
    const [entry] = await own.db.select().from(auditEntries).where(eq(auditEntries.action, 'official.create'));
    expect(entry).toMatchObject({ outcome: 'done', subjectId: userId });
  });

  test('finds nothing in another department', async ({ db }) => {
    const { here, there, otherUnit, admin } = await house(db);
    const ctx = await admin(here);
    const stranger = await insertUser(db, { official: true });
    await insertPost(db, stranger, otherUnit.id);
    expect(await code(createOfficial(ctx, newOfficial(otherUnit.id)))).toBe('notFound');
    expect(await code(updateOfficial(ctx, { userId: stranger, name: 'X' }))).toBe('notFound');
    expect(await code(getOfficial(ctx, { userId: stranger }))).toBe('notFound');
    expect(await code(disableOfficial(ctx, { userId: stranger }))).toBe('notFound');
    expect(await code(grantRole(ctx, { userId: stranger, role: 'leader', organisationId: here }))).toBe('notFound');
    expect(await code(createUnit(ctx, { organisationId: there, name: 'Phòng' }))).toBe('notFound');
    expect(await code(getAuthority(ctx, { organisationId: there }))).toBe('notFound');
    expect((await listAuthorities(ctx, {})).map((each) => each.id)).toEqual([here]);
    expect((await listOfficials(ctx, {})).items.some((each) => each.id === stranger)).toBe(false);
  });

  test('makes and names units, but leaves the codes and the list of authorities to the ministry', async ({ db }) => {
    const { here, admin, ministry } = await house(db);
    const ctx = await admin(here);
    const { unitId } = await createUnit(ctx, { organisationId: here, name: 'Phòng mới', parentId: '' });
    await renameUnit(ctx, { unitId, name: 'Phòng khác' });
    const facts = {
      name: 'Sở Y tế Đây',
      nameEn: 'Department',
      agencyCode: '000.00.10.H99',
      documentCode: 'SYT',
      provinceCode: '01',
    };
    expect(await code(updateAuthority(ctx, { organisationId: here, ...facts }))).toBe('forbidden');
    expect(await code(createAuthority(ctx, { ...facts, agencyCode: '000.00.11.H99' }))).toBe('forbidden');
    const above = await admin(ministry);
    expect(await code(updateAuthority(above, { organisationId: here, ...facts }))).toBe('done');
    expect(await code(updateAuthority(ctx, { organisationId: here, ...facts, name: 'Sở Y tế Mới' }))).toBe('done');
    expect(await code(createAuthority(above, facts))).toBe('invalidInput');
    expect((await getAuthority(ctx, { organisationId: here })).units.map((unit) => unit.depth).sort()).toEqual([
      0, 0, 1,
    ]);
  });

  test('gives and takes roles, never their own, and they count at the next sign-in', async ({ db }) => {
    const { here, unit, admin } = await house(db);
    const ctx = await admin(here);
    const adminId = ctx.actor.kind === 'person' ? ctx.actor.userId : '';
    const { userId } = await createOfficial(ctx, newOfficial(unit.id));
    const { grantId } = await grantRole(ctx, { userId, role: 'leader', organisationId: here, provinceCode: '' });
    expect(await code(grantRole(ctx, { userId, role: 'leader', organisationId: here }))).toBe('conflict');
    const roles = async () => {
      const actor = await actorOfToken(db, await insertSession(db, userId, true, at), at);
      return actor.kind === 'person' ? actor.grants.map((grant) => grant.role).sort() : [];
    };
    expect(await roles()).toEqual(['leader', 'officer']);
    await revokeGrant(ctx, { grantId });
    expect(await roles()).toEqual(['officer']);
    expect(await code(grantRole(ctx, { userId: adminId, role: 'leader', organisationId: here }))).toBe('forbidden');
    expect(await code(disableOfficial(ctx, { userId: adminId }))).toBe('forbidden');
  });

  test('shuts an official out at once and lets them in again', async ({ db }) => {
    const { here, unit, admin } = await house(db);
    const ctx = await admin(here);
    const { userId } = await createOfficial(ctx, newOfficial(unit.id));
    const token = await insertSession(db, userId, true, at);
    await disableOfficial(ctx, { userId });
    expect((await actorOfToken(db, token, at)).kind).toBe('anonymous');
    expect(await usersWithRole(db, 'officer', here)).toEqual([]);
    expect(await code(inviteAgain(ctx, { userId }))).toBe('invalidState');
    await enableOfficial(ctx, { userId });
    expect((await actorOfToken(db, token, at)).kind).toBe('anonymous');
    expect(await code(inviteAgain(ctx, { userId }))).toBe('done');
  });

  test('moves an official to another post, and the old one ends', async ({ db }) => {
    const { here, unit, below, admin } = await house(db);
    const ctx = await admin(here);
    const userId = await insertUser(db, { official: true });
    await insertPost(db, userId, unit.id);
    await assignPost(ctx, {
      userId,
      unitId: below.id,
      title: 'Phó Giám đốc',
      signatureTitle: 'KT. GIÁM ĐỐC\r\nPHÓ GIÁM ĐỐC',
    });
    expect(await postOf(db, userId, at)).toMatchObject({
      unitId: below.id,
      signatureTitle: 'KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC',
    });
    expect((await getOfficial(ctx, { userId })).posts.map((post) => post.validTo)).toEqual([null, '2026-11-23']);
  });
});

test('an administrator of a unit reaches its subtree and not the whole department', async ({ db }) => {
  const { here, unit, below, admin } = await house(db);
  const ctx = await admin(here, unit.id);
  expect(await code(createOfficial(ctx, newOfficial(below.id)))).toBe('notFound');
  expect(await code(createOfficial(ctx, { ...newOfficial(below.id), roles: [] }))).toBe('done');
  const [official] = await db.select().from(users).where(eq(users.email, 'ha@soyte.example.vn'));
  const userId = official!.id;
  expect(await code(grantRole(ctx, { userId, role: 'head', organisationId: here, unitId: below.id }))).toBe('done');
  expect(await code(grantRole(ctx, { userId, role: 'head', organisationId: here }))).toBe('notFound');
  await insertGrant(db, userId, 'leader', here);
  expect(await code(disableOfficial(ctx, { userId }))).toBe('forbidden');
});

test('who administers nothing finds no administration', async ({ db }) => {
  const { here, unit } = await house(db);
  const leader = await insertUser(db, { official: true });
  await insertGrant(db, leader, 'leader', here);
  const citizen = await contextOf(db, await insertUser(db), false, clock);
  for (const ctx of [await contextOf(db, leader, true, clock), citizen]) {
    expect(await code(listOfficials(ctx, {}))).toBe('notFound');
    expect(await code(createOfficial(ctx, newOfficial(unit.id)))).toBe('notFound');
    expect(await code(listAuthorities(ctx, {}))).toBe('notFound');
  }
  expect(await code(listOfficials(anonymousContext(db, clock), {}))).toBe('unauthenticated');
});

test('the first administrator is made by the host alone and administers everything', async ({ db }) => {
  const { ministry, there, admin } = await house(db);
  const first = { email: 'first@moh.example.vn', name: 'Quản trị' };
  expect(await code(createFirstAdministrator(await admin(ministry), first))).toBe('forbidden');
  const { userId, path } = await createFirstAdministrator(systemContext(db, clock), first);
  expect(path).toMatch(/^\/reset-password\?token=[\w-]{43}$/);
  await createFirstAdministrator(systemContext(db, clock), first);
  expect(
    await db
      .select()
      .from(grants)
      .where(and(eq(grants.userId, userId), eq(grants.organisationId, ministry))),
  ).toHaveLength(1);
  const ctx = await contextOf(db, userId, true, clock);
  expect(await code(createUnit(ctx, { organisationId: there, name: 'Phòng' }))).toBe('done');
});

test('officials are found by name without marks, by address and by department', async ({ db }) => {
  const { here, there, unit, otherUnit, ministry, admin } = await house(db);
  const ctx = await admin(ministry);
  for (const [name, unitId] of [
    ['Đỗ Quang Huy', unit.id],
    ['Đỗ Thị Hường', otherUnit.id],
  ] as const) {
    await insertPost(db, await insertUser(db, { official: true, name }), unitId);
  }
  const found = async (q: string, organisationId?: string) =>
    (await listOfficials(ctx, { q, organisationId })).items.map((each) => each.name);
  expect(await found('do quang')).toEqual(['Đỗ Quang Huy']);
  expect(await found('ĐỖ')).toEqual(['Đỗ Quang Huy', 'Đỗ Thị Hường']);
  expect(await found('do', there)).toEqual(['Đỗ Thị Hường']);
  expect(await found('', here)).toEqual(['Đỗ Quang Huy']);
  expect(await found("%' or 1=1 --")).toEqual([]);
});

test('the list shows exactly the officials that may be read, whoever looks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          place: fc.integer({ min: -1, max: 5 }),
          by: fc.constantFrom('post', 'ended post', 'grant', 'revoked grant'),
        }),
        { minLength: 1, maxLength: 8 },
      ),
      fc.array(
        fc.record({
          place: fc.integer({ min: 0, max: 5 }),
          role: fc.constantFrom('admin' as const, 'leader' as const),
        }),
        { maxLength: 3 },
      ),
      async (officials, held) => {
        await inRolledBackTransaction(async (db) => {
          const { ministry, here, there, unit, below, otherUnit } = await house(db);
          const places = [
            { organisationId: ministry, unit: null },
            { organisationId: here, unit: null },
            { organisationId: here, unit },
            { organisationId: here, unit: below },
            { organisationId: there, unit: null },
            { organisationId: there, unit: otherUnit },
          ];
          for (const { place, by } of officials) {
            const userId = await insertUser(db, { official: true });
            const home = places[place];
            if (!home) continue;
            if (by.endsWith('post')) {
              const unitId = (home.unit ?? (await insertUnit(db, home.organisationId))).id;
              await insertPost(db, userId, unitId, by === 'post' ? {} : { validTo: '2026-01-01' });
            } else {
              const id = await insertGrant(db, userId, 'officer', home.organisationId, home.unit?.id ?? null);
              if (by === 'revoked grant') await db.update(grants).set({ revokedAt: at }).where(eq(grants.id, id));
            }
          }
          await insertUser(db);
          const actor = officialWith(
            held.map(({ place, role }): Grant => {
              const { organisationId, unit: within } = places[place]!;
              return { role, organisationId, unitPath: within?.path ?? null, provinceCode: null };
            }),
          );
          const today = localDate(at);
          const shown = await db
            .select({ id: users.id })
            .from(users)
            .where(officialsVisibleTo(db, actor, ministry, today));
          const all = await db.select({ id: users.id }).from(users).where(eq(users.official, true));
          const readable: string[] = [];
          for (const { id } of all) {
            if (canReadOfficial(actor, await getOfficialPlaces(db, id, today), ministry).allowed) readable.push(id);
          }
          expect(shown.map((row) => row.id).sort()).toEqual(readable.sort());
        });
      },
    ),
    { numRuns: 40 },
  );
});
