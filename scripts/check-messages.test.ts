import { expect, test } from 'vitest';
import { argumentsOf, compare, flatten } from './check-messages.ts';

const of = (value: unknown) => flatten('m', value);

test('twins with the same keys and arguments have no fault', () => {
  expect(compare(of({ a: 'Xin chào {name}' }), of({ a: 'Hello {name}' }))).toEqual([]);
});

test('a key that one language lacks is named, in both directions', () => {
  expect(compare(of({ a: 'x', only: 'y' }), of({ a: 'x', other: 'z' }))).toEqual([
    'en m.only: missing',
    'vi m.other: missing',
  ]);
});

test('arguments that differ are named', () => {
  expect(compare(of({ a: '{days} ngày' }), of({ a: '{day} days' }))).toEqual(['m.a: vi uses {days}, en uses {day}']);
});

test('a broken or empty message is named', () => {
  expect(compare(of({ a: '{count, plural, one {x}}' }), of({ a: 'x' }))[0]).toMatch(/^vi m\.a: not a valid message/);
  expect(compare(of({ a: ' ' }), of({ a: 'x' }))).toEqual(['vi m.a: empty']);
});

test('arguments inside plurals, selects and tags count', () => {
  expect(argumentsOf('{n, plural, other {<b>{name}</b> và # khác}} {d, date, short}')).toEqual(['b', 'd', 'n', 'name']);
});
