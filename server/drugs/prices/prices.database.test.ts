import { desc } from 'drizzle-orm';
import { beforeAll, describe, expect } from 'vitest';
import { declaredPrices } from '#db/schema/drug-supply.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { anonymousContext } from '#server/identity/testing.ts';
import { wire } from '#server/wiring.ts';
import { getDrug, priceHistory, recordPrice } from '../index.ts';
import { clockFrom, openSupply } from '../testing/supply.ts';

beforeAll(wire);
const said = { unit: 'viên', declaredBy: 'Công ty Thử', announcedOn: '2026-01-01' };

describe('a declared price', () => {
  test('never erases the one before: each day has its own, and every row is shown', async ({ db }) => {
    const clock = clockFrom('2026-06-10');
    const { drugId, registrar } = await openSupply(db, clock.now);
    await recordPrice(registrar, { ...said, drugId, price: 1200, effectiveFrom: '2026-01-05' });
    await recordPrice(registrar, { ...said, drugId, price: 1500, effectiveFrom: '2026-06-01' });
    const stranger = anonymousContext(db, clock.now);
    const on = async (day: string) => (await priceHistory(stranger, { id: drugId, on: day })).inForce;
    expect(await on('2026-01-04')).toEqual([]);
    expect(await on('2026-05-31')).toMatchObject([{ price: 1200, effectiveFrom: '2026-01-05' }]);
    expect(await on('2026-06-01')).toMatchObject([{ price: 1500 }]);
    expect((await priceHistory(stranger, { id: drugId })).history.map(({ price }) => price)).toEqual([1500, 1200]);
    expect((await getDrug(stranger, { id: drugId })).prices).toMatchObject([{ price: 1500 }]);
  });

  test('is corrected by another row; what was believed then can still be asked for', async ({ db }) => {
    const clock = clockFrom('2026-06-10');
    const { drugId, registrar } = await openSupply(db, clock.now);
    const price = { ...said, drugId, price: 1200, effectiveFrom: '2026-01-05' };
    const { priceId } = await recordPrice(registrar, price);
    clock.to('2026-06-12');
    await recordPrice(registrar, { ...price, price: 1250, corrects: priceId });
    const stranger = anonymousContext(db, clock.now);
    const ask = (known?: string) =>
      priceHistory(stranger, { id: drugId, on: '2026-03-01', ...(known ? { known } : {}) });
    expect((await ask()).inForce).toMatchObject([{ price: 1250 }]);
    expect((await ask('2026-06-11')).inForce).toMatchObject([{ price: 1200 }]);
    expect((await ask()).history).toMatchObject([
      { price: 1250, replaced: false, corrects: true },
      { price: 1200, replaced: true, corrects: false },
    ]);
    await expect(db.update(declaredPrices).set({ price: 1 })).rejects.toThrow();
  });

  test('is recorded by the registrar of the keeper alone, leaves an audit row, and names what is wrong', async ({
    db,
  }) => {
    const clock = clockFrom('2026-06-10');
    const { drugId, registrar, leader, ofProvince, first } = await openSupply(db, clock.now);
    const price = { ...said, drugId, price: 1200, effectiveFrom: '2026-07-01' };
    for (const ctx of [leader, ofProvince, first.person])
      await expect(recordPrice(ctx, price)).rejects.toMatchObject({ reason: 'drugs.errors.registrarOnly' });
    const last = async () => (await db.select().from(auditEntries).orderBy(desc(auditEntries.id)).limit(1))[0];
    expect(await last()).toMatchObject({ action: 'drugPrice.record', outcome: 'refused' });
    for (const [over, path, reason] of [
      [{ price: 12.5 }, 'price', 'drugs.errors.price'],
      [{ price: 0 }, 'price', 'drugs.errors.price'],
      [{ announcedOn: '2026-06-11' }, 'announcedOn', 'recalls.errors.future'],
    ] as const)
      await expect(recordPrice(registrar, { ...price, ...over })).rejects.toMatchObject({
        details: { fields: [{ path, reason }] },
      });
    await recordPrice(registrar, price);
    expect(await last()).toMatchObject({ action: 'drugPrice.record', outcome: 'done', subjectId: drugId });
  });
});
