import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Env } from '#server/platform/env.ts';
import { StopError } from './report.ts';

/** @throws naming PORT or HOST when the address cannot be listened on */
export async function refuseTakenPort({ host, port }: Pick<Env, 'host' | 'port'>): Promise<void> {
  await new Promise<void>((done, refuse) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => refuse(listenProblem(error, host, port)));
    server.listen({ host, port, exclusive: true }, () => server.close(() => done()));
  });
}

/** Why an address cannot be listened on, as a sentence. */
export function listenProblem(error: NodeJS.ErrnoException, host: string, port: number): StopError {
  const reasons: Record<string, string> = {
    EADDRINUSE: `PORT: ${port} on ${host} is in use by another program; stop it or set PORT to another number.`,
    EACCES: `PORT: this user may not listen on ${port}; set PORT to 1024 or above.`,
    EADDRNOTAVAIL: `HOST: this machine has no address ${host}; set HOST to 127.0.0.1 or 0.0.0.0.`,
    ENOTFOUND: `HOST: ${host} is not an address; set HOST to 127.0.0.1 or 0.0.0.0.`,
  };
  return new StopError(reasons[error.code ?? ''] ?? `Cannot listen on ${host}:${port}: ${error.message}`);
}

/** The address this machine reaches its own web server at. */
export function localAddress({ host, port }: Pick<Env, 'host' | 'port'>): string {
  const anywhere = host === '0.0.0.0' || host === '::';
  const name = anywhere ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

/** Resolves once `/api/health/ready` answers 200. @throws with its last answer after `timeout` ms */
export async function waitUntilReady(address: string, timeout: number, signal?: AbortSignal): Promise<void> {
  let last = 'no answer';
  for (const deadline = Date.now() + timeout; Date.now() < deadline && !signal?.aborted; await sleep(100)) {
    try {
      const response = await fetch(`${address}/api/health/ready`, { signal: AbortSignal.timeout(5000) });
      const text = await response.text();
      if (response.status === 200) return;
      last = `${response.status} ${text.slice(0, 200)}`;
    } catch {
      last = 'no answer';
    }
  }
  if (!signal?.aborted)
    throw new StopError(`The web server did not become ready within ${timeout / 1000} s (${last}).`);
}
