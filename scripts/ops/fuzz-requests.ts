import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AppFile, appFiles } from './app-files.ts';

/** Numbers that look random and come back with the seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface FuzzRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | Uint8Array<ArrayBuffer> | undefined;
}

/** Names of the procedures, as the routers of the modules say. */
function procedureNames(): string[] {
  return readdirSync('server').flatMap((module) => {
    try {
      const text = readFileSync(join('server', module, 'router.ts'), 'utf8');
      return [...text.matchAll(/^ {2}(\w+): (?:procedure|filing|upload)\b/gm)].map(([, name]) => `${module}.${name}`);
    } catch {
      return [];
    }
  });
}

const keys = [
  'dossierId',
  'id',
  'q',
  'page',
  'pageSize',
  'organisationId',
  'userId',
  'key',
  'code',
  'sort',
  'state',
  'values',
  'near',
  'bbox',
  'provinceCode',
  'scope',
  'step',
  'due',
  'secret',
  'next',
  'error',
  'locale',
  'back',
  'inline',
  'filters',
  'name',
  'email',
  '__proto__',
  'constructor',
];
const junk = [
  '',
  ' ',
  '0',
  '-1',
  '1e309',
  'NaN',
  '9007199254740993',
  '2147483648',
  '-9223372036854775809',
  'null',
  'undefined',
  'true',
  '[]',
  '{}',
  "'",
  '"',
  "' or 1=1--",
  '"; drop table dossiers; --',
  '%27',
  '%00',
  '\u0000',
  '\u0007\u001b[31m',
  '\ufeff',
  '\u202e',
  '\ud800',
  '👩‍👩‍👧‍👦',
  'Nguyễn Thị Ánh Tuyết'.normalize('NFD'),
  'Đ'.repeat(300),
  'a'.repeat(5000),
  '../../../../etc/passwd',
  '..%2f..%2f',
  '%E0%A4%A',
  '#{7*7}',
  '{{7*7}}',
  '<script>alert(1)</script>',
  'javascript:alert(1)',
  'https://evil.example',
  '//evil.example',
  '01900000-0000-7000-8000-000000000000',
  '01900000-0000-7000-8000-00000000000g',
  '2026-02-30',
  '2026-11-23T25:00:00Z',
  '000.00.10.H26-261123-0001',
  'due asc; select 1',
  'due,(select 1)',
  '-due',
  'title desc',
  '105.8,21.0',
  '999,999',
  '1,2,3,4',
  'NaN,NaN',
  '%',
  '_',
  '\\',
  'a%_\\b',
  '*',
  '(',
  '[',
  ':*',
  '!',
  '&|',
];

/** Requests of junk that is nearly right: over every page, route and procedure, the same for the same seed. */
export function fuzzRequests(seed: number, count: number, known: { ids: string[]; origin: string }): FuzzRequest[] {
  const random = randomFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const chance = (share: number) => random() < share;
  const partsOf = ({ route }: AppFile) => route.split('/').slice(1);
  const pages = appFiles('page.tsx').map(partsOf);
  const routes = appFiles('route.ts').map(partsOf);
  const procedures = procedureNames();
  const text = (): string => (chance(0.25) ? pick(known.ids) : pick(junk));
  const safe = (value: string) =>
    chance(0.9) ? encodeURIComponent(value.toWellFormed()) : value.replace(/[^!-~]|#/g, '');

  function value(depth = 0): unknown {
    const kind = Math.floor(random() * (depth > 4 ? 6 : 9));
    if (kind <= 2) return text();
    if (kind === 3) return pick([0, -1, 1.5, 1e300, Number.MAX_SAFE_INTEGER, 4_294_967_296, -0]);
    if (kind === 4) return pick([null, true, false]);
    if (kind === 5) return pick(['draft', 'autosave', 'continue', 'vi', 'en', 'mine', 'due', 'officer', 'satisfied']);
    if (kind === 6) return Array.from({ length: Math.floor(random() * 4) }, () => value(depth + 1));
    return object(depth + 1);
  }
  const object = (depth = 0): Record<string, unknown> =>
    Object.fromEntries(Array.from({ length: Math.floor(random() * 5) }, () => [pick(keys), value(depth)]));
  const deep = () => `${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`;
  const json = () =>
    chance(0.03)
      ? deep()
      : chance(0.06)
        ? pick(['{', '[1,', '"', '{"json":', 'nul', '\u0000'])
        : JSON.stringify(chance(0.8) ? { json: object() } : value());
  const search = () =>
    chance(0.5)
      ? ''
      : `?${Array.from({ length: 1 + Math.floor(random() * 4) }, () => `${safe(pick(keys))}=${safe(text())}`).join('&')}`;
  const filled = (parts: string[]) =>
    `${chance(0.3) ? '/en' : ''}/${parts.map((part) => (part.startsWith('[') ? safe(text()) || 'x' : part)).join('/')}`;

  function body(): Pick<FuzzRequest, 'body'> & { type: string } {
    const kind = Math.floor(random() * 6);
    if (kind <= 1) return { type: 'application/json', body: json() };
    if (kind === 2)
      return {
        type: 'application/x-www-form-urlencoded',
        body: `${pick(keys)}=${safe(text())}&$ACTION_ID_${pick(junk)}=`,
      };
    if (kind === 3) {
      const part = `--b\r\ncontent-disposition: form-data; name="${pick(['file', 'caption', '$ACTION_REF_1', '1_$ACTION_ID_x'])}"; filename="${pick(['a.pdf', '..\\..\\x', 'Giấy.pdf', ''])}"\r\ncontent-type: ${pick(['application/pdf', 'text/html', 'x'])}\r\n\r\n${pick(['%PDF-1.7\n', 'PK\u0003\u0004', '<svg/>', '', 'x'.repeat(20_000)])}\r\n`;
      return { type: 'multipart/form-data; boundary=b', body: chance(0.8) ? `${part}--b--\r\n` : part };
    }
    if (kind === 4)
      return {
        type: pick(['text/plain', 'application/xml', 'application/pdf', '', 'application/json; charset=utf-7']),
        body: pick(['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', '%PDF-1.4', text()]),
      };
    return {
      type: 'application/octet-stream',
      body: Uint8Array.from({ length: 64 }, () => Math.floor(random() * 256)),
    };
  }

  function procedure(): FuzzRequest {
    const name = chance(0.95)
      ? pick(procedures)
      : pick(['a.b', '__proto__', 'dossiers.__proto__', 'constructor', '..', 'dossiers']);
    const headers: Record<string, string> = { origin: known.origin };
    if (chance(0.5)) {
      const query = `?${chance(0.2) ? 'batch=1&' : ''}input=${encodeURIComponent(json().toWellFormed())}`;
      return { method: 'GET', path: `/api/trpc/${name}${query}`.slice(0, 12_000), headers, body: undefined };
    }
    const { type, body: content } = chance(0.8) ? { type: 'application/json', body: json() } : body();
    return {
      method: pick(['POST', 'POST', 'POST', 'PUT', 'DELETE']),
      path: `/api/trpc/${name}${chance(0.1) ? '?batch=1' : ''}`,
      headers: { ...headers, 'content-type': type },
      body: content,
    };
  }

  function address(): FuzzRequest {
    const path = chance(0.05) ? `/${safe(text())}/${safe(text())}` : filled(pick(chance(0.6) ? pages : routes));
    const headers: Record<string, string> = chance(0.85) ? { origin: known.origin } : {};
    if (chance(0.15))
      Object.assign(
        headers,
        pick([
          { rsc: '1' },
          { rsc: '1', 'next-router-state-tree': safe(pick(junk)) || 'x' },
          { 'next-action': pick(['x', '0'.repeat(42), 'a'.repeat(42)]) },
          { range: 'bytes=0-,5-' },
          { 'if-none-match': '*' },
          { 'accept-language': 'x'.repeat(300) },
          { accept: 'application/json' },
        ]),
      );
    if (chance(0.65))
      return {
        method: pick(['GET', 'GET', 'GET', 'HEAD', 'OPTIONS']),
        path: path + search(),
        headers,
        body: undefined,
      };
    const { type, body: content } = body();
    return {
      method: pick(['POST', 'POST', 'PUT', 'PATCH', 'DELETE']),
      path: path + search(),
      headers: { ...headers, ...(type ? { 'content-type': type } : {}) },
      body: content,
    };
  }

  return Array.from({ length: count }, () => (chance(0.45) ? procedure() : address()));
}
