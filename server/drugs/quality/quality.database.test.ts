import { desc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect } from 'vitest';
import { qualityTests } from '#db/schema/drug-supply.ts';
import { facilities } from '#db/schema/facilities.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { anonymousContext } from '#server/identity/testing.ts';
import { transaction } from '#server/platform/index.ts';
import { decideChange, proposeChange } from '#server/registers/index.ts';
import { wire } from '#server/wiring.ts';
import { recordTest, testsOfDrug } from '../index.ts';
import { clockFrom, openSupply } from '../testing/supply.ts';

beforeAll(wire);
const sample = {
  batch: 'AM 0426-B',
  sampleNumber: 'M-118',
  takenOn: '2026-11-01',
  takenAt: 'Nhà thuốc An Khang',
  laboratory: 'Viện Kiểm nghiệm thuốc Trung ương',
  method: 'HPLC',
  standard: 'DĐVN V',
  lines: 'Định lượng | 95–105 % | 98 % | đạt\nĐộ hoà tan | ≥ 80 % | 61 % | không đạt',
  certificateNumber: 'PKN-118',
  certificateOn: '2026-11-20',
};

describe('a quality test', () => {
  test('that failed is public with its batch and leads to the recall of it; one that passed is the ministry’s', async ({
    db,
  }) => {
    const { now } = clockFrom('2026-11-30');
    const { drugId, registrar, leader, ofProvince, first } = await openSupply(db, now);
    const [facility] = await db.select().from(facilities).where(eq(facilities.id, first.facilityId));
    await recordTest(registrar, { ...sample, drugId, facilityCode: facility!.code.toLowerCase() });
    await recordTest(registrar, { ...sample, drugId, sampleNumber: 'M-119', batch: 'B2', lines: 'Cảm quan | đạt' });
    const stranger = anonymousContext(db, now);
    expect(await testsOfDrug(stranger, { id: drugId })).toMatchObject([
      {
        batch: 'AM 0426-B',
        passed: false,
        facility: { id: first.facilityId },
        lines: [{}, { passed: false }],
        recalls: [],
      },
    ]);
    expect(await testsOfDrug(leader, { id: drugId })).toHaveLength(2);
    expect(await testsOfDrug(ofProvince, { id: drugId })).toHaveLength(1);
    // the database alone keeps it too
    expect(await transaction(ofProvince, ({ tx }) => tx.select().from(qualityTests))).toHaveLength(1);
    const { requestId } = await proposeChange(registrar, {
      register: 'recalls',
      kind: 'add',
      texts: {
        number: '1/QLD',
        drug: '893110123424',
        level: '3',
        kind: 'mandatory',
        reason: 'Không đạt',
        batches: 'am0426b',
        issuedOn: '30/11/2026',
        deadline: '01/12/2026',
      },
      validFrom: '2026-11-30',
      reason: 'Theo phiếu kiểm nghiệm',
    });
    const { entryId } = await decideChange(leader, { requestId, approve: true });
    expect(await testsOfDrug(stranger, { id: drugId })).toMatchObject([
      { recalls: [{ id: entryId, number: '1/QLD' }] },
    ]);
  });

  test('is corrected by another row; what was public stays so, with what it said before', async ({ db }) => {
    const { now } = clockFrom('2026-11-30');
    const { drugId, registrar } = await openSupply(db, now);
    const { testId } = await recordTest(registrar, { ...sample, drugId });
    const lines = 'Định lượng | 95–105 % | 98 % | đạt';
    await recordTest(registrar, { ...sample, drugId, lines, certificateNumber: 'PKN-118b', corrects: testId });
    expect(await testsOfDrug(anonymousContext(db, now), { id: drugId })).toMatchObject([
      { passed: true, certificateNumber: 'PKN-118b', earlier: [{ passed: false, certificateNumber: 'PKN-118' }] },
    ]);
    expect(await db.select().from(qualityTests)).toHaveLength(2);
    await expect(db.delete(qualityTests)).rejects.toThrow();
  });

  test('is recorded by the registrar of the keeper alone, leaves an audit row, and names what is wrong', async ({
    db,
  }) => {
    const { now } = clockFrom('2026-11-30');
    const { drugId, registrar, leader, ofProvince, first } = await openSupply(db, now);
    for (const ctx of [leader, ofProvince, first.person])
      await expect(recordTest(ctx, { ...sample, drugId })).rejects.toMatchObject({
        reason: 'drugs.errors.registrarOnly',
      });
    const last = async () => (await db.select().from(auditEntries).orderBy(desc(auditEntries.id)).limit(1))[0];
    expect(await last()).toMatchObject({ action: 'qualityTest.record', outcome: 'refused' });
    for (const [over, path, reason] of [
      [{ lines: 'Định lượng' }, 'lines', 'drugs.errors.testLines'],
      [{ lines: '' }, 'lines', 'errors.field.required'],
      [{ facilityCode: 'KHONG-CO' }, 'facilityCode', 'drugs.errors.noSuchFacility'],
      [{ certificateOn: '2026-10-31' }, 'certificateOn', 'drugs.errors.certificateBefore'],
      [{ certificateOn: '2026-12-01' }, 'certificateOn', 'recalls.errors.future'],
      [{ batch: '–' }, 'batch', 'recalls.errors.batch'],
    ] as const)
      await expect(recordTest(registrar, { ...sample, drugId, ...over })).rejects.toMatchObject({
        details: { fields: [{ path, reason }] },
      });
    await recordTest(registrar, { ...sample, drugId });
    expect(await last()).toMatchObject({ action: 'qualityTest.record', outcome: 'done', subjectId: drugId });
  });
});
