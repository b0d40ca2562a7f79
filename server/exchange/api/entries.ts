import { z } from 'zod';
import { env } from '#server/platform/env.ts';
import { AppError, notFound, parseInput } from '#server/platform/index.ts';
import { type EntryHistory, entryAsOf } from '#server/registers/index.ts';
import type { RegisterKey } from '#server/registers/inputs.ts';
import type { ApiHandler } from '../api-route.ts';
import { instantText, onceEach, withEtag } from './list-answer.ts';

const Day = z.iso.date('exchange.errors.day');

/** `asOf`: the day in the world; `knownAt`: the last day whose records count. */
export const EntryQuery = z.strictObject({ asOf: Day.optional(), knownAt: Day.optional() });

/** `GET /api/v1/<register>/{id}/history`: one entry as of any day, by what was known until any other, with its whole public history. */
export const registerEntry =
  (register: RegisterKey): ApiHandler<{ id: string }> =>
  async (ctx, request, { id }) => {
    const { asOf, knownAt } = parseInput(EntryQuery, onceEach(new URL(request.url).searchParams));
    if (!z.uuid().safeParse(id).success) notFound();
    const asked = { register, id, ...(asOf ? { on: asOf } : {}), ...(knownAt ? { known: knownAt } : {}) };
    const entry = await entryAsOf(ctx, asked).catch((error: unknown) => {
      throw error instanceof AppError && error.code === 'invalidInput'
        ? new AppError('notFound', 'errors.notFound')
        : error;
    });
    return withEtag(request, JSON.stringify(entryResource(entry)));
  };

const textsOf = (fields: { name: string; text: string }[]) =>
  Object.fromEntries(fields.map(({ name, text }) => [name, text]));

const entryResource = (entry: EntryHistory) => ({
  id: entry.id,
  register: entry.register,
  title: entry.title,
  asOf: entry.on,
  knownAt: entry.known,
  movedTo: entry.movedTo,
  closed: entry.closed,
  // null: nothing was said of that day yet
  fields: entry.fields && textsOf(entry.fields),
  history: entry.history.map(({ action, validFrom, validTo, recordedAt, decisionNumber, changes }) => ({
    action,
    validFrom,
    validTo,
    recordedAt: instantText(recordedAt),
    decisionNumber,
    changes,
  })),
  url: `${env().appUrl}/registers/${entry.register}/${entry.id}`,
});
