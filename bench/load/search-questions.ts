import { sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';

export interface Question {
  q: string;
  kind: string;
}

const each = 40;

/** What people type of a drug: names, their beginnings, substances with and without strength, numbers old and new, a barcode. */
export async function askedOfDrugs(db: Database): Promise<Question[]> {
  const rows = await db.execute<{
    name: string;
    number: string;
    substance: string;
    strength: string;
    maker: string;
  }>(sql`
    select name, registration_number as number, ingredients -> 0 ->> 'name' as substance,
      replace(ingredients -> 0 ->> 'strength', ' mg', '') as strength, manufacturer as maker
    from drugs where registration_number like '893110%' order by md5(id::text || 'asked') limit ${each * 8}`);
  const kinds: [string, (row: (typeof rows)[number]) => string][] = [
    ['name', ({ name }) => name],
    ['beginning of a name', ({ name }) => name.slice(0, 6)],
    ['substance', ({ substance }) => substance.toLowerCase()],
    ['substance and strength', ({ substance, strength }) => `${substance} ${strength}mg`],
    ['substance and maker', ({ substance, maker }) => `${substance} ${maker.split(' ').slice(2).join(' ')}`],
    ['number', ({ number }) => number],
    ['old number', ({ number }) => `VD-${Number(number.slice(6))}-19`],
    ['word that nothing has', ({ name }) => `${name.slice(0, 4)}zzq`],
  ];
  return rows.map((row, index) => {
    const [kind, q] = kinds[index % kinds.length]!;
    return { kind, q: q(row) };
  });
}

/** What people type of a facility: its name with and without marks, kind and place, code, street. */
export async function askedOfFacilities(db: Database): Promise<Question[]> {
  const rows = await db.execute<{ name: string; code: string; plain: string; address: string; text: string }>(sql`
    select name, code, search_name as plain, address_line as address, search_text as text
    from facilities where code like 'BENCH-%' order by md5(id::text || 'asked') limit ${each * 5}`);
  const kinds: [string, (row: (typeof rows)[number]) => string][] = [
    ['name', ({ name }) => name],
    ['name without marks and number', ({ plain }) => plain.split(' ').slice(0, 4).join(' ')],
    [
      'two words and a place',
      ({ plain, text }) => `${plain.split(' ').slice(2, 4).join(' ')} ${text.split(' ').slice(-2).join(' ')}`,
    ],
    ['code', ({ code }) => code],
    ['street and number', ({ address }) => address],
  ];
  return rows.map((row, index) => {
    const [kind, q] = kinds[index % kinds.length]!;
    return { kind, q: q(row) };
  });
}
