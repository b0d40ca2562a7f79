import type { ServerResponse } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { type FaultKind, staticFault, staticFaultPage, staticFaultTitle } from '#app/_server/static-fault.ts';
import { databaseFailed } from '#server/platform/database-watch.ts';
import { listenToForm } from './broken-form.ts';

/** What was begun before the database was missed may end a moment after it is back, ms. */
const justNow = 5_000;
const kinds: Record<number, FaultKind> = { 403: 'forbidden', 404: 'notFound', 500: 'server' };
const unpack: Record<string, (bytes: Uint8Array) => Buffer> = {
  gzip: gunzipSync,
  br: brotliDecompressSync,
  deflate: inflateSync,
};
/** How the framework marks a page that only its script would draw. */
const mark = '<html id="__next_error__">';

/** The same page with the fault in its HTML, both languages; where scripts run they still draw over it. */
export function withFault(html: string, kind: FaultKind, incident?: string): string {
  if (!html.includes(mark)) return html;
  return html
    .replace(mark, '<html id="__next_error__" lang="vi">')
    .replace(/<title>[^<]*<\/title>/, '')
    .replace('</head>', `<title>${staticFaultTitle(kind)}</title><link rel="stylesheet" href="/errors.css"/></head>`)
    .replace('<body>', `<body>${staticFault(kind, incident)}`);
}

/**
 * The framework answers what a page refuses (403, 404) or breaks on (500) with an empty body that its script fills on
 * the client, or with bare words. Such an answer is held back until it is whole and leaves with the fault written into
 * it, and with the status that fits where the fault is the database's (503) or the sender's (400).
 */
export function fillFaultPages(response: ServerResponse, incident: string): void {
  const { writeHead, write, end } = response;
  const formIsBroken = listenToForm(response.req);
  let held: { kind: FaultKind; chunks: Buffer[] } | undefined;

  const keep = (chunk: unknown, encoding: unknown): void => {
    if (typeof chunk === 'string') held?.chunks.push(Buffer.from(chunk, encoding as BufferEncoding | undefined));
    else if (chunk instanceof Uint8Array) held?.chunks.push(Buffer.from(chunk));
  };
  const isHeld = (): boolean => {
    const kind = kinds[response.statusCode];
    if (held || !kind || response.headersSent) return held !== undefined;
    const type = String(response.getHeader('content-type'));
    // what breaks before any page is drawn is answered with two words of plain text
    const unfilled = type.startsWith('text/html') || (kind === 'server' && type.startsWith('text/plain'));
    if (unfilled) held = { kind, chunks: [] };
    return held !== undefined;
  };

  response.writeHead = ((status: number, ...rest: unknown[]) => {
    response.statusCode = status;
    const headers = rest.find((each) => typeof each === 'object' && each !== null && !Array.isArray(each));
    if (kinds[status] && headers)
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value as string);
    return isHeld() ? response : writeHead.call(response, status, ...(rest as []));
  }) as typeof writeHead;

  response.write = ((chunk: unknown, encoding?: unknown, done?: unknown) => {
    if (!isHeld()) return write.call(response, chunk as string, encoding as BufferEncoding, done as () => void);
    keep(chunk, encoding);
    for (const each of [encoding, done]) if (typeof each === 'function') each();
    return true;
  }) as typeof write;

  response.end = ((chunk?: unknown, encoding?: unknown, done?: unknown) => {
    if (!isHeld()) return end.call(response, chunk as string, encoding as BufferEncoding, done as () => void);
    keep(chunk, encoding);
    const after = [chunk, encoding, done].find((each) => typeof each === 'function') as (() => void) | undefined;
    if (held!.kind !== 'server') return finish(held!.kind, after);
    blame().then((kind) => finish(kind, after));
    return response;
  }) as typeof end;

  const blame = async (): Promise<FaultKind> => {
    if (await formIsBroken()) return 'unreadable';
    return (await databaseFailed(justNow)) ? 'unavailable' : 'server';
  };

  const finish = (kind: FaultKind, after?: () => void): ServerResponse => {
    const { chunks } = held!;
    if (kind === 'unreadable') response.statusCode = 400;
    if (kind === 'unavailable') {
      response.statusCode = 503;
      response.setHeader('retry-after', '10');
    }
    Object.assign(response, { writeHead, write, end });
    const sent = Buffer.concat(chunks);
    const packing = String(response.getHeader('content-encoding') ?? '');
    const plain = unpack[packing]?.(sent) ?? sent;
    const shown = kind === 'server' ? incident : undefined;
    const isPage = String(response.getHeader('content-type')).startsWith('text/html');
    // the framework's script, which sends this header, draws what it shows itself
    const isKept = isPage || response.req.headers['next-action'] !== undefined;
    if (!isKept) response.setHeader('content-type', 'text/html; charset=utf-8');
    const filled = Buffer.from(isKept ? withFault(plain.toString('utf8'), kind, shown) : staticFaultPage(kind, shown));
    response.removeHeader('content-encoding');
    response.removeHeader('transfer-encoding');
    response.setHeader('content-length', filled.length);
    return response.end(response.req.method === 'HEAD' ? undefined : filled, after);
  };
}
