import { inArray } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '#db/client.ts';
import { drugRecalls } from '#db/schema/drug-supply.ts';
import { enqueue, type FieldError, type TxContext } from '#server/platform/index.ts';
import { type Content, fields, keyOf, type Projected, type Register } from '#server/registers/index.ts';
import { findDrugBy } from '../find-drug.ts';
import { RecallContent } from './inputs.ts';
import { batchKey, recallKinds, recallLevels } from './rules.ts';

const { line, prose, date, choice, list, flag } = fields;

/** The register of recalls of drugs: kept by the ministry, proposed by one person, approved by another, like any entry. */
export const recallsRegister: Register = {
  key: 'recalls',
  content: RecallContent as unknown as z.ZodType<Content>,
  fields: [
    line('number', { required: true }),
    line('drug', { required: true }),
    choice('level', recallLevels, { required: true }),
    choice('kind', recallKinds, { required: true }),
    prose('reason', { required: true }),
    list('batches'),
    flag('allBatches'),
    date('issuedOn', { required: true }),
    date('deadline', { required: true }),
    line('sourceDecision'),
  ],
  title: ({ number }) => String(number),
  keys: ({ number }) => [keyOf('recall', String(number))],
  listed: ['drug', 'level', 'batches', 'issuedOn'],
  faults: async (db, contents) => {
    const faults: FieldError[][] = [];
    for (const content of contents) faults.push(await drugFaults(db, content as RecallContent));
    return faults;
  },
  project,
};

async function drugFaults(db: Reader, { drug }: Partial<RecallContent>): Promise<FieldError[]> {
  if (!drug) return [];
  if ((await findDrugBy(db, drug)) !== null) return [];
  return [{ path: 'drug', reason: 'recalls.errors.noSuchDrug', values: { number: drug } }];
}

async function project(ctx: TxContext, rows: readonly Projected[]): Promise<void> {
  const values = [];
  for (const { entryId, content, closedOn, demo } of rows) {
    const recall = content as RecallContent;
    const drugId = await findDrugBy(ctx.tx, recall.drug);
    // its drug was there when it was proposed: an entry that lost its number since keeps its earlier row
    if (drugId === null) continue;
    values.push({
      id: entryId,
      drugId,
      number: recall.number,
      level: Number(recall.level),
      kind: recall.kind,
      reason: recall.reason,
      batches: recall.batches,
      batchKeys: [...new Set(recall.batches.map(batchKey))],
      issuedOn: recall.issuedOn,
      deadline: recall.deadline,
      sourceDecision: recall.sourceDecision ?? null,
      endedOn: closedOn,
      demo,
    });
  }
  if (values.length === 0) return;
  const ids = values.map(({ id }) => id);
  await ctx.tx.delete(drugRecalls).where(inArray(drugRecalls.id, ids));
  await ctx.tx.insert(drugRecalls).values(values);
  for (const { id, endedOn } of values)
    if (endedOn === null) await enqueue(ctx, 'recall.tellHolders', { recallId: id }, { jobKey: `recall:${id}` });
}
