import { asc, eq } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { processHistory } from '#db/schema/workflow.ts';
import { modelOf } from './definitions.ts';
import { getInstance } from './instances.ts';
import { type Model, type State, waitingNodes } from './kernel/index.ts';

export interface PhaseProgress {
  /** the `phase` property its elements carry in the diagram */
  phase: string;
  state: 'done' | 'current' | 'upcoming';
}

/** The phases people are shown, in the order of the diagram; phases that were passed by are left out. */
export async function progressOf(db: Reader, instanceId: string): Promise<PhaseProgress[]> {
  const instance = await getInstance(db, instanceId);
  const model = await modelOf(db, instance.definitionId, instance.processId);
  const steps = await db
    .select({ trace: processHistory.trace })
    .from(processHistory)
    .where(eq(processHistory.instanceId, instanceId))
    .orderBy(asc(processHistory.revision));
  const seen = steps.flatMap((s) => s.trace as { what: string; node: string }[]).map((t) => t.node);
  const over = instance.status === 'done' || instance.status === 'cancelled';
  return phases(model, seen, over ? [] : waitingNodes(model, instance.state as unknown as State), over);
}

/** Pure: what was seen and what waits, as phases. */
export function phases(model: Model, seen: string[], waiting: string[], over: boolean): PhaseProgress[] {
  const phaseOf = (node: string) => model.nodes.get(node)?.properties.phase;
  const all = [...new Set([...model.nodes.keys()].flatMap((node) => phaseOf(node) ?? []))];
  const visited = new Set(seen.flatMap((node) => phaseOf(node) ?? []));
  const current = new Set(waiting.flatMap((node) => phaseOf(node) ?? []));
  const first = all.findIndex((phase) => current.has(phase));
  return all.flatMap((phase, i): PhaseProgress[] => {
    if (current.has(phase)) return [{ phase, state: 'current' }];
    if (over) return visited.has(phase) ? [{ phase, state: 'done' }] : [];
    if (first === -1 || i < first) return visited.has(phase) ? [{ phase, state: 'done' }] : [];
    return [{ phase, state: 'upcoming' }];
  });
}
