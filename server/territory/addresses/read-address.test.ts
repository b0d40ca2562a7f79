import { describe, expect, test } from 'vitest';
import { addressWords, possibleNames } from './address-words.ts';
import { type NamedUnit, readAddress } from './read-address.ts';

const before = { validFrom: '2008-08-01', validTo: '2025-07-01' };
const today = { validFrom: '2025-07-01', validTo: null };
const province = (code: string, searchName: string, provinceToday: string, time = before): NamedUnit => ({
  level: 'province',
  code,
  parentCode: null,
  provinceCode: code,
  provinceToday,
  searchName,
  ...time,
});
const below = (
  level: 'district' | 'ward',
  code: string,
  searchName: string,
  parentCode: string,
  provinceCode: string,
  provinceToday = provinceCode,
  time: { validFrom: string; validTo: string | null } = before,
): NamedUnit => ({ level, code, searchName, parentCode, provinceCode, provinceToday, ...time });

const units = [
  province('79', 'thanh pho ho chi minh', '79'),
  { ...province('79', 'thanh pho ho chi minh', '79'), ...today },
  province('17', 'tinh hoa binh', '25'),
  province('45', 'tinh quang tri', '44'),
  { ...province('25', 'tinh phu tho', '25'), ...today },
  below('district', '760', 'quan 1', '79', '79'),
  below('district', '770', 'quan 3', '79', '79'),
  below('district', '461', 'thi xa quang tri', '45', '45', '44'),
  below('ward', '26740', 'phuong ben nghe', '760', '79'),
  below('ward', '27124', 'phuong 1', '770', '79'),
  below('ward', '19333', 'phuong 1', '461', '45', '44'),
  below('ward', '04000', 'xa hoa binh', '150', '17', '25'),
  below('ward', '26740', 'phuong sai gon', '79', '79', '79', today),
  below('ward', '26743', 'phuong ben thanh', '760', '79'),
  below('ward', '26743', 'phuong ben thanh', '79', '79', '79', today),
];
const read = (text: string) =>
  readAddress(addressWords(text), units).map(
    ({ level, code, validTo }) => `${level} ${code}${validTo ? '' : ' today'}`,
  );

describe('words of an address', () => {
  test('are the same however kinds are written', () => {
    const written = 'phuong ben nghe quan 1 thanh pho ho chi minh';
    for (const text of [
      'Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh',
      'P. Bến Nghé, Q.1, TP.HCM',
      'P.Bến Nghé,Q1,TPHCM',
      'p bến nghé; q 01; TP HCM',
      'Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh'.normalize('NFD'),
    ])
      expect(addressWords(text).words.join(' '), text).toBe(written);
  });

  test('leave single letters of names alone', () => {
    expect(addressWords("Xã Ea H'leo").words).toEqual(['xa', 'ea', 'h', 'leo']);
  });

  test('hold every name that may be meant, with and without its kind', () => {
    const names = possibleNames(addressWords('bến nghé'));
    expect(names).toContain('ben nghe');
    expect(names).toContain('phuong ben nghe');
    expect(possibleNames(addressWords('1'))).toEqual(['1']);
  });
});

describe('an address', () => {
  test.each([
    ['45 Lê Duẩn, phường Bến Nghé, quận 1, TP. Hồ Chí Minh', ['ward 26740']],
    ['ben nghe, quan 1, ho chi minh', ['ward 26740']],
    ['Bến Nghé', ['ward 26740']],
    ['phuong ben nghe quan 1', ['ward 26740']],
    ['Phường Sài Gòn, TP.HCM', ['ward 26740 today']],
  ])('%s is read from its end', (text, expected) => expect(read(text)).toEqual(expected));

  test('names several where it leaves them open', () => {
    expect(read('Phường 1')).toEqual(['ward 27124', 'ward 19333']);
    expect(read('P1, Q3')).toEqual(['ward 27124']);
    expect(read('Bến Thành, TP.HCM')).toEqual(['ward 26743', 'ward 26743 today']);
    expect(read('Bến Thành, Q.1, TP.HCM')).toEqual(['ward 26743']);
  });

  test('tells a district from the province of its name by the kind', () => {
    expect(read('phường 1, thị xã Quảng Trị')).toEqual(['ward 19333']);
    expect(read('phường 1, thị xã Quảng Trị, Quảng Trị')).toEqual(['ward 19333']);
    expect(read('tỉnh Quảng Trị')).toEqual(['province 45']);
  });

  test('may give the province of today to a ward of before', () => {
    expect(read('xã Hòa Bình, Hoà Bình')).toEqual(['ward 04000']);
    expect(read('xã Hòa Bình, tỉnh Phú Thọ')).toEqual(['ward 04000']);
  });

  test('does not take a street for the ward of its name', () => {
    expect(read('12 Bến Nghé, quận 1, TP.HCM')).toEqual(['district 760']);
  });

  test('of nowhere names nobody', () => {
    expect(read('Atlantis')).toEqual([]);
    expect(read(',,')).toEqual([]);
  });
});
