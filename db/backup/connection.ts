import postgres from 'postgres';

/**
 * One connection with the owner's rights for work that takes as long as it takes. Texts of dates and numbers are the
 * same whatever the server is set to.
 */
export function ownerConnection(ownerUrl: string, applicationName: string): postgres.Sql {
  return postgres(ownerUrl, {
    max: 1,
    max_lifetime: null,
    onnotice: () => {},
    connection: {
      application_name: applicationName,
      client_encoding: 'UTF8',
      DateStyle: 'ISO, YMD',
      IntervalStyle: 'postgres',
      TimeZone: 'UTC',
      extra_float_digits: 3,
      statement_timeout: 0,
      lock_timeout: 10_000,
      idle_in_transaction_session_timeout: 0,
      client_connection_check_interval: 1_000,
    } as Record<string, string | number> as postgres.ConnectionParameters,
  });
}
