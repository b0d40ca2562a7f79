import type { Reader } from '#db/client.ts';
import { drugNames } from '../find-drug.ts';
import type { Recall } from './records.ts';
import { type RecallKind, type RecallState, recallState } from './rules.ts';

/** A recall as anybody may see it beside its drug. */
export interface DrugRecall {
  id: string;
  number: string;
  level: 1 | 2 | 3;
  kind: RecallKind;
  reason: string;
  /** as printed; empty: every batch */
  batches: string[];
  state: RecallState;
  issuedOn: string;
  deadline: string;
  sourceDecision: string | null;
  /** first day on which it is over */
  endedOn: string | null;
  demo: boolean;
}

export interface RecallView extends DrugRecall {
  drug: { id: string; name: string; registrationNumber: string };
}

export const drugRecall = (row: Recall, today: string): DrugRecall => ({
  id: row.id,
  number: row.number,
  level: row.level as DrugRecall['level'],
  kind: row.kind,
  reason: row.reason,
  batches: row.batches,
  state: recallState(row, today),
  issuedOn: row.issuedOn,
  deadline: row.deadline,
  sourceDecision: row.sourceDecision,
  endedOn: row.endedOn,
  demo: row.demo,
});

/** Recalls with what their drugs are called, in the order given. */
export async function recallViews(db: Reader, rows: readonly Recall[], today: string): Promise<RecallView[]> {
  const names = await drugNames(
    db,
    rows.map(({ drugId }) => drugId),
  );
  return rows.map((row) => ({
    ...drugRecall(row, today),
    drug: names.get(row.drugId) ?? { id: row.drugId, name: '', registrationNumber: '' },
  }));
}
