/** Fields of one log line. Never put personal data, tokens or whole requests in them. */
export type LogFields = Record<string, unknown>;

const secretName =
  /pass(word|phrase)?$|secret|token|cookie|authori[sz]ation|\bpin$|api_?key|private_?key|database_?url|owner_?url|smtp_?url/i;
const credentialsInUrl = /([a-z][a-z0-9+.-]*:\/\/)[^\s/@:]*:[^\s/@]*@/gi;
/** The query builder puts the values of a failed statement into its message, people's names and answers among them. */
const valuesOfStatement = /(Failed query: [\s\S]*?\n)params: [\s\S]*?(?=\n {4}at |$)/g;
const depthLimit = 6;

function withoutSecrets(value: unknown, depth: number): unknown {
  if (typeof value === 'string')
    return value.replace(credentialsInUrl, '$1…@').replace(valuesOfStatement, '$1params: …');
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Date) return value.toISOString();
  if (depth >= depthLimit) return '…';
  if (value instanceof Error) return errorFields(value, depth);
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, secretName.test(key) ? '…' : withoutSecrets(item, depth + 1)]),
  );
}

/** Postgres puts row values in `detail` and `parameters`: only these fields of an error are kept. */
function errorFields(error: Error, depth: number): LogFields {
  const code = 'code' in error ? error.code : undefined;
  const kept: LogFields = {
    name: error.name,
    message: withoutSecrets(error.message, depth),
    stack: withoutSecrets(error.stack ?? '', depth),
  };
  if (code !== undefined) kept.code = code;
  if (error.cause !== undefined) kept.cause = withoutSecrets(error.cause, depth + 1);
  return kept;
}

/** `debug` lines are dropped. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** One JSON line for `fields`, with secrets blanked by the name of their field and by their shape in addresses. */
export function logLine(level: LogLevel, message: string, fields: LogFields, at: Date): string {
  const safe = withoutSecrets(fields, 0) as LogFields;
  return JSON.stringify({ at: at.toISOString(), level, message: withoutSecrets(message, 0), ...safe });
}

/** A log file on a full disk, or a reader that went away, must not end the process whose lines are lost. */
const loseTheLine = (): void => {};
if (process.stderr.listenerCount('error') === 0) process.stderr.on('error', loseTheLine);

function write(level: LogLevel, message: string, fields: LogFields = {}): void {
  process.stderr.write(`${logLine(level, message, fields, new Date())}\n`);
}

/** Structured log to stderr, one JSON object a line. */
export const log = {
  debug: (_message: string, _fields?: LogFields) => {},
  info: (message: string, fields?: LogFields) => write('info', message, fields),
  warn: (message: string, fields?: LogFields) => write('warn', message, fields),
  error: (message: string, fields?: LogFields) => write('error', message, fields),
};
