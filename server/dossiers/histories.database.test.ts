import { appendFileSync } from 'node:fs';
import { type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '#db/client.ts';
import { verifyAuditChain } from '#server/platform/index.ts';
import { type History, playHistory, randomOf, shrink, written } from './testing/histories.ts';
import { brokenInvariants } from './testing/invariants.ts';
import { bringTo, completeDraft, copyDraft } from './testing/journey.ts';
import { verbs } from './testing/verbs.ts';
import { openWorld, type World } from './testing/world.ts';

/** `npm run drill -- histories` asks for many more, with a seed of its own. */
const count = Number(process.env.HISTORIES ?? 6);
const seed = Number(process.env.HISTORIES_SEED ?? 20261123);
const tell = (line: string) => process.env.HISTORIES_LOG && appendFileSync(process.env.HISTORIES_LOG, `${line}\n`);

let world: World;
let template: string;
beforeAll(async () => {
  world = await openWorld({ keys: true });
  template = await completeDraft(world);
});
afterAll(() => world.close());

const onPurpose: [string, SQL, RegExp][] = [
  [
    'a code was left out',
    sql`update dossiers set code = replace(code, '-0001', '-0009') where code like '%-0001'`,
    /codes have no gap/,
  ],
  ['a slip has the wrong number', sql`update slips set number = number + 100 where form = '01'`, /slips are numbered/],
  ['a state was set by hand', sql`update dossiers set state = 2 where state = 4`, /where its process shows 4/],
  ['a task vanished', sql`delete from tasks where status = 'open'`, /open tasks/],
  [
    'a filing was told twice',
    sql`insert into dossier_events (dossier_id, at, kind, visibility) select id, now(), 'filed', 'all' from dossiers where state > 0`,
    /the timeline tells/,
  ],
  ['a notice was lost', sql`delete from notifications where dedupe_key like 'filed:%'`, /was announced/],
  ['money came from nowhere', sql`update payment_intents set receipt_number = null`, /money that settled/],
  [
    'the clock stopped twice',
    sql`insert into clock_events (dossier_id, kind, at, reason, calendar_version) select dossier_id, 'stop', now(), 'x', '1' from clock_events, generate_series(1, 2) where kind = 'start'`,
    /the clock begins once/,
  ],
  ['a timer was lost', sql`delete from graphile_worker._private_jobs where key like 'timer:%'`, /timer jobs/],
  ['history was left out', sql`update process_instances set revision = revision + 1`, /not one history row a revision/],
];

test('the checker finds what was broken on purpose, and nothing before that', async () => {
  await bringTo(world, 'assessed', await copyDraft(world, template));
  await oneThatWaits();
  expect(await brokenInvariants(world.own.ownerDb)).toEqual([]);
  for (const [what, breaking, expected] of onPurpose) {
    class Undone extends Error {}
    const undone = world.own.ownerDb.transaction(async (tx) => {
      await tx.execute(breaking);
      expect((await brokenInvariants(tx as unknown as Database)).join('; '), what).toMatch(expected);
      throw new Undone();
    });
    await expect(undone, what).rejects.toThrow(Undone);
  }
});

/** A second dossier that waits for an answer: with a timer armed. */
async function oneThatWaits(): Promise<void> {
  const dossierId = await bringTo(world, 'received', await copyDraft(world, template));
  await verbs.find((verb) => verb.name === 'ask for a supplement')!.play(world, dossierId);
  await world.work();
}

test('random histories with deaths between any two statements and people acting at once leave no illegal state', async () => {
  const outcomes: Record<string, number> = {};
  for (let i = 0; i < count; i += 1) {
    const random = randomOf(seed + i);
    const history: History = await playHistory(world, template, { random, length: 18 + random(18) });
    for (const [how, n] of Object.entries(history.outcomes)) outcomes[how] = (outcomes[how] ?? 0) + n;
    if (history.faults.length > 0) {
      const least = await shrink(world, template, history);
      expect.fail(`seed ${seed + i}, as played:\n${written(history)}\nat least:\n${written(least)}`);
    }
    if (i % 10 === 9) tell(`progress ${i + 1}`);
  }
  for (const [how, n] of Object.entries(outcomes)) tell(`did ${how} ${n}`);
  expect((await verifyAuditChain(world.own.ownerDb)).firstBad).toBeNull();
  expect(outcomes.crashed ?? 0).toBeGreaterThan(count);
}, 3_600_000);
