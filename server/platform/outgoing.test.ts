import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sourceFiles } from '../../scripts/ops/source-files.ts';
import { callOutside, mayConnectTo, type OutgoingRules } from './outgoing.ts';

const server = createServer((request, response) => {
  if (request.url === '/elsewhere') return response.writeHead(302, { location: '/secret' }).end();
  if (request.url === '/long') return response.end('x'.repeat(100_000));
  if (request.url === '/silent') return undefined;
  return response.end(`you asked for ${request.url}`);
});
let port = 0;
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const loopback = ['127.0.0.0/8', '::1/128'];
const open = (): OutgoingRules => ({ hosts: [`127.0.0.1:${port}`, `localhost:${port}`], privateRanges: loopback });
const call = (path: string, rules = open(), host = '127.0.0.1') =>
  callOutside(`http://${host}:${port}${path}`, { patience: 1000, largest: 50_000 }, rules);

describe('a call to another server', () => {
  test('reaches a host of the list', async () => {
    const answer = await call('/status');
    expect(Buffer.from(answer.body).toString()).toBe('you asked for /status');
  });

  test('goes to no other host, port or scheme', async () => {
    const refused = { code: 'unavailable', reason: 'errors.outgoing.host' };
    await expect(callOutside(`http://127.0.0.1:${port + 1}/`, {}, open())).rejects.toMatchObject(refused);
    await expect(callOutside('https://example.vn/', {}, open())).rejects.toMatchObject(refused);
    for (const address of ['file:///etc/passwd', 'gopher://127.0.0.1/', `http://user@127.0.0.1:${port}/`, 'no address'])
      await expect(callOutside(address, {}, open())).rejects.toMatchObject({ reason: 'errors.outgoing.scheme' });
  });

  test('does not reach a private address although the host is on the list, by number or by name', async () => {
    for (const host of ['127.0.0.1', 'localhost']) {
      const rules = { ...open(), privateRanges: [] };
      await expect(call('/', rules, host)).rejects.toMatchObject({ reason: 'errors.outgoing.address' });
    }
    const metadata = { hosts: ['169.254.169.254'], privateRanges: ['0.0.0.0/0'] };
    await expect(callOutside('http://169.254.169.254/latest/meta-data', {}, metadata)).rejects.toMatchObject({
      reason: 'errors.outgoing.address',
    });
  });

  test('does not follow a redirect', async () => {
    const answer = await call('/elsewhere');
    expect(answer).toMatchObject({ status: 302, headers: { location: '/secret' } });
    expect(answer.body.byteLength).toBe(0);
  });

  test('ends when the other side says too much or nothing', async () => {
    await expect(call('/long')).rejects.toMatchObject({ reason: 'errors.outgoing.unanswered' });
    await expect(call('/silent')).rejects.toMatchObject({ reason: 'errors.outgoing.unanswered' });
  });
});

test.each([
  ['8.8.8.8', true],
  ['203.162.4.191', true],
  ['2405:4800::1', true],
  ['127.0.0.1', false],
  ['10.1.2.3', false],
  ['172.31.0.1', false],
  ['192.168.1.1', false],
  ['100.64.0.1', false],
  ['169.254.169.254', false],
  ['0.0.0.0', false],
  ['::', false],
  ['::1', false],
  ['fe80::1', false],
  ['fd00::1', false],
  ['::ffff:127.0.0.1', false],
  ['::ffff:7f00:1', false],
  ['64:ff9b::a00:1', false],
  ['not an address', false],
])('%s may be connected to without a word in the settings: %s', (address, may) => {
  expect(mayConnectTo(address, [])).toBe(may);
});

test('an address range of the settings opens that range alone, and never where clouds keep their metadata', () => {
  expect(mayConnectTo('10.20.3.4', ['10.20.0.0/16'])).toBe(true);
  expect(mayConnectTo('10.21.3.4', ['10.20.0.0/16'])).toBe(false);
  expect(mayConnectTo('169.254.169.254', ['169.254.0.0/16'])).toBe(false);
});

/** Who may open connections of their own, and why: the outgoing door itself, the scanner, mail, look-ups of addresses. */
const ownConnections = /^server\/platform\/(outgoing|scanner|env)\.ts$/;

test('nothing else on the server calls out: no fetch, no client of http, https or net', async () => {
  const files = (await sourceFiles()).filter(
    (file) => /^(server|workflows)\/.*\.ts$/.test(file) && !/\.test\.ts$|\/testing\//.test(file),
  );
  expect(files.length).toBeGreaterThan(100);
  const faults: string[] = [];
  for (const file of files.filter((each) => !ownConnections.test(each))) {
    const text = await readFile(file, 'utf8');
    if (/(?<![\w.])fetch\(|from 'node:(http|https|http2|net|tls|dgram)'|new WebSocket\(/.test(text)) faults.push(file);
  }
  expect(faults).toEqual([]);
});
