import { eq, sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { users } from '#db/schema/identity.ts';
import { loadAuthorities } from '#db/seeds/reference/authorities.ts';
import provinces from '#db/seeds/reference/provinces.json' with { type: 'json' };
import wards from '#db/seeds/reference/wards.json' with { type: 'json' };
import { type OwnDatabase, ownDatabase } from '#db/testing/index.ts';
import { runQueuedJobs } from '#db/testing/jobs.ts';
import { healthDepartmentOf } from '#server/identity/index.ts';
import {
  contextOf,
  insertGrant,
  insertMembership,
  insertOrganisation,
  insertPost,
  insertUnit,
  insertUser,
} from '#server/identity/testing.ts';
import {
  type Actor,
  anonymous,
  type Context,
  newContext,
  type Role,
  systemActor,
  transaction,
} from '#server/platform/index.ts';
import { currentVersion, publishBuiltIn, publishProcedure } from '#server/procedures/index.ts';
import { ensureDemoAuthority } from '#server/signatures/index.ts';
import { type BuiltInTerritory, loadTerritory, territoryPack } from '#server/territory/index.ts';
import { wire } from '#server/wiring.ts';
import { workerTasks } from '#server/worker.ts';

// keys are encrypted under it beside their PIN
process.env.AUTH_SECRET ??= 'a secret of the tests that is long enough';

export const pin = '482916';
/** Nine o'clock of a Monday in Vietnam; tests move the clock on from here. */
const monday = new Date('2026-11-23T09:00:00+07:00');

const everyRole: Role[] = ['one-stop', 'officer', 'inspector', 'head', 'leader', 'clerk', 'registrar'];
/** Who takes part: officials of Hà Nội's health department, one of Đà Nẵng's with every role, applicants. */
const officials: Record<string, Role[]> = {
  oneStop: ['one-stop'],
  officer: ['officer'],
  otherOfficer: ['officer'],
  inspector: ['inspector'],
  otherInspector: ['inspector'],
  head: ['head'],
  leader: ['leader'],
  otherLeader: ['leader'],
  clerk: ['clerk'],
  registrar: ['registrar'],
  /** may do every step, though never initial or sign the own draft */
  allRounder: everyRole,
};

export type Who =
  | 'oneStop'
  | 'officer'
  | 'otherOfficer'
  | 'inspector'
  | 'otherInspector'
  | 'head'
  | 'leader'
  | 'otherLeader'
  | 'clerk'
  | 'registrar'
  | 'allRounder'
  | 'elsewhere'
  | 'owner'
  | 'partner'
  | 'citizen'
  | 'stranger';

export interface World {
  own: OwnDatabase;
  db: Database;
  hanoi: string;
  danang: string;
  business: string;
  /** the clock of everything; tests set `at` */
  clock: { at: Date };
  id: (who: Who) => string;
  /** a request of somebody, at the time of the clock */
  as: (who: Who) => Context;
  /** the same with other facts about the person, e.g. acting for oneself */
  asActor: (actor: Actor) => Context;
  /** somebody becomes an official with every role at Hà Nội: a request of theirs from then on */
  appoint: (who: Who) => Promise<Context>;
  /** runs what is due in the queue as the worker does; throws when a job failed */
  work: () => Promise<void>;
  /** moves the clock and lets the timers of one process fire */
  fireTimers: (instanceId: string, at: Date) => Promise<void>;
  close: () => Promise<void>;
}

/**
 * A database with everything that is there before the first dossier, and real sessions of everybody.
 * `keys`: those who sign have keys; `persons`: the procedure is also open to persons, by a second version of it.
 */
export async function openWorld(options: { keys?: boolean; persons?: boolean } = {}): Promise<World> {
  wire();
  const own = await ownDatabase();
  const { db } = own;
  const clock = { at: monday };
  const now = () => clock.at;
  await loadTerritory(db, territoryPack(undefined, { provinces, wards } as BuiltInTerritory));
  await loadAuthorities(db);
  await publishBuiltIn(newContext(db, systemActor('test'), now));
  if (options.persons) await openToPersons(newContext(db, systemActor('test'), now));
  const hanoi = (await healthDepartmentOf(db, '01')).id;
  const danang = (await healthDepartmentOf(db, '48')).id;
  const business = await insertOrganisation(db, {
    kind: 'business',
    name: 'Công ty TNHH Dược phẩm Minh Châu',
    taxCode: '0101234567',
    provinceCode: '01',
  });
  const contexts = await enterPeople(db, { hanoi, danang, business, now });
  if (options.keys) await giveKeys(db, contexts, hanoi, now);
  const asActor = (actor: Actor): Context => newContext(db, actor, now);
  const tasks = workerTasks(db, now);
  const work = async () => {
    await runQueuedJobs(own, tasks);
    await noneFailed(own);
  };
  return {
    own,
    db,
    hanoi,
    danang,
    business,
    clock,
    id: (who) => personIn(contexts.get(who)!).userId,
    as: (who) => asActor(contexts.get(who)!.actor),
    asActor,
    appoint: async (who) => {
      const { userId } = personIn(contexts.get(who)!);
      await db.update(users).set({ official: true }).where(eq(users.id, userId));
      for (const role of everyRole) await insertGrant(db, userId, role, hanoi);
      return contextOf(db, userId, true, now);
    },
    work,
    fireTimers: async (instanceId, at) => {
      clock.at = at;
      await own.ownerDb.execute(
        sql`update graphile_worker._private_jobs set run_at = now() where key like ${`timer:${instanceId}:%`}`,
      );
      await work();
    },
    close: () => own.close(),
  };
}

export const nobody = (world: World): Context => world.asActor(anonymous);

function personIn(ctx: Context) {
  if (ctx.actor.kind !== 'person') throw new Error('nobody is signed in');
  return ctx.actor;
}

interface Places {
  hanoi: string;
  danang: string;
  business: string;
  now: () => Date;
}

async function enterPeople(db: Database, { hanoi, danang, business, now }: Places): Promise<Map<Who, Context>> {
  const contexts = new Map<Who, Context>();
  const enter = async (who: Who, roles: Role[], organisationId: string | null) => {
    const official = organisationId !== null;
    const userId = await insertUser(db, { name: `Người ${who}`, email: `${who.toLowerCase()}@example.vn`, official });
    if (organisationId) {
      const unit = await insertUnit(db, organisationId);
      await insertPost(db, userId, unit.id, { title: 'Chuyên viên', signatureTitle: `CHỨC VỤ\n${who.toUpperCase()}` });
      for (const role of roles) await insertGrant(db, userId, role, organisationId);
    }
    if (who === 'owner' || who === 'partner')
      await insertMembership(db, userId, business, who === 'owner' ? 'owner' : 'representative');
    const ctx = await contextOf(db, userId, official, now);
    const actingFor = who === 'owner' || who === 'partner' ? business : null;
    contexts.set(who, { ...ctx, actor: { ...personIn(ctx), actingFor } });
  };
  for (const [who, roles] of Object.entries(officials)) await enter(who as Who, roles, hanoi);
  await enter('elsewhere', everyRole, danang);
  for (const who of ['owner', 'partner', 'citizen', 'stranger'] as const) await enter(who, [], null);
  return contexts;
}

/** Keys of the demonstration authority for those who sign, all with one PIN, and the department's seal. */
async function giveKeys(db: Database, contexts: Map<Who, Context>, hanoi: string, now: () => Date): Promise<void> {
  const organisationName = 'Sở Y tế Hà Nội';
  const people = (['head', 'leader', 'allRounder'] as const).map((who) => {
    const { userId, name } = personIn(contexts.get(who)!);
    return { userId, name, organisationName, pin };
  });
  const seals = [{ organisationId: hanoi, organisationName, pin }];
  await transaction(newContext(db, systemActor('test'), now), (tx) => ensureDemoAuthority(tx, { people, seals }));
}

/** The next version of the pharmacy procedure differs in who may apply. */
async function openToPersons(ctx: Context): Promise<void> {
  const version = await currentVersion(ctx.db, 'pharmacy-eligibility', ctx.now());
  const { form, decisions, templates, diagram, definition } = version;
  const data = { form, decisions, templates, diagram, definition: { ...definition, applicant: 'any' as const } };
  await publishProcedure(ctx, { data, contentHash: '0'.repeat(64) });
}

/** A failed job would come back later and hide: tests want to hear of it at once. */
async function noneFailed(own: OwnDatabase): Promise<void> {
  const rows = await own.ownerDb.execute<{ name: string; error: string }>(
    sql`select task_identifier as name, last_error as error from graphile_worker.jobs where last_error is not null`,
  );
  const [first] = rows;
  if (first) throw new Error(`job ${first.name} failed: ${first.error}`);
}
