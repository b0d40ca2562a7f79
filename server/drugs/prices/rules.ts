/** What is asked of a row of prices. Days are `yyyy-mm-dd`. */
export interface SaidPrice {
  /** the same for a price and its corrections */
  rootId: string;
  /** grows with every row */
  ordinal: number;
  unit: string;
  effectiveFrom: string;
  recordedAt: Date;
}

/** Of each price and its corrections the row recorded last, by what was known at an instant. */
export function heldPrices<P extends SaidPrice>(rows: readonly P[], known?: Date): P[] {
  const held = new Map<string, P>();
  for (const row of rows) {
    if (known && row.recordedAt > known) continue;
    const before = held.get(row.rootId);
    if (!before || before.ordinal < row.ordinal) held.set(row.rootId, row);
  }
  return [...held.values()];
}

const unitKey = (unit: string): string => unit.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();

/** The price of each unit on a day: the one that took effect last; of two from one day the one recorded last. */
export function pricesOn<P extends SaidPrice>(rows: readonly P[], day: string, known?: Date): P[] {
  const inForce = new Map<string, P>();
  for (const row of heldPrices(rows, known)) {
    if (row.effectiveFrom > day) continue;
    const before = inForce.get(unitKey(row.unit));
    const later =
      !before ||
      before.effectiveFrom < row.effectiveFrom ||
      (before.effectiveFrom === row.effectiveFrom && before.ordinal < row.ordinal);
    if (later) inForce.set(unitKey(row.unit), row);
  }
  return [...inForce.values()].sort((a, b) => a.unit.localeCompare(b.unit, 'vi'));
}
