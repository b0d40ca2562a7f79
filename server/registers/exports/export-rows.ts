import { sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { searchable } from '#server/platform/index.ts';
import type { Register } from '../define.ts';
import type { Content } from '../rules.ts';

/** What is asked of a register. */
export interface ExportQuestion {
  register: Register;
  criteria: Readonly<Record<string, string>>;
  /** the day it speaks of, and until when it was recorded: whatever changes meanwhile, all rows are of one moment */
  on: string;
  known: Date;
  /** only what these authorities keep; null: all of it */
  keepers: readonly string[] | null;
}

export interface ExportRow {
  id: string;
  content: Content;
}

interface Found extends Record<string, unknown> {
  id: string;
  content: Content | null;
  closed: boolean | null;
}

/** Entries asked for at once: what is in memory of a register of any size. */
const batch = 1000;

/**
 * The entries that were there on a day, in the order of their ids, as the register says them for that day. `seen` is told how many have been
 * looked at.
 */
export async function* exportRows(
  db: Reader,
  question: ExportQuestion,
  seen: (count: number) => Promise<void> = async () => {},
): AsyncGenerator<ExportRow> {
  const { register, on, known, keepers } = question;
  const fits = fitsTo(question);
  let looked = 0;
  for (let last = '00000000-0000-0000-0000-000000000000'; ; ) {
    const rows: Found[] = await db.execute<Found>(sql`
      select e.id, v.content, v.closed
      from (select id from register_entries
        where register = ${register.key} and id > ${last}
          and (${keepers === null} or organisation_id = any(${sql.param(keepers ?? [])}::uuid[]))
        order by id limit ${batch}) e
      left join lateral (select content, closed from register_versions v
        where v.entry_id = e.id and v.valid_from <= ${on} and (v.valid_to is null or v.valid_to > ${on})
          and v.recorded_at <= ${known.toISOString()}::timestamptz
        order by v.id desc limit 1) v on true
      order by e.id`);
    if (rows.length === 0) return;
    for (const { id, content, closed } of rows) if (content && !closed && fits(content)) yield { id, content };
    looked += rows.length;
    await seen(looked);
    last = rows.at(-1)!.id;
  }
}

/** The filters of a page as they apply to a content: words anywhere without accents, fields by their value. */
function fitsTo({ register, criteria }: ExportQuestion): (content: Content) => boolean {
  const words = searchable(criteria.q ?? '')
    .split(' ')
    .filter(Boolean);
  const wanted = Object.entries(register.filters ?? {}).flatMap(([filter, field]) =>
    criteria[filter] ? [[field, criteria[filter]] as const] : [],
  );
  const open = register.fields.filter((field) => field.public);
  return (content) => {
    if (wanted.some(([field, value]) => content[field] !== value)) return false;
    if (words.length === 0) return true;
    const text = searchable(open.map((field) => field.format(content[field.name])).join(' '));
    return words.every((word) => text.includes(word));
  };
}
