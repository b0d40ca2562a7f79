/** So many stand open: whoever files often has dozens, and the field for a new file stands below them. */
export const offeredAtOnce = 3;

/** The newest that were handed in for the same paper before, and all others. `papers`: newest first. */
export function offeredPapers<Paper extends { sameKind: boolean }>(
  papers: readonly Paper[],
): { near: Paper[]; others: Paper[] } {
  const near = papers.filter((each) => each.sameKind).slice(0, offeredAtOnce);
  return { near, others: papers.filter((each) => !near.includes(each)) };
}
