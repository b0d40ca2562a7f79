import { expect, test } from 'vitest';
import { queueHref, readQueueSearch } from './queue-search.ts';

test('an address is read and written back the same', () => {
  const address = '/office/unit?step=assess&due=week&taken=nobody&q=an+b%C3%ACnh&sort=-filed&size=50&page=3';
  const search = readQueueSearch(Object.fromEntries(new URLSearchParams(address.split('?')[1])));
  expect(search).toEqual({
    filters: { step: 'assess', due: 'week', taken: 'nobody', q: 'an bình', sort: '-filed' },
    page: 3,
    size: 50,
  });
  const again = new URL(queueHref('unit', search), 'http://a');
  expect(Object.fromEntries(again.searchParams)).toEqual(Object.fromEntries(new URL(address, 'http://a').searchParams));
});

test('what is as always stays out of the address', () => {
  expect(queueHref('mine', readQueueSearch({ sort: 'due', page: '1', size: '20', q: '' }))).toBe('/office');
});

test('what an address asks for in vain is left out, and the rest counts', () => {
  const search = readQueueSearch({
    sort: 'id; drop table',
    due: 'yesterday',
    size: '999',
    page: '-4',
    q: ['a', 'b'],
    step: 'receive',
  });
  expect(search).toEqual({ filters: { step: 'receive', sort: 'due' }, page: 1, size: 20 });
});
