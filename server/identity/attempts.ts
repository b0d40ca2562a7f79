import { createHash } from 'node:crypto';
import { type Context, returnAttempt, takeAttempt } from '#server/platform/index.ts';
import { networkOf } from './rules.ts';

/** Where a request comes from, as far as the web server can tell. */
export interface Client {
  address: string | null;
  userAgent: string | null;
  /** value of the cookie that names a known device */
  device?: string | null;
}

/** Attempts allowed in a window of seconds: under one account, and from one network. */
interface Allowance {
  account: number;
  network: number;
  seconds: number;
}

const allowances = {
  'sign-in': { account: 10, network: 100, seconds: 15 * 60 },
  'sign-up': { account: 5, network: 50, seconds: 60 * 60 },
  'reset-password': { account: 5, network: 50, seconds: 60 * 60 },
  'use-link': { account: 20, network: 100, seconds: 15 * 60 },
  'second-factor': { account: 8, network: 100, seconds: 15 * 60 },
  'second-factor-day': { account: 40, network: 1000, seconds: 24 * 60 * 60 },
  // challenges asked for and answers given; there is nothing to guess in them
  passkey: { account: 120, network: 120, seconds: 15 * 60 },
  // ways to another provider and back; there is nothing to guess in them
  provider: { account: 120, network: 120, seconds: 15 * 60 },
  'change-password': { account: 10, network: 100, seconds: 15 * 60 },
} as const satisfies Record<string, Allowance>;
type Act = keyof typeof allowances;

/** Accounts are counted under a digest: the counters hold no address of anybody. */
function keysOf(act: Act, account: string, client: Client): [string, number][] {
  const digest = createHash('sha256').update(account).digest('hex').slice(0, 32);
  return [
    [`identity.${act}:network:${networkOf(client.address)}`, allowances[act].network],
    [`identity.${act}:account:${digest}`, allowances[act].account],
  ];
}

/** Counts an attempt; throws `limit` when there were too many. Without the database nobody gets in. */
export async function countAttempt(ctx: Context, act: Act, account: string, client: Client): Promise<void> {
  for (const [key, maximum] of keysOf(act, account, client)) {
    await takeAttempt(ctx.db, key, maximum, allowances[act].seconds, ctx.now());
  }
}

/** Gives an attempt that turned out well back, so that only failures add up. */
export async function forgetAttempt(ctx: Context, act: Act, account: string, client: Client): Promise<void> {
  for (const [key] of keysOf(act, account, client))
    await returnAttempt(ctx.db, key, allowances[act].seconds, ctx.now());
}

const codeActs = ['second-factor', 'second-factor-day'] as const;

/** The same for the codes of a second factor: few in a row, and few in a day, so that guessing never pays. */
export async function countCode(ctx: Context, userId: string, client: Client): Promise<void> {
  for (const act of codeActs) await countAttempt(ctx, act, userId, client);
}

export async function forgetCode(ctx: Context, userId: string, client: Client): Promise<void> {
  for (const act of codeActs) await forgetAttempt(ctx, act, userId, client);
}
