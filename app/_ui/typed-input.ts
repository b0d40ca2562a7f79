/** Forms that keep what is typed after a moment; a page that is about to be left asks them to do so at once. */
const keepers = new Set<() => Promise<unknown>>();

/** @returns what takes the form off the list */
export function keepsTyped(keep: () => Promise<unknown>): () => void {
  keepers.add(keep);
  return () => void keepers.delete(keep);
}

/** Resolves once everything typed on the page is kept, or could not be: leaving it loses nothing that can be saved. */
export const keepAllTyped = (): Promise<unknown> => Promise.allSettled([...keepers].map((keep) => keep()));
