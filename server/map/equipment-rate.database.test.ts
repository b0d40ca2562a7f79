import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { testDatabase as test } from '#db/testing/index.ts';
import { device, enterDevices, gtins } from '#server/devices/testing.ts';
import { recordStatus, registerUnit } from '#server/equipment/index.ts';
import { insertAuthority, insertFacility, insertPlaces } from '#server/facilities/testing.ts';
import { anonymousContext, contextOf, insertGrant, insertMinistry, insertUser } from '#server/identity/testing.ts';
import { wire } from '#server/wiring.ts';
import { indicators } from './indicators.ts';
import { indicatorsCsv } from './indicators-csv.ts';

const folder = mkdtempSync(join(tmpdir(), 'mot-cua-people-'));
writeFileSync(join(folder, 'vn_wards_3321.csv'), 'code,province_code,population\n00229,01,60000\n00231,01,190000\n');
process.env.REFERENCE_DATA = folder;
beforeAll(wire);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const now = () => new Date('2026-11-23T09:00:00+07:00');

test('machines that work, per 100,000 people of the province and of the ward, are what one counts by hand', async ({
  db,
}) => {
  await insertPlaces(db);
  await insertMinistry(db);
  const authority = await insertAuthority(db);
  await enterDevices(db, device({ udiDis: [gtins[0]!] }));
  const userId = await insertUser(db, { official: true });
  await insertGrant(db, userId, 'registrar', authority.id);
  const registrar = await contextOf(db, userId, true, now);
  const { facilityId } = await insertFacility(db, authority.id);
  const enter = (serial: string, installedOn: string) =>
    registerUnit(registrar, { facilityId, device: gtins[0]!, serial, installedOn });
  for (const serial of ['1', '2', '3']) await enter(serial, '2026-01-15');
  const { unitId } = await enter('4', '2026-01-15');
  await recordStatus(registrar, { unitId, status: 'needs-repair', since: '2026-11-01' });
  await enter('5', '2026-11-23');
  const stranger = anonymousContext(db, now);
  const rates = async (on: string, provinceCode?: string) => {
    const table = await indicators(stranger, { measure: 'equipment', on, ...(provinceCode ? { provinceCode } : {}) });
    return table.rows.map(({ code, value, people, rate }) => [code, value, people, rate]);
  };
  // 250,000 people: 4 machines are 1.6, of the day after 3 are 1.2, with the fifth 4 again
  expect(await rates('2026-10-31')).toEqual([['01', 4, 250_000, 1.6]]);
  expect(await rates('2026-11-22')).toEqual([['01', 3, 250_000, 1.2]]);
  expect(await rates('2026-11-23')).toEqual([['01', 4, 250_000, 1.6]]);
  // 60,000 people of the ward: 4 machines are 6.7
  expect(await rates('2026-11-23', '01')).toEqual([['00229', 4, 60_000, 6.7]]);
  const ofType = async (deviceType: string) =>
    (await indicators(stranger, { measure: 'equipment', on: '2026-11-23', deviceType })).total.value;
  const { deviceTypes } = await indicators(stranger, { measure: 'equipment' });
  expect(await Promise.all([...deviceTypes, 'Máy khác'].map(ofType))).toEqual([4, 0]);
  const request = new Request('http://motcua.test/api/map/indicators?measure=equipment&on=2026-11-22');
  expect(await (await indicatorsCsv(stranger, request)).text()).toContain('01,Hà Nội,Hanoi,3,250000,1.2,2026-11-22');
});
