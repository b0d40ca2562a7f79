import { expect, test } from 'vitest';
import { placesHref, readPlaceQuery } from './place-query.ts';

test('an address of the page keeps what is asked', () => {
  const asked = { q: 'phường Bến Nghé, quận 1', on: '2024-11-23', province: '79' };
  const href = placesHref(asked);
  expect(readPlaceQuery(Object.fromEntries(new URL(href, 'http://localhost').searchParams))).toEqual(asked);
  expect(placesHref({ q: '', on: '', province: '' })).toBe('/registers/places');
});

test('a day comes from the three fields of the form too', () => {
  expect(readPlaceQuery({ 'on.day': '1', 'on.month': '7', 'on.year': '2025' }).on).toBe('2025-07-01');
});

test('what makes no sense counts as not given', () => {
  expect(readPlaceQuery({ q: ['  Bến   Nghé ', 'x'], on: '2025-02-30', province: 'abc' })).toEqual({
    q: 'Bến Nghé',
    on: '',
    province: '',
  });
  expect(readPlaceQuery({ 'on.day': '31', 'on.month': '2', 'on.year': '25' }).on).toBe('');
});
