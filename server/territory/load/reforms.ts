/** The first day of the two-level structure: 34 provinces, 3,321 wards (Resolution 202/2025/QH15). */
export const twoLevelsSince = '2025-07-01';
/**
 * From here on there were 63 provinces. The older districts and wards are known as they were at their end and are let
 * begin with this day too: when each of them began is not known, and nothing shows this day as if it were.
 */
export const olderUnitsSince = '2008-08-01';

export const provincesResolution = '202/2025/QH15';

/** Numbers of the resolutions of 16 June 2025 on the wards of each province of today. */
const wardResolutions: Record<string, number> = {
  '01': 1656,
  '04': 1657,
  '08': 1684,
  '11': 1661,
  '12': 1670,
  '14': 1681,
  '15': 1673,
  '19': 1683,
  '20': 1672,
  '22': 1679,
  '24': 1658,
  '25': 1676,
  '31': 1669,
  '33': 1666,
  '37': 1674,
  '38': 1686,
  '40': 1678,
  '42': 1665,
  '44': 1680,
  '46': 1675,
  '48': 1659,
  '51': 1677,
  '52': 1664,
  '56': 1667,
  '66': 1660,
  '68': 1671,
  '75': 1662,
  '79': 1685,
  '80': 1682,
  '82': 1663,
  '86': 1687,
  '91': 1654,
  '92': 1668,
  '96': 1655,
};

/** The resolution that made the wards of a province of today. */
export const wardsResolution = (provinceCode: string): string => `${wardResolutions[provinceCode]}/NQ-UBTVQH15`;

/** A province that went on under its code as something else. */
export interface Renaming {
  code: string;
  /** first day of the new name */
  on: string;
  before: { name: string; fullName: string; nameEn: string; fullNameEn: string };
  resolution: string;
}

export const renamings: readonly Renaming[] = [
  {
    code: '46',
    on: '2025-01-01',
    before: {
      name: 'Thừa Thiên Huế',
      fullName: 'Tỉnh Thừa Thiên Huế',
      nameEn: 'Thua Thien Hue',
      fullNameEn: 'Thua Thien Hue Province',
    },
    resolution: '175/2024/QH15',
  },
  {
    code: '75',
    on: '2026-04-30',
    before: { name: 'Đồng Nai', fullName: 'Tỉnh Đồng Nai', nameEn: 'Dong Nai', fullNameEn: 'Dong Nai Province' },
    resolution: '30/2026/QH16',
  },
];
