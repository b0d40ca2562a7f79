import { initTRPC, TRPCError } from '@trpc/server';
import superjson from 'superjson';
import type { z } from 'zod';
import { appErrorIn } from '#server/platform/errors.ts';
import { AppError, type Context, errorTable, personId, takeAttempt } from '#server/platform/index.ts';

/** What is wrong with a call that no procedure has seen. */
const said: Partial<Record<TRPCError['code'], string>> = {
  NOT_FOUND: 'errors.noProcedure',
  METHOD_NOT_SUPPORTED: 'errors.method',
  UNSUPPORTED_MEDIA_TYPE: 'errors.json.notJson',
  PARSE_ERROR: 'errors.json.notJson',
  BAD_REQUEST: 'errors.invalid',
};

const t = initTRPC.context<Context>().create({
  transformer: superjson,
  errorFormatter: ({ shape, error }) => {
    const cause = error.cause;
    const known =
      cause instanceof AppError
        ? { reason: cause.reason, fields: cause.details.fields, values: cause.details.values }
        : { reason: said[error.code] ?? 'errors.unexpected' };
    // anything unexpected leaves without detail: the log has it under the request's id
    return {
      message: known.reason,
      code: shape.code,
      data: { code: shape.data.code, httpStatus: shape.data.httpStatus, ...known },
    };
  },
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** One of our own errors, or what the database says when it is away, with the status it has everywhere; any other as it is. */
export function withStatus(error: unknown): unknown {
  const cause = appErrorIn(error);
  return cause ? new TRPCError({ code: errorTable[cause.code].trpc, message: cause.reason, cause }) : error;
}

/** Gives our own errors the status they have everywhere. */
export const procedure = t.procedure.use(async ({ next }) => {
  const result = await next();
  if (!result.ok) throw withStatus(result.error);
  return result;
});

/**
 * A procedure that one person may call so often an hour, in all processes together. Each call of a batch counts, and so
 * do those that fail; strangers are refused by the policy.
 */
export const limited = (act: string, anHour: number) =>
  procedure.use(async ({ ctx, next }) => {
    const userId = personId(ctx.actor);
    if (userId) await takeAttempt(ctx.db, `${act}:${userId}`, anHour, 3600, ctx.now());
    return next();
  });

/** The type of an input. Commands and queries parse it themselves, so that every door gives the same errors. */
export const shape = <Schema extends z.ZodType>(schema: Schema) =>
  Object.assign((raw: unknown): z.input<Schema> => raw as z.input<Schema>, { schema });
