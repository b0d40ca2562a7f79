import { describe, expect, test } from 'vitest';
import type { FoundPlace } from './boundaries/place-at.ts';
import { compareStatedPlace, lifeOf, proposedWard } from './rules.ts';

const inKimLien: FoundPlace = {
  provinceCode: '01',
  wardCode: '00229',
  detail: 'ward',
  accuracyKm: 0.1,
  near: { provinceCodes: [], wardCodes: ['00235'] },
};
const inHanoi: FoundPlace = {
  provinceCode: '01',
  wardCode: null,
  detail: 'province',
  accuracyKm: 2,
  near: { provinceCodes: ['33'], wardCodes: [] },
};
const nowhere: FoundPlace = {
  provinceCode: null,
  wardCode: null,
  detail: 'ward',
  accuracyKm: 0.1,
  near: { provinceCodes: [], wardCodes: [] },
};

describe('a stated place compared with its coordinates', () => {
  test.each([
    ['the ward they lie in', { provinceCode: '01', wardCode: '00229' }, inKimLien, 'same'],
    ['a ward next to the border', { provinceCode: '01', wardCode: '00235' }, inKimLien, 'unknown'],
    ['another ward', { provinceCode: '01', wardCode: '00292' }, inKimLien, 'otherWard'],
    ['no ward', { provinceCode: '01', wardCode: null }, inKimLien, 'same'],
    ['another province', { provinceCode: '79', wardCode: '26740' }, inKimLien, 'otherProvince'],
    ['its province, where no ward outlines are loaded', { provinceCode: '01', wardCode: '00292' }, inHanoi, 'same'],
    ['the province beyond a border that is near', { provinceCode: '33', wardCode: null }, inHanoi, 'unknown'],
    ['a province that is far', { provinceCode: '48', wardCode: null }, inHanoi, 'otherProvince'],
    ['any place, with coordinates in the sea', { provinceCode: '48', wardCode: null }, nowhere, 'unknown'],
  ])('%s', (_, stated, found, expected) => expect(compareStatedPlace(stated, found)).toBe(expected));
});

describe('the ward proposed for one that was divided', () => {
  test('is the candidate in which the coordinates lie', () => {
    expect(proposedWard(['00229', '00292'], inKimLien)).toBe('00229');
  });
  test('is none where they lie elsewhere, are near another candidate, or outlines are missing', () => {
    expect(proposedWard(['00292', '00301'], inKimLien)).toBeNull();
    expect(proposedWard(['00229', '00235'], inKimLien)).toBeNull();
    expect(proposedWard(['00229'], inHanoi)).toBeNull();
  });
});

test('nobody is told a first day that is not known', () => {
  expect(lifeOf({ validFrom: '2008-08-01', validTo: '2025-07-01' })).toEqual({ since: null, until: '2025-06-30' });
  expect(lifeOf({ validFrom: '2025-07-01', validTo: null })).toEqual({ since: '2025-07-01', until: null });
});
