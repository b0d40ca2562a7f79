import { files, lint, messages, migrations, structure, types, vitest } from './checks.ts';
import { add, type Outcome, runLanes } from './steps.ts';

/** Runs the checks, two side by side, then the tests; Vitest uses both cores itself. */
export async function verify(scratch: string): Promise<Outcome> {
  const sum = await runLanes([[types], [lint, structure, files, messages, migrations]]);
  for (const kind of ['unit', 'workflows', 'database']) add(sum, await runLanes([[vitest(kind, scratch)]]));
  return sum;
}
