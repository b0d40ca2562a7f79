import { describe, expect } from 'vitest';
import { facilities, facilityLicences } from '#db/schema/facilities.ts';
import { organisations } from '#db/schema/identity.ts';
import { testDatabase as it } from '#db/testing/index.ts';
import { type Context, newContext, newId, systemActor, transaction } from '#server/platform/index.ts';
import { setAt } from '#server/procedures/index.ts';
import { procedureCode } from '#workflows/index.ts';
import { fullAnswers } from './sample-answers.ts';

const register = procedureCode['pharmacy-eligibility']!.effects['pharmacy-eligibility.register']!;

async function issued(db: Context['db']) {
  const authorityId = newId();
  await db.insert(organisations).values({
    id: authorityId,
    kind: 'authority',
    name: 'Sở Y tế thành phố Hà Nội',
    agencyCode: authorityId,
    placeCode: 'HNO',
    provinceCode: '01',
  });
  return {
    dossierId: newId(),
    documentId: newId(),
    answers: fullAnswers,
    organisationId: null,
    applicant: { name: 'Công ty A', taxCode: null },
    authorityId,
    number: '05/ĐKKDD-HNO',
    issuedOn: '2026-11-23',
    validTo: null,
    renewsLicenceId: null,
  };
}
const run = (db: Context['db'], result: Awaited<ReturnType<typeof issued>>) =>
  transaction(
    newContext(db, systemActor('worker'), () => new Date('2026-11-23T02:00:00Z')),
    (ctx) => register(ctx, result),
  );

describe('entering the pharmacy in the register', () => {
  it('takes the answers over, with licence and opening hours', async ({ db }) => {
    const result = await issued(db);
    await run(db, result);
    const [facility] = await db.select().from(facilities);
    expect(facility).toMatchObject({
      kind: 'pharmacy',
      name: 'Nhà thuốc Minh Châu',
      professionalLead: 'Lê Thị Hường',
      staff: [
        { name: 'Lê Thị Hường', certificate: '1234/CCHN-D-SYT-HNO' },
        { name: 'Phạm Thị Hoa', certificate: '2345/CCHN-D-SYT-HNO', scope: 'Dược sĩ cao đẳng' },
      ],
      provinceCode: '01',
      latitude: 21.0245,
      taxCode: '0101234567',
    });
    expect(facility!.openingHours?.['1']).toEqual([{ from: '07:30', to: '21:30' }]);
    const [licence] = await db.select().from(facilityLicences);
    expect(licence).toMatchObject({
      kind: 'pharmacy-eligibility',
      number: '05/ĐKKDD-HNO',
      validFrom: '2026-11-23',
      documentId: result.documentId,
      dossierId: result.dossierId,
    });
  });

  it('changes nothing when the step runs twice', async ({ db }) => {
    const result = await issued(db);
    await run(db, result);
    await run(db, result);
    expect(await db.select().from(facilities)).toHaveLength(1);
    expect(await db.select().from(facilityLicences)).toHaveLength(1);
  });

  it('names a smaller kind of retail in its scope', async ({ db }) => {
    const result = await issued(db);
    await run(db, { ...result, answers: setAt(fullAnswers, 'facility.kind', 'herbal-shop') });
    const [facility] = await db.select().from(facilities);
    expect(facility!.kind).toBe('drug-counter');
    expect(facility!.scope[0]).toMatch(/dược liệu/);
  });
});
