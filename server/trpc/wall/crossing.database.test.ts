import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { dossiers } from '#db/schema/dossiers.ts';
import { notifications } from '#db/schema/notifications.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { notify } from '#server/notifications/index.ts';
import {
  allow,
  as,
  bearerOf,
  type Context,
  newId,
  query,
  recordAudit,
  storeFile,
  systemActor,
  transaction,
} from '#server/platform/index.ts';
import { aDossier, type Side, type TwoBusinesses, twoBusinesses } from './testing/two-businesses.ts';

let rows: TwoBusinesses;
beforeAll(async () => {
  rows = await twoBusinesses();
});
afterAll(() => rows.close());

/** A query whose author forgot every condition. */
const allDossiers = query({
  input: z.strictObject({}),
  load: (db) => db.select({ id: dossiers.id }).from(dossiers),
  allow: () => allow,
  view: async (ctx, found) => {
    const [again] = await ctx.db.select({ n: sql<number>`count(*)::int` }).from(dossiers);
    return { ids: found.map((row) => row.id).sort(), again: again!.n };
  },
});
const renamed = (ctx: Context, title: string) =>
  transaction(ctx, (tx) =>
    tx.tx.update(dossiers).set({ title }).where(isNotNull(dossiers.id)).returning({ id: dossiers.id }),
  );
const idsOf = (side: Side) => [...side.dossierIds].sort();
const userOf = (side: Side) => (side.actor.kind === 'person' ? side.actor.userId : '');

describe('rows behind the wall', () => {
  test('are found by nobody who does not say who asks', async () => {
    expect(await rows.pool.select().from(dossiers)).toEqual([]);
    expect((await allDossiers(rows.nobody, {})).ids).toEqual([]);
    expect((await allDossiers(rows.system, {})).ids).toHaveLength(4);
  });

  test('never cross between two people in a thousand interleaved requests over one pool', async () => {
    const { left, right } = rows;
    const answers = await Promise.all(
      Array.from({ length: 1000 }, async (_, index) => {
        const side = index % 2 ? left : right;
        const ctx = rows.as(side.actor);
        if (index % 5 === 0)
          return { side, ids: (await renamed(ctx, `${index}`)).map((row) => row.id).sort(), again: 2 };
        // a statement outside any transaction speaks too
        if (index % 7 === 0) {
          const found = await ctx.db.select({ id: dossiers.id }).from(dossiers);
          return { side, ids: found.map((row) => row.id).sort(), again: found.length };
        }
        return { side, ...(await allDossiers(ctx, {})) };
      }),
    );
    for (const { side, ids, again } of answers) expect({ ids, again }).toEqual({ ids: idsOf(side), again: 2 });
    // and the connections that went back to the pool remember nobody
    const silent = await Promise.all(Array.from({ length: 20 }, () => rows.pool.select().from(dossiers)));
    expect(silent.flat()).toEqual([]);
  });

  test('show an official what was filed with their authority, and no draft', async () => {
    expect((await allDossiers(rows.as(rows.officialOfLeft), {})).ids).toEqual([rows.left.dossierIds[0]]);
  });

  test('follow a grant that is taken back and a business one leaves, whatever the request says of itself', async () => {
    const liar = { ...rows.right.actor, memberships: [rows.left.organisationId], grants: [], official: true };
    expect((await allDossiers(rows.as(liar as typeof rows.right.actor), {})).ids).toEqual(idsOf(rows.right));
    const changed = await rows.own.ownerDb.transaction(async (tx) => {
      await tx.execute(sql`update grants set revoked_at = now()`);
      return true;
    });
    expect(changed).toBe(true);
    expect((await allDossiers(rows.as(rows.officialOfLeft), {})).ids).toEqual([]);
    await rows.own.ownerDb.execute(sql`update grants set revoked_at = null`);
  });

  test('cannot be written into another business or moved there', async () => {
    const ctx = rows.as(rows.left.actor);
    const foreign = aDossier(userOf(rows.left), rows.right.organisationId);
    await expect(transaction(ctx, (tx) => tx.tx.insert(dossiers).values(foreign))).rejects.toThrow();
    const moved = transaction(ctx, (tx) =>
      tx.tx.update(dossiers).set({ organisationId: rows.right.organisationId, applicantUserId: userOf(rows.right) }),
    );
    await expect(moved).rejects.toThrow();
    expect((await allDossiers(rows.as(rows.right.actor), {})).ids).toEqual(idsOf(rows.right));
  });
});

describe('a voice that changes', () => {
  test('follows `as` statement by statement inside one transaction', async () => {
    const ctx = rows.as(rows.left.actor);
    await transaction(ctx, async (mine) => {
      const system = as(mine, systemActor('test'));
      const back = as(system, rows.left.actor);
      const count = async (each: typeof mine) => (await each.tx.select({ id: dossiers.id }).from(dossiers)).length;
      expect(await Promise.all([mine, system, mine, back, system].map(count))).toEqual([2, 4, 2, 2, 4]);
      // in a savepoint that fails, and after it
      await expect(
        system.tx.transaction(async (tx) => {
          expect((await tx.select({ id: dossiers.id }).from(dossiers)).length).toBe(4);
          await tx.execute(sql`select 1 / 0`);
        }),
      ).rejects.toThrow();
      expect(await count(mine)).toBe(2);
    });
  });

  test('tells others of what was done without reading their notices', async () => {
    const { left, right } = rows;
    const notice = { kind: 'task-assigned' as const, href: '/office', dedupeKey: `test:${newId()}` };
    const data = { code: '000.00.01.H26-261123-0001' };
    const seen = await transaction(rows.as(left.actor), async (tx) => {
      await notify(tx, { ...notice, data, userId: userOf(right) });
      return tx.tx.select().from(notifications);
    });
    expect(seen).toEqual([]);
    const theirs = await rows.as(right.actor).db.select().from(notifications);
    expect(theirs).toHaveLength(1);
  });

  test('leaves audit rows in its own name only', async () => {
    const ctx = rows.as(rows.left.actor);
    await transaction(ctx, async (tx) => recordAudit(tx, 'wall.test', { subjectType: 'wall', subjectId: null }));
    const forged = transaction(ctx, async (tx) =>
      tx.tx.insert(auditEntries).values({
        id: 0,
        at: new Date(),
        action: 'wall.forged',
        outcome: 'done',
        actorKind: 'person',
        actorId: userOf(rows.right),
        requestId: 'x',
        subjectType: 'wall',
        details: {},
        previousDigest: new Uint8Array(),
        digest: new Uint8Array(),
      }),
    );
    await expect(forged).rejects.toThrow();
    const written = await rows.system.db.select().from(auditEntries).where(eq(auditEntries.subjectType, 'wall'));
    expect(written.map((row) => row.action)).toEqual(['wall.test']);
    expect(await ctx.db.select().from(auditEntries)).toEqual([]);
  });
});

describe('the doors of strangers', () => {
  test('open one dossier to the holder of its slip, compared by the database', async () => {
    const [known] = await rows.system.db.select().from(dossiers).where(eq(dossiers.id, rows.left.dossierIds[0]!));
    const { code, trackingSecret } = known!;
    const found = async (secret: string) => (await allDossiers(rows.as(bearerOf({ code: code!, secret })), {})).ids;
    expect(await found(trackingSecret!)).toEqual([known!.id]);
    expect(await found(`${trackingSecret}x`)).toEqual([]);
    expect(await found('')).toEqual([]);
    const touched = transaction(rows.as(bearerOf({ code: code!, secret: trackingSecret! })), (tx) =>
      tx.tx
        .update(dossiers)
        .set({ title: 'changed' })
        .where(and(eq(dossiers.id, known!.id)))
        .returning({ id: dossiers.id }),
    );
    expect(await touched).toEqual([]);
  });

  test('hide a file from everybody but who stored it and who sees what refers to it', async () => {
    const file = await transaction(rows.as(rows.left.actor), (tx) =>
      storeFile(tx, { name: 'a.pdf', mediaType: 'application/pdf', bytes: new Uint8Array(300_000) }),
    );
    const chunks = async (ctx: Context) =>
      (
        await ctx.db.execute<{ n: number }>(sql`select count(*)::int as n from file_chunks where file_id = ${file.id}`)
      )[0]!.n;
    expect(await chunks(rows.as(rows.left.actor))).toBe(2);
    for (const other of [rows.right.actor, rows.officialOfLeft]) expect(await chunks(rows.as(other))).toBe(0);
    expect(await chunks(rows.nobody)).toBe(0);
  });

  test('change nothing while reading', async () => {
    const writing = query({
      input: z.strictObject({}),
      load: (db) => db.execute(sql`update dossiers set title = 'x'`),
      allow: () => allow,
      view: () => 'done',
    });
    await expect(writing(rows.as(rows.left.actor), {})).rejects.toThrow();
  });
});
