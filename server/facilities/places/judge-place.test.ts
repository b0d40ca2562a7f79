import { expect, test } from 'vitest';
import type { FoundPlace } from '#server/territory/index.ts';
import { judgePlace, optionKey, type ReadWard } from './judge-place.ts';

const ward = (code: string, parentCode = '79') => ({ code, parentCode });
const reading = (...becomes: ReadWard['becomes']): ReadWard => ({ becomes });
const found = (provinceCode: string | null, wardCode: string | null, near: string[] = []): FoundPlace => ({
  provinceCode,
  wardCode,
  detail: 'ward',
  accuracyKm: 0.1,
  near: { provinceCodes: [], wardCodes: near },
});
const stated = { provinceCode: '79', wardCode: '26740', latitude: 10.78, longitude: 106.7 };

test('a place that fits stands as it is stated', () => {
  const judged = judgePlace(stated, reading(ward('26740')), found('79', '26740'));
  expect(judged).toEqual({ shown: { wardCode: '26740', latitude: 10.78, longitude: 106.7 }, doubt: null });
});

test('a facility that states no ward gets that of its coordinates', () => {
  expect(judgePlace({ ...stated, wardCode: null }, null, found('79', '26743')).shown.wardCode).toBe('26743');
  expect(judgePlace({ ...stated, wardCode: null }, null, found(null, null)).shown.wardCode).toBeNull();
});

test('an older ward that went into one counts as that one, without a person', () => {
  const judged = judgePlace({ ...stated, wardCode: '26743' }, reading(ward('26750')), null);
  expect(judged).toMatchObject({ shown: { wardCode: '26750' }, doubt: null });
});

test('of a divided ward a person decides; the coordinates propose where they can', () => {
  const both = reading(ward('26740'), ward('26734'));
  const clear = judgePlace(stated, both, found('79', '26734'));
  expect(clear.shown.wardCode).toBeNull();
  expect(clear.doubt?.kind).toBe('dividedWard');
  expect(clear.doubt?.options.map(optionKey)).toEqual(['79/26740/drop', '79/26734/keep']);
  expect(clear.doubt?.proposed?.wardCode).toBe('26734');
  expect(judgePlace(stated, both, found('79', '26734', ['26740'])).doubt?.proposed).toBeNull();
});

test('coordinates in another ward or province are not shown before a person decided', () => {
  const elsewhere = judgePlace(stated, reading(ward('26740')), found('79', '26743'));
  expect(elsewhere.shown).toEqual({ wardCode: '26740', latitude: null, longitude: null });
  expect(elsewhere.doubt?.options.map(optionKey)).toEqual(['79/26743/keep', '79/26740/drop']);
  expect(elsewhere.doubt?.proposed?.wardCode).toBe('26743');
  const far = judgePlace(stated, reading(ward('26740')), found('01', '00229'));
  expect(far.doubt).toMatchObject({ kind: 'otherProvince', proposed: null });
  expect(far.doubt?.options.map(optionKey)).toEqual(['01/00229/keep', '79/26740/drop']);
});

test('a code that is no ward of the province waits for a person, who may also leave the ward open', () => {
  const nobody = judgePlace({ ...stated, wardCode: '99999' }, reading(), found('79', '26743'));
  expect(nobody.doubt?.options.map(optionKey)).toEqual(['79/26743/keep', '79//keep']);
  const other = judgePlace({ ...stated, latitude: null, longitude: null }, reading(ward('00229', '01')), null);
  expect(other.doubt?.options.map(optionKey)).toEqual(['01/00229/drop', '79//drop']);
});
