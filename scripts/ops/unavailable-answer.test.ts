import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { fillFaultPages } from './fault-pages.ts';
import { answerMethod, answerUnavailable, answerUnreadable, mayTake, needsDatabase } from './unavailable-answer.ts';

/** What is answered at this address while the database is away. */
async function ask(path: string, init: RequestInit = {}): Promise<{ response: Response; text: string }> {
  const server = createServer((request, response) => answerUnavailable(request, response, 'database'));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, init);
  const text = await response.text();
  server.close();
  return { response, text };
}

test('people get a page in both languages, and are told when to come again', async () => {
  const { response, text } = await ask('/procedures?q=a');
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '10']);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(text).toMatch(/<html lang="vi">.+<h1>.+<section lang="en">/s);
  expect(text).not.toContain('<script');
});

test('an address that cannot be read is answered with a page that says so', async () => {
  const server = createServer((_request, response) => answerUnreadable(response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/%ff`);
  expect(response.status).toBe(400);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await response.text()).toMatch(/<html lang="vi">.+<h1>.+<section lang="en">/s);
  server.close();
});

test('programs get a problem document, a balancer the state', async () => {
  const api = await ask('/api/v1/facilities');
  expect(api.response.headers.get('content-type')).toBe('application/problem+json');
  expect(JSON.parse(api.text)).toMatchObject({ status: 503, reason: 'errors.unavailable' });
  expect(JSON.parse((await ask('/api/health/ready')).text)).toEqual({ status: 'database' });
});

test('an upload is answered without waiting for its end', async () => {
  const { response } = await ask('/api/v1/verifications', { method: 'POST', body: Buffer.alloc(3_000_000) });
  expect(response.status).toBe(503);
});

test.each([
  ['/', true],
  ['/api/trpc/identity.viewer', true],
  ['/_next/static/a.js?v=1', false],
  ['/api/health/live', false],
  ['/errors.css', false],
])('%s needs the database: %s', (path, needed) => {
  expect(needsDatabase(path)).toBe(needed);
});

test('a page that broke because the database went away under it says 503, and when to come again', async () => {
  const held = globalThis as { motCuaWatch?: { state: string; failedAt: number; look: () => Promise<void> } };
  const look = async () => {};
  const server = createServer((_request, response) => {
    fillFaultPages(response, 'incident-1234');
    response.writeHead(500, { 'content-type': 'text/html; charset=utf-8' });
    response.end('<!DOCTYPE html><html id="__next_error__"><head><title>x</title></head><body></body></html>');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const ask = () => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  try {
    expect((await ask()).status).toBe(500);
    held.motCuaWatch = { state: 'database', failedAt: Date.now(), look };
    const away = await ask();
    expect([away.status, away.headers.get('retry-after')]).toEqual([503, '10']);
    expect(await away.text()).not.toContain('incident-1234');
    held.motCuaWatch = { state: 'ready', failedAt: Date.now() - 60_000, look };
    expect((await ask()).status).toBe(500);
  } finally {
    Reflect.deleteProperty(held, 'motCuaWatch');
    server.close();
  }
});

test.each([
  ['TRACE', '/', 405, 'GET, HEAD, POST, OPTIONS'],
  ['PUT', '/my', 405, 'GET, HEAD, POST, OPTIONS'],
  ['OPTIONS', '/', 204, 'GET, HEAD, POST, OPTIONS'],
  ['PROPFIND', '/api/v1/facilities', 405, 'GET, HEAD, POST, OPTIONS, PUT, PATCH, DELETE'],
])('%s %s is answered %i, with what may be asked there', async (method, path, status, allow) => {
  const server = createServer(answerMethod);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const answer = await new Promise<IncomingMessage>((done) => {
    request({ port, method, path }, done).end();
  });
  answer.resume();
  server.close();
  expect([answer.statusCode, answer.headers.allow]).toEqual([status, allow]);
  expect(mayTake({ method, url: path })).toBe(false);
});

test.each([
  ['GET', '/my'],
  ['POST', '/sign-in'],
  ['PATCH', '/api/uploads/1'],
  ['OPTIONS', '/api/v1/facilities'],
])('%s %s goes on', (method, url) => {
  expect(mayTake({ method, url })).toBe(true);
});
