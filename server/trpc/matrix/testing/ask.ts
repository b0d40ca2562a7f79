import type { Database } from '#db/client.ts';
import { asPool } from '#db/testing/as-pool.ts';
import { appErrorIn, type ErrorCode } from '#server/platform/errors.ts';
import { type Actor, newContext } from '#server/platform/index.ts';
import { createCaller } from '../../router.ts';
import type { Fixture } from './cast.ts';

/** How a call ended; `crash` is an error nobody threw on purpose. */
export type Outcome = 'ok' | 'crash' | ErrorCode;

export interface Answer {
  outcome: Outcome;
  /** message key of a refusal, or what crashed */
  reason: string | null;
  value: unknown;
}

class Undone extends Error {}

/** Asks one procedure as somebody, in a transaction that is taken back; `after` looks at what it has left. */
export async function ask(
  { world }: Fixture,
  actor: Actor,
  path: string,
  input: unknown,
  after?: (db: Database, answer: Answer) => Promise<void>,
): Promise<Answer> {
  let answer: Answer | undefined;
  try {
    await world.db.$client.begin(async (tx) => {
      const db = await asPool(world.db, tx);
      answer = await answerOf(
        newContext(db, actor, () => world.clock.at, 'matrix'),
        path,
        input,
      );
      await after?.(db, answer);
      throw new Undone();
    });
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
  }
  return answer!;
}

async function answerOf(ctx: Parameters<typeof createCaller>[0], path: string, input: unknown): Promise<Answer> {
  const [module, name] = path.split('.') as [string, string];
  const caller = createCaller(ctx) as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>;
  try {
    return { outcome: 'ok', reason: null, value: await caller[module]![name]!(input) };
  } catch (error) {
    const known = appErrorIn(error);
    if (known) return { outcome: known.code, reason: known.reason, value: known.details };
    return { outcome: 'crash', reason: String(error instanceof Error ? (error.cause ?? error) : error), value: null };
  }
}

const anId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The names in an answer, at every depth: lists count as their entries, dates and bytes as one value, ids as `<id>`. */
export function fieldsOf(value: unknown, path = ''): string[] {
  const found = new Set<string>();
  collect(value, path, found);
  return [...found].sort();
}

function collect(value: unknown, path: string, found: Set<string>): void {
  if (Array.isArray(value)) {
    for (const each of value) collect(each, `${path}[]`, found);
    return;
  }
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array) {
    if (path) found.add(path);
    return;
  }
  for (const [key, each] of Object.entries(value)) {
    const name = anId.test(key) ? '<id>' : key;
    collect(each, path ? `${path}.${name}` : name, found);
  }
}
