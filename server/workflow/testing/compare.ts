/** Compares what was seen with what a script of the BPMN suite expects; returns every deviation as a short sentence. */
import type { Played, Script, ScriptStep, Seen } from './play.ts';

interface Expectation {
  open?: string[];
  timers?: string[];
  status?: string;
  refused?: boolean;
}
export interface CheckedScript extends Script {
  name: string;
  expectStart?: Expectation;
  steps: (ScriptStep & { expect?: Expectation })[];
  expect?: { status?: string; ended?: Record<string, number>; never?: string[] };
}

const same = (a: string[], b: string[]) => JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());

export function deviations(script: CheckedScript, played: Played): string[] {
  const found: string[] = [];
  const check = (where: string, expected: Expectation | undefined, got: Seen | undefined, before?: Seen) => {
    if (!got) {
      found.push(`${where}: nothing was seen`);
      return;
    }
    if ((expected?.refused === true) !== got.refused) found.push(`${where}: refused is ${got.refused}`);
    if (expected?.status && expected.status !== got.status)
      found.push(`${where}: ${got.status}, not ${expected.status}`);
    if (expected?.open && !same(expected.open, got.open)) found.push(`${where}: open ${got.open.join()}`);
    if (expected?.timers && !same(expected.timers, got.timers)) found.push(`${where}: timers ${got.timers.join()}`);
    const { refused: _, ...now } = got;
    const { refused: __, ...then } = before ?? got;
    if (got.refused && JSON.stringify(now) !== JSON.stringify(then))
      found.push(`${where}: a refused step changed something`);
  };
  check('start', script.expectStart, played.steps[0]);
  for (const [i, one] of script.steps.entries())
    check(`step ${i + 1} ${one.do} ${one.node ?? one.name ?? ''}`, one.expect, played.steps[i + 1], played.steps[i]);
  const end = script.expect ?? {};
  if (end.status && end.status !== played.status) found.push(`end: ${played.status}, not ${end.status}`);
  for (const [node, times] of Object.entries(end.ended ?? {}))
    if ((played.ended[node] ?? 0) !== times)
      found.push(`end: ${node} ended ${played.ended[node] ?? 0} times, not ${times}`);
  for (const node of end.never ?? []) if (played.ended[node]) found.push(`end: ${node} ended but must not`);
  return found;
}
