import { beforeAll, describe, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { devicesRegister } from '#server/devices/index.ts';
import { drugsRegister } from '#server/drugs/index.ts';
import { liftSuspension, revokeLicence, suspendLicence } from '#server/facilities/index.ts';
import { insertAuthority, insertFacility, insertPlaces, official } from '#server/facilities/testing.ts';
import { insertMinistry } from '#server/identity/testing.ts';
import { anonymous, newContext, systemActor, transaction } from '#server/platform/index.ts';
import { wire } from '#server/wiring.ts';
import { entriesAsOf, entryAsOf, type NewVersion, recordVersions } from './index.ts';

beforeAll(wire);
const at = (day: string) => () => new Date(`${day}T09:00:00+07:00`);
const stranger = (db: Database, day = '2026-11-23') => newContext(db, anonymous, at(day));

const drug = {
  registrationNumber: '893110123424',
  name: 'Paracetamol Thử',
  ingredients: [{ name: 'Paracetamol', strength: '500 mg' }],
  prescription: 'otc',
};

const record = (db: Database, day: string, version: NewVersion, register = drugsRegister): Promise<string> =>
  transaction(newContext(db, systemActor('test'), at(day)), async (ctx) => {
    const [id] = await recordVersions(ctx, register, [version]);
    return id!;
  });

describe('a register as of a day', () => {
  test('holds what stood then under the name of then, also what has been closed since, and nothing before its first day', async ({
    db,
  }) => {
    await insertMinistry(db);
    const first = { isNew: true, action: 'registered', content: drug, validFrom: '2024-01-01' };
    const id = await record(db, '2024-01-01', first);
    const renamed = { ...drug, name: 'Đau Đầu Thử' };
    const next = { entryId: id, isNew: false, action: 'changed', content: renamed, validFrom: '2025-01-01' };
    await record(db, '2025-01-01', next);
    await record(db, '2026-01-01', { ...next, action: 'closed', closed: true, validFrom: '2026-01-01' });
    const on = async (day: string, more = {}) =>
      (await entriesAsOf(stranger(db), { register: 'drugs', on: day, ...more })).items.map(({ title }) => title);
    expect(await on('2023-12-31')).toEqual([]);
    expect(await on('2024-12-31')).toEqual(['Paracetamol Thử']);
    expect(await on('2025-06-01')).toEqual(['Đau Đầu Thử']);
    expect(await on('2026-01-01')).toEqual([]);
    for (const q of ['dau dau', 'ĐAU đầu', '500MG', '893-110 123424', 'đau'])
      expect(await on('2025-06-01', { q })).toEqual(['Đau Đầu Thử']);
    expect(await on('2025-06-01', { q: 'ibuprofen' })).toEqual([]);
    expect(await on('2025-06-01', { q: '???' })).toEqual([]);
  });

  test('is told by what was known until another day', async ({ db }) => {
    await insertMinistry(db);
    const id = await record(db, '2025-01-01', {
      isNew: true,
      action: 'registered',
      content: drug,
      validFrom: '2025-01-01',
    });
    const right = { ...drug, name: 'Paracetamol Đúng' };
    await record(db, '2026-06-01', {
      entryId: id,
      isNew: false,
      action: 'corrected',
      content: right,
      validFrom: '2025-01-01',
    });
    const ask = { register: 'drugs' as const, on: '2025-03-01' };
    expect((await entriesAsOf(stranger(db), ask)).items[0]?.title).toBe('Paracetamol Đúng');
    expect((await entriesAsOf(stranger(db), { ...ask, known: '2026-05-31' })).items[0]?.title).toBe('Paracetamol Thử');
  });

  test('says how an entry stood, and is narrowed by it and by the filters of its page; others are refused by name', async ({
    db,
  }) => {
    await insertMinistry(db);
    const content = { ...drug, validTo: '2025-06-30', withdrawnOn: '2026-02-01', withdrawalDecision: '9/QĐ-QLD' };
    await record(db, '2024-01-01', { isNew: true, action: 'registered', content, validFrom: '2024-01-01' });
    const model = {
      ...{ name: 'Máy thở', maker: 'Hãng', model: 'T1', type: 'Máy thở', deviceClass: 'C' },
      ...{ circulationNumber: '2400001ĐKLH/BYT-HTTB', suspendedFrom: '2025-02-01', suspendedTo: '2025-02-28' },
    };
    const added = { isNew: true, action: 'registered', content: model, validFrom: '2024-01-01' };
    await record(db, '2024-01-01', added, devicesRegister);
    const status = async (register: 'drugs' | 'devices', on: string) =>
      (await entriesAsOf(stranger(db), { register, on })).items[0]?.status;
    expect(await status('drugs', '2025-06-30')).toBe('inForce');
    expect(await status('drugs', '2025-07-01')).toBe('expired');
    expect(await status('drugs', '2026-02-01')).toBe('withdrawn');
    expect(await status('devices', '2025-02-28')).toBe('suspended');
    expect(await status('devices', '2025-03-01')).toBe('inForce');
    const count = async (more: object) =>
      (await entriesAsOf(stranger(db), { register: 'drugs', on: '2025-07-01', ...more })).total;
    expect(await count({ status: 'expired' })).toBe(1);
    expect(await count({ status: 'inForce' })).toBe(0);
    expect(await count({ criteria: { prescription: 'otc' } })).toBe(1);
    expect(await count({ criteria: { prescription: 'prescription' } })).toBe(0);
    await expect(count({ criteria: { colour: 'red' } })).rejects.toMatchObject({
      code: 'invalidInput',
      details: { fields: [{ path: 'colour', reason: 'registers.errors.notOfThePast' }] },
    });
  });

  test('of facilities: its licence as the acts of then left it, which stand in the history of the entry', async ({
    db,
  }) => {
    await insertPlaces(db);
    const authority = await insertAuthority(db);
    const { facilityId, licenceId } = await insertFacility(db, authority.id);
    const as = (day: string) => newContext(db, official('registrar', authority.id), at(day));
    const decision = (decisionNumber: string) => ({ licenceId, decisionNumber, reason: 'Kiểm tra' });
    await suspendLicence(as('2026-12-01'), decision('1/QĐ-SYT'));
    await liftSuspension(as('2026-12-20'), decision('2/QĐ-SYT'));
    const leader = newContext(db, official('leader', authority.id), at('2027-01-10'));
    await revokeLicence(leader, { ...decision('3/QĐ-SYT'), confirmed: true });
    const ask = async (on: string, known?: string) => {
      const asked = { register: 'facilities' as const, on, ...(known ? { known } : {}) };
      const { items } = await entriesAsOf(stranger(db, '2027-02-01'), asked);
      const entry = await entryAsOf(stranger(db, '2027-02-01'), { ...asked, id: facilityId });
      expect(entry.status).toBe(items[0]?.status ?? null);
      return entry;
    };
    expect((await ask('2026-11-30')).status).toBe('inForce');
    expect((await ask('2026-12-10')).status).toBe('suspended');
    expect((await ask('2026-12-25')).status).toBe('inForce');
    const last = await ask('2027-01-10');
    expect(last.status).toBe('revoked');
    expect(last.history.map(({ action, decisionNumber }) => `${action} ${decisionNumber}`).slice(0, 3)).toEqual([
      'licenceRevoked 3/QĐ-SYT',
      'suspensionLifted 2/QĐ-SYT',
      'licenceSuspended 1/QĐ-SYT',
    ]);
    // until then nobody knew of the revocation
    expect((await ask('2027-01-10', '2027-01-09')).status).toBe('inForce');
  });
});
