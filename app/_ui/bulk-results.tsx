import type { ItemResult } from './types.ts';

/** What became of each thing of a bulk act, refusals first. */
export function BulkResults({ results }: { results: ItemResult[] }) {
  const sorted = [...results].sort((a, b) => Number(a.done) - Number(b.done));
  return (
    <ul className="results">
      {sorted.map((result) => (
        <li key={result.id}>
          <span className={`tag ${result.done ? 'ok' : 'late'}`}>{result.message}</span> {result.name}
        </li>
      ))}
    </ul>
  );
}
