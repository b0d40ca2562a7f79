import { type SQL, sql } from 'drizzle-orm';
import type { LicenceDays } from './rules.ts';

/** `deviceStatus` of the rules, in the database: of the days a row says, or a version. */
export const statusOn = (days: Record<keyof LicenceDays, SQL>, day: string): SQL<string> => {
  const { validTo, suspendedFrom, suspendedTo, withdrawnOn } = days;
  return sql<string>`case when ${withdrawnOn} <= ${day}::date then 'withdrawn' when ${validTo} < ${day}::date then 'expired'
    when ${suspendedFrom} <= ${day}::date and (${suspendedTo} is null or ${suspendedTo} >= ${day}::date) then 'suspended' else 'inForce' end`;
};
