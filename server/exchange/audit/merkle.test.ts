import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leafHash, proofOf, rootFrom, rootOf } from './merkle.ts';

test('every leaf of every tree is proved by its path, and by no other leaf, place or path', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), fc.nat(), (count, at, other) => {
      const leaves = Array.from({ length: count }, (_, i) => leafHash(`row ${i}`));
      const index = at % count;
      const proof = proofOf(leaves, index);
      expect(rootFrom(leaves[index]!, index, count, proof)).toBe(rootOf(leaves));
      expect(rootFrom(leafHash('forged'), index, count, proof)).not.toBe(rootOf(leaves));
      expect(rootFrom(leaves[index]!, index, count, [...proof, leafHash('x')])).not.toBe(rootOf(leaves));
      const wrong = other % count;
      if (wrong !== index) expect(rootFrom(leaves[index]!, wrong, count, proof)).not.toBe(rootOf(leaves));
    }),
  );
});

test('the tree is that of RFC 6962: leaves and nodes cannot be taken for one another', () => {
  // SHA-256 of a single zero byte: the leaf over the empty text
  expect(leafHash('')).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
  const [a, b] = [leafHash('a'), leafHash('b')];
  expect(rootOf([a, b])).not.toBe(leafHash(a + b));
});
