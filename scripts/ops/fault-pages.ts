import type { ServerResponse } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { type FaultKind, staticFault, staticFaultTitle } from '#app/_server/static-fault.ts';
import { databaseFailed } from '#server/platform/database-watch.ts';

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
 * the client. Such an answer is held back until it is whole and leaves with the fault written into it.
 */
export function fillFaultPages(response: ServerResponse, incident: string): void {
  const { writeHead, write, end } = response;
  let held: { kind: FaultKind; chunks: Buffer[] } | undefined;

  const keep = (chunk: unknown, encoding: unknown): void => {
    if (typeof chunk === 'string') held?.chunks.push(Buffer.from(chunk, encoding as BufferEncoding | undefined));
    else if (chunk instanceof Uint8Array) held?.chunks.push(Buffer.from(chunk));
  };
  const isHeld = (): boolean => {
    const kind = kinds[response.statusCode];
    if (!held && kind && !response.headersSent && String(response.getHeader('content-type')).startsWith('text/html'))
      held = { kind, chunks: [] };
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
    databaseFailed(justNow).then((away) => finish(away ? 'unavailable' : 'server', after));
    return response;
  }) as typeof end;

  const finish = (kind: FaultKind, after?: () => void): ServerResponse => {
    const { chunks } = held!;
    if (kind === 'unavailable') {
      response.statusCode = 503;
      response.setHeader('retry-after', '10');
    }
    Object.assign(response, { writeHead, write, end });
    const sent = Buffer.concat(chunks);
    const packing = String(response.getHeader('content-encoding') ?? '');
    const plain = unpack[packing]?.(sent) ?? sent;
    const filled = Buffer.from(withFault(plain.toString('utf8'), kind, kind === 'server' ? incident : undefined));
    response.removeHeader('content-encoding');
    response.removeHeader('transfer-encoding');
    response.setHeader('content-length', filled.length);
    return response.end(response.req.method === 'HEAD' ? undefined : filled, after);
  };
}
