import { type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { endOfDate } from '#server/calendar/index.ts';
import { AppError, allow, type Context, query, reader, searchable } from '#server/platform/index.ts';
import { type Register, registerOf } from '../define.ts';
import { EntriesAsOf } from '../inputs.ts';
import type { Content } from '../rules.ts';
import { type FieldText, fieldTexts } from './field-texts.ts';

/** An entry as the register said it for a day. */
export interface EntryOnDay {
  id: string;
  title: string;
  /** end of `<register>.status.*`; null: its register knows no standing */
  status: string | null;
  /** all that is public */
  fields: FieldText[];
}

export interface EntriesOnDay {
  register: string;
  on: string;
  known: string | null;
  /** names of the fields a list shows */
  listed: readonly string[];
  items: EntryOnDay[];
  page: number;
  pageSize: number;
  total: number;
}

interface Found extends Record<string, unknown> {
  id: string;
  content: Content;
  recorded_at: Date | string;
  status: string | null;
}

type Input = ReturnType<typeof EntriesAsOf.parse>;

/**
 * What stood in a register on a day, by what was known until another: also what has been closed, merged or renamed since.
 * Everybody may ask. The versions themselves are read, since search knows today alone: it costs a pass over the register.
 * @throws AppError invalidInput naming a criterion that speaks of today alone, such as a distance, or that the register has not
 */
export const entriesAsOf = query({
  input: EntriesAsOf,
  load: async (db, input, ctx) => {
    const register = registerOf(input.register);
    assertKnown(register, input);
    const known = input.known ? endOfDate(input.known) : ctx.now();
    return { register, ...(await onePage(db, register, input, known)) };
  },
  allow: () => allow,
  view: async (ctx, { register, rows, total }, { on, known, page, pageSize }): Promise<EntriesOnDay> => ({
    register: register.key,
    on,
    known: known ?? null,
    listed: register.listed,
    items: await entryViews(ctx, register, rows, on),
    page,
    pageSize,
    total,
  }),
});

function assertKnown(register: Register, { criteria, status }: Input): void {
  const unknown = Object.keys(criteria).filter((name) => !register.filters?.[name]);
  if (status && !register.standing) unknown.push('status');
  if (unknown.length === 0) return;
  const fields = unknown.map((path) => ({ path, reason: 'registers.errors.notOfThePast' }));
  throw new AppError('invalidInput', 'errors.invalidInput', { fields });
}

async function onePage(db: Reader, register: Register, input: Input, known: Date) {
  const { on, q, status, criteria, page, pageSize } = input;
  const content = sql`s.content`;
  const standing = register.standing?.({ id: sql`s.id`, content }, { day: on, known }) ?? sql`null::text`;
  const wanted = Object.entries(register.filters ?? {}).flatMap(([filter, field]) =>
    criteria[filter] ? [sql`${content} ->> ${field} = ${criteria[filter]}`] : [],
  );
  const conditions = [sql`not s.closed`, ...wanted, ...wordsIn(register, content, q ?? '')];
  if (status) conditions.push(sql`${standing} = ${status}`);
  const name = register.fields.find((field) => field.name === 'name') ?? register.fields[0]!;
  const rows = await db.execute<Found & { total: number }>(sql`
    with said as materialized (
      select distinct on (v.entry_id) v.entry_id as id, v.content, v.closed, v.recorded_at
      from register_versions v join register_entries e on e.id = v.entry_id
      where e.register = ${register.key} and v.valid_from <= ${on}::date and (v.valid_to is null or v.valid_to > ${on}::date)
        and v.recorded_at <= ${known.toISOString()}::timestamptz
      order by v.entry_id, v.id desc),
    hits as materialized (select s.id from said s where ${sql.join(conditions, sql` and `)})
    select t.total::int, p.* from (select count(*) as total from hits) t left join lateral (
      select s.id, s.content, s.recorded_at, ${standing} as status from hits h join said s on s.id = h.id
      order by ${content} ->> ${name.name} collate "vi-x-icu", s.id limit ${pageSize} offset ${(page - 1) * pageSize}) p on true`);
  return { rows: rows.filter(({ id }) => id !== null), total: rows[0]!.total };
}

/** All words somewhere in what is public of it, without marks and whatever parts letters and digits. */
function wordsIn(register: Register, content: SQL, q: string): SQL[] {
  const words = searchable(q).split(' ').filter(Boolean);
  if (words.length === 0) return q.trim() === '' ? [] : [sql`false`];
  const texts = register.fields.filter((field) => field.public).map(({ name }) => sql`${content} ->> ${name}`);
  const plain = sql`regexp_replace(translate(lower(normalize(concat_ws(' ', ${sql.join(texts, sql`, `)}), NFD)), 'đĐ', 'dd'), '[^[:alnum:]]+', '', 'g')`;
  return words.map((word) => sql`strpos(${plain}, ${word}) > 0`);
}

async function entryViews(ctx: Context, register: Register, rows: readonly Found[], on: string): Promise<EntryOnDay[]> {
  const shown = register.fields.filter((field) => field.public);
  const views: EntryOnDay[] = [];
  for (const { id, content, recorded_at, status } of rows) {
    const version = { content, recordedAt: new Date(recorded_at) };
    const fields = await fieldTexts(reader(ctx), shown, version, on, register.listed);
    views.push({ id, title: register.title(content), status, fields });
  }
  return views;
}
