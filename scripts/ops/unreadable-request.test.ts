import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, test } from 'vitest';
import { answerFault } from './unreadable-request.ts';

/** What a server says to these bytes. */
async function say(bytes: string): Promise<string> {
  const server = createServer((_request, response) => response.end('read'));
  server.on('clientError', answerFault);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.end(bytes);
  let answer = '';
  for await (const piece of socket.setEncoding('utf8')) answer += piece;
  server.close();
  return answer;
}

test('an address with letters as they are typed is answered with the address as it is written', async () => {
  const answer = await say('GET /api/v1/facilities?q=hoà+bình HTTP/1.1\r\nhost: a\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(JSON.parse(answer.split('\r\n\r\n')[1]!)).toMatchObject({
    status: 400,
    detail: expect.stringContaining('/api/v1/facilities?q=ho%C3%A0+b%C3%ACnh'),
  });
});

test.each(['nonsense\r\n\r\n', 'GET /ắ'])('what is no request at all is refused without a word: %s', async (bytes) => {
  expect(await say(bytes)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0/);
});
