import { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { PostgresJsSession, PostgresJsTransaction } from 'drizzle-orm/postgres-js/session';
import type postgres from 'postgres';
import type { Database, Tx } from '#db/client.ts';
import type { Actor } from './actor.ts';

/**
 * The database has to know who asks: its row policies look up by these settings what a person may see. They last for
 * one transaction, so a connection that goes back to the pool remembers nobody.
 */
const saying = `select set_config('app.actor_kind', $1, true), set_config('app.user_id', $2, true),
  set_config('app.bearer_code', $3, true), set_config('app.bearer_secret', $4, true)`;

type Client = Pick<postgres.TransactionSql, 'unsafe' | 'savepoint'>;
/** A pool, or in tests a transaction that stands for one. */
type Pool = Pick<postgres.Sql, 'unsafe' | 'begin'>;
type Statement = Parameters<Client['unsafe']>;
type Dialect = ConstructorParameters<typeof PostgresJsDatabase>[0];

const settingsOf = (actor: Actor): [string, string, string, string] => [
  actor.kind,
  actor.kind === 'person' ? actor.userId : '',
  actor.kind === 'anonymous' ? (actor.bearer?.code ?? '') : '',
  actor.kind === 'anonymous' ? (actor.bearer?.secret ?? '') : '',
];

const sameVoice = (one: Actor, other: Actor): boolean => settingsOf(one).join('\n') === settingsOf(other).join('\n');

/** Sent at once and not awaited: what is asked next on this connection runs after it, or fails with it. */
function say(client: Pick<Client, 'unsafe'>, actor: Actor): void {
  client.unsafe(saying, settingsOf(actor), { prepare: true }).catch(() => {});
}

const dialectOf = (db: unknown): Dialect => (db as { dialect: Dialect }).dialect;
const sessionOver = (client: unknown, dialect: Dialect) =>
  new PostgresJsSession(client as postgres.Sql, dialect, undefined, {});
const transactionOver = (client: Client, dialect: Dialect): Tx => {
  const session = sessionOver(client, dialect) as unknown as ConstructorParameters<typeof PostgresJsTransaction>[1];
  return new PostgresJsTransaction(dialect, session, undefined) as unknown as Tx;
};

/** A statement that runs when it is awaited, as the driver's own do. */
function deferred<T>(run: (values: boolean) => Promise<T>) {
  const awaited = (values: boolean) => ({
    // biome-ignore lint/suspicious/noThenProperty: the driver's statements are awaited too
    then: (...then: Parameters<Promise<T>['then']>) => run(values).then(...then),
  });
  return { ...awaited(false), values: () => awaited(true) };
}

/** The pool as an actor sees it: each transaction, and each statement outside one, begins by saying who asks. */
export function databaseFor(db: Database, actor: Actor): Database {
  const pool: Pool = db.$client;
  const begin = (work: (tx: postgres.TransactionSql) => Promise<unknown>) =>
    pool.begin((tx) => {
      say(tx, actor);
      return work(tx);
    });
  const unsafe = (...statement: Statement) =>
    deferred((values) =>
      begin((tx) => {
        const asked = tx.unsafe(...statement);
        return values ? asked.values() : asked;
      }),
    );
  const dialect = dialectOf(db);
  const speaking = new PostgresJsDatabase(dialect, sessionOver({ begin, unsafe }, dialect), undefined);
  return Object.assign(speaking, { $client: db.$client }) as unknown as Database;
}

/** Reads in one transaction that can change nothing. */
export async function readOnly<R>(db: Database, actor: Actor, work: (tx: Tx) => Promise<R>): Promise<R> {
  const pool: Pool = db.$client;
  let answer: { value: R } | undefined;
  await pool.begin('read only', async (tx) => {
    say(tx, actor);
    answer = { value: await work(transactionOver(tx, dialectOf(db))) };
  });
  return answer!.value;
}

const switched = new WeakMap<object, { client: Client; from: Actor }>();

/**
 * The open transaction as somebody else: the settings are switched before each statement and back after it, so that
 * two who share a transaction never speak with the other's voice, in whatever order they ask.
 */
export function transactionFor(tx: Tx, from: Actor, to: Actor): Tx {
  const given = (tx as unknown as { session: { client: Client } }).session.client;
  const base = switched.get(given) ?? { client: given, from };
  if (sameVoice(base.from, to)) return transactionOver(base.client, dialectOf(tx));
  return transactionOver(switching(base.client, base.from, to), dialectOf(tx));
}

function switching(client: Client, from: Actor, to: Actor): Client {
  const unsafe = (...statement: Statement) =>
    deferred(async (values) => {
      say(client, to);
      const asked = client.unsafe(...statement);
      if (values) asked.values();
      asked.execute();
      say(client, from);
      return asked;
    });
  const savepoint = (work: (inner: Client) => Promise<unknown>) =>
    client.savepoint((inner) => work(switching(inner, from, to)));
  const made = { unsafe, savepoint } as unknown as Client;
  switched.set(made, { client, from });
  return made;
}
