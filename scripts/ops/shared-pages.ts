import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { gzip } from 'node:zlib';
import { withoutLocale } from '#i18n/locale-path.ts';

/** Pages that say the same to every stranger: no form that is sent, no account, no key in the address. */
const sameForAll =
  /^\/$|^\/(procedures|registers)(?!\/suggestions$|\/[^/]+\/[^/]+\/suggest$)(\/|$)|^\/(help|privacy|accessibility|audit|open-data)$/;
/** What a stranger's plain request may tell the framework; whatever else it says is dropped, so that it cannot colour the page for others. */
const told = new Set(['host', 'connection', 'x-request-id']);
/** An answer is given again for this long, ms; in the second half the first who asks has it made anew. */
const keptFor = 2_000;
const most = { pages: 100, bytes: 262_144, address: 500 };

interface Page {
  status: number;
  headers: OutgoingHttpHeaders;
  /** the text around each nonce */
  parts: Buffer[];
  nonce: string;
  renewAt: number;
  endsAt: number;
}

/**
 * Answers of public pages, shared for a moment among strangers. Only a request without any cookie, by its address alone,
 * gets and makes one; each answer has a nonce of its own.
 */
export function openSharedPages(now: () => number = Date.now) {
  const pages = new Map<string, Page>();

  const keep = (key: string, page: Page): void => {
    pages.delete(key);
    pages.set(key, page);
    // in order of their making: the first is the oldest
    for (const [oldest, { endsAt }] of pages) {
      if (pages.size <= most.pages && endsAt > now()) break;
      pages.delete(oldest);
    }
  };

  /** Answers with what was kept, or listens to how the framework answers. @returns whether it has been answered */
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    if (!isPlain(request)) return false;
    const { headers } = request;
    const packed = /\bgzip\b/.test(String(headers['accept-encoding']));
    const key = `${headers['x-forwarded-proto']} ${headers['x-forwarded-host'] ?? headers.host} ${request.url}`;
    const page = pages.get(key);
    if (page && page.renewAt > now()) {
      send(response, page, packed);
      return true;
    }
    // others get what there is while this one waits for the new
    if (page && page.endsAt > now()) page.renewAt = page.endsAt;
    forgetTheRest(headers);
    listen(response, packed, (made) => keep(key, { ...made, renewAt: now() + keptFor / 2, endsAt: now() + keptFor }));
    return false;
  };
}

function isPlain({ method, url = '', headers }: IncomingMessage): boolean {
  if (method !== 'GET' || headers.cookie !== undefined || headers.authorization !== undefined) return false;
  // what the framework's script asks for is no page
  if (Object.keys(headers).some((name) => name === 'rsc' || name.startsWith('next-'))) return false;
  const [path = '', query = ''] = url.split('?');
  return url.length <= most.address && !query.includes('_rsc') && sameForAll.test(withoutLocale(path));
}

function forgetTheRest(headers: IncomingHttpHeaders): void {
  for (const name of Object.keys(headers))
    if (!told.has(name) && !name.startsWith('x-forwarded-')) delete headers[name];
}

/** Holds a page back until it is whole; everything else passes by. */
function listen(
  response: ServerResponse,
  packed: boolean,
  made: (page: Omit<Page, 'renewAt' | 'endsAt'>) => void,
): void {
  const { writeHead, write, end } = response;
  const chunks: Buffer[] = [];
  let held: boolean | undefined;
  const isHeld = (): boolean => {
    held ??=
      !response.headersSent &&
      response.statusCode === 200 &&
      String(response.getHeader('content-type')).startsWith('text/html') &&
      response.getHeader('set-cookie') === undefined &&
      response.getHeader('content-encoding') === undefined;
    return held;
  };
  const take = (chunk: unknown, encoding: unknown): void => {
    if (typeof chunk === 'string') chunks.push(Buffer.from(chunk, encoding as BufferEncoding | undefined));
    else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  response.writeHead = ((status: number, ...rest: unknown[]) => {
    response.statusCode = status;
    return isHeld() ? response : writeHead.call(response, status, ...(rest as []));
  }) as typeof writeHead;
  response.write = ((chunk: unknown, encoding?: unknown, done?: unknown) => {
    if (!isHeld()) return write.call(response, chunk as string, encoding as BufferEncoding, done as () => void);
    take(chunk, encoding);
    for (const each of [encoding, done]) if (typeof each === 'function') each();
    return true;
  }) as typeof write;
  response.end = ((chunk?: unknown, encoding?: unknown, done?: unknown) => {
    if (!isHeld()) return end.call(response, chunk as string, encoding as BufferEncoding, done as () => void);
    take(chunk, encoding);
    const after = [chunk, encoding, done].find((each) => typeof each === 'function') as (() => void) | undefined;
    if (after) response.once('finish', after);
    Object.assign(response, { writeHead, write, end });
    const page = pageOf(response, Buffer.concat(chunks).toString('utf8'));
    if (page && page.parts.reduce((sum, part) => sum + part.length, 0) <= most.bytes) made(page);
    if (page) send(response, page, packed);
    else end.call(response, Buffer.concat(chunks), 'utf8', undefined);
    return response;
  }) as typeof end;
}

/** A page as it can be given again; null without a nonce of its own. */
function pageOf(response: ServerResponse, text: string): Omit<Page, 'renewAt' | 'endsAt'> | null {
  const nonce = /'nonce-([\w+/=-]{20,})'/.exec(String(response.getHeader('content-security-policy')))?.[1];
  if (nonce === undefined) return null;
  const { 'transfer-encoding': _, connection: __, ...headers } = response.getHeaders();
  return { status: response.statusCode, headers, nonce, parts: text.split(nonce).map((part) => Buffer.from(part)) };
}

function send(response: ServerResponse, page: Omit<Page, 'renewAt' | 'endsAt'>, packed: boolean): void {
  // as long as the one before, and as hard to guess
  const nonce = Buffer.from(randomUUID()).toString('base64');
  const fresh = (value: string): string => value.replaceAll(page.nonce, nonce);
  response.statusCode = page.status;
  for (const [name, value] of Object.entries(page.headers))
    if (value !== undefined) response.setHeader(name, Array.isArray(value) ? value.map(fresh) : fresh(String(value)));
  const between = Buffer.from(nonce);
  const body = Buffer.concat(page.parts.flatMap((part, n) => (n === 0 ? [part] : [between, part])));
  const whole = (bytes: Buffer) => {
    response.setHeader('content-length', bytes.length);
    response.end(bytes);
  };
  if (!packed) whole(body);
  else
    gzip(body, (error, bytes) => {
      if (!error) response.setHeader('content-encoding', 'gzip');
      whole(error ? body : bytes);
    });
}
