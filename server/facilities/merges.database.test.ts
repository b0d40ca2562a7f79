import { beforeAll, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { anonymousContext } from '#server/identity/testing.ts';
import { newContext, systemActor, transaction } from '#server/platform/index.ts';
import { entriesAsOf, entryAsOf, recordVersions, versionsOn } from '#server/registers/index.ts';
import { wire } from '#server/wiring.ts';
import {
  facilitiesInOrder,
  facilitiesRegister,
  getFacility,
  liftSuspension,
  searchFacilities,
  suspendLicence,
} from './index.ts';
import { insertAuthority, insertFacility, insertPlaces, noon, official } from './testing.ts';

beforeAll(wire);
const at = (day: string) => () => new Date(`${day}T09:00:00+07:00`);

/** What an approved merge leaves: `entryId` goes into `into`. */
const merge = (db: Database, entryId: string, into: string) =>
  transaction(newContext(db, systemActor('test'), at('2026-12-01')), async (ctx) => {
    const { content } = (await versionsOn(ctx.tx, [entryId], '2026-12-01')).get(entryId)!;
    const said = { entryId, isNew: false, action: 'merged', content, closed: true, validFrom: '2026-12-01' };
    await recordVersions(ctx, facilitiesRegister, [{ ...said, mergedInto: into }]);
  });

async function twins(db: Database) {
  await insertPlaces(db);
  const authority = await insertAuthority(db);
  const add = (name: string, phone: string, number: string, issuedOn: string) =>
    insertFacility(db, authority.id, { name, phone, licence: { number, issuedOn, validFrom: issuedOn } }, noon);
  const kept = await add('Nhà thuốc An Khang', '024 1111 1111', '11/ĐKKDD-HNO', '2026-02-01');
  const gone = await add('NT AN KHANG', '024 2222 2222', '22/ĐKKDD-HNO', '2026-03-01');
  return { authority, kept, gone, stranger: anonymousContext(db, at('2026-12-02')) };
}

test('of two entries that are one the licences, codes and what each said are found at the one that stays', async ({
  db,
}) => {
  const { kept, gone, stranger } = await twins(db);
  await merge(db, gone.facilityId, kept.facilityId);
  const { licences } = await getFacility(stranger, { id: kept.facilityId });
  expect(licences.map(({ number }) => number)).toEqual(['22/ĐKKDD-HNO', '11/ĐKKDD-HNO']);
  for (const q of [gone.code, kept.code, gone.code.replaceAll('-', ''), '22/ĐKKDD-HNO', '22dkkddhno', 'an khang'])
    for (const withClosed of [true, false])
      expect((await searchFacilities(stranger, { q, withClosed })).items.map(({ id }) => id)).toEqual([
        kept.facilityId,
      ]);
  expect((await facilitiesInOrder(db, null, 10, noon)).map(({ id }) => id)).toEqual([kept.facilityId]);
  const { history } = await entryAsOf(stranger, { register: 'facilities', id: gone.facilityId });
  const first = history.find(({ ofEntry, action }) => ofEntry !== null && action === 'registered');
  expect(first).toMatchObject({ ofEntry: 'NT AN KHANG' });
  expect(first!.changes).toContainEqual({ name: 'phone', before: '', after: '024 2222 2222' });
  expect(history.filter(({ ofEntry }) => ofEntry === null).flatMap(({ changes }) => changes)).toEqual([]);
});

test('a licence that came with a merge stands as its acts say, from whichever entry they were recorded', async ({
  db,
}) => {
  const { authority, kept, gone, stranger } = await twins(db);
  const registrar = (day: string) => newContext(db, official('registrar', authority.id), at(day));
  const decision = { licenceId: gone.licenceId, decisionNumber: '14/QĐ-SYT', reason: 'Không duy trì điều kiện' };
  await suspendLicence(registrar('2026-11-24'), decision);
  await merge(db, gone.facilityId, kept.facilityId);
  await liftSuspension(registrar('2026-12-05'), decision);
  const standing = async (on: string) =>
    (await entriesAsOf(stranger, { register: 'facilities', on, known: '2026-12-06' })).items.map(
      ({ status }) => status,
    );
  expect(await standing('2026-12-03')).toEqual(['suspended']);
  expect(await standing('2026-12-06')).toEqual(['inForce']);
});

test('of a day before a merge each entry has the licence it had then, and of a day after it the one that stays has both', async ({
  db,
}) => {
  const { authority, kept, gone, stranger } = await twins(db);
  const registrar = newContext(db, official('registrar', authority.id), at('2026-11-24'));
  const decision = { licenceId: gone.licenceId, decisionNumber: '14/QĐ-SYT', reason: 'Không duy trì điều kiện' };
  await suspendLicence(registrar, decision);
  const standing = async (on: string) =>
    Object.fromEntries(
      (await entriesAsOf(stranger, { register: 'facilities', on })).items.map(({ id, status }) => [id, status]),
    );
  const before = await standing('2026-11-25');
  expect(before).toEqual({ [kept.facilityId]: 'inForce', [gone.facilityId]: 'suspended' });
  await merge(db, gone.facilityId, kept.facilityId);
  expect(await standing('2026-11-25')).toEqual(before);
  expect(await standing('2026-12-02')).toMatchObject({ [kept.facilityId]: 'suspended' });
  // and over a second step
  const { facilityId: third } = await insertFacility(db, authority.id, { name: 'Nhà thuốc An Khang 3' });
  await merge(db, kept.facilityId, third);
  expect(await standing('2026-11-25')).toMatchObject(before);
});

test('what was merged into an entry goes on with it when that is merged in its turn', async ({ db }) => {
  const { authority, kept, gone, stranger } = await twins(db);
  const { facilityId: third } = await insertFacility(db, authority.id, { name: 'Nhà thuốc An Khang 3' });
  await merge(db, gone.facilityId, kept.facilityId);
  await merge(db, kept.facilityId, third);
  expect((await getFacility(stranger, { id: third })).licences).toHaveLength(3);
  expect((await searchFacilities(stranger, { q: gone.code })).items.map(({ id }) => id)).toEqual([third]);
});
