'use server';

import { caller } from '#app/_server/caller.ts';
import { redirectTo, runAction } from '#app/_ui/action-state.ts';
import { readDate, readText } from '#app/_ui/form-values.ts';
import type { FormState } from '#app/_ui/types.ts';
import { rowDecisions } from '#server/registers/inputs.ts';

const pageOf = (importId: string, more = '') => `/office/registers/imports/${importId}${more}`;

/** The columns chosen in selects named `mapping.<field>`. */
function mappingIn(data: FormData): Record<string, number> {
  const mapping: Record<string, number> = {};
  for (const key of new Set(data.keys())) {
    const column = key.startsWith('mapping.') ? readText(data, key) : '';
    if (column !== '') mapping[key.slice('mapping.'.length)] = Number(column);
  }
  return mapping;
}

export async function map(importId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).registers.mapImport({
      importId,
      mapping: mappingIn(data),
      validFrom: readDate(data, 'validFrom'),
      decisionNumber: readText(data, 'decisionNumber'),
    });
    await redirectTo(pageOf(importId));
  });
}

export async function chooseSheet(importId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).registers.chooseSheet({ importId, sheet: Number(readText(data, 'sheet')) });
    await redirectTo(pageOf(importId));
  });
}

export async function chooseRows(importId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const rows = [...new Set(data.keys())].flatMap((key) => {
      const decision = rowDecisions.find((each) => each === readText(data, key));
      return key.startsWith('row.') && decision ? [{ line: Number(key.slice('row.'.length)), decision }] : [];
    });
    await (await caller()).registers.decideRows({ importId, rows });
    await redirectTo(pageOf(importId, '?outcome=duplicate&done=rows'));
  });
}

export async function propose(importId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).registers.proposeImport({ importId, reason: readText(data, 'reason') });
    await redirectTo(pageOf(importId, '?done=proposed'));
  });
}

export async function proposeUndo(importId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).registers.proposeUndo({ importId, reason: readText(data, 'reason') });
    await redirectTo(pageOf(importId, '?done=proposed'));
  });
}

export async function decide(importId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    const approve = readText(data, 'decision') === 'approve';
    await (await caller()).registers.decideImport({ importId, approve, note: readText(data, 'note') });
    await redirectTo(pageOf(importId, '?done=decided'));
  });
}

export async function discard(importId: string, _before: FormState, data: FormData): Promise<FormState> {
  return runAction(data, async () => {
    await (await caller()).registers.discardImport({ importId });
    await redirectTo('/office/registers/imports?done=discarded');
  });
}
