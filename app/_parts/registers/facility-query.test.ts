import { expect, test } from 'vitest';
import { hrefOf, isNarrowed, readFilters, searchOf } from './facility-query.ts';

test('an address and its filters say the same', () => {
  const filters = readFilters({
    q: ' Bạch Mai ',
    province: '01',
    kind: 'pharmacy',
    status: 'inForce',
    open: '1',
    page: '3',
  });
  expect(filters).toEqual({ q: 'Bạch Mai', province: '01', kind: 'pharmacy', status: 'inForce', open: true, page: 3 });
  const href = hrefOf('/registers/facilities', filters);
  expect(readFilters(Object.fromEntries(new URLSearchParams(href.split('?')[1])))).toEqual(filters);
  expect(searchOf(filters, 20)).toEqual({
    q: 'Bạch Mai',
    provinceCode: '01',
    kind: 'pharmacy',
    status: 'inForce',
    openNow: true,
    withClosed: true,
    page: 3,
    pageSize: 20,
  });
});

test('what makes no sense in an address counts as not given', () => {
  const filters = readFilters({
    province: 'Hanoi',
    kind: 'castle',
    status: 'x',
    open: 'yes',
    page: '-1',
    q: ['a', 'b'],
  });
  expect(filters).toEqual({ q: 'a', province: '', kind: '', status: '', open: false, page: 1 });
  expect(isNarrowed(filters)).toBe(false);
  expect(hrefOf('/registers/facilities', { ...filters, q: '' })).toBe('/registers/facilities');
});
