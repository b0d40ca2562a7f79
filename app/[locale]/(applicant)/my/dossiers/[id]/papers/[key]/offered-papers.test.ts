import { expect, test } from 'vitest';
import { offeredPapers } from './offered-papers.ts';

test('the newest of the same kind are offered first, and nothing is left out', () => {
  const papers = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => ({ name, sameKind: name !== 'b' }));
  const { near, others } = offeredPapers(papers);
  expect(near.map(({ name }) => name)).toEqual(['a', 'c', 'd']);
  expect(others.map(({ name }) => name)).toEqual(['b', 'e', 'f']);
  expect(offeredPapers([])).toEqual({ near: [], others: [] });
});
