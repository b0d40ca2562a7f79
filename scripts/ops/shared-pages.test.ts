import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { openSharedPages } from './shared-pages.ts';

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

let made = 0;
/** Answers like a page of ours: a nonce in policy, link and text, and a number that tells how often it was made. */
const page: RequestListener = (_, answer) => {
  made += 1;
  const nonce = Buffer.from(crypto.randomUUID()).toString('base64');
  answer.setHeader('content-type', 'text/html; charset=utf-8');
  answer.setHeader('cache-control', 'no-store');
  answer.setHeader('content-security-policy', `script-src 'nonce-${nonce}'`);
  answer.setHeader('link', `</a.css>; nonce="${nonce}"`);
  answer.write(`<script nonce="${nonce}">1</script>`);
  answer.end(`<p>${made}, một cửa</p><script nonce="${nonce}">2</script>`);
};

/** A door before `answer`, with a clock that is put forward by hand. */
async function doorTo(answer: RequestListener) {
  made = 0;
  let at = 1_000_000;
  const seen: IncomingHttpHeaders[] = [];
  const shared = openSharedPages(() => at);
  const server = createServer((request, response) => {
    if (shared(request, response)) return;
    seen.push({ ...request.headers });
    answer(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  open.push(() => server.close());
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(base + path, init);
    const text = await response.text();
    const policy = response.headers.get('content-security-policy') ?? '';
    return { response, text, nonce: /nonce-([^']+)'/.exec(policy)?.[1] ?? '', told: /<p>(\d+)/.exec(text)?.[1] };
  };
  return { ask, seen, wait: (ms: number) => (at += ms) };
}

describe('a page that says the same to every stranger', () => {
  test('is made once for those who ask in the same moment, and each has a nonce of its own', async () => {
    const { ask } = await doorTo(page);
    const first = await ask('/procedures?q=1');
    const second = await ask('/procedures?q=1');
    expect([first.told, second.told]).toEqual(['1', '1']);
    expect(second.nonce).not.toBe(first.nonce);
    for (const { nonce, text, response } of [first, second]) {
      expect(nonce).toHaveLength(48);
      expect(text.match(/nonce="([^"]+)"/g)).toEqual([`nonce="${nonce}"`, `nonce="${nonce}"`]);
      expect(response.headers.get('link')).toContain(nonce);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('content-encoding')).toBe('gzip');
      expect(text).toContain('một cửa');
    }
  });

  test('is made anew by one of those who ask after a second, and by everybody after two', async () => {
    const { ask, wait } = await doorTo(page);
    await ask('/');
    wait(999);
    expect((await ask('/')).told).toBe('1');
    wait(1);
    expect((await ask('/')).told).toBe('2');
    expect((await ask('/')).told).toBe('2');
    wait(2000);
    expect((await ask('/')).told).toBe('3');
  });

  test('is another one at another address, in another language, under another name of the host', async () => {
    const { ask } = await doorTo(page);
    const told = [
      await ask('/'),
      await ask('/en'),
      await ask('/?a=1'),
      await ask('/', { headers: { 'x-forwarded-host': 'b' } }),
    ];
    expect(told.map((each) => each.told)).toEqual(['1', '2', '3', '4']);
  });

  test('is made from its address alone: nothing else that a stranger sends reaches the framework', async () => {
    const { ask, seen } = await doorTo(page);
    await ask('/', { headers: { 'accept-language': 'fr', 'x-colour': 'red', 'if-none-match': '"1"' } });
    expect(Object.keys(seen[0]!).sort()).toEqual(['connection', 'host']);
  });
});

describe('nothing is kept and nothing kept is given', () => {
  test.each<[string, string, RequestInit]>([
    ['to who has a cookie', '/', { headers: { cookie: 'session=1' } }],
    ['to who has a key', '/', { headers: { authorization: 'Bearer 1' } }],
    ["to the framework's script", '/', { headers: { rsc: '1' } }],
    ['to its prefetching', '/', { headers: { 'next-router-prefetch': '1' } }],
    ['to who sends something', '/', { method: 'POST', body: 'a=1' }],
    ['at a page with a form', '/sign-in', {}],
    ['at a page of an account', '/my', {}],
    ['at a door of the interface', '/api/v1/facilities', {}],
    ['at an address without end', `/?q=${'a'.repeat(600)}`, {}],
  ])('%s', async (_, path, init) => {
    const { ask } = await doorTo(page);
    if (init.method === undefined) await ask(path);
    const [first, second] = [await ask(path, init), await ask(path, init)];
    expect(first.told).not.toBe(second.told);
    // what was made for them is for nobody else either
    const last = await ask(path);
    expect(last.told).not.toBe(second.told);
  });

  test.each<[string, (answer: Parameters<RequestListener>[1]) => void]>([
    ['sets a cookie', (answer) => answer.setHeader('set-cookie', 'a=1')],
    ['is a refusal', (answer) => (answer.statusCode = 404)],
    ['leads elsewhere', (answer) => answer.writeHead(307, { location: '/en' })],
    ['is no page', (answer) => answer.setHeader('content-type', 'application/json')],
    ['has no policy', (answer) => answer.removeHeader('content-security-policy')],
  ])('when the answer %s', async (_, change) => {
    const { ask } = await doorTo((request, answer) => {
      answer.setHeader('content-type', 'text/html');
      answer.setHeader('content-security-policy', "script-src 'nonce-0123456789012345678901234567890123456789'");
      change(answer);
      made += 1;
      answer.end(`<p>${made}</p>`);
      request.resume();
    });
    const answers = [
      await ask('/', { redirect: 'manual' }),
      await ask('/', { redirect: 'manual' }),
      await ask('/', { redirect: 'manual' }),
    ];
    expect(answers.map((each) => each.told)).toEqual(['1', '2', '3']);
  });

  test('beyond a hundred pages: the oldest go', async () => {
    const { ask } = await doorTo(page);
    for (let n = 1; n <= 101; n += 1) await ask(`/procedures?n=${n}`);
    expect((await ask('/procedures?n=101')).told).toBe('101');
    expect((await ask('/procedures?n=1')).told).toBe('102');
  });
});

test.each([
  '/registers/facilities/01900000-0000-7000-8000-000000000000/suggest',
  '/en/registers/drugs/01900000-0000-7000-8000-000000000000/suggest',
  '/registers/suggestions',
])('%s holds a form and is made for everybody anew', async (path) => {
  const { ask } = await doorTo(page);
  await ask(path);
  expect((await ask(path)).told).toBe('2');
});

test('an entry of a register is shared', async () => {
  const { ask } = await doorTo(page);
  await ask('/registers/facilities/01900000-0000-7000-8000-000000000000');
  expect((await ask('/registers/facilities/01900000-0000-7000-8000-000000000000')).told).toBe('1');
});
