import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { Agent, request as ask, createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '#db/embedded/index.ts';
import { ended } from './child.ts';
import { waitUntilReady } from './ready.ts';

/** One web server of several over the same database. */
export interface WebProcess {
  url: string;
  process: ChildProcess;
  /** SIGTERM; resolves with the exit code and how long it took, ms */
  stop(): Promise<{ code: number; ms: number }>;
}

const secret = randomBytes(33).toString('base64');

/** Starts `serve` on a free port, as behind a proxy on this host, and waits until it is ready. */
export async function startWeb(settings: Record<string, string>, port?: number): Promise<WebProcess> {
  const chosen = port ?? (await freePort());
  const url = `http://127.0.0.1:${chosen}`;
  const child = spawn(process.execPath, ['scripts/serve.ts'], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DEMO: '1',
      HOST: '127.0.0.1',
      TRUSTED_PROXIES: '127.0.0.1',
      AUTH_SECRET: secret,
      ...settings,
      PORT: String(chosen),
    },
    stdio: ['ignore', 'ignore', process.env.SHOW_LOGS ? 'inherit' : 'ignore'],
  });
  await waitUntilReady(url, 60_000).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  const stop = async () => {
    const began = Date.now();
    child.kill('SIGTERM');
    return { code: await ended(child), ms: Date.now() - began };
  };
  return { url, process: child, stop };
}

/** A load balancer as plain as can be: it follows readiness and takes turns. It never asks twice. */
export interface Balancer {
  url: string;
  /** resolves once this server gets requests: whoever restarts the next one has to wait for it */
  takesIn(backend: string): Promise<void>;
  close(): Promise<void>;
}

const checkEvery = 200;

/** Opens a balancer over these web servers. A server that says anything but 200 gets no more requests. */
export async function openBalancer(backends: string[]): Promise<Balancer> {
  const ready = new Map<string, boolean>(backends.map((backend) => [backend, false]));
  const agent = new Agent({ keepAlive: true });
  const check = async (backend: string): Promise<void> => {
    const answer = await fetch(`${backend}/api/health/ready`, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
    await answer?.body?.cancel();
    ready.set(backend, answer?.status === 200);
  };
  let open = true;
  // each in its own time: a slow answer of one keeps nobody from seeing how the other is
  const watch = async (backend: string): Promise<void> => {
    for (; open; await sleep(checkEvery)) await check(backend);
  };
  const watching = backends.map(watch);
  let turn = 0;
  const server: Server = createServer((request, response) => {
    const usable = backends.filter((backend) => ready.get(backend));
    const backend = usable[turn++ % Math.max(usable.length, 1)];
    if (!backend) {
      response.writeHead(502, { 'x-balancer': 'nobody is ready' }).end();
      return;
    }
    const passed = ask(
      backend + request.url,
      { method: request.method, headers: { ...request.headers, 'x-forwarded-for': '127.0.0.2' }, agent },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
        answer.on('error', () => response.destroy());
      },
    );
    passed.on('error', (error) => {
      if (!response.headersSent) response.writeHead(502, { 'x-balancer': error.message });
      response.end();
    });
    request.pipe(passed);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const takesIn = async (backend: string): Promise<void> => {
    for (const until = Date.now() + 60_000; !ready.get(backend); await sleep(checkEvery / 4))
      if (Date.now() > until) throw new Error(`The balancer does not take in ${backend}`);
  };
  await Promise.all(backends.map(takesIn));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    takesIn,
    close: async () => {
      open = false;
      await Promise.all(watching);
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
      agent.destroy();
    },
  };
}

export interface LoadResult {
  requests: number;
  /** status → count */
  statuses: Record<string, number>;
  /** the slowest answer, ms */
  slowest: number;
}

/** Asks these paths again and again with so many clients, each resting so many ms in between, until it is stopped. */
export function load(
  url: string,
  paths: string[],
  clients: number,
  pause = 0,
): { stop(): Promise<LoadResult>; sofar(): LoadResult } {
  const result: LoadResult = { requests: 0, statuses: {}, slowest: 0 };
  let running = true;
  const client = async (first: number): Promise<void> => {
    for (let at = first; running; at++) {
      const began = Date.now();
      const status = await fetch(url + paths[at % paths.length], { redirect: 'manual' })
        .then(async (answer) => {
          await answer.arrayBuffer();
          return `${answer.status}${answer.headers.get('x-balancer') ? ` (${answer.headers.get('x-balancer')})` : ''}`;
        })
        .catch((error: Error) => `no answer (${(error.cause as Error | undefined)?.message ?? error.message})`);
      result.requests += 1;
      result.statuses[status] = (result.statuses[status] ?? 0) + 1;
      result.slowest = Math.max(result.slowest, Date.now() - began);
      if (pause > 0) await sleep(pause);
    }
  };
  const clientsRunning = Array.from({ length: clients }, (_, index) => client(index));
  return {
    sofar: () => structuredClone(result),
    stop: async () => {
      running = false;
      await Promise.all(clientsRunning);
      return result;
    },
  };
}

/** Pages and API calls that anybody may ask for. */
export const publicPaths = ['/', '/procedures', '/track', '/registers/facilities', '/api/v1/facilities?q=thuoc', '/en'];
