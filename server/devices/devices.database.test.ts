import { desc } from 'drizzle-orm';
import { beforeAll, describe, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { anonymousContext, contextOf, insertGrant, insertMinistry, insertUser } from '#server/identity/testing.ts';
import { type Content, decideChange, entryAsOf, proposeChange } from '#server/registers/index.ts';
import { wire } from '#server/wiring.ts';
import { getDevice, getNotice, listNotices, searchDevices } from './index.ts';
import { device, enterDevices, gtins } from './testing.ts';

beforeAll(wire);
const on = (day: string) => () => new Date(`${day}T09:00:00+07:00`);
const now = on('2026-11-23');

const found = async (db: Database, q: string, at = now) =>
  (await searchDevices(anonymousContext(db, at), { q })).items.map(({ name }) => name);

/** Two people of the ministry: one proposes, the other decides. */
async function desk(db: Database) {
  const ministry = await insertMinistry(db);
  const appoint = async (role: 'registrar' | 'leader') => {
    const userId = await insertUser(db, { official: true });
    await insertGrant(db, userId, role, ministry);
    return contextOf(db, userId, true, now);
  };
  return { registrar: await appoint('registrar'), leader: await appoint('leader') };
}

const lastAudit = async (db: Database) =>
  (await db.select().from(auditEntries).orderBy(desc(auditEntries.id)).limit(1))[0]!;

describe('the register of devices', () => {
  test('finds by words without marks, by code with and without separators, and by any scan of the label', async ({
    db,
  }) => {
    await insertMinistry(db);
    await enterDevices(
      db,
      device({ name: 'Máy thở Đại Dương', model: 'MX-450 Plus', udiDis: [gtins[0]!] }),
      device({ name: 'Bơm tiêm điện', model: 'SP7', circulationNumber: '2301046ĐKLH/BYT-HTTB' }),
    );
    for (const q of [
      'may tho',
      'đại dương',
      'Đại Dương'.normalize('NFD'),
      'mx450plus',
      'MX-450',
      '4006381333931',
      '04006381333931',
      '(01)04006381333931(17)280131(10)LOT7(21)SN1',
      '01040063813339311728013110LOT7\u001d21SN1',
    ])
      expect(await found(db, q), q).toEqual(['Máy thở Đại Dương']);
    expect(await found(db, '2301046 ĐKLH/BYT-HTTB')).toEqual(['Bơm tiêm điện']);
    expect(await found(db, '2301046dklhbythttb')).toEqual(['Bơm tiêm điện']);
    expect(await found(db, '%_')).toEqual([]);
  });

  test('takes one model of a maker as two types, and not twice as the same', async ({ db }) => {
    const { registrar, leader } = await desk(db);
    await enterDevices(db, device({ type: 'Máy siêu âm' }), device({ type: 'Máy in ảnh' }));
    expect((await searchDevices(anonymousContext(db, now), {})).total).toBe(2);
    const { requestId } = await proposeChange(registrar, proposal({ ...texts, type: 'MÁY IN ẢNH' }));
    await expect(decideChange(leader, { requestId, approve: true })).rejects.toMatchObject({
      reason: 'registers.errors.keyTaken',
    });
  });

  test('says by its dates alone whether it is suspended, expired or withdrawn', async ({ db }) => {
    await insertMinistry(db);
    const [id] = await enterDevices(
      db,
      device({
        validTo: '2026-12-31',
        suspendedFrom: '2026-11-10',
        suspendedTo: '2026-11-30',
        suspensionDecision: '7/QĐ-BYT',
        withdrawnOn: '2027-03-01',
        withdrawalDecision: '9/QĐ-BYT',
      }),
    );
    const statusAt = async (instant: string) => {
      const ctx = anonymousContext(db, () => new Date(instant));
      const shown = await getDevice(ctx, { id: id! });
      expect((await searchDevices(ctx, { status: shown.status })).items).toHaveLength(1);
      return shown.status;
    };
    expect(await statusAt('2026-11-09T23:59:59+07:00')).toBe('inForce');
    expect(await statusAt('2026-11-10T00:00:00+07:00')).toBe('suspended');
    expect(await statusAt('2026-12-01T00:00:00+07:00')).toBe('inForce');
    expect(await statusAt('2027-01-01T00:00:00+07:00')).toBe('expired');
    expect(await statusAt('2027-03-01T00:00:00+07:00')).toBe('withdrawn');
  });

  test('names what is wrong: class, number of the class, check digit, nomenclature', async ({ db }) => {
    const { registrar } = await desk(db);
    const refused = async (over: Record<string, string>) => {
      const error = await proposeChange(registrar, proposal({ ...texts, ...over })).then(
        () => null,
        (thrown: { details: { fields: { path: string; reason: string }[] } }) => thrown,
      );
      return error?.details.fields.map(({ path, reason }) => [path, reason]);
    };
    expect(await refused({ deviceClass: 'E' })).toEqual([['texts.deviceClass', 'errors.field.choice']]);
    expect(await refused({ circulationNumber: '' })).toEqual([
      ['texts.circulationNumber', 'devices.errors.circulationNumber.missing'],
    ]);
    expect(await refused({ deviceClass: 'A', circulationNumber: '' })).toEqual([
      ['texts.declarationNumber', 'devices.errors.declarationNumber.missing'],
    ]);
    expect(await refused({ udiDis: '4006381333932' })).toEqual([['texts.udiDis', 'devices.errors.udiDi']]);
    expect(await refused({ emdn: '01A' })).toEqual([['texts.emdn', 'devices.errors.emdn']]);
  });
});

const texts = {
  name: 'Máy siêu âm Thử',
  maker: 'Hãng Thử',
  model: 'X1',
  type: 'Máy siêu âm',
  deviceClass: 'C',
  circulationNumber: '2301045ĐKLH/BYT-HTTB',
};
const proposal = (said: Record<string, string>) => ({
  register: 'devices' as const,
  kind: 'add' as const,
  texts: said,
  validFrom: '2026-11-23',
  reason: 'Theo quyết định',
});

describe('a field-safety notice', () => {
  const notice = (models: string, over: Content = {}) => ({
    register: 'notices' as const,
    kind: 'add' as const,
    texts: {
      number: 'CB-01/2026',
      title: 'Pin có thể quá nóng',
      kind: 'recall',
      issuedOn: '23/11/2026',
      models,
      text: 'Ngừng dùng, liên hệ nhà cung cấp.',
      ...over,
    },
    validFrom: '2026-11-23',
    reason: 'Nhà sản xuất báo',
  });

  test('is written by one and approved by another, and then stands with the device and its list at once', async ({
    db,
  }) => {
    const { registrar, leader } = await desk(db);
    const [id, other] = await enterDevices(
      db,
      device({ udiDis: [gtins[0]!] }),
      device({ model: 'X2', circulationNumber: '2301046ĐKLH/BYT-HTTB' }),
    );
    const { requestId } = await proposeChange(registrar, notice(`${gtins[0]} | a12, B7\n2301046 ĐKLH/BYT-HTTB`));
    expect((await getDevice(anonymousContext(db, now), { id: id! })).notices).toEqual([]);
    await expect(decideChange(registrar, { requestId, approve: true })).rejects.toMatchObject({
      reason: 'registers.errors.ownProposal',
    });
    expect(await lastAudit(db)).toMatchObject({ action: 'registerChange.decide', outcome: 'refused' });
    const { entryId } = await decideChange(leader, { requestId, approve: true });
    expect(await lastAudit(db)).toMatchObject({ action: 'registerChange.decide', outcome: 'done', subjectId: entryId });
    const stranger = anonymousContext(db, now);
    expect((await getDevice(stranger, { id: id! })).notices).toMatchObject([{ number: 'CB-01/2026', kind: 'recall' }]);
    const listed = (await searchDevices(stranger, {})).items;
    expect(listed.map(({ notices }) => notices.length)).toEqual([1, 1]);
    expect((await getNotice(stranger, { id: entryId! })).models.map(({ deviceId, lots }) => [deviceId, lots])).toEqual(
      expect.arrayContaining([
        [id, ['A12', 'B7']],
        [other, []],
      ]),
    );
    expect((await listNotices(stranger, { q: 'qua nong', deviceId: id! })).total).toBe(1);
  });

  test('names the device that nobody knows, and no longer stands with the device once it is closed', async ({ db }) => {
    const { registrar, leader } = await desk(db);
    const [id] = await enterDevices(db, device());
    await expect(proposeChange(registrar, notice('99/PCBA-XX'))).rejects.toMatchObject({
      details: { fields: [{ path: 'texts.models', reason: 'notices.errors.noSuchDevice' }] },
    });
    const { requestId } = await proposeChange(registrar, notice(`https://motcua.test/registers/devices/${id}`));
    const { entryId } = await decideChange(leader, { requestId, approve: true });
    const { version } = await entryAsOf(registrar, { register: 'notices', id: entryId! });
    const closing = { ...notice(''), kind: 'close' as const, texts: {}, entryId: entryId!, version };
    const closed = await proposeChange(registrar, closing);
    await decideChange(leader, { requestId: closed.requestId, approve: true });
    const stranger = anonymousContext(db, now);
    expect((await getDevice(stranger, { id: id! })).notices).toEqual([]);
    expect(await listNotices(stranger, {})).toMatchObject({ total: 1, items: [{ closedOn: '2026-11-23' }] });
  });
});
