import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dossiers } from '#db/schema/dossiers.ts';
import { memberships } from '#db/schema/identity.ts';
import { contextOf, insertGrant, insertMembership, insertOrganisation, insertUser } from '#server/identity/testing.ts';
import { type Actor, type AppError, anonymous, type Context, newContext, systemActor } from '#server/platform/index.ts';
import { setAt } from '#server/procedures/index.ts';
import { claimStep, withdrawDossier } from './commands/small-acts.ts';
import { canReadDossier } from './policy.ts';
import { inbox, inboxCounts } from './queries/inbox.ts';
import { myDossiers, officeDossiers } from './queries/lists.ts';
import { getOfficeDossier } from './queries/office-dossier.ts';
import { trackDossier } from './queries/track.ts';
import { dossiersVisibleTo, getDossier } from './records.ts';
import { bringTo, completeDraft, copyDraft, file } from './testing/journey.ts';
import { nobody, openWorld, type Who, type World } from './testing/world.ts';

let world: World;
/** dossiers of every kind of applicant, in states from draft to withdrawn, at two authorities */
let made: Record<string, string>;
beforeAll(async () => {
  world = await openWorld({ persons: true });
  const template = await completeDraft(world);
  const copy = (who: Who) => copyDraft(world, template, who);
  const inDanang = async (dossierId: string, who: Who) => {
    const { answers } = await getDossier(world.db, dossierId);
    const moved = setAt(setAt(answers as never, 'facility.address.province', '48'), 'facility.address.ward', '20242');
    await world.db.update(dossiers).set({ answers: moved }).where(eq(dossiers.id, dossierId));
    await file(world, dossierId, who);
    return dossierId;
  };
  made = {
    draftOfBusiness: template,
    draftOfPartner: await copy('partner'),
    draftOfCitizen: await copy('citizen'),
    filedByBusiness: await bringTo(world, 'filed', await copy('owner')),
    paidByCitizen: await bringTo(world, 'paid', await copy('citizen'), 'citizen'),
    received: await bringTo(world, 'received', await copy('owner')),
    planned: await bringTo(world, 'planned', await copy('citizen'), 'citizen'),
    withdrawn: await bringTo(world, 'paid', await copy('owner')),
    elsewhereOfBusiness: await inDanang(await copy('owner'), 'owner'),
    elsewhereOfCitizen: await inDanang(await copy('citizen'), 'citizen'),
  };
  await withdrawDossier(world.as('owner'), { dossierId: made.withdrawn!, reason: 'Đổi địa điểm.', confirmed: true });
});
afterAll(() => world.close());

const now = () => world.clock.at;

/** Every kind of actor there is: with and without grants, memberships, and what was taken away again. */
async function everyActor(): Promise<Record<string, Actor>> {
  const enter = async (official: boolean, prepare: (userId: string) => Promise<unknown>) => {
    const userId = await insertUser(world.db, { official });
    await prepare(userId);
    return (await contextOf(world.db, userId, official, now)).actor;
  };
  const otherBusiness = await insertOrganisation(world.db, {
    kind: 'business',
    taxCode: '0100000001',
    provinceCode: '01',
  });
  const leaver = await enter(false, (userId) => insertMembership(world.db, userId, world.business));
  if (leaver.kind === 'person') await world.db.delete(memberships).where(eq(memberships.userId, leaver.userId));
  const known = Object.fromEntries(
    (
      [
        'oneStop',
        'officer',
        'leader',
        'registrar',
        'allRounder',
        'elsewhere',
        'owner',
        'partner',
        'citizen',
        'stranger',
      ] as const
    ).map((who) => [who, world.as(who).actor]),
  );
  const owner = known.owner!;
  return {
    ...known,
    anonymous,
    system: systemActor('worker'),
    ownerForOneself: owner.kind === 'person' ? { ...owner, actingFor: null } : owner,
    officialWithoutGrants: await enter(true, async () => {}),
    officialOfBoth: await enter(true, async (userId) => {
      await insertGrant(world.db, userId, 'officer', world.hanoi);
      await insertGrant(world.db, userId, 'clerk', world.danang);
    }),
    memberOfAnother: await enter(false, (userId) => insertMembership(world.db, userId, otherBusiness)),
    memberOfTwo: await enter(false, async (userId) => {
      await insertMembership(world.db, userId, world.business, 'representative');
      await insertMembership(world.db, userId, otherBusiness);
    }),
    leaverWithOldRights: leaver,
    leaver: leaver.kind === 'person' ? (await contextOf(world.db, leaver.userId, false, now)).actor : leaver,
    citizenAppointed: (await world.appoint('citizen')).actor,
    grantOnAccountOfApplicant: await enter(false, (userId) => insertGrant(world.db, userId, 'officer', world.hanoi)),
  };
}

describe('who sees which dossiers', () => {
  test('is the same in every list as for each single one', async () => {
    const names = Object.entries(made);
    const seen: Record<string, number> = {};
    for (const [who, actor] of Object.entries(await everyActor())) {
      const rows = await world.db.select().from(dossiers).where(dossiersVisibleTo(actor));
      const listed = new Set(rows.map((row) => row.id));
      for (const [name, id] of names) {
        const single = canReadDossier(actor, await getDossier(world.db, id)).allowed;
        expect(`${who} ${name} ${listed.has(id)}`).toBe(`${who} ${name} ${single}`);
      }
      seen[who] = listed.size;
    }
    expect(seen).toEqual({
      oneStop: 5,
      officer: 5,
      leader: 5,
      registrar: 5,
      allRounder: 5,
      elsewhere: 2,
      owner: 6,
      partner: 6,
      citizen: 4,
      stranger: 0,
      anonymous: 0,
      system: 10,
      ownerForOneself: 6,
      officialWithoutGrants: 0,
      officialOfBoth: 7,
      memberOfAnother: 0,
      memberOfTwo: 6,
      leaverWithOldRights: 6,
      leaver: 0,
      citizenAppointed: 7,
      grantOnAccountOfApplicant: 0,
    });
  });

  test('in one’s own list are those of whom one acts for, drafts among them', async () => {
    const mine = async (ctx: Context) => (await myDossiers(ctx, {})).total;
    expect(await mine(world.as('owner'))).toBe(6);
    const { actor } = world.as('owner');
    if (actor.kind === 'person') {
      expect(await mine(world.asActor({ ...actor, actingFor: null }))).toBe(6);
      expect(await mine(world.asActor({ ...actor, actingFor: world.hanoi }))).toBe(0);
    }
    expect(await mine(world.as('citizen'))).toBe(4);
    expect(await mine(world.as('stranger'))).toBe(0);
    await expect(mine(nobody(world))).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('the office lists what was filed with it, found without accents, by code and by state', async () => {
    const list = (who: Who, over: Parameters<typeof officeDossiers>[1] = {}) => officeDossiers(world.as(who), over);
    expect((await list('officer')).total).toBe(5);
    expect((await list('officer', { q: 'minh chau NHA THUOC' })).total).toBe(5);
    const { code } = await getDossier(world.db, made.received!);
    expect((await list('officer', { q: code!.toLowerCase() })).items.map((row) => row.id)).toEqual([made.received]);
    expect((await list('officer', { state: 7 })).items.map((row) => row.id)).toEqual([made.withdrawn]);
    expect((await list('officer', { q: 'a%b' })).total).toBe(0);
    await expect(list('owner')).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('the inbox', () => {
  const everyone: Who[] = ['oneStop', 'officer', 'otherOfficer', 'inspector', 'clerk', 'allRounder', 'elsewhere'];

  test('counts what it lists, for every official and scope, over all pages', async () => {
    const one = async () => bringTo(world, 'paid', await copyDraft(world, made.draftOfBusiness!));
    await Promise.all(Array.from({ length: 21 }, one));
    await claimStep(world.as('officer'), { dossierId: made.received! });
    for (const at of ['2026-11-23T09:00:00+07:00', '2026-12-07T09:00:00+07:00']) {
      world.clock.at = new Date(at);
      for (const who of everyone) {
        const counts = await inboxCounts(world.as(who), {});
        for (const scope of ['mine', 'unit', 'late'] as const) {
          const ids = new Set<string>();
          const { items, total, pageSize } = await inbox(world.as(who), { scope });
          for (const row of items) ids.add(row.taskId);
          for (let page = 2; page <= Math.ceil(total / pageSize); page++)
            for (const row of (await inbox(world.as(who), { scope, page })).items) ids.add(row.taskId);
          expect(`${who} ${scope} ${ids.size} ${total}`).toBe(`${who} ${scope} ${counts[scope]} ${counts[scope]}`);
        }
      }
    }
    const { mine, unit, late } = await inboxCounts(world.as('oneStop'), {});
    expect({ mine, unit, late }).toEqual({ mine: 22, unit: 24, late: 22 });
    expect(await inboxCounts(world.as('officer'), {})).toEqual({ mine: 1, unit: 24, late: 1, signing: 0 });
    expect(await inboxCounts(world.as('otherOfficer'), {})).toMatchObject({ mine: 0, unit: 24 });
    expect((await inboxCounts(world.as('elsewhere'), {})).unit).toBe(0);
    await expect(inbox(world.as('owner'), {})).rejects.toMatchObject({ code: 'forbidden' });
    expect(await inboxCounts(world.as('owner'), {})).toEqual({ mine: 0, unit: 0, late: 0, signing: 0 });
  });

  test('offers as mine nothing that I may not do', async () => {
    for (const who of everyone) {
      const { items } = await inbox(world.as(who), { scope: 'mine' });
      const steps = new Map(items.map((row) => [row.step, row]));
      for (const row of steps.values()) {
        const view = await getOfficeDossier(world.as(who), { dossierId: row.dossierId });
        expect(view.mySteps).toContain(row.step);
      }
    }
  });

  test('offers nobody their own dossier', async () => {
    const ctx = await world.appoint('citizen');
    const { items, total } = await inbox(ctx, { scope: 'mine' });
    expect(items.map((row) => row.dossierId)).not.toContain(made.paidByCitizen);
    expect((await inboxCounts(ctx, {})).mine).toBe(total);
    const listed = (await officeDossiers(ctx, {})).items.map((row) => row.id);
    expect(listed).toContain(made.received);
    expect(listed).not.toContain(made.planned);
    expect((await inbox(ctx, { scope: 'unit' })).total).toBe(22);
  });

  test('says how late a step is in working days', async () => {
    world.clock.at = new Date('2026-11-23T09:00:00+07:00');
    const rowOf = async () =>
      (await inbox(world.as('inspector'), { scope: 'mine' })).items.find((row) => row.dossierId === made.planned)!;
    expect(await rowOf()).toMatchObject({ step: 'inspect', remainingDays: 4, urgency: 'inTime' });
    world.clock.at = new Date('2026-12-01T09:00:00+07:00');
    expect((await rowOf()).remainingDays).toBeLessThan(0);
    expect((await rowOf()).urgency).toBe('late');
  });
});

describe('tracking by code and secret', () => {
  const track = (code: string, secret: string, address = '203.0.113.7') =>
    trackDossier(nobody(world), { code, secret }, address);
  const pairOf = async (id: string) => {
    const { code, trackingSecret } = await getDossier(world.db, id);
    return [code!, trackingSecret!] as const;
  };

  test('shows where a dossier stands, however the pair was typed, and nothing personal', async () => {
    const [code, secret] = await pairOf(made.planned!);
    const shown = await track(code, secret);
    expect(shown).toMatchObject({ code, state: 'inProcessing', stateNumber: 4, step: 'inspect', role: 'inspector' });
    expect(
      await track(
        ` ${code.toLowerCase().replaceAll('-', '–')} `,
        `${secret.slice(0, 4)} ${secret.slice(4)}`.toLowerCase(),
      ),
    ).toEqual(shown);
    const text = JSON.stringify(shown);
    const dossier = await getDossier(world.db, made.planned!);
    for (const personal of [
      'Người',
      'Minh Châu',
      'Hường',
      '0101234567',
      'example.vn',
      secret,
      dossier.id,
      dossier.applicantUserId,
      dossier.title!,
    ])
      expect(text).not.toContain(personal);
  });

  test('gives one answer to a wrong code, a wrong secret, and both', async () => {
    const [code, secret] = await pairOf(made.received!);
    const wrong = async (...pair: [string, string]) => {
      const error = (await track(...pair).catch((thrown: AppError) => thrown)) as AppError;
      return { code: error.code, reason: error.reason, details: error.details };
    };
    const one = await wrong('000.00.10.H26-261123-9999', secret);
    expect(one).toEqual({ code: 'notFound', reason: 'dossiers.errors.trackingPair', details: {} });
    expect(await wrong(code, 'ABCDEFGH')).toEqual(one);
    expect(await wrong('nothing', 'nothing')).toEqual(one);
    expect(await wrong(code, ` ${secret}2`)).toEqual(one);
    expect(await wrong(code, ' ')).toEqual(one);
  });

  test('asks the database the same for every wrong pair', async () => {
    const [code, secret] = await pairOf(made.received!);
    const askedFor = async (...pair: [string, string]) => {
      const asked: string[] = [];
      const ctx = nobody(world);
      type Asker = { unsafe: (text: string, ...rest: unknown[]) => unknown };
      const listening = <T extends object>(client: T): T =>
        new Proxy(client, {
          get: (real, name) => {
            if (name === 'unsafe')
              return (text: string, ...rest: unknown[]) => {
                asked.push(text);
                return (real as unknown as Asker).unsafe(text, ...rest);
              };
            if (name !== 'begin') return Reflect.get(real, name);
            return (...args: unknown[]) => {
              const work = args.pop() as (tx: object) => unknown;
              const { begin } = real as unknown as { begin: (...given: unknown[]) => unknown };
              return begin(...args, (tx: object) => work(listening(tx)));
            };
          },
        });
      const pool = new Proxy(ctx.db, {
        get: (real, name) => (name === '$client' ? listening(real.$client) : Reflect.get(real, name)),
      });
      // a context of its own: every statement goes over the client that listens
      const { db } = newContext(pool, anonymous, ctx.now);
      const [code, secret] = pair;
      await expect(trackDossier({ ...ctx, db }, { code, secret }, '203.0.113.8')).rejects.toThrow('trackingPair');
      return asked;
    };
    const one = await askedFor('000.00.10.H26-261123-9999', secret);
    expect(one.filter((text) => text.includes('from "dossiers"'))).toHaveLength(1);
    expect(one.length).toBeGreaterThan(3);
    expect(await askedFor(code, 'ABCDEFGH')).toEqual(one);
    expect(await askedFor(code, ' ')).toEqual(one);
  });

  test('stops guessing by address and by code', async () => {
    const [code, secret] = await pairOf(made.withdrawn!);
    for (let i = 0; i < 30; i++) await track(`guess-${i}`, 'ABCDEFGH', '198.51.100.1').catch(() => {});
    await expect(track(code, secret, '198.51.100.1')).rejects.toMatchObject({ code: 'limit' });
    expect(await track(code, secret, '198.51.100.2')).toMatchObject({ state: 'withdrawn', step: null });
    for (let i = 0; i < 30; i++) await track(code, 'ABCDEFGH', `198.51.101.${i}`).catch(() => {});
    await expect(track(code, secret, '198.51.100.3')).rejects.toMatchObject({ code: 'limit' });
  });
});
