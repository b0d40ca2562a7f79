import { describe, expect, test, vi } from 'vitest';
import { AppError, errorTable } from '#server/platform/errors.ts';
import { hashingTurns, hashPassword, isOutdated, passwordMatches } from './passwords.ts';
import { turns } from './turns.ts';

const busy = { code: 'unavailable', reason: 'identity.errors.busy' };

/** Work that ends when it is let go; counts how much of it runs. */
function gate() {
  const held: (() => void)[] = [];
  const seen = { running: 0, most: 0, order: [] as number[] };
  return {
    seen,
    work: (name: number) => async () => {
      seen.running += 1;
      seen.most = Math.max(seen.most, seen.running);
      seen.order.push(name);
      await new Promise<void>((resolve) => held.push(resolve));
      seen.running -= 1;
      return name;
    },
    /** lets everything go that comes until nothing is held any more */
    async open() {
      for (let next = held.shift(); next; next = held.shift()) {
        next();
        // what waits begins a few turns of the loop later
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

describe('turns', () => {
  test('never let more run at once than they say, and serve who waits in order', async () => {
    const { seen, work, open } = gate();
    const inTurn = turns({ atOnce: 3, mayWait: 50 });
    const all = Array.from({ length: 40 }, (_, name) => inTurn(work(name)));
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen.running).toBe(3);
    await open();
    expect(await Promise.all(all)).toEqual(Array.from({ length: 40 }, (_, name) => name));
    expect(seen.most).toBe(3);
    expect(seen.order).toEqual(Array.from({ length: 40 }, (_, name) => name));
  });

  test('refuse at once what comes beyond those who wait, and take more when there is room again', async () => {
    const { seen, work, open } = gate();
    const inTurn = turns({ atOnce: 2, mayWait: 4 });
    const admitted = Array.from({ length: 6 }, (_, name) => inTurn(work(name)));
    for (const name of [6, 7]) await expect(inTurn(work(name))).rejects.toMatchObject(busy);
    await open();
    await Promise.all(admitted);
    expect(seen.order).not.toContain(6);
    const later = inTurn(work(8));
    await open();
    expect(await later).toBe(8);
    expect(seen.running).toBe(0);
  });

  test('are given back by work that fails', async () => {
    const inTurn = turns({ atOnce: 1, mayWait: 1 });
    for (let i = 0; i < 5; i++)
      await expect(inTurn(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await inTurn(async () => 'done')).toBe('done');
  });
});

describe('hashes of passwords', () => {
  test('asked for a thousand at once: as many as may run and wait are made, the rest is refused as 503, and memory stays', async () => {
    const stored = await hashPassword('ba con meo ngu trua');
    // the hash of nobody, made once, takes a turn too
    await passwordMatches(null, 'x');
    const { atOnce, mayWait } = hashingTurns;
    const before = process.memoryUsage().rss;
    let most = before;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss);
    }, 5);
    const answers = await Promise.allSettled(
      Array.from({ length: 1000 }, (_, i) => passwordMatches(stored, i % 2 ? 'ba con meo ngu trua' : 'sai mat khau')),
    );
    clearInterval(watch);
    const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as AppError] : []));
    expect(refused).toHaveLength(1000 - atOnce - mayWait);
    expect(refused.every((error) => error instanceof AppError && error.reason === busy.reason)).toBe(true);
    expect(errorTable[refused[0]!.code].http).toBe(503);
    const made = answers.slice(0, atOnce + mayWait);
    expect(made.map((answer) => answer.status === 'fulfilled' && answer.value)).toEqual(
      made.map((_, i) => i % 2 === 1),
    );
    // a thousand at once would be 19 GB; two are 38 MB
    expect(most - before).toBeLessThan(400 * 1_000_000);
    // nobody is shut out afterwards
    expect(await passwordMatches(stored, 'ba con meo ngu trua')).toBe(true);
  });

  test('of somebody unknown, refused in the first rush, are made later: nobody stays busy for good', async () => {
    vi.resetModules();
    const fresh = await import('./passwords.ts');
    const rush = Array.from({ length: hashingTurns.atOnce + hashingTurns.mayWait }, () => fresh.hashPassword('x'));
    await expect(fresh.passwordMatches(null, 'x')).rejects.toMatchObject(busy);
    await Promise.all(rush);
    expect(await fresh.passwordMatches(null, 'x')).toBe(false);
  });

  test('say by which parameters they were made, and are the same however the letters were composed', async () => {
    const stored = await hashPassword('mật khẩu của tôi'.normalize('NFD'));
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(isOutdated(stored)).toBe(false);
    expect(isOutdated(stored.replace('m=19456', 'm=4096'))).toBe(true);
    expect(await passwordMatches(stored, 'mật khẩu của tôi'.normalize('NFC'))).toBe(true);
    expect(await passwordMatches(null, 'mật khẩu của tôi')).toBe(false);
  });
});
