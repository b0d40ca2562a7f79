import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect } from 'vitest';
import { testDatabase as test } from '#db/testing/index.ts';
import { anonymousContext } from '#server/identity/testing.ts';
import { now } from '#server/platform/index.ts';
import { loadNomenclatures, nameCodes, searchCodes } from './index.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mot-cua-lists-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const emdn = `code,term_en,parent
A,"DEVICES FOR ADMINISTRATION, WITHDRAWAL",
A01,NEEDLES,A
A0101,NEEDLES FOR INFUSION AND SAMPLING,A01
A010101,HYPODERMIC NEEDLES,A0101
B,HAEMATOLOGY DEVICES,
`;

describe('lists of codes', () => {
  test('that are not loaded are said to be so, and nothing breaks', async ({ db }) => {
    expect(await loadNomenclatures(db, undefined)).toEqual([]);
    expect(await loadNomenclatures(db, folder)).toEqual([]);
    const stranger = anonymousContext(db, now);
    expect(await searchCodes(stranger, { system: 'icd10', q: 'cholera' })).toMatchObject({ loaded: false, total: 0 });
    expect(await nameCodes(stranger, { system: 'atc', codes: ['N02BE01'] })).toEqual({ loaded: false, names: [] });
  });

  test('are loaded when they changed; "needles" finds codes with all they stand under', async ({ db }) => {
    writeFileSync(join(folder, 'emdn_device_nomenclature.csv'), emdn);
    expect(await loadNomenclatures(db, folder)).toEqual([{ system: 'emdn', codes: 5 }]);
    expect(await loadNomenclatures(db, folder)).toEqual([]);
    const stranger = anonymousContext(db, now);
    const found = await searchCodes(stranger, { system: 'emdn', q: 'needles' });
    expect(found.loaded).toBe(true);
    expect(found.items.map(({ code, parents }) => [code, parents.map((parent) => parent.code)])).toEqual([
      ['A01', ['A']],
      ['A0101', ['A', 'A01']],
      ['A010101', ['A', 'A01', 'A0101']],
    ]);
    const top = await searchCodes(stranger, { system: 'emdn' });
    expect(top.items.map(({ code, leads }) => [code, leads])).toEqual([
      ['A', true],
      ['B', false],
    ]);
    expect((await searchCodes(stranger, { system: 'emdn', under: 'A01' })).items).toMatchObject([{ code: 'A0101' }]);
    expect((await searchCodes(stranger, { system: 'emdn', q: '%_' })).total).toBe(0);
    writeFileSync(join(folder, 'emdn_device_nomenclature.csv'), emdn.replace('B,HAEMATOLOGY DEVICES,\n', ''));
    expect(await loadNomenclatures(db, folder)).toEqual([{ system: 'emdn', codes: 4 }]);
    expect((await searchCodes(stranger, { system: 'emdn', q: 'haematology' })).total).toBe(0);
  });

  test('of diseases and substances find their parents from the code', async ({ db }) => {
    writeFileSync(
      join(folder, 'atc_codes.csv'),
      'code,name_en\nN,NERVOUS SYSTEM\nN02,ANALGESICS\nN02BE01,paracetamol\n',
    );
    writeFileSync(join(folder, 'icd10_who_en.csv'), 'code,name_en\nA00,Cholera\nA00.0,"Cholera, classical"\n');
    writeFileSync(join(folder, 'icd10_chapters_vi.csv'), 'chapter,range,name_vi\nI,A00-B99,Bệnh nhiễm trùng\n');
    expect(await loadNomenclatures(db, folder)).toHaveLength(2);
    const stranger = anonymousContext(db, now);
    const [disease] = (await searchCodes(stranger, { system: 'icd10', q: 'a000' })).items;
    expect(disease?.parents.map(({ code, name, nameEn }) => [code, name ?? nameEn])).toEqual([
      ['A00-B99', 'Bệnh nhiễm trùng'],
      ['A00', 'Cholera'],
    ]);
    expect((await searchCodes(stranger, { system: 'icd10', q: 'nhiem trung' })).total).toBe(1);
    expect(await nameCodes(stranger, { system: 'atc', codes: ['N02BE01', 'X99'] })).toEqual({
      loaded: true,
      names: [{ code: 'N02BE01', name: null, nameEn: 'paracetamol' }],
    });
  });
});
