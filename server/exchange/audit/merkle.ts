import { createHash } from 'node:crypto';

/** The hash tree of RFC 6962, section 2.1: leaves and nodes are told apart by their first byte. Digests are hexadecimal. */
const hash = (...parts: (string | Uint8Array)[]): string => {
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  return digest.digest('hex');
};
const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');

export const leafHash = (content: string): string => hash(new Uint8Array([0]), content);
const nodeHash = (left: string, right: string): string => hash(new Uint8Array([1]), bytes(left), bytes(right));

/** The largest power of two below a count. */
const split = (count: number): number => 2 ** Math.floor(Math.log2(count - 1));

/** The root over at least one leaf. */
export function rootOf(leaves: readonly string[]): string {
  if (leaves.length === 1) return leaves[0]!;
  const k = split(leaves.length);
  return nodeHash(rootOf(leaves.slice(0, k)), rootOf(leaves.slice(k)));
}

/** The hashes beside the way from a leaf to the root, from the leaf up. */
export function proofOf(leaves: readonly string[], index: number): string[] {
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  return index < k
    ? [...proofOf(leaves.slice(0, k), index), rootOf(leaves.slice(k))]
    : [...proofOf(leaves.slice(k), index - k), rootOf(leaves.slice(0, k))];
}

/** The root that a leaf and its proof lead to; null: the proof does not fit a tree of that size. */
export function rootFrom(leaf: string, index: number, count: number, proof: readonly string[]): string | null {
  if (count === 1) return proof.length === 0 && index === 0 ? leaf : null;
  if (proof.length === 0 || index >= count) return null;
  const k = split(count);
  const sibling = proof.at(-1)!;
  const rest = proof.slice(0, -1);
  const inside = index < k ? rootFrom(leaf, index, k, rest) : rootFrom(leaf, index - k, count - k, rest);
  if (inside === null) return null;
  return index < k ? nodeHash(inside, sibling) : nodeHash(sibling, inside);
}
