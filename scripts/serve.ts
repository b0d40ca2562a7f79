// The web server: one process of any number. `npm run serve` runs it alone, `npm start` beside the worker.
import { randomUUID } from 'node:crypto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import next from 'next';
import { closeDatabase } from '#server/platform/database.ts';
import { databaseIsAway, stopWatching, watchDatabase } from '#server/platform/database-watch.ts';
import { beginDraining, isDraining } from '#server/platform/draining.ts';
import { env } from '#server/platform/env.ts';
import { log } from '#server/platform/log.ts';
import { isBuilt } from './ops/build.ts';
import { hopeless, onParentGone } from './ops/child.ts';
import { openDatabase } from './ops/database.ts';
import { fillFaultPages } from './ops/fault-pages.ts';
import { letAnswersBePacked } from './ops/packed-answers.ts';
import { listenProblem, localAddress } from './ops/ready.ts';
import { StopError, say, tell } from './ops/report.ts';
import { cleanHeaders, isReadable, trustIn } from './ops/request-headers.ts';
import { childEnvironment, readSettings } from './ops/settings.ts';
import { openSharedPages } from './ops/shared-pages.ts';
import { answerMethod, answerUnavailable, answerUnreadable, mayTake, needsDatabase } from './ops/unavailable-answer.ts';
import { answerFault } from './ops/unreadable-request.ts';

/** From SIGTERM to the end, whatever still runs then, ms. */
const longestStop = 9_000;
/** Behind a proxy readiness says 503 this long before the door closes, so that it sends the rest elsewhere. */
const noticeToProxies = 3_000;
/** The pool gets this long for what runs on it, s. */
const poolPatience = 1;

async function serve(): Promise<void> {
  const settings = await readSettings();
  const opened = settings.databaseUrl ? undefined : await openDatabase(settings, say);
  if (opened) Object.assign(process.env, await childEnvironment(settings, opened));
  if (!(await isBuilt()))
    throw new StopError('The web application is not built from the present sources: run "npm run build" first.');

  const trusted = trustIn(settings.trustedProxies);
  // the framework would answer upgrades on this one, which listens nowhere: nothing here speaks WebSocket
  const nowhere = createServer();
  const app = next({
    dev: false,
    dir: process.cwd(),
    // not where it listens: the framework takes rewrites to any other name of this host for another site
    hostname: 'localhost',
    port: settings.port,
    httpServer: nowhere,
  });
  const server = createServer({ headersTimeout: 15_000, requestTimeout: 300_000, keepAliveTimeout: 65_000 });
  server.on('upgrade', (_request, socket) => {
    socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
  });
  server.on('clientError', answerFault);
  const answerShared = openSharedPages();
  let handle: ReturnType<typeof app.getRequestHandler> | undefined;
  server.on('request', (request, response) => {
    cleanHeaders(request.headers, request.socket.remoteAddress ?? '', trusted, randomUUID);
    // whoever holds this connection opens the next one elsewhere
    if (isDraining()) response.setHeader('connection', 'close');
    const url = request.url ?? '/';
    if (!mayTake(request)) return answerMethod(request, response);
    if (!isReadable(url)) return answerUnreadable(response);
    if (!handle && url.startsWith('/api/health/live')) return answerLive(response);
    if (!handle) return answerUnavailable(request, response, 'starting');
    if (databaseIsAway() && needsDatabase(url)) return answerUnavailable(request, response, 'database');
    if (answerShared(request, response)) return;
    letAnswersBePacked(request, response);
    fillFaultPages(response, String(request.headers['x-request-id']));
    handle(request, response).catch((error: unknown) => {
      log.error('a request failed outside the application', { error, requestId: request.headers['x-request-id'] });
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  // from now on the port is ours, and whoever asks is told that it starts
  await listen(server, settings.host, settings.port);
  watchDatabase(env().databaseUrl!);
  await app.prepare();
  handle = app.getRequestHandler();
  if (!settings.demo && !settings.clamd)
    log.warn('no malware scanner is set: uploads are checked for type and content only (CLAMD_HOST, CLAMD_SOCKET)');
  log.info('web server is listening', { address: localAddress(settings), pid: process.pid });

  let stopping = false;
  const stop = async (notice: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    beginDraining();
    const hardEnd = setTimeout(() => process.exit(1), longestStop + 1_000);
    await sleep(notice);
    await close(server, longestStop - notice - poolPatience * 1000);
    await Promise.all([app.close(), stopWatching(), closeDatabase(poolPatience)]);
    clearTimeout(hardEnd);
    await opened?.release();
    log.info('web server has stopped', { pid: process.pid });
    process.exit(0);
  };
  const orderly = () => stop(settings.trustedProxies.length > 0 ? noticeToProxies : 0);
  process.on('SIGTERM', orderly);
  process.on('SIGINT', orderly);
  onParentGone(() => stop(0));
}

function answerLive(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify({ status: 'live' }));
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((done, refuse) => {
    server.once('error', (error) => refuse(listenProblem(error, host, port)));
    server.listen({ host, port }, () => done());
  });
}

/** No new connections; idle ones end now, busy ones after their answer or after `patience` ms. */
async function close(server: Server, patience: number): Promise<void> {
  const closed = new Promise<void>((done) => server.close(() => done()));
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  const timer = setTimeout(() => server.closeAllConnections(), patience);
  await closed;
  clearInterval(idle);
  clearTimeout(timer);
}

serve().catch((error) => {
  tell(error);
  process.exit(error instanceof StopError && process.channel ? hopeless : 1);
});
