import { type SQL, sql } from 'drizzle-orm';

/** `drugStatus` of the rules, in the database: of the days a row says, or a version. */
export const statusOn = ({ validTo, withdrawnOn }: Record<'validTo' | 'withdrawnOn', SQL>, day: string): SQL<string> =>
  sql<string>`case when ${withdrawnOn} <= ${day}::date then 'withdrawn' when ${validTo} < ${day}::date then 'expired' else 'inForce' end`;
