/** Questions about the graph alone: what can be reached, and along which ways. */
import type { Model, Node } from '../kernel/index.ts';
import { type DiagramProblem, problem } from './problem.ts';

/** Elements a token can come to directly from this one: over flows, boundary events, links, into a sub-process, to a handler. */
export function successors(model: Model, node: Node): Node[] {
  const next = node.out.map((f) => model.nodes.get(f.target));
  next.push(...node.boundaries);
  if (node.compensation)
    next.push(model.nodes.get(node.compensation.event), model.nodes.get(node.compensation.handler));
  if (node.type === 'throw' && node.event?.kind === 'link')
    next.push(model.containers.get(node.parent)?.links.get(node.event.name));
  const inner = model.containers.get(node.type === 'call' ? (node.calledElement ?? '') : node.id);
  if (inner) next.push(...inner.starts, ...inner.eventSubs.flatMap((s) => [s.node, s.start]));
  return next.filter((n) => n !== undefined);
}

/** Where the main process can begin: any start event of it, and its event sub-processes. */
export function beginnings(model: Model): Node[] {
  const main = model.containers.get(model.main)!;
  const starts = main.nodes.filter((n) => n.type === 'start');
  return [...(starts.length ? starts : main.starts), ...main.eventSubs.flatMap((s) => [s.node, s.start])];
}

/** Every element that can be reached; `without` is never passed. */
export function reachable(model: Model, without: (node: Node) => boolean = () => false): Set<string> {
  const seen = new Set<string>();
  const open = beginnings(model);
  for (let node = open.pop(); node; node = open.pop()) {
    if (seen.has(node.id) || without(node)) continue;
    seen.add(node.id);
    open.push(...successors(model, node));
  }
  return seen;
}

export function checkReachable(model: Model): DiagramProblem[] {
  const seen = reachable(model);
  const processes = new Set([model.main, ...[...model.nodes.values()].map((n) => n.calledElement ?? '')]);
  const concerned = (node: Node): boolean => {
    const container = model.containers.get(node.parent);
    return container?.parent === undefined ? processes.has(node.parent) : concerned(model.nodes.get(container.id)!);
  };
  return [...model.nodes.values()]
    .filter((n) => !seen.has(n.id) && concerned(n))
    .map((n) => problem(n.id, 'unreachable'));
}

/** Ends of a kind that must come after an effect, e.g. a refusal only after its slip was issued. */
export interface EndRule {
  /** properties the end event carries, e.g. `{ state: '3' }` */
  end: Record<string, string>;
  /** properties of the service task every way to it passes, e.g. `{ taskType: 'dossiers.issue-slip', 'header.slip': '03' }` */
  passes: Record<string, string>;
}

const carries = (node: Node, wanted: Record<string, string>) =>
  Object.entries(wanted).every(([key, value]) => node.properties[key] === value);

export function checkEndRules(model: Model, rules: EndRule[]): DiagramProblem[] {
  return rules.flatMap((rule) => {
    const around = reachable(model, (node) => carries(node, rule.passes));
    return [...model.nodes.values()]
      .filter((n) => n.type === 'end' && carries(n, rule.end) && around.has(n.id))
      .map((n) => problem(n.id, 'endWithoutEffect', Object.values(rule.passes).join(' ')));
  });
}
