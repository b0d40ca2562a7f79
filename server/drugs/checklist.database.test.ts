import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { registerVersions } from '#db/schema/registers.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { anonymousContext } from '#server/identity/testing.ts';
import { newContext, personId, systemActor, transaction } from '#server/platform/index.ts';
import { decideChange, entryAsOf, proposeChange, recordVersions } from '#server/registers/index.ts';
import { wire } from '#server/wiring.ts';
import { drugsRegister, getDrug, searchDrugs } from './index.ts';
import { clockFrom, enterDrug, openSupply } from './testing/supply.ts';

beforeAll(wire);

/** Lines of the register's checklist that no other test has whole; the others are in `drugs.database.test.ts` and `rules.test.ts`. */
describe('the register of drugs', () => {
  test('gives the same first ten for "paracetamol 500" and "PARACETAMOL 500MG", however the names are written', async ({
    db,
  }) => {
    const { now } = clockFrom('2026-11-30');
    await many(db, now, 14);
    const first = async (q: string) => {
      const { items, total } = await searchDrugs(anonymousContext(db, now), { q, pageSize: 10 });
      return { names: items.map(({ name }) => name), total };
    };
    const plain = await first('paracetamol 500');
    expect(plain.total).toBe(14);
    expect(plain.names).toHaveLength(10);
    for (const q of ['PARACETAMOL 500MG', 'Paracetamol 500 mg', '500 paracetamol', 'paracétamol 500'])
      expect((await first(q)).total, q).toBe(14);
    expect(await first('PARACETAMOL 500MG')).toEqual(plain);
  });

  test('lists all in the order of the alphabet, page by page, when nothing is asked', async ({ db }) => {
    const { now } = clockFrom('2026-11-30');
    await many(db, now, 5, ['Đan', 'Dan', 'Ăn', 'An', 'Ân']);
    const page = async (number: number) =>
      (await searchDrugs(anonymousContext(db, now), { page: number, pageSize: 3 })).items.map(({ name }) => name);
    expect([...(await page(1)), ...(await page(2))]).toEqual(['An', 'Ăn', 'Ân', 'Dan', 'Đan']);
    expect((await searchDrugs(anonymousContext(db, now), {})).total).toBe(5);
  });

  test('keeps what was withdrawn: findable, marked, with decision number and date', async ({ db }) => {
    const { now } = clockFrom('2026-11-30');
    const id = await enterDrug(db, now, { withdrawnOn: '2026-10-01', withdrawalDecision: '55/QĐ-QLD' });
    const stranger = anonymousContext(db, now);
    expect((await searchDrugs(stranger, { q: 'VD-4878-14' })).items).toMatchObject([
      { id, status: 'withdrawn', withdrawnOn: '2026-10-01' },
    ]);
    const { fields } = await entryAsOf(stranger, { register: 'drugs', id });
    expect(fields).toContainEqual(expect.objectContaining({ name: 'withdrawalDecision', text: '55/QĐ-QLD' }));
    expect(fields).toContainEqual(expect.objectContaining({ name: 'withdrawnOn', text: '01/10/2026' }));
  });

  test('works with no list of ATC codes loaded: a code is shown as it is', async ({ db }) => {
    const { now } = clockFrom('2026-11-30');
    const id = await enterDrug(db, now, {
      ingredients: [{ name: 'Paracetamol', strength: '500 mg', atc: 'N02BE01' }],
    });
    expect((await getDrug(anonymousContext(db, now), { id })).ingredients).toEqual([
      { name: 'Paracetamol', strength: '500 mg', atc: 'N02BE01' },
    ]);
  });

  test('keeps of each change who, when, before and after; the public sees dates and decisions alone', async ({
    db,
  }) => {
    const clock = clockFrom('2026-11-30');
    const { drugId, registrar, leader } = await openSupply(db, clock.now);
    const { version } = await entryAsOf(registrar, { register: 'drugs', id: drugId });
    const { requestId } = await proposeChange(registrar, {
      register: 'drugs',
      kind: 'change',
      entryId: drugId,
      version,
      texts: { validTo: '31/12/2030' },
      validFrom: '2026-11-30',
      reason: 'Gia hạn nội bộ',
      decisionNumber: '77/QĐ-QLD',
    });
    await decideChange(leader, { requestId, approve: true });
    const shown = await entryAsOf(anonymousContext(db, clock.now), { register: 'drugs', id: drugId });
    expect(shown.history[0]).toMatchObject({
      action: 'changed',
      validFrom: '2026-11-30',
      decisionNumber: '77/QĐ-QLD',
      changes: [{ name: 'validTo', before: '', after: '31/12/2030' }],
    });
    const told = JSON.stringify(shown);
    for (const secret of [personId(registrar.actor)!, personId(leader.actor)!, 'Nguyễn Văn Thử', 'Gia hạn nội bộ'])
      expect(told).not.toContain(secret);
    const rows = await db.select().from(registerVersions).where(eq(registerVersions.changeRequestId, requestId));
    expect(rows).toMatchObject([{ recordedBy: `person:${personId(leader.actor)}` }]);
    const audit = await db.select().from(auditEntries).where(eq(auditEntries.action, 'registerChange.decide'));
    expect(audit).toMatchObject([{ actorId: personId(leader.actor), subjectId: drugId, outcome: 'done' }]);
  });
});

/** So many products of one substance, written in different ways. */
async function many(db: Database, now: () => Date, count: number, names?: string[]): Promise<void> {
  const contents = Array.from({ length: count }, (_, n) => ({
    registrationNumber: `VD-${n + 1}-20`,
    name: names?.[n] ?? `${['Paracetamol', 'PARACETAMOL', 'Panaxol', 'Hạ sốt'][n % 4]} ${n}`,
    ingredients: [{ name: 'Paracetamol', strength: n % 2 === 0 ? '500mg' : '500 mg' }],
    prescription: 'otc',
  }));
  await transaction(newContext(db, systemActor('test'), now), (ctx) =>
    recordVersions(
      ctx,
      drugsRegister,
      contents.map((content) => ({ isNew: true, action: 'registered', content, validFrom: '2024-01-01' })),
    ),
  );
}
