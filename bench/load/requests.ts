import { Agent, request } from 'node:http';

export interface Rate {
  /** answers a second */
  perSecond: number;
  /** ms below which 95 of 100 answers were whole */
  p95: number;
}

/** One GET; resolves to the ms until the answer was whole. @throws unless it is 200 */
export function get(url: string, agent: Agent, headers: Record<string, string> = {}): Promise<number> {
  const began = performance.now();
  return new Promise((done, failed) => {
    request(url, { agent, headers }, (answer) => {
      answer.resume();
      answer.on('end', () =>
        answer.statusCode === 200
          ? done(performance.now() - began)
          : failed(new Error(`${url} answered ${answer.statusCode}`)),
      );
    })
      .on('error', failed)
      .end();
  });
}

/** `clients` readers, each with its next request right after the last, for `seconds`. */
export async function load(
  url: string,
  { clients, seconds, headers = {} }: { clients: number; seconds: number; headers?: Record<string, string> },
): Promise<Rate> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const times: number[] = [];
  const began = performance.now();
  const end = began + seconds * 1000;
  const client = async () => {
    while (performance.now() < end) times.push(await get(url, agent, headers));
  };
  await Promise.all(Array.from({ length: clients }, client));
  agent.destroy();
  return { perSecond: (times.length * 1000) / (performance.now() - began), p95: quantile(times, 0.95) };
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
