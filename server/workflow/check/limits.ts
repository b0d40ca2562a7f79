/** The shares of the time limit along the longest way through the diagram, against the legal limit. */
import { timeText, workingDaysIn } from '../due-dates.ts';
import type { Model, Node } from '../kernel/index.ts';
import { type DiagramProblem, problem } from './problem.ts';
import { successors } from './reach.ts';

export interface TimeLimit {
  /** working days the law gives the authority */
  workingDays: number;
  /** groups during whose tasks the legal clock stands still */
  stoppedFor?: string[];
}

/** Ways looked at before the search gives up; a procedure has some dozens. */
const most = 200_000;

/** Every element once per way: a loop back is a new matter for the clock, since it begins with somebody's answer. */
export function checkTimeLimit(model: Model, limit: TimeLimit): DiagramProblem[] {
  const stopped = limit.stoppedFor ?? ['applicant'];
  const share = (node: Node): number => {
    const { dueDate, candidateGroups } = node.properties;
    if (node.task !== 'user' || !dueDate || stopped.includes(candidateGroups ?? '')) return 0;
    return workingDaysIn(timeText(dueDate, {})) ?? 0;
  };
  let best = { days: 0, path: [] as string[] };
  let left = most;
  const way: string[] = [];
  const on = new Set<string>();
  const walk = (node: Node, days: number): void => {
    if (on.has(node.id) || left <= 0) return;
    left -= 1;
    const own = share(node);
    on.add(node.id);
    if (own > 0) way.push(node.id);
    const sum = days + own;
    if (sum > best.days) best = { days: sum, path: [...way] };
    for (const next of continuing(model, node)) walk(next, sum);
    if (own > 0) way.pop();
    on.delete(node.id);
  };
  for (const start of model.containers.get(model.main)?.starts ?? []) walk(start, 0);
  if (best.days <= limit.workingDays) return [];
  return [problem(best.path.at(-1) ?? model.main, 'overLegalLimit', String(best.days), best.path)];
}

/** As `successors`, and out of a sub-process from where its ways end. */
function continuing(model: Model, node: Node): Node[] {
  const next = successors(model, node);
  if (node.out.length > 0 || node.type === 'boundary') return next;
  const owner = model.nodes.get(node.parent);
  return owner && !owner.eventSub ? [...next, ...owner.out.flatMap((f) => model.nodes.get(f.target) ?? [])] : next;
}
