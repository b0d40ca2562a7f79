import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type Database } from '#db/client.ts';
import { runQueuedJobs } from '#db/testing/jobs.ts';
import { trackDossier } from '#server/dossiers/index.ts';
import { getDossier } from '#server/dossiers/records.ts';
import { bringTo, completeDraft, standing } from '#server/dossiers/testing/journey.ts';
import { openWorld, type World } from '#server/dossiers/testing/world.ts';
import { anonymous, newContext } from '#server/platform/index.ts';
import { workerTasks } from '#server/worker.ts';

let world: World;
let pool: Database;

beforeAll(async () => {
  const lenient = await openWorld({ keys: true });
  pool = connect(lenient.own.url);
  const now = () => lenient.clock.at;
  const tasks = workerTasks(pool, now);
  world = {
    ...lenient,
    asActor: (actor) => newContext(pool, actor, now),
    as: (who) => newContext(pool, lenient.as(who).actor, now),
    work: () => runQueuedJobs(lenient.own, tasks),
  };
});
afterAll(async () => {
  await pool.$client.end({ timeout: 1 });
  await world.close();
});

describe('on a pool that says nothing by itself, as in production,', () => {
  test('a dossier goes its whole way from the draft to the delivered certificate', async () => {
    const id = await bringTo(world, 'delivered', await completeDraft(world));
    expect(await standing(world, id)).toEqual({ state: 9, waits: ['collect'] });
    const { code, trackingSecret } = await getDossier(world.db, id);
    const pair = { code: code ?? '', secret: trackingSecret ?? '' };
    const tracked = await trackDossier(
      newContext(pool, anonymous, () => world.clock.at),
      pair,
      'address-1',
    );
    expect(tracked).toMatchObject({ code, stateNumber: 9, step: 'collect' });
    expect(tracked.phases.length).toBeGreaterThan(2);
  });
});
