import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { roles } from '#db/enums/roles.ts';
import { organisations, users } from '#db/schema/identity.ts';
import { territoryUnits } from '#db/schema/territory.ts';
import { type OwnDatabase, ownDatabase, testDatabase as test } from '#db/testing/index.ts';
import { healthDepartmentOf, ministry, passwordMatches, postOf, usersWithRole } from '#server/identity/index.ts';
import { findTerritoryUnit, provinces, searchTerritory, wardsOf } from '#server/territory/index.ts';
import { type DemoAccount, readDemoAccounts, seedDatabase } from './index.ts';

const today = '2026-11-23';
let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'mot-cua-seeds-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const plain = { demo: false, referenceData: undefined, say: () => {} };

describe('reference data', () => {
  test('of the built-in pack: all provinces, some wards, the ministry and a department for each province', async ({
    db,
  }) => {
    await seedDatabase({ db, dataDir, ...plain });
    const all = await provinces(db, today);
    expect(all).toHaveLength(34);
    expect(all.every((unit) => unit.latitude !== null && unit.longitude !== null)).toBe(true);
    for (const province of all) {
      const department = await healthDepartmentOf(db, province.code);
      expect(department).toMatchObject({
        documentCode: 'SYT',
        agencyCode: expect.stringMatching(/^000\.00\.\d\d\.H\d\d$/),
      });
      expect(department?.superiorName).toBe(`UBND ${province.fullName[0]!.toLowerCase()}${province.fullName.slice(1)}`);
    }
    expect(await healthDepartmentOf(db, '01')).toMatchObject({ agencyCode: '000.00.10.H26', placeCode: 'HNO' });
    expect(await ministry(db)).toMatchObject({ name: 'Bộ Y tế', documentCode: 'BYT' });
    for (const code of ['01', '46', '48', '79', '92'])
      expect((await wardsOf(db, code, today)).length).toBeGreaterThan(3);
  });

  test('is sorted as Vietnamese is, and is found without marks, the exact name first', async ({ db }) => {
    await seedDatabase({ db, dataDir, ...plain });
    const names = (await provinces(db, today)).map((unit) => unit.name);
    expect(names.indexOf('Cần Thơ')).toBeLessThan(names.indexOf('Đà Nẵng'));
    expect(names.indexOf('Điện Biên')).toBeLessThan(names.indexOf('Gia Lai'));
    expect((await searchTerritory(db, 'ha noi', today))[0]?.name).toBe('Hà Nội');
    expect((await searchTerritory(db, 'Hà Đông'.normalize('NFD'), today))[0]?.name).toBe('Hà Đông');
    expect((await searchTerritory(db, 'phuong ba dinh', today)).map((unit) => unit.code)).toEqual(['00004']);
    expect(await searchTerritory(db, '%_', today)).toEqual([]);
    expect(await findTerritoryUnit(db, 'province', '02', today)).toBeNull();
    expect(await findTerritoryUnit(db, 'province', '02', '2025-06-30')).toMatchObject({ name: 'Hà Giang' });
  });

  test('comes from the data pack where there is one, and is loaded again only when it changed', async ({ db }) => {
    const wards = join(dataDir, 'vn_wards_3321.csv');
    const header =
      'code,name,full_name,name_en,full_name_en,code_name,province_code,unit_vi,lat,lng,area_km2,population,admin_seat\n';
    const row = (code: string, name: string) =>
      `${code},${name},Phường ${name},X,X Ward,x,01,Phường,21.03,105.8,2.9,1,"Số 2, phố ""Trúc"" Bạch"\n`;
    writeFileSync(wards, header + row('00004', 'Ba Đình'));
    const said: string[] = [];
    const options = { db, dataDir, demo: false, referenceData: dataDir, say: (line: string) => said.push(line) };
    await seedDatabase(options);
    await seedDatabase(options);
    expect(said).toEqual([
      'Loaded 100 provinces, districts and wards, and 65 lines of what became of them',
      'Entered 35 authorities',
      'Published version 1 of pharmacy-eligibility',
    ]);
    writeFileSync(wards, header + row('00004', 'Ba Đình Mới') + row('00008', 'Ngọc Hà'));
    await seedDatabase(options);
    expect((await wardsOf(db, '01', today)).map((unit) => unit.fullName)).toEqual([
      'Phường Ba Đình Mới',
      'Phường Ngọc Hà',
    ]);
    expect(await wardsOf(db, '01', '2025-06-30')).toEqual([]);
    expect(await db.select().from(territoryUnits)).toHaveLength(101);
  });

  test('leaves what an administrator changed', async ({ db }) => {
    await seedDatabase({ db, dataDir, ...plain });
    await db.update(organisations).set({ phone: '02438463660' }).where(sql`${organisations.provinceCode} = '01'`);
    await db.execute(sql`delete from settings where key = 'authorities.loaded'`);
    await seedDatabase({ db, dataDir, ...plain });
    expect(await healthDepartmentOf(db, '01')).toMatchObject({ phone: '02438463660' });
    expect(await db.select().from(organisations)).toHaveLength(35);
  });
});

describe('the demo', () => {
  const file = () => join(dataDir, 'demo-accounts.json');

  // making it takes seconds: what is only looked at is made once
  describe('made once', () => {
    let made: string;
    let own: OwnDatabase;
    let db: Database;
    beforeAll(async () => {
      made = mkdtempSync(join(tmpdir(), 'mot-cua-seeds-'));
      own = await ownDatabase();
      db = own.db;
      await seedDatabase({ db, dataDir: made, ...plain, demo: true });
    });
    afterAll(async () => {
      await own.close();
      rmSync(made, { recursive: true, force: true });
    });

    test('has an account for each role, whose password is in a file only its owner reads', async () => {
      const accounts = readDemoAccounts(made);
      expect(accounts.map((account) => account.role).sort()).toEqual(
        ['business', 'citizen', 'ministry-admin', 'ministry-leader', 'ministry-registrar', ...roles].sort(),
      );
      expect(statSync(join(made, 'demo-accounts.json')).mode & 0o777).toBe(0o600);
      expect(new Set(accounts.map((account) => account.password)).size).toBe(accounts.length);
      expect(accounts.filter((account) => account.pin !== undefined).map((account) => account.role)).toEqual([
        'head',
        'leader',
        'clerk',
      ]);
      const signingIn = accounts.filter((account) => account.totpSecret !== undefined).map((account) => account.role);
      expect(signingIn.sort()).toEqual(['ministry-admin', 'ministry-leader', 'ministry-registrar', ...roles].sort());
      for (const account of accounts) {
        const [user] = await db.select().from(users).where(sql`${users.email} = ${account.email}`);
        expect(user).toMatchObject({ name: account.name, demo: true });
        expect(await passwordMatches(user!.passwordHash, account.password)).toBe(true);
      }
    });

    test('has an administrator of the ministry, who administers every authority', async () => {
      const { id } = await ministry(db);
      const [person] = await usersWithRole(db, 'admin', id);
      expect(await postOf(db, person!.id)).toMatchObject({ organisationId: id });
      const account = readDemoAccounts(made).find(({ role }) => role === 'ministry-admin');
      expect(account).toMatchObject({ name: person!.name, organisation: 'Bộ Y tế' });
    });

    test('has officials with posts and grants in one department, and a business person with two businesses', async () => {
      const department = await healthDepartmentOf(db, '01');
      for (const role of roles) {
        const [person] = await usersWithRole(db, role, department!.id);
        expect(await postOf(db, person!.id)).toMatchObject({ organisationId: department!.id });
      }
      const [leader] = await usersWithRole(db, 'leader', department!.id);
      expect((await postOf(db, leader!.id))?.signatureTitle).toBe('KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC');
      const [held] = await db.execute<{ count: number }>(
        sql`select count(*)::int as count from memberships m join users u on u.id = m.user_id where u.email = 'business@demo.example'`,
      );
      expect(held?.count).toBe(2);
    });
  });

  test('is not made again at the next start; a lost file gives new passwords, a new database takes those of the file', async ({
    db,
    own,
  }) => {
    const options = { dataDir, ...plain, demo: true };
    await seedDatabase({ db, ...options });
    const before = readFileSync(file(), 'utf8');
    const said: string[] = [];
    // a row that is written again stands elsewhere
    const written = () => db.execute(sql`select key, ctid::text as place from settings order by key`);
    const once = await written();
    await seedDatabase({ db, ...options, say: (line) => said.push(line) });
    expect(said).toEqual([]);
    expect(await written()).toEqual(once);
    expect(readFileSync(file(), 'utf8')).toBe(before);
    await seedDatabase({ db: own.db, ...options });
    expect(readFileSync(file(), 'utf8')).toBe(before);
    const matches = async (account: DemoAccount | undefined) => {
      const [user] = await db.select().from(users).where(sql`${users.email} = ${account!.email}`);
      return passwordMatches(user!.passwordHash, account!.password);
    };
    const old = readDemoAccounts(dataDir)[0];
    rmSync(file());
    await seedDatabase({ db, ...options });
    expect(await matches(readDemoAccounts(dataDir)[0])).toBe(true);
    expect(await matches(old)).toBe(false);
  });

  test('does not exist unless it is asked for', async ({ db }) => {
    await seedDatabase({ db, dataDir, ...plain });
    expect(await db.select().from(users)).toEqual([]);
    expect(readDemoAccounts(dataDir)).toEqual([]);
  });
});
