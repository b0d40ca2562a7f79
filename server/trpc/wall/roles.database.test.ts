import { count, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dossierRoles, type Role, roles } from '#db/enums/roles.ts';
import { dossierPapers, dossiers } from '#db/schema/dossiers.ts';
import { tasks } from '#db/schema/workflow.ts';
import { canReadDossier } from '#server/dossiers/policy.ts';
import { dossiersVisibleTo, getDossier } from '#server/dossiers/records.ts';
import { bringTo, completeDraft } from '#server/dossiers/testing/journey.ts';
import { openWorld, type World } from '#server/dossiers/testing/world.ts';
import { contextOf, insertGrant, insertUser } from '#server/identity/testing.ts';
import type { Context } from '#server/platform/index.ts';

let world: World;
let dossierId: string;
beforeAll(async () => {
  world = await openWorld();
  dossierId = await bringTo(world, 'received', await completeDraft(world));
});
afterAll(() => world.close());

async function appoint(role: Role): Promise<Context> {
  const userId = await insertUser(world.db, { official: true, email: `${role}-alone@example.vn` });
  await insertGrant(world.db, userId, role, world.hanoi);
  return contextOf(world.db, userId, true, () => world.clock.at);
}

/** What the database lets somebody see who asks without any condition. */
async function passes({ db }: Context): Promise<boolean[]> {
  const seen = await Promise.all([
    db.select({ n: count() }).from(dossiers).where(eq(dossiers.id, dossierId)),
    db.select({ n: count() }).from(dossierPapers).where(eq(dossierPapers.dossierId, dossierId)),
    db.select({ n: count() }).from(tasks).where(eq(tasks.businessKey, dossierId)),
  ]);
  return seen.map(([row]) => row!.n > 0);
}

describe('who works for an authority', () => {
  test.each(roles)('sees its dossiers, papers and tasks, or none of them: %s', async (role) => {
    const ctx = await appoint(role);
    const works = dossierRoles.some((one) => one === role);
    expect(canReadDossier(ctx.actor, await getDossier(world.db, dossierId)).allowed).toBe(works);
    const listed = await world.db.select({ id: dossiers.id }).from(dossiers).where(dossiersVisibleTo(ctx.actor));
    expect(listed).toEqual(works ? [{ id: dossierId }] : []);
    // the administrator's books of money are told on the dossier
    const behindTheWall = works || role === 'admin';
    expect(await passes(ctx)).toEqual([behindTheWall, behindTheWall, behindTheWall]);
  });
});
