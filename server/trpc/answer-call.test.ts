import { expect, test } from 'vitest';
import { anonymous, type Context } from '#server/platform/index.ts';
import { answerCall } from './answer-call.ts';

/** No database stands behind these: a call that reached a procedure would fail otherwise than it is expected to. */
const stranger: Context = { db: undefined as never, actor: anonymous, now: () => new Date(), requestId: 'test' };

const ask = async (reason: Error) => {
  const answer = await answerCall(new Request('http://localhost/api/trpc/dossiers.draft'), async () => {
    throw reason;
  });
  return said(answer);
};

const said = async (answer: Response) => {
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

test.each([
  ['GET', 'no.such.procedure', 404, 'errors.noProcedure'],
  ['GET', 'constructor', 404, 'errors.noProcedure'],
  ['GET', 'notifications.markRead', 405, 'errors.method'],
  ['POST', 'dossiers.draft', 415, 'errors.json.notJson'],
])('a call that no procedure sees is told what is wrong with it: %s %s', async (method, path, status, reason) => {
  const answer = await answerCall(new Request(`http://localhost/api/trpc/${path}`, { method }), async () => stranger);
  expect(await said(answer)).toEqual({ status, reason });
});
