import { expect } from 'vitest';
import { answer } from '#app/_server/answer.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { registerEntry, registerList } from '#server/exchange/index.ts';

// nothing is wired here, as in a process that has shown no page yet
test('a process that is asked for a register before anything else knows its registers', async ({ db }) => {
  const request = new Request('http://motcua.test/api/v1/drugs?asOf=2026-01-01');
  const list = await answer(db, request, {}, registerList('drugs', registerEntry('drugs') as never));
  expect([list.status, (await list.json()).total]).toEqual([200, 0]);
});
