import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { APIRequestContext, APIResponse } from '@playwright/test';
import { expect, readAccounts, signIn, test } from '../fixtures.ts';
import { pages, routes, withoutCookies } from './app-doors.ts';

const evil = 'https://evil.example';
const bodies: Record<string, { type: string; body: string }> = {
  json: { type: 'application/json', body: '{"json":{"name":"x","locale":"vi"}}' },
  multipart: {
    type: 'multipart/form-data; boundary=x',
    body: '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n',
  },
  urlencoded: { type: 'application/x-www-form-urlencoded', body: 'name=x' },
  text: { type: 'text/plain', body: 'x' },
};
const writing = (
  request: APIRequestContext,
  path: string,
  method: string,
  headers: Record<string, string>,
  body: string,
) => request.fetch(path, { method, headers, data: body, maxRedirects: 0 });

const protectedPages = () => pages().filter((path) => /^\/(my|office)(\/|$)/.test(path));

test.describe('writes from elsewhere', () => {
  const doors = routes().flatMap(({ path, methods }) =>
    withoutCookies.test(path) ? [] : methods.filter((method) => method !== 'GET').map((method) => ({ path, method })),
  );

  test('are refused by every route and page, in every shape, whatever origin they name', async ({ request }) => {
    const targets = [...doors, ...pages().map((path) => ({ path, method: 'POST' }))];
    const wrong: string[] = [];
    for (const { path, method } of targets) {
      for (const origin of [evil, 'null', null]) {
        for (const [shape, { type, body }] of Object.entries(bodies)) {
          const headers = { 'content-type': type, ...(origin ? { origin } : {}) };
          const answer = await writing(request, path, method, headers, body);
          if (![403, 415].includes(answer.status()))
            wrong.push(`${method} ${path} ${origin} ${shape}: ${answer.status()}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  test('are not let in by a forwarded host, or by a site that calls itself ours', async ({ request, baseURL }) => {
    const forged: Record<string, string>[] = [
      { origin: evil, 'x-forwarded-host': 'evil.example' },
      {
        origin: evil,
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'https',
        forwarded: 'host=evil.example',
      },
      { origin: `${baseURL}.evil.example` },
      { origin: baseURL!, 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of forged) {
      const answer = await writing(
        request,
        '/sign-in',
        'POST',
        { ...headers, 'content-type': 'application/json' },
        '{}',
      );
      expect(answer.status(), JSON.stringify(headers)).toBe(403);
    }
  });

  test('in a batch of more than ten calls are refused as a whole', async ({ request }) => {
    const batch = (count: number) =>
      request.get(`/api/trpc/${Array(count).fill('procedures.sectors').join(',')}?batch=1`);
    expect((await batch(10)).status()).toBe(200);
    expect((await batch(11)).status()).toBe(400);
    expect((await batch(200)).status()).toBe(400);
  });
});

test.describe('what a client says of itself', () => {
  test('changes no address the server writes', async ({ request }) => {
    const headers = {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '444',
      'x-original-url': '/office',
      'x-rewrite-url': '/office',
    };
    for (const path of ['/', '/my', '/office', '/track', '/api/v1/openapi.json', '/api/auth/providers']) {
      const plain = await request.get(path, { maxRedirects: 0 });
      const forged = await request.get(path, { headers, maxRedirects: 0 });
      expect(forged.status(), path).toBe(plain.status());
      expect(forged.headers().location, path).toBe(plain.headers().location);
      expect(JSON.stringify(forged.headers()) + (await forged.text()), path).not.toContain('evil.example');
    }
  });

  test('opens no protected page: sub-requests, prefetches, data forms and encoded paths', async ({ request }) => {
    const tricks: Record<string, string>[] = [
      {},
      { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
      { 'x-middleware-subrequest': 'src/middleware:src/middleware:src/middleware:src/middleware:src/middleware' },
      { rsc: '1' },
      { rsc: '1', 'next-router-prefetch': '1' },
      { rsc: '1', 'next-router-segment-prefetch': '/_tree' },
      { rsc: '1', 'next-router-segment-prefetch': '/__PAGE__' },
      { 'x-invoke-path': '/', 'x-matched-path': '/', 'x-nextjs-rewritten-path': '/' },
    ];
    const forms = (path: string) => [
      path,
      `${path}.rsc`,
      `${path}/`,
      `/vi${path}`,
      `/en${path}`,
      path.replace('/my', '/%6dy').replace('/office', '/%6fffice'),
      `/.${path}`,
      `/x/..${path}`,
    ];
    for (const path of ['/my/dossiers', '/my/profile', '/office', '/office/inbox', '/office/administration']) {
      for (const form of forms(path)) {
        for (const headers of tricks) {
          const answer = await request.get(form, { headers, maxRedirects: 0 });
          const body = await answer.text();
          // neither the frame of somebody signed in nor any datum: a redirect, a refusal or a page that says so
          expect(body, `${form} ${JSON.stringify(headers)}`).not.toMatch(
            /@motcua|data-account|name="csrf|000\.00\.\d\d\.H\d\d-\d{6}/,
          );
          expect(answer.status(), `${form} ${JSON.stringify(headers)}`).toBeLessThan(500);
        }
      }
    }
  });

  test('does not upgrade a connection', async ({ baseURL }) => {
    const { hostname, port } = new URL(baseURL!);
    for (const path of ['/', '/_next/webpack-hmr', '/api/trpc/procedures.sectors', 'http://169.254.169.254/']) {
      const answer = await new Promise<string>((resolve, reject) => {
        const socket = connect(Number(port), hostname, () =>
          socket.write(
            `GET ${path} HTTP/1.1\r\nhost: ${hostname}:${port}\r\nconnection: Upgrade\r\nupgrade: websocket\r\n` +
              'sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
          ),
        );
        socket.setTimeout(5_000, () => socket.destroy());
        socket.once('data', (data) => {
          resolve(String(data).split('\r\n')[0]!);
          socket.destroy();
        });
        socket.once('close', () => resolve('closed'));
        socket.once('error', reject);
      });
      expect(answer, path).not.toContain(' 101 ');
    }
  });
});

const wanted: Record<string, RegExp> = {
  'strict-transport-security': /max-age=(\d{8,})/,
  'x-content-type-options': /^nosniff$/,
  'referrer-policy': /strict-origin|no-referrer/,
  'cross-origin-opener-policy': /^same-origin$/,
  'permissions-policy': /camera/,
};

function lackingHeaders(answer: APIResponse): string[] {
  const headers = answer.headers();
  const lacking = Object.entries(wanted).flatMap(([name, value]) => (value.test(headers[name] ?? '') ? [] : [name]));
  return [...lacking, ...(headers['x-powered-by'] === undefined ? [] : ['x-powered-by'])];
}

test.describe('every answer', () => {
  test('carries the security headers: pages, errors, files, the interface', async ({ request }) => {
    const assets = readdirSync('.next/static/chunks')
      .slice(0, 1)
      .map((name) => `/_next/static/chunks/${name}`);
    const addresses = [
      ...pages(),
      ...routes().map(({ path }) => path),
      ...assets,
      '/nothing-here',
      '/api/nothing',
      '/robots.txt',
      '/%E0%A4%A',
    ];
    const wrong: string[] = [];
    for (const path of addresses) {
      const answer = await request.get(path, { maxRedirects: 0 });
      const lacking = lackingHeaders(answer);
      if (lacking.length > 0) wrong.push(`${answer.status()} ${path}: ${lacking.join(', ')}`);
    }
    const refused = await writing(request, '/sign-in', 'POST', { origin: evil, 'content-type': 'text/plain' }, 'x');
    if (lackingHeaders(refused).length > 0) wrong.push(`403: ${lackingHeaders(refused).join(', ')}`);
    expect(wrong).toEqual([]);
  });

  test('runs no script but its own: no unsafe-inline, no unsafe-eval, a nonce of its own, framed by nobody', async ({
    request,
  }) => {
    const wrong: string[] = [];
    for (const path of [...pages(), '/nothing-here', ...routes().map((route) => route.path)]) {
      const policies = await Promise.all(
        [1, 2].map(
          async () => (await request.get(path, { maxRedirects: 0 })).headers()['content-security-policy'] ?? '',
        ),
      );
      const [first = '', second = ''] = policies;
      const scripts =
        /script-src ([^;]*)/.exec(first)?.[1] ?? /default-src ([^;]*)/.exec(first)?.[1] ?? "'unsafe-inline'";
      if (/unsafe-(inline|eval|hashes)|\*|data:|https?:/.test(scripts)) wrong.push(`${path}: script-src ${scripts}`);
      const nonce = /'nonce-([^']+)'/.exec(scripts)?.[1];
      if (nonce && second.includes(nonce)) wrong.push(`${path}: the same nonce twice`);
      if (!/frame-ancestors 'none'/.test(first) && !path.startsWith('/embed/') && !/sandbox/.test(first))
        wrong.push(`${path}: ${first.slice(0, 80)}`);
    }
    expect(wrong).toEqual([]);
  });
});

test('protected pages send strangers to sign in', async ({ request }) => {
  for (const path of protectedPages()) {
    const answer = await request.get(path, { maxRedirects: 0 });
    expect([303, 307, 404], `${answer.status()} ${path}`).toContain(answer.status());
  }
});

test('a page shared among strangers knows nobody, and nobody signed in gets one', async ({ page, request }) => {
  const business = (await readAccounts()).find((account) => account.role === 'business')!;
  const home = async () => (await request.get('/')).text();
  expect(await home()).not.toContain(business.name);
  await signIn(page, business);
  // strangers keep the page in everybody's hands meanwhile
  for (let n = 0; n < 5; n += 1) {
    const [mine, theirs] = await Promise.all([
      page
        .context()
        .request.get('/')
        .then((own) => own.text()),
      home(),
    ]);
    expect(mine).toContain(business.name);
    expect(theirs).not.toContain(business.name);
  }
});

test('secrets are in no file the browser gets and in no page', async ({ request }) => {
  const folder = process.env.DATA_DIR ?? '.data';
  const kept = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'demo-accounts.json')
    .map((entry) => readFileSync(join(folder, entry.name), 'utf8'));
  const secrets = kept.flatMap((text) => text.match(/[A-Za-z0-9+/_-]{24,}=*/g) ?? []);
  const accounts = JSON.parse(readFileSync(join(folder, 'demo-accounts.json'), 'utf8')) as {
    password: string;
    totpSecret?: string;
  }[];
  secrets.push(...accounts.flatMap(({ password, totpSecret }) => [password, ...(totpSecret ? [totpSecret] : [])]));
  expect(secrets.length).toBeGreaterThan(10);
  const found = (text: string) => secrets.filter((secret) => text.includes(secret)).length;
  const bundle = readdirSync('.next/static', { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  expect(bundle.length).toBeGreaterThan(5);
  for (const file of bundle) expect(found(readFileSync(join(file.parentPath, file.name), 'utf8')), file.name).toBe(0);
  for (const path of [...pages(), '/nothing-here', '/api/trpc/identity.myProfile?input=%7B', '/%E0%A4%A'])
    expect(found(await (await request.get(path)).text()), path).toBe(0);
});

test('a form that broke off is the sender’s fault, and says so', async ({ request, baseURL }) => {
  const whole = bodies.multipart!;
  const headers = { origin: new URL(baseURL!).origin, 'content-type': whole.type };
  for (const body of ['', whole.body.slice(0, 30), whole.body.slice(0, -5)]) {
    const response = await writing(request, '/sign-in', 'POST', headers, body);
    expect(`${body.length} ${response.status()}`).toBe(`${body.length} 400`);
    expect(await response.text()).toContain('Không đọc được nội dung gửi lên');
  }
});
