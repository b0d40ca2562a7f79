import { and, eq, inArray } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { territoryUnits } from '#db/schema/territory.ts';
import { type TerritoryUnit, type UnitRow, unitColumns, unitOf } from './records.ts';
import { keyOf, successorsOf } from './successions.ts';

/** A ward's code as somebody wrote it down on a day, beside a province of today. */
export interface WrittenWard {
  code: string;
  /** the day on which it was written: codes are used again after a reform */
  writtenOn: string;
  provinceCode: string;
}

export interface WardReading {
  /** the unit that was meant; null: no ward ever had the code */
  meant: TerritoryUnit | null;
  /** what it is on the day asked for: one ward, the candidates of a divided one, or none that is known */
  becomes: TerritoryUnit[];
}

/**
 * The wards that written codes mean on a day. A code is read as of the day it was written; where that lies in another
 * province than is stated and an older unit of the code went into the stated one, the older is meant.
 */
export async function readWards(db: Reader, written: readonly WrittenWard[], on: string): Promise<WardReading[]> {
  const codes = [...new Set(written.map(({ code }) => code))];
  if (codes.length === 0) return [];
  const rows: UnitRow[] = await db
    .select(unitColumns)
    .from(territoryUnits)
    .where(and(eq(territoryUnits.level, 'ward'), inArray(territoryUnits.code, codes)));
  const byCode = Map.groupBy(rows, ({ code }) => code);
  const successors = await successorsOf(db, rows, on);
  const holds = ({ validFrom, validTo }: UnitRow, day: string) =>
    validFrom <= day && (validTo === null || validTo > day);
  const becomes = (row: UnitRow) => (holds(row, on) ? [row] : successors.get(keyOf(row))!.map((next) => next.row));
  return written.map(({ code, writtenOn, provinceCode }) => {
    const units = (byCode.get(code) ?? []).filter(({ validFrom }) => validFrom <= writtenOn);
    // what held on the day first, then what ended last before it
    const likely = units.sort(
      (a, b) => Number(holds(b, writtenOn)) - Number(holds(a, writtenOn)) || (a.validFrom < b.validFrom ? 1 : -1),
    );
    const there = likely.find((unit) => becomes(unit).some(({ parentCode }) => parentCode === provinceCode));
    const meant = there ?? likely[0];
    return meant ? { meant: unitOf(meant), becomes: becomes(meant).map(unitOf) } : { meant: null, becomes: [] };
  });
}
