import { desc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { changeRequests } from '#db/schema/registers.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { getFacility } from '#server/facilities/index.ts';
import { insertAuthority, insertFacility, insertPlaces } from '#server/facilities/testing.ts';
import { anonymousContext, contextOf, insertGrant, insertUser } from '#server/identity/testing.ts';
import type { Context, Role } from '#server/platform/index.ts';
import { wire } from '#server/wiring.ts';
import { answerSuggestion } from './commands/suggestions.ts';
import { decideChange, entryAsOf, lookUpSuggestion, proposeChange, suggestFrom, withdrawChange } from './index.ts';
import { getChangeRequest, listChangeRequests } from './queries/change-requests.ts';
import { listSuggestions } from './queries/suggestions.ts';

beforeAll(wire);
const at = (day: string) => () => new Date(`${day}T09:00:00+07:00`);
const today = at('2026-11-23');

async function appoint(db: Database, role: Role, organisationId: string, now = today): Promise<Context> {
  const userId = await insertUser(db, { official: true });
  await insertGrant(db, userId, role, organisationId);
  return contextOf(db, userId, true, now);
}

async function desk(db: Database) {
  await insertPlaces(db);
  const authority = await insertAuthority(db);
  const { facilityId } = await insertFacility(db, authority.id, { name: 'Nhà thuốc An Khang', phone: '024 3826 1111' });
  const [officer, head, elsewhere] = [
    await appoint(db, 'officer', authority.id),
    await appoint(db, 'head', authority.id),
    await appoint(db, 'registrar', (await insertAuthority(db, { provinceCode: '79', placeCode: 'HCM' })).id),
  ];
  const ask = { register: 'facilities' as const, id: facilityId };
  const proposal = (over: object = {}) => ({
    register: 'facilities' as const,
    kind: 'change' as const,
    entryId: facilityId,
    version: 2,
    texts: { phone: '024 3826 2222' },
    validFrom: '2026-11-23',
    reason: 'Cơ sở báo đổi số',
    ...over,
  });
  return { authority, facilityId, officer, head, elsewhere, ask, proposal };
}

const lastAudit = async (db: Database) =>
  (await db.select().from(auditEntries).orderBy(desc(auditEntries.id)).limit(1))[0]!;

describe('a change of an entry', () => {
  test('holds once another person has approved it, and keeps what was said before', async ({ db }) => {
    const { facilityId, officer, head, ask, proposal } = await desk(db);
    const version = (await entryAsOf(officer, ask)).version;
    const { requestId, number } = await proposeChange(officer, proposal({ version }));
    expect(number).toBe('YC-2026-000001');
    expect((await getFacility(officer, { id: facilityId })).phone).toBe('024 3826 1111');
    await decideChange(head, { requestId, approve: true });
    expect((await getFacility(officer, { id: facilityId })).phone).toBe('024 3826 2222');
    const view = await entryAsOf(anonymousContext(db, today), { ...ask, on: '2026-11-22' });
    expect(view.fields?.find(({ name }) => name === 'phone')?.text).toBe('024 3826 1111');
    expect(view.history[0]).toMatchObject({
      action: 'changed',
      validFrom: '2026-11-23',
      changes: [{ name: 'phone', before: '024 3826 1111', after: '024 3826 2222' }],
    });
    expect(JSON.stringify(view)).not.toContain('Cơ sở báo');
    expect(await lastAudit(db)).toMatchObject({
      action: 'registerChange.decide',
      outcome: 'done',
      subjectId: facilityId,
    });
  });

  test('corrects days that are past, while what was believed then can still be asked for', async ({ db }) => {
    const { officer, head, ask, proposal } = await desk(db);
    const { version } = await entryAsOf(officer, ask);
    const span = {
      kind: 'correct' as const,
      validFrom: '2026-11-05',
      validTo: '2026-11-10',
      texts: { name: 'Nhà thuốc Cũ' },
    };
    const { requestId } = await proposeChange(officer, proposal({ version, ...span }));
    await decideChange(head, { requestId, approve: true });
    const nameOn = async (on: string, known?: string) =>
      (await entryAsOf(officer, { ...ask, on, ...(known ? { known } : {}) })).fields?.find(
        ({ name }) => name === 'name',
      )?.text;
    expect(await nameOn('2026-11-07')).toBe('Nhà thuốc Cũ');
    expect(await nameOn('2026-11-10')).toBe('Nhà thuốc An Khang');
    expect(await nameOn('2026-11-07', '2026-11-22')).toBeUndefined();
    expect((await entryAsOf(officer, ask)).spans).toHaveLength(3);
  });

  test('is refused to who proposed it, to other authorities and to strangers, and leaves a row of the refusal', async ({
    db,
  }) => {
    const { head, officer, elsewhere, ask, proposal } = await desk(db);
    const { version } = await entryAsOf(officer, ask);
    const { requestId } = await proposeChange(head, proposal({ version }));
    await expect(decideChange(head, { requestId, approve: true })).rejects.toMatchObject({
      reason: 'registers.errors.ownProposal',
    });
    expect(await lastAudit(db)).toMatchObject({ action: 'registerChange.decide', outcome: 'refused' });
    await expect(decideChange(officer, { requestId, approve: true })).rejects.toMatchObject({
      reason: 'registers.errors.approverOnly',
    });
    await expect(decideChange(elsewhere, { requestId, approve: true })).rejects.toMatchObject({ code: 'notFound' });
    await expect(proposeChange(elsewhere, proposal({ version }))).rejects.toMatchObject({
      reason: 'registers.errors.keeperOnly',
    });
    await expect(proposeChange(anonymousContext(db, today), proposal({ version }))).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    expect((await listChangeRequests(elsewhere, { page: 1 })).items).toEqual([]);
    expect((await listChangeRequests(officer, { page: 1 })).items).toHaveLength(1);
  });

  test('overwrites nothing: a proposal from an older page and one that was overtaken are conflicts', async ({ db }) => {
    const { officer, head, ask, proposal } = await desk(db);
    const { version } = await entryAsOf(officer, ask);
    await expect(proposeChange(officer, proposal({ version: version - 1 }))).rejects.toMatchObject({
      code: 'conflict',
    });
    const first = await proposeChange(officer, proposal({ version }));
    const second = await proposeChange(officer, proposal({ version, texts: { phone: '1900 1234' } }));
    await decideChange(head, { requestId: first.requestId, approve: true });
    await expect(decideChange(head, { requestId: second.requestId, approve: true })).rejects.toMatchObject({
      code: 'conflict',
      reason: 'registers.errors.changedSince',
    });
    await decideChange(head, { requestId: second.requestId, approve: false, note: 'Đã đổi theo yêu cầu trước' });
    await expect(withdrawChange(officer, { requestId: second.requestId })).rejects.toMatchObject({
      code: 'invalidState',
    });
  });

  test('names the field that is wrong, says when nothing would change, and may be withdrawn', async ({ db }) => {
    const { officer, ask, proposal } = await desk(db);
    const { version } = await entryAsOf(officer, ask);
    const attempt = (texts: Record<string, string>) => proposeChange(officer, proposal({ version, texts }));
    await expect(attempt({ latitude: 'xa lắm' })).rejects.toMatchObject({
      details: { fields: [{ path: 'texts.latitude' }] },
    });
    await expect(attempt({ insuranceCode: '12' })).rejects.toMatchObject({
      details: { fields: [{ path: 'texts.insuranceCode', reason: 'facilities.errors.insuranceCode' }] },
    });
    await expect(attempt({ phone: '024 3826 1111' })).rejects.toMatchObject({
      details: { fields: [{ reason: 'registers.errors.nothingChanged' }] },
    });
    await expect(attempt({ wardCode: '99999' })).rejects.toMatchObject({
      details: { fields: [{ path: 'texts.wardCode', reason: 'facilities.errors.otherWardCode' }] },
    });
    for (const [latitude, longitude] of [
      ['0', '0'],
      ['105,8542', '21,0285'],
      ['21,0285', '10,58542'],
    ] as const)
      await expect(attempt({ latitude, longitude })).rejects.toMatchObject({
        details: { fields: [{ path: 'texts.latitude', reason: 'facilities.errors.outsideVietnam' }] },
      });
    await expect(attempt({ latitude: '10,7769', longitude: '106,7009' })).rejects.toMatchObject({
      details: { fields: [{ path: 'texts.latitude', reason: 'facilities.errors.otherPlace' }] },
    });
    const { requestId } = await attempt({ phone: '1900 1234' });
    await withdrawChange(officer, { requestId });
    const [row] = await db.select().from(changeRequests).where(eq(changeRequests.id, requestId));
    expect(row?.state).toBe('withdrawn');
    expect(await lastAudit(db)).toMatchObject({ action: 'registerChange.withdraw', outcome: 'done' });
  });

  test('gives no two living entries the same code, and a closed one its code free', async ({ db }) => {
    const { authority, officer, head, ask, proposal } = await desk(db);
    const { facilityId: other } = await insertFacility(db, authority.id);
    const approve = async (over: object) => {
      const { requestId } = await proposeChange(officer, proposal(over));
      return decideChange(head, { requestId, approve: true });
    };
    const versionOf = async (id: string) => (await entryAsOf(officer, { register: 'facilities', id })).version;
    await approve({ version: await versionOf(ask.id), texts: { insuranceCode: '01001' } });
    const taken = { entryId: other, version: await versionOf(other), texts: { insuranceCode: '01001' } };
    await expect(approve(taken)).rejects.toMatchObject({
      reason: 'registers.errors.keyTaken',
      details: { values: { key: '01001' } },
    });
    await approve({ kind: 'close', version: await versionOf(ask.id), texts: {} });
    await approve(taken);
    expect((await entryAsOf(officer, ask)).closed).toBe(true);
  });

  test('merges two entries of one thing: the link leads on, both histories stay', async ({ db }) => {
    const { authority, officer, head, ask, proposal } = await desk(db);
    const { facilityId: twin } = await insertFacility(db, authority.id, { name: 'NT An Khang' });
    const merge = {
      kind: 'merge' as const,
      texts: {},
      mergeInto: twin,
      version: (await entryAsOf(officer, ask)).version,
    };
    const { requestId } = await proposeChange(officer, proposal(merge));
    // who decides sees both side by side
    const asked = await getChangeRequest(head, { requestId });
    expect(asked.mergeInto).toEqual({ id: twin, title: 'NT An Khang' });
    expect(asked.changes.find(({ name }) => name === 'name')?.after).toBe('NT An Khang');
    // who would change either of them is told that it waits
    for (const entryId of [ask.id, twin])
      expect((await listChangeRequests(officer, { register: 'facilities', entryId, state: 'proposed' })).items).toEqual(
        [expect.objectContaining({ id: requestId })],
      );
    await decideChange(head, { requestId, approve: true });
    const view = await entryAsOf(anonymousContext(db, today), ask);
    expect(view).toMatchObject({ id: twin, movedTo: twin, title: 'NT An Khang' });
    expect(view.history.map(({ action, merged }) => [action, merged])).toEqual([
      ['merged', true],
      ['registered', false],
      ['registered', true],
    ]);
  });
});

describe('a suggestion of the public', () => {
  test('reaches the authority that keeps the entry, and its sender sees the answer by number and secret', async ({
    db,
  }) => {
    const { facilityId, officer, elsewhere } = await desk(db);
    const stranger = anonymousContext(db, today);
    const said = {
      register: 'facilities' as const,
      entryId: facilityId,
      field: 'phone',
      words: 'Số này không gọi được',
    };
    const { number, secret } = await suggestFrom(stranger, said, '203.0.113.7');
    expect(await lastAudit(db)).toMatchObject({
      action: 'correction.suggest',
      actorKind: 'anonymous',
      outcome: 'done',
    });
    expect(await lookUpSuggestion(stranger, { number, secret }, '203.0.113.7')).toMatchObject({ state: 'received' });
    const { items } = await listSuggestions(officer, { page: 1 });
    expect(items).toMatchObject([{ number, field: 'phone', words: 'Số này không gọi được' }]);
    expect((await listSuggestions(elsewhere, { page: 1 })).items).toEqual([]);
    const answer = { suggestionId: items[0]!.id, accept: true, answer: 'Cảm ơn, đã sửa.' };
    await expect(answerSuggestion(elsewhere, answer)).rejects.toMatchObject({ code: 'notFound' });
    await answerSuggestion(officer, answer);
    expect(await lastAudit(db)).toMatchObject({ action: 'correction.answer', outcome: 'done' });
    await expect(answerSuggestion(officer, answer)).rejects.toMatchObject({ code: 'invalidState' });
    const seen = await lookUpSuggestion(stranger, { number: number.toLowerCase(), secret }, '203.0.113.7');
    expect(seen).toMatchObject({ state: 'accepted', answer: 'Cảm ơn, đã sửa.' });
    await expect(lookUpSuggestion(stranger, { number, secret: 'SAISAI22' }, '203.0.113.7')).rejects.toMatchObject({
      reason: 'registers.errors.noSuchSuggestion',
    });
  });

  test('is limited by address, and refused for a field that is not public', async ({ db }) => {
    const { facilityId } = await desk(db);
    const stranger = anonymousContext(db, today);
    const said = { register: 'facilities' as const, entryId: facilityId, words: 'Sai giờ mở cửa' };
    await expect(suggestFrom(stranger, { ...said, field: 'email' }, '198.51.100.1')).rejects.toMatchObject({
      details: { fields: [{ path: 'field' }] },
    });
    for (let n = 0; n < 20; n += 1) await suggestFrom(stranger, said, '198.51.100.2');
    await expect(suggestFrom(stranger, said, '198.51.100.2')).rejects.toMatchObject({ code: 'limit' });
  });
});
