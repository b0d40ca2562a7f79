import { afterAll, expect } from 'vitest';
import builtInProvinces from '#db/seeds/reference/provinces.json' with { type: 'json' };
import builtInWards from '#db/seeds/reference/wards.json' with { type: 'json' };
import { testDatabase as test } from '#db/testing/index.ts';
import { anonymousContext } from '#server/identity/testing.ts';
import { type BuiltInTerritory, loadTerritory, territoryPack } from '#server/territory/index.ts';
import { smallPack } from '#server/territory/testing/small-pack.ts';
import { findPlace } from './find-place.ts';

const pack = smallPack();
afterAll(() => pack.remove());

test('a place is found by an address of any time, as typed, and by the beginning of a name', async ({ db }) => {
  const builtIn = { provinces: builtInProvinces, wards: builtInWards } as BuiltInTerritory;
  await loadTerritory(db, territoryPack(pack.folder, builtIn));
  const ctx = anonymousContext(db, () => new Date('2026-11-23T12:00:00+07:00'));
  const named = async (text: string) => (await findPlace(ctx, { text })).map(({ name }) => name);
  expect(await named('12 Lê Lợi, Phường Sài Gòn, TP. Hồ Chí Minh')).toEqual(['Phường Sài Gòn']);
  expect(await named('sai gon ho chi minh')).toEqual(['Phường Sài Gòn']);
  expect(await named('P. Bến Nghé, Q.1, TP.HCM')).toEqual(['Phường Sài Gòn']);
  expect((await named('Đa Kao, Quận 1, TP.HCM')).sort()).toEqual(['Phường Sài Gòn', 'Phường Tân Định']);
  expect(await named('da nang')).toEqual(['Thành phố Đà Nẵng']);
  expect(await named('sai')).toEqual(['Phường Sài Gòn']);
  expect(await named('không có ở đâu')).toEqual([]);
});
