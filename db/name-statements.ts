import type postgres from 'postgres';

type Client = postgres.Sql | postgres.TransactionSql;
type Unsafe = Client['unsafe'];
/** Lists of any length make a statement of their own each: such are not kept on the connection. */
const most = { letters: 10_000, parameters: 100 };

/**
 * drizzle gives no statement a name, and the driver then has each parsed and planned anew and asks twice: once for the
 * types of its parameters, once for the answer. With row-level security the plan costs many times what the rows do.
 * Named, a statement is parsed once a connection, planned a few times and asked in one go.
 */
export function nameStatements<C extends Client>(client: C): C {
  const { unsafe } = client;
  const named = ((statement, parameters, options) =>
    unsafe(statement, parameters, {
      ...options,
      prepare: statement.length <= most.letters && (parameters?.length ?? 0) <= most.parameters,
    })) as Unsafe;
  if ('savepoint' in client) {
    const { savepoint } = client;
    const inner = (work: (tx: postgres.TransactionSql) => Promise<unknown>) =>
      savepoint((tx) => work(nameStatements(tx)));
    return Object.assign(client, { unsafe: named, savepoint: inner });
  }
  const { begin } = client;
  const inner = (...given: unknown[]) => {
    const work = given.pop() as (tx: postgres.TransactionSql) => Promise<unknown>;
    const run = (tx: postgres.TransactionSql) => work(nameStatements(tx));
    return given.length > 0 ? begin(given[0] as string, run) : begin(run);
  };
  return Object.assign(client, { unsafe: named, begin: inner });
}
