import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import builtInProvinces from '#db/seeds/reference/provinces.json' with { type: 'json' };
import builtInWards from '#db/seeds/reference/wards.json' with { type: 'json' };
import { type OwnDatabase, ownDatabase } from '#db/testing/index.ts';
import { env } from '#server/platform/env.ts';
import {
  type BuiltInTerritory,
  districtsOf,
  findTerritoryUnit,
  loadTerritory,
  lookUp,
  provinces,
  resolveOldAddress,
  territoryPack,
  wardsOf,
} from './index.ts';
import { smallPack } from './testing/small-pack.ts';

const builtIn = { provinces: builtInProvinces, wards: builtInWards } as BuiltInTerritory;
const today = '2026-11-23';
let own: OwnDatabase;
let loaded: Awaited<ReturnType<typeof loadTerritory>>;
const pack = smallPack();
beforeAll(async () => {
  own = await ownDatabase();
  loaded = await loadTerritory(own.db, territoryPack(pack.folder, builtIn));
});
afterAll(async () => {
  pack.remove();
  await own.close();
});

const names = (units: { fullName: string }[]) => units.map(({ fullName }) => fullName);

describe('units with time', () => {
  test('say what of a pack is wrong and how it was taken', () => {
    expect(loaded?.remarks).toEqual([
      'vn_ward_crosswalk_2025.csv: Huyện Côn Đảo has no ward: the district itself is taken',
      'vn_ward_crosswalk_2025.csv: 06970 is no code of a ward: taken as 06978, Xã Ba Chẽ',
    ]);
  });

  test('are loaded again only when the pack changed', async () => {
    expect(await loadTerritory(own.db, territoryPack(pack.folder, builtIn))).toBeNull();
  });

  test('are keyed by code and day: 26740 is Bến Nghé in 2024 and Sài Gòn in 2026', async () => {
    expect(await findTerritoryUnit(own.db, 'ward', '26740', '2024-11-23')).toMatchObject({
      fullName: 'Phường Bến Nghé',
      until: '2025-06-30',
    });
    expect(await findTerritoryUnit(own.db, 'ward', '26740', '2025-06-30')).toMatchObject({ name: 'Bến Nghé' });
    expect(await findTerritoryUnit(own.db, 'ward', '26740', '2025-07-01')).toMatchObject({ name: 'Sài Gòn' });
    expect(await findTerritoryUnit(own.db, 'ward', '26740', today)).toMatchObject({
      fullName: 'Phường Sài Gòn',
      since: '2025-07-01',
      until: null,
    });
  });

  test('are 63 provinces before July 2025 and 34 since, whatever the pack', async () => {
    expect(await provinces(own.db, '2024-11-23')).toHaveLength(63);
    expect(await provinces(own.db, '2025-06-30')).toHaveLength(63);
    expect(await provinces(own.db, '2025-07-01')).toHaveLength(34);
    expect(await provinces(own.db, today)).toHaveLength(34);
  });

  test('keep the names a province went on under', async () => {
    const at = async (code: string, on: string) => (await findTerritoryUnit(own.db, 'province', code, on))?.fullName;
    expect(await at('46', '2024-12-31')).toBe('Tỉnh Thừa Thiên Huế');
    expect(await at('46', '2025-01-01')).toBe('Thành phố Huế');
    expect(await at('75', '2026-04-29')).toBe('Tỉnh Đồng Nai');
    expect(await at('75', '2026-04-30')).toBe('Thành phố Đồng Nai');
    expect(await at('15', '2025-06-30')).toBe('Tỉnh Yên Bái');
    expect(await at('15', today)).toBe('Tỉnh Lào Cai');
  });

  test('are listed as of a day, through districts while there were some', async () => {
    expect(names(await districtsOf(own.db, '79', '2024-11-23'))).toEqual(['Quận 1']);
    expect(await districtsOf(own.db, '79', today)).toEqual([]);
    expect(names(await wardsOf(own.db, '79', '2024-11-23'))).toEqual([
      'Phường Bến Nghé',
      'Phường Bến Thành',
      'Phường Đa Kao',
    ]);
    expect(names(await wardsOf(own.db, '79', today))).toEqual([
      'Phường Bến Thành',
      'Đặc khu Côn Đảo',
      'Phường Sài Gòn',
      'Phường Tân Định',
    ]);
  });
});

describe('an old address', () => {
  const saiGon = { outcome: 'resolved', ward: { code: '26740', fullName: 'Phường Sài Gòn' } };

  test.each([
    [{ wardCode: '26740' }],
    [{ ward: 'Phường Bến Nghé', district: 'Quận 1', province: 'Thành phố Hồ Chí Minh' }],
    [{ ward: 'ben nghe', district: 'quan 1', province: 'ho chi minh' }],
    [{ ward: 'P. Bến Nghé', district: 'Q.1', province: 'TP.HCM' }],
    [{ ward: 'Bến Nghé' }],
  ])('%j leads to the ward of today', async (address) => {
    expect(await resolveOldAddress(own.db, address, today)).toMatchObject({
      ...saiGon,
      resolution: '1685/NQ-UBTVQH15',
    });
  });

  test('in a ward that was divided names the candidates and chooses none', async () => {
    const found = await resolveOldAddress(own.db, { wardCode: '26737' }, today);
    expect(found.outcome).toBe('divided');
    expect(found.outcome === 'divided' && found.candidates.map(({ code }) => code).sort()).toEqual(['26734', '26740']);
  });

  test('in a district that had no wards leads to the special zone', async () => {
    expect(
      await resolveOldAddress(own.db, { ward: 'Huyện đảo Côn Đảo', province: 'Bà Rịa - Vũng Tàu' }, today),
    ).toMatchObject({ outcome: 'resolved', ward: { code: '26732', province: { code: '79' } } });
  });

  test('that no list knows is unknown', async () => {
    expect(await resolveOldAddress(own.db, { wardCode: '99999' }, today)).toEqual({ outcome: 'unknown' });
    expect(await resolveOldAddress(own.db, { ward: 'Phường Sài Gòn' }, today)).toEqual({ outcome: 'unknown' });
  });
});

describe('looking up a place', () => {
  const told = async (text: string, on = today) =>
    (await lookUp(own.db, text, on)).map(({ unit, fate, becomes }) => [
      unit.fullName,
      fate,
      ...becomes.map((each) => each.unit.fullName),
    ]);

  test('tells what became of it, and what it is made of', async () => {
    expect(await told('12 Lý Tự Trọng, P. Bến Nghé, Q.1, TP.HCM')).toEqual([
      ['Phường Bến Nghé', 'one', 'Phường Sài Gòn'],
    ]);
    expect(await told('26740')).toEqual([
      ['Phường Sài Gòn', 'holds'],
      ['Phường Bến Nghé', 'one', 'Phường Sài Gòn'],
    ]);
    const [saiGon] = await lookUp(own.db, 'Phường Sài Gòn', today);
    expect(saiGon?.formedFrom.map(({ unit, divided }) => [unit.name, divided])).toEqual([
      ['Bến Nghé', false],
      ['Đa Kao', true],
    ]);
  });

  test('shows an old and a new unit of the same name together', async () => {
    expect((await told('Bến Thành, TP.HCM')).sort()).toEqual([
      ['Phường Bến Thành', 'holds'],
      ['Phường Bến Thành', 'one', 'Phường Bến Thành'],
    ]);
  });

  test('tells the wards of a district, and follows a province to its name of today', async () => {
    const [[name, fate, ...wards] = []] = await told('Quận 1, TP.HCM');
    expect([name, fate, wards.sort()]).toEqual([
      'Quận 1',
      'ended',
      ['Phường Bến Thành', 'Phường Sài Gòn', 'Phường Tân Định'],
    ]);
    expect(await told('Bình Phước')).toEqual([['Tỉnh Bình Phước', 'one', 'Thành phố Đồng Nai']]);
    expect((await lookUp(own.db, 'Bình Phước', '2025-08-01'))[0]?.becomes).toMatchObject([
      { unit: { fullName: 'Tỉnh Đồng Nai' }, resolution: '202/2025/QH15' },
    ]);
    expect(await told('Thừa Thiên Huế')).toEqual([['Tỉnh Thừa Thiên Huế', 'one', 'Thành phố Huế']]);
  });
});

describe('without older wards', () => {
  test('a fresh clone knows the 63 provinces and what became of them', async () => {
    const bare = await ownDatabase();
    try {
      await loadTerritory(bare.db, territoryPack(undefined, builtIn));
      expect(await provinces(bare.db, '2024-11-23')).toHaveLength(63);
      expect((await lookUp(bare.db, 'Hà Giang', today))[0]).toMatchObject({
        fate: 'one',
        becomes: [{ unit: { name: 'Tuyên Quang' } }],
      });
      expect(await resolveOldAddress(bare.db, { ward: 'Bến Nghé' }, today)).toEqual({ outcome: 'unknown' });
    } finally {
      await bare.close();
    }
  });
});

describe.runIf(env().referenceData)('the whole data pack', () => {
  test('is loaded with every unit and every line of what became of them', async () => {
    const full = await ownDatabase();
    try {
      const result = await loadTerritory(full.db, territoryPack(env().referenceData, builtIn));
      expect(result).toMatchObject({ units: 14_151, successions: 10_667 });
      expect(result?.remarks).toHaveLength(6);
      const counts = async (on: string) =>
        Object.fromEntries(
          (
            await full.db.execute<{ level: string; n: number }>(
              sql`select level, count(*)::int as n from territory_units where valid_from <= ${on} and coalesce(valid_to, 'infinity') > ${on}::date group by level`,
            )
          ).map(({ level, n }) => [level, n]),
        );
      expect(await counts('2025-06-30')).toEqual({ province: 63, district: 696, ward: 10_035 });
      expect(await counts(today)).toEqual({ province: 34, ward: 3321 });
      const [divided] = await full.db.execute<{ n: number }>(
        sql`select count(distinct from_code)::int as n from territory_successions where divided and from_level = 'ward'`,
      );
      expect(divided?.n).toBe(471);
      const [lost] = await full.db.execute<{ n: number }>(sql`
        select count(*)::int as n from territory_units u where level = 'ward' and valid_to is not null and not exists (
          select from territory_successions s where s.from_level = 'ward' and s.from_code = u.code)`);
      expect(lost?.n).toBe(0);
      expect(
        await resolveOldAddress(full.db, { ward: 'Phương Mai', district: 'Đống Đa', province: 'Hà Nội' }, today),
      ).toMatchObject({ outcome: 'divided' });
    } finally {
      await full.close();
    }
  });
});
