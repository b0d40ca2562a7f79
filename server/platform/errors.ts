/** What can go wrong, in the caller's terms. One table maps each code to tRPC and HTTP; anything else is a 500 with an incident id. */
export type ErrorCode =
  | 'notFound'
  | 'forbidden'
  | 'unauthenticated'
  | 'invalidInput'
  | 'invalidState'
  | 'conflict'
  | 'limit'
  | 'unavailable';

/** One wrong field: where it is, which message explains it and names the remedy. `path` is dotted, as the form names it. */
export interface FieldError {
  path: string;
  /** message key, e.g. `errors.field.required` */
  reason: string;
  values?: Record<string, string | number>;
}

export interface ErrorDetails {
  /** values for the message */
  values?: Record<string, string | number>;
  fields?: FieldError[];
}

/**
 * The only error the application throws on purpose. A throw rolls the transaction back.
 * `reason` is a message key in `messages/<locale>/<module>.json` such as `dossiers.errors.alreadyReceived`.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly reason: string;
  readonly details: ErrorDetails;
  constructor(code: ErrorCode, reason: string, details: ErrorDetails = {}) {
    super(`${code}: ${reason}`);
    this.name = 'AppError';
    this.code = code;
    this.reason = reason;
    this.details = details;
  }
}

/**
 * What the driver and the server say when the database is away, stopping, full, or too busy to let this request through:
 * nothing was committed, and the same again may succeed. 08: connection, 53: no room or connections, 57P: shutting down.
 */
const awayCodes =
  /^(CONNECTION_\w+|CONNECT_TIMEOUT|ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|08\w{3}|53\w{3}|57P\d\d|57014|55P03)$/;

/** Our own error, also inside what the driver, Drizzle or tRPC wrapped around it; null for any other. */
export function appErrorIn(error: unknown): AppError | null {
  let inner = error;
  for (let depth = 0; depth < 5 && inner instanceof Error; depth++, inner = inner.cause) {
    if (inner instanceof AppError) return inner;
    if ('code' in inner && awayCodes.test(String(inner.code))) return new AppError('unavailable', 'errors.unavailable');
  }
  return null;
}

/** Throws `notFound`: also the answer for what one may not see. */
export function notFound(reason = 'errors.notFound'): never {
  throw new AppError('notFound', reason);
}

/** The status each code has over HTTP (RFC 9457 problem documents) and the tRPC code beside it. */
export const errorTable = {
  notFound: { http: 404, trpc: 'NOT_FOUND' },
  forbidden: { http: 403, trpc: 'FORBIDDEN' },
  unauthenticated: { http: 401, trpc: 'UNAUTHORIZED' },
  invalidInput: { http: 422, trpc: 'UNPROCESSABLE_CONTENT' },
  invalidState: { http: 409, trpc: 'CONFLICT' },
  conflict: { http: 409, trpc: 'CONFLICT' },
  limit: { http: 429, trpc: 'TOO_MANY_REQUESTS' },
  unavailable: { http: 503, trpc: 'SERVICE_UNAVAILABLE' },
} as const satisfies Record<ErrorCode, { http: number; trpc: string }>;
