import { beforeAll, describe, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { anonymousContext, contextOf, insertGrant, insertMinistry, insertUser } from '#server/identity/testing.ts';
import { newContext, systemActor, transaction } from '#server/platform/index.ts';
import { type Content, decideChange, entryAsOf, proposeChange, recordVersions } from '#server/registers/index.ts';
import { wire } from '#server/wiring.ts';
import { drugsRegister, getDrug, searchDrugs } from './index.ts';

beforeAll(wire);
const on = (day: string) => () => new Date(`${day}T09:00:00+07:00`);
const now = on('2026-11-23');

const drug = (over: Content = {}): Content => ({
  registrationNumber: 'VD-4878-14',
  name: 'Paracetamol Thử 500',
  ingredients: [{ name: 'Paracetamol', strength: '500 mg' }],
  prescription: 'otc',
  ...over,
});

const enter = (db: Database, ...contents: Content[]) =>
  transaction(newContext(db, systemActor('test'), now), (ctx) =>
    recordVersions(
      ctx,
      drugsRegister,
      contents.map((content) => ({ isNew: true, action: 'registered', content, validFrom: '2024-01-01' })),
    ),
  );

const found = async (db: Database, q: string, at = now) =>
  (await searchDrugs(anonymousContext(db, at), { q })).items.map(({ name }) => name);

describe('the register of drugs', () => {
  test('finds by words without marks, and the same with and without a unit', async ({ db }) => {
    await insertMinistry(db);
    await enter(
      db,
      drug(),
      drug({
        registrationNumber: '893110000124',
        name: 'PARACETAMOL Khác',
        ingredients: [{ name: 'Paracetamol', strength: '500mg' }],
      }),
      drug({
        registrationNumber: 'VN-1-20',
        name: 'Đau Đầu Thử',
        ingredients: [{ name: 'Ibuprofen', strength: '400 mg' }],
      }),
    );
    const first = await found(db, 'paracetamol 500');
    expect(first).toHaveLength(2);
    expect(await found(db, 'PARACETAMOL 500MG')).toEqual(first);
    expect(await found(db, 'dau dau')).toEqual(['Đau Đầu Thử']);
    expect(await found(db, 'Đau Đầu'.normalize('NFD'))).toEqual(['Đau Đầu Thử']);
    expect(await found(db, '%_')).toEqual([]);
  });

  test('leads from the old number, the new one and a scan to one product', async ({ db }) => {
    await insertMinistry(db);
    await enter(
      db,
      drug({ registrationNumber: '893110123424', formerNumbers: ['VD-4878-14'], gtins: ['4006381333931'] }),
    );
    for (const q of [
      'VD-4878-14',
      'vd 4878 14',
      'VD487814',
      '893110123424',
      '893 110 123 424',
      '04006381333931',
      '4006381333931',
    ])
      expect(await found(db, q), q).toEqual(['Paracetamol Thử 500']);
  });

  test('expires at midnight in Vietnam without a job, and keeps what was withdrawn, marked', async ({ db }) => {
    await insertMinistry(db);
    const [id] = await enter(
      db,
      drug({ validTo: '2026-11-30', withdrawnOn: '2027-03-01', withdrawalDecision: '5/QĐ-QLD' }),
    );
    const statusAt = async (instant: string) => {
      const at = () => new Date(instant);
      const [listed] = (await searchDrugs(anonymousContext(db, at), {})).items;
      const shown = await getDrug(anonymousContext(db, at), { id: id! });
      expect(listed?.status).toBe(shown.status);
      return shown.status;
    };
    expect(await statusAt('2026-11-30T23:59:59+07:00')).toBe('inForce');
    expect(await statusAt('2026-12-01T00:00:00+07:00')).toBe('expired');
    expect(await statusAt('2027-03-01T00:00:00+07:00')).toBe('withdrawn');
    const { items } = await searchDrugs(anonymousContext(db, on('2027-03-02')), { status: 'withdrawn' });
    expect(items).toHaveLength(1);
  });

  test('takes changes that the ministry proposes and approves, and names what is wrong with a number', async ({
    db,
  }) => {
    const ministry = await insertMinistry(db);
    const [id] = await enter(db, drug());
    const appoint = async (role: 'registrar' | 'leader') => {
      const userId = await insertUser(db, { official: true });
      await insertGrant(db, userId, role, ministry);
      return contextOf(db, userId, true, now);
    };
    const [registrar, leader] = [await appoint('registrar'), await appoint('leader')];
    const { version } = await entryAsOf(registrar, { register: 'drugs', id: id! });
    const propose = (texts: Record<string, string>) =>
      proposeChange(registrar, {
        register: 'drugs',
        kind: 'change',
        entryId: id!,
        version,
        texts,
        validFrom: '2026-11-23',
        reason: 'Gia hạn',
      });
    for (const [number, fault] of [
      ['8931101234AB', 'digits'],
      ['89311012342', 'digits'],
      ['893110123427', 'year'],
    ])
      await expect(propose({ registrationNumber: number! })).rejects.toMatchObject({
        details: { fields: [{ path: 'texts.registrationNumber', reason: `drugs.errors.number.${fault}` }] },
      });
    await expect(propose({ gtins: '4006381333932' })).rejects.toMatchObject({
      details: { fields: [{ path: 'texts.gtins', reason: 'drugs.errors.gtin' }] },
    });
    const { requestId } = await propose({ registrationNumber: '893110123424', formerNumbers: 'VD-4878-14' });
    await decideChange(leader, { requestId, approve: true });
    expect(await getDrug(anonymousContext(db, now), { id: id! })).toMatchObject({ registrationNumber: '893110123424' });
    expect(await found(db, 'VD-4878-14')).toHaveLength(1);
  });
});
