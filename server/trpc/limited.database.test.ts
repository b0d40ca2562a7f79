import { describe, expect } from 'vitest';
import { testDatabase as test } from '#db/testing/index.ts';
import { contextOf, insertUser } from '#server/identity/testing.ts';
import { anonymous, newContext } from '#server/platform/index.ts';
import { createCallerFactory, limited, router } from './init.ts';

const at = new Date('2026-11-23T09:00:00+07:00');
const counted = router({ act: limited('test', 3).mutation(() => 'done') });
const callerFor = createCallerFactory(counted);

describe('a limited procedure', () => {
  test('answers one person so often an hour, whoever else calls, and says when it goes on', async ({ db }) => {
    const ann = callerFor(await contextOf(db, await insertUser(db), false, () => at));
    const ben = callerFor(await contextOf(db, await insertUser(db), false, () => at));
    for (let call = 0; call < 3; call++) expect(await ann.act()).toBe('done');
    await expect(ann.act()).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    expect(await ben.act()).toBe('done');
    expect(await callerFor(newContext(db, anonymous, () => at)).act()).toBe('done');
  });

  test('counts every call of a batch, side by side', async ({ db }) => {
    const ann = callerFor(await contextOf(db, await insertUser(db), false, () => at));
    const calls = await Promise.allSettled(Array.from({ length: 10 }, () => ann.act()));
    expect(calls.filter((call) => call.status === 'fulfilled')).toHaveLength(3);
  });
});
