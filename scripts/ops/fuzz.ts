import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encode } from 'next-auth/jwt';
import postgres from 'postgres';
import { localUrl, ownerRole } from '#db/embedded/index.ts';
import { readState } from '#db/embedded/state.ts';
import { type FuzzRequest, fuzzRequests, randomFrom } from './fuzz-requests.ts';

/** Rows that may be added by junk that happens to be right, and never go away. */
const kept = [
  'audit_entries',
  'dossiers',
  'dossier_events',
  'files',
  'users',
  'organisations',
  'signed_documents',
  'payment_intents',
  'facilities',
  'process_history',
];
const patience = 20_000;

interface Fuzzed {
  sent: number;
  /** answers by status */
  statuses: Record<string, number>;
  findings: string[];
}

/**
 * Sends junk to a running demo as strangers and as people of every role, and compares what is in the database with what
 * was there before. A finding names the request; the same seed sends it again.
 */
export async function fuzz(url: string, dataDir: string, seed: number, size: number): Promise<Fuzzed> {
  const state = await readState(dataDir);
  if (!state) throw new Error(`${dataDir} holds no embedded database`);
  const sql = postgres(localUrl(ownerRole, state.passwords.owner, state.port, 'mot_cua'), {
    max: 1,
    onnotice: () => {},
  });
  try {
    const cookies = await sessionsOf(sql, (await readFile(join(dataDir, 'auth-secret'), 'utf8')).trim());
    const ids = (
      await sql<
        { id: string }[]
      >`select id from dossiers union select id from files union select id from users limit 60`
    ).map((row) => row.id);
    const before = await countsOf(sql);
    const requests = fuzzRequests(seed, size, { ids: [...ids, randomUUID()], origin: url });
    const result = await sendAll(url, requests, [undefined, ...cookies], seed);
    const after = await countsOf(sql);
    for (const table of kept)
      if (after[table]! < before[table]!)
        result.findings.push(`${table} has lost ${before[table]! - after[table]!} rows`);
    const [chain] = await sql`select first_bad, reason from verify_audit_chain()`;
    if (chain?.first_bad !== null)
      result.findings.push(`the audit chain is broken at ${chain?.first_bad}: ${chain?.reason}`);
    return result;
  } finally {
    await sql.end();
  }
}

/** A live session of each demo account, as its sign-in would have left it. */
async function sessionsOf(sql: postgres.Sql, secret: string): Promise<string[]> {
  const people = await sql<{ id: string }[]>`select id from users where demo and disabled_at is null order by email`;
  return Promise.all(
    people.map(async ({ id }) => {
      const token = randomBytes(32).toString('base64url');
      const hash = createHash('sha256').update(token).digest('hex');
      await sql`insert into sessions (id, token_hash, user_id, assurance, second_factor_at, expires_at)
        values (${randomUUID()}, ${hash}, ${id}, 2, now(), now() + interval '6 hours')`;
      return `mot-cua-session=${await encode({ token: { sid: token }, secret, maxAge: 21_600 })}`;
    }),
  );
}

async function countsOf(sql: postgres.Sql): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of kept)
    counts[table] = (await sql<{ n: number }[]>`select count(*)::int as n from ${sql(table)}`)[0]!.n;
  return counts;
}

async function sendAll(
  url: string,
  requests: FuzzRequest[],
  cookies: (string | undefined)[],
  seed: number,
): Promise<Fuzzed> {
  const result: Fuzzed = { sent: 0, statuses: {}, findings: [] };
  const random = randomFrom(seed + 1);
  const whose = requests.map(() => cookies[Math.floor(random() * cookies.length)]);
  let next = 0;
  const worker = async () => {
    while (next < requests.length) {
      const index = next++;
      const status = await send(url, requests[index]!, whose[index]);
      result.sent += 1;
      result.statuses[status] = (result.statuses[status] ?? 0) + 1;
      // this page says 503 to everybody: the balancer shows it while nothing else answers
      const apart = status === '503' && /^(\/en)?\/unavailable(\?|$)/.test(requests[index]!.path);
      if (!/^[1-4]\d\d$/.test(status) && !apart)
        result.findings.push(`${status} for request ${index}: ${described(requests[index]!)}`);
    }
  };
  await Promise.all(Array.from({ length: 6 }, worker));
  return result;
}

async function send(url: string, { method, path, headers, body }: FuzzRequest, cookie?: string): Promise<string> {
  try {
    const answer = await fetch(url + path, {
      method,
      headers: { ...headers, ...(cookie ? { cookie } : {}) },
      ...(body === undefined ? {} : { body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(patience),
    });
    await answer.arrayBuffer();
    return String(answer.status);
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : '';
    return `${error instanceof Error ? error.name : 'error'} ${cause}`.trim();
  }
}

const described = ({ method, path, headers, body }: FuzzRequest): string =>
  `${method} ${path.slice(0, 300)} ${JSON.stringify(headers).slice(0, 200)} ${typeof body === 'string' ? JSON.stringify(body.slice(0, 200)) : (body ?? '')}`;
