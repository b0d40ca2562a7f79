import { qualityTests } from '#db/schema/drug-supply.ts';
import { localDate } from '#server/calendar/index.ts';
import { findFacilityByCode } from '#server/facilities/index.ts';
import { AppError, command, newId, notFound, personId, type TxContext } from '#server/platform/index.ts';
import { findEntry } from '#server/registers/index.ts';
import { canRecord } from '../policy.ts';
import { batchKey } from '../recalls/rules.ts';
import { RecordTest } from './inputs.ts';
import { findTest, testsOfRoot } from './records.ts';
import { passesAll } from './rules.ts';

/**
 * Records what a laboratory found in a sample, or corrects a record: what was recorded before stays. One that failed is public
 * from now on, and so is whatever corrects it.
 * @throws AppError invalidInput naming the field
 */
export const recordTest = command({
  name: 'qualityTest.record',
  input: RecordTest,
  load: async (ctx, { drugId, corrects }) => {
    const drug = (await findEntry(ctx.tx, 'drugs', drugId)) ?? notFound();
    const corrected = corrects ? await findTest(ctx.tx, corrects) : null;
    if (corrects && corrected?.drugId !== drug.id) notFound();
    const earlier = corrected ? await testsOfRoot(ctx.tx, corrected.rootId) : [];
    return { drug, earlier };
  },
  allow: (actor, { drug }) => canRecord(actor, drug),
  run: async (ctx, { corrects: _corrects, facilityCode, ...said }, { earlier }) => {
    const today = localDate(ctx.now());
    if (said.takenOn > today) wrong('takenOn', 'recalls.errors.future');
    if (said.certificateOn > today) wrong('certificateOn', 'recalls.errors.future');
    const passed = passesAll(said.lines);
    const testId = newId(ctx.now().getTime());
    await ctx.tx.insert(qualityTests).values({
      ...said,
      id: testId,
      rootId: earlier[0]?.rootId ?? testId,
      batchKey: batchKey(said.batch),
      facilityId: await facilityOf(ctx, facilityCode),
      passed,
      open: !passed || earlier.some(({ open }) => open),
      recordedBy: personId(ctx.actor),
      recordedAt: ctx.now(),
    });
    return { testId, passed };
  },
  audit: ({ input, result, subject }) => ({
    subjectType: 'registerEntry',
    subjectId: subject.drug.id,
    details: {
      testId: result.testId,
      sampleNumber: input.sampleNumber,
      batch: input.batch,
      passed: result.passed,
      corrects: subject.earlier[0]?.rootId ?? null,
    },
  }),
});

async function facilityOf(ctx: TxContext, code: string): Promise<string | null> {
  if (code === '') return null;
  return (await findFacilityByCode(ctx.tx, code))?.id ?? wrong('facilityCode', 'drugs.errors.noSuchFacility');
}

function wrong(path: string, reason: string): never {
  throw new AppError('invalidInput', 'errors.invalidInput', { fields: [{ path, reason }] });
}
