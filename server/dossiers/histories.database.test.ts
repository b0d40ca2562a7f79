import { appendFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyAuditChain } from '#server/platform/index.ts';
import { type History, playHistory, randomOf, shrink, written } from './testing/histories.ts';
import { completeDraft } from './testing/journey.ts';
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

test('random histories with deaths between any two statements and people acting at once leave no illegal state', async () => {
  const outcomes: Record<string, number> = {};
  for (let i = 0; i < count; i += 1) {
    const random = randomOf(seed + i);
    const history: History = await playHistory(world, template, { random, length: 14 + random(14) });
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
