import { expect, test } from 'vitest';
import { answerCall } from './answer-call.ts';

const ask = async (reason: Error) => {
  const answer = await answerCall(new Request('http://localhost/api/trpc/dossiers.draft'), async () => {
    throw reason;
  });
  const { error } = (await answer.json()) as { error: { json: { message: string } } };
  return { status: answer.status, reason: error.json.message };
};

test('a database that goes away while it is read who asks is 503, as at any later statement', async () => {
  const lost = Object.assign(new Error('write CONNECTION_CLOSED'), { code: 'CONNECTION_CLOSED' });
  const reason = new Error('Failed query: select … from "sessions"', { cause: lost });
  expect(await ask(reason)).toEqual({ status: 503, reason: 'errors.unavailable' });
});

test('anything else there is a 500 without detail', async () => {
  expect(await ask(new Error('a secret'))).toEqual({ status: 500, reason: 'errors.unexpected' });
});
