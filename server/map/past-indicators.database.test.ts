import { beforeAll, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { liftSuspension, suspendLicence } from '#server/facilities/index.ts';
import { insertAuthority, insertFacility, insertPlaces, official } from '#server/facilities/testing.ts';
import { anonymousContext } from '#server/identity/testing.ts';
import { newContext, systemActor, transaction } from '#server/platform/index.ts';
import { type Content, recordVersions, registerOf, versionsOn } from '#server/registers/index.ts';
import { wire } from '#server/wiring.ts';
import { indicators } from './indicators.ts';
import type { Measure } from './inputs.ts';

beforeAll(wire);
const at = (day: string) => () => new Date(`${day}T09:00:00+07:00`);
const today = '2026-11-23';

/** Says of a facility that from a day on something else holds, or that it is closed. */
const change = (db: Database, entryId: string, validFrom: string, facts: Content, closed = false) =>
  transaction(newContext(db, systemActor('test'), at(validFrom)), async (ctx) => {
    const { content } = (await versionsOn(ctx.tx, [entryId], validFrom)).get(entryId)!;
    const said = { entryId, isNew: false, action: 'changed', content: { ...content, ...facts }, closed, validFrom };
    await recordVersions(ctx, registerOf('facilities'), [said]);
  });

async function count(db: Database, measure: Measure, on?: string, provinceCode?: string) {
  const asked = { measure, ...(on ? { on } : {}), ...(provinceCode ? { provinceCode } : {}) };
  const { rows } = await indicators(anonymousContext(db, at(today)), asked);
  return rows.flatMap(({ code, value }) => (value > 0 ? [[code, value] as const] : []));
}

test('beds, kinds and places of a day gone by are those the register says of that day', async ({ db }) => {
  await insertPlaces(db);
  const { id: authority } = await insertAuthority(db);
  const licence = { issuedOn: '2026-01-05', validFrom: '2026-01-05' };
  const more = { kind: 'hospital' as const, beds: { general: 100, intensive: 8 }, licence };
  const { facilityId } = await insertFacility(db, authority, more, at('2026-01-05')());
  await change(db, facilityId, '2026-06-01', { beds: { general: 250 } });
  await change(db, facilityId, '2026-09-01', { kind: 'pharmacy', beds: null });
  expect(await count(db, 'beds', '2026-01-04')).toEqual([]);
  for (const [day, beds] of [
    ['2026-01-05', 108],
    ['2026-05-31', 108],
    ['2026-06-01', 250],
  ] as const) {
    expect(await count(db, 'beds', day)).toEqual([['01', beds]]);
    expect(await count(db, 'beds', day, '01')).toEqual([['00229', beds]]);
  }
  expect(await count(db, 'beds')).toEqual([]);
  expect(await count(db, 'pharmacies', '2026-08-31')).toEqual([]);
  expect(await count(db, 'pharmacies', '2026-09-01')).toEqual([['01', 1]]);
  await change(db, facilityId, today, {}, true);
  expect(await count(db, 'facilities')).toEqual([]);
  expect(await count(db, 'facilities', '2026-11-22', '01')).toEqual([['00229', 1]]);
});

test('a licence counts on the days on which it was in force, also where its suspension was lifted since', async ({
  db,
}) => {
  await insertPlaces(db);
  const authority = await insertAuthority(db);
  const licence = { issuedOn: '2026-01-05', validFrom: '2026-01-05' };
  const { licenceId } = await insertFacility(db, authority.id, { licence }, at('2026-01-05')());
  const registrar = (day: string) => newContext(db, official('registrar', authority.id), at(day));
  const decision = { licenceId, decisionNumber: '14/QĐ-SYT', reason: 'Không duy trì điều kiện' };
  await suspendLicence(registrar('2026-03-01'), decision);
  await liftSuspension(registrar('2026-04-01'), decision);
  expect(await count(db, 'pharmacies', '2026-02-28')).toEqual([['01', 1]]);
  expect(await count(db, 'pharmacies', '2026-03-15')).toEqual([]);
  expect(await count(db, 'pharmacies', '2026-04-02')).toEqual([['01', 1]]);
  expect(await count(db, 'pharmacies')).toEqual([['01', 1]]);
});
