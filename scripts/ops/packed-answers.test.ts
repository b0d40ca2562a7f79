import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { letAnswersBePacked } from './packed-answers.ts';

test('an answer that says it is packed is sent as such, and only to who can unpack it', async () => {
  const server = createServer((request, response) => {
    letAnswersBePacked(request, response);
    const may = request.headers['x-packed'] === 'gzip';
    if (may) response.setHeader('x-packed', 'gzip');
    response.end(may ? gzipSync('tile') : 'tile');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const packed = await fetch(url, { headers: { 'accept-encoding': 'gzip' } });
  expect([packed.headers.get('content-encoding'), packed.headers.get('x-packed'), await packed.text()]).toEqual([
    'gzip',
    null,
    'tile',
  ]);
  const plain = await fetch(url, { headers: { 'accept-encoding': 'identity', 'x-packed': 'gzip' } });
  expect([plain.headers.get('content-encoding'), await plain.text()]).toEqual([null, 'tile']);
  server.close();
});
