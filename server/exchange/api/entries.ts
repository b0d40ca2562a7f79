import { z } from 'zod';
import { env } from '#server/platform/env.ts';
import { AppError, notFound, parseInput } from '#server/platform/index.ts';
import { type EntryHistory, type EntryOnDay, entriesAsOf, entryAsOf } from '#server/registers/index.ts';
import type { RegisterKey } from '#server/registers/inputs.ts';
import type { ApiHandler } from '../api-route.ts';
import { instantText, onceEach, whole, withEtag } from './list-answer.ts';

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
  status: entry.status,
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

/**
 * `GET /api/v1/<register>?asOf=…`: the register as it was on a day; without `asOf` the list of today (`today`). What speaks of today
 * alone, such as a distance, is refused beside `asOf`.
 */
export const registerList =
  (register: 'facilities' | 'drugs' | 'devices', today: ApiHandler): ApiHandler =>
  async (ctx, request, params) => {
    const asked = new URL(request.url).searchParams;
    if (!asked.has('asOf') && !asked.has('knownAt')) return today(ctx, request, params);
    const { asOf, knownAt, q, status, page, pageSize, ...criteria } = onceEach(asked);
    if (asOf === undefined) {
      const fields = [{ path: 'asOf', reason: 'exchange.errors.knownNeedsAsOf' }];
      throw new AppError('invalidInput', 'errors.invalidInput', { fields });
    }
    const days = parseInput(ListQuery, { asOf, knownAt, q, status, page, pageSize });
    const list = await entriesAsOf(ctx, {
      register,
      on: days.asOf,
      criteria,
      ...(days.knownAt ? { known: days.knownAt } : {}),
      ...(days.q ? { q: days.q } : {}),
      ...(days.status ? { status: days.status } : {}),
      ...(days.page ? { page: days.page } : {}),
      ...(days.pageSize ? { pageSize: days.pageSize } : {}),
    });
    const { items, total } = list;
    const body = {
      asOf: list.on,
      knownAt: list.known,
      items: items.map((entry) => entryOnDay(register, entry)),
      page: list.page,
      pageSize: list.pageSize,
      total,
    };
    return withEtag(request, JSON.stringify(body));
  };

const ListQuery = z.strictObject({
  asOf: Day,
  knownAt: Day.optional(),
  q: z.string().max(300).optional(),
  status: z.string().max(40).optional(),
  page: whole.optional(),
  pageSize: whole.optional(),
});

const entryOnDay = (register: RegisterKey, { id, title, status, fields }: EntryOnDay) => ({
  id,
  register,
  title,
  status,
  fields: textsOf(fields),
  url: `${env().appUrl}/registers/${register}/${id}`,
});
