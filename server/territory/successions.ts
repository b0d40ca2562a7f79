import { type SQL, sql } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { territorySuccessions as lines, territoryUnits } from '#db/schema/territory.ts';
import { type UnitRow, unitColumns } from './records.ts';

/** A unit that took over from another, and by which resolution. */
export interface Successor {
  row: UnitRow;
  resolution: string;
}

export const keyOf = ({ level, code, validFrom }: UnitRow): string => `${level} ${code} ${validFrom}`;

/** Longest way from a unit to what it is today: renamed, merged, renamed. */
const mostSteps = 4;

/**
 * What became of units, by their keys: of a divided one several. Units that took over and ended in their turn are followed to
 * those that hold on the day or to the last that is known. What holds has no successor.
 */
export async function successorsOf(db: Reader, units: UnitRow[], on: string): Promise<Map<string, Successor[]>> {
  const ended = ({ validTo }: UnitRow) => validTo !== null && validTo <= on;
  const found = new Map<string, Successor[]>();
  const known = new Map<string, Successor[]>();
  for (let asked = units.filter(ended), step = 0; asked.length > 0 && step < mostSteps; step++) {
    for (const { from, ...successor } of await nextOf(db, asked))
      known.set(from, [...(known.get(from) ?? []), successor]);
    asked = [...known.values()].flat().flatMap(({ row }) => (ended(row) && !known.has(keyOf(row)) ? [row] : []));
  }
  const follow = (key: string, steps = mostSteps): Successor[] =>
    (known.get(key) ?? []).flatMap((next) => {
      const further = steps > 0 && ended(next.row) ? follow(keyOf(next.row), steps - 1) : [];
      return further.length > 0 ? further : [next];
    });
  for (const unit of units) {
    const last = follow(keyOf(unit));
    found.set(keyOf(unit), [...new Map(last.map((each) => [keyOf(each.row), each])).values()]);
  }
  return found;
}

async function nextOf(db: Reader, units: UnitRow[]): Promise<(Successor & { from: string })[]> {
  const rows = await db
    .select({
      ...unitColumns,
      fromLevel: lines.fromLevel,
      fromCode: lines.fromCode,
      fromValidFrom: lines.fromValidFrom,
      resolution: lines.resolution,
    })
    .from(lines)
    .innerJoin(
      territoryUnits,
      sql`${territoryUnits.level} = ${lines.toLevel} and ${territoryUnits.code} = ${lines.toCode} and ${territoryUnits.validFrom} = ${lines.toValidFrom}`,
    )
    .where(sql`(${lines.fromLevel}, ${lines.fromCode}, ${lines.fromValidFrom}) in ${keysOf(units)}`)
    .orderBy(territoryUnits.name);
  return rows.map(({ fromLevel, fromCode, fromValidFrom, resolution, ...row }) => ({
    from: `${fromLevel} ${fromCode} ${fromValidFrom}`,
    row,
    resolution,
  }));
}

/** The units that went into one, wholly or in part. */
export async function predecessorsOf(db: Reader, unit: UnitRow): Promise<{ row: UnitRow; divided: boolean }[]> {
  const rows = await db
    .select({ ...unitColumns, divided: lines.divided })
    .from(lines)
    .innerJoin(
      territoryUnits,
      sql`${territoryUnits.level} = ${lines.fromLevel} and ${territoryUnits.code} = ${lines.fromCode} and ${territoryUnits.validFrom} = ${lines.fromValidFrom}`,
    )
    .where(sql`(${lines.toLevel}, ${lines.toCode}, ${lines.toValidFrom}) in ${keysOf([unit])}`)
    .orderBy(territoryUnits.name);
  return rows.map(({ divided, ...row }) => ({ row, divided }));
}

const keysOf = (units: UnitRow[]): SQL =>
  sql`(select * from jsonb_to_recordset(${JSON.stringify(
    units.map(({ level, code, validFrom }) => ({ level, code, valid_from: validFrom })),
  )}::text::jsonb) as k(level text, code text, valid_from date))`;
