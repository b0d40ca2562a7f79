import { expect, test } from 'vitest';
import { mapHref, mapSearch, readMapFilters, tileQuery } from './map-query.ts';

const address = {
  q: 'nội soi',
  place: 'Kim Liên, Hà Nội',
  kind: 'hospital',
  service: 'endoscopy',
  insurance: 'social',
  open: '1',
  radius: '5',
  page: '2',
};

test('an address and its view say the same', () => {
  const filters = readMapFilters(address);
  const again = Object.fromEntries(new URLSearchParams(mapHref('/map', filters).split('?')[1]));
  expect(readMapFilters(again)).toEqual(filters);
  expect(mapSearch(filters, { latitude: 21, longitude: 105.84 }, null)).toEqual({
    q: 'nội soi',
    kind: 'hospital',
    service: 'endoscopy',
    insurance: 'social',
    openNow: true,
    near: { latitude: 21, longitude: 105.84 },
    radiusKm: 5,
    page: 2,
    pageSize: 20,
  });
});

test('what makes no sense in an address counts as not given', () => {
  const filters = readMapFilters({ ward: 'x', kind: 'castle', radius: '7', page: '0', at: '1', view: 'globe' });
  expect(mapHref('/map', filters)).toBe('/map');
});

test('the tiles are asked by the same criteria, and never where somebody stands', () => {
  const filters = readMapFilters({ ...address, ward: '00229' });
  expect(tileQuery(filters, '01')).toBe(
    'q=n%E1%BB%99i+soi&kind=hospital&service=endoscopy&insurance=social&openNow=true&provinceCode=01',
  );
});
