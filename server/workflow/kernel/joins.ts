/** Parallel joins, and inclusive joins by the specification's reachability rule (BPMN 2.0.2, table 13.3). */
import type { Model, Node } from './model.ts';
import { go, type Run, removeToken } from './run.ts';
import type { Token } from './state.ts';

/** Takes one token, the oldest, from every filled flow; one of them goes on through the gateway. */
function merge(run: Run, filled: Token[]): void {
  const [first, ...others] = filled;
  for (const token of others) removeToken(run, token);
  if (!first) return;
  delete first.f;
  go(run, first, 'o');
}

/** The oldest token waiting at this gateway for each incoming flow that has one. */
function waitingAt(run: Run, scope: number, gateway: Node): Map<string, Token> {
  const byFlow = new Map<string, Token>();
  for (const id of run.members.get(scope) ?? []) {
    const token = run.tokens.get(id);
    if (token && token.n === gateway.id && !token.p && token.f !== undefined && !byFlow.has(token.f))
      byFlow.set(token.f, token);
  }
  return byFlow;
}

/** Fires a parallel join as soon as every incoming flow has a token. */
export function tryParallelJoin(run: Run, scope: number, gateway: Node): void {
  const byFlow = waitingAt(run, scope, gateway);
  if (byFlow.size === gateway.in.length) merge(run, [...byFlow.values()]);
}

const reach = new WeakMap<Node, Map<string, Set<string>>>();

/** For each incoming flow of a gateway: the nodes from which a token can come to it without passing the gateway. */
function reaching(model: Model, gateway: Node): Map<string, Set<string>> {
  const known = reach.get(gateway);
  if (known) return known;
  const result = new Map<string, Set<string>>();
  for (const flow of gateway.in) {
    const seen = new Set<string>();
    const open = [flow.source];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (seen.has(id) || id === gateway.id) continue;
      seen.add(id);
      const node = model.nodes.get(id);
      if (!node) continue;
      for (const incoming of node.in) open.push(incoming.source);
      if (node.attachedTo) open.push(node.attachedTo);
      if (node.type === 'catch' && node.event?.kind === 'link') open.push(...linkSources(model, node, node.event.name));
    }
    result.set(flow.id, seen);
  }
  reach.set(gateway, result);
  return result;
}

function linkSources(model: Model, link: Node, name: string): string[] {
  return (model.containers.get(link.parent)?.nodes ?? [])
    .filter((n) => n.type === 'throw' && n.event?.kind === 'link' && n.event.name === name)
    .map((n) => n.id);
}

/**
 * Fires one inclusive join that need not wait, when everything else has come to rest; false when there is none. It waits while
 * a token elsewhere in the scope can reach an incoming flow without a token, unless it can also reach one that has a token.
 */
export function fireInclusiveJoin(run: Run): boolean {
  for (const token of run.tokens.values()) {
    if (token.f === undefined || token.p) continue;
    const gateway = run.model.nodes.get(token.n);
    if (gateway?.type !== 'inclusive') continue;
    const byFlow = waitingAt(run, token.s, gateway);
    if (byFlow.size < gateway.in.length && mustWait(run, token.s, gateway, byFlow)) continue;
    merge(run, [...byFlow.values()]);
    return true;
  }
  return false;
}

function mustWait(run: Run, scope: number, gateway: Node, filled: Map<string, Token>): boolean {
  const sources = reaching(run.model, gateway);
  for (const id of run.members.get(scope) ?? []) {
    const other = run.tokens.get(id);
    if (!other || other.n === gateway.id || other.u || other.c !== undefined) continue;
    let empty = false;
    let full = false;
    for (const [flow, nodes] of sources) {
      if (!nodes.has(other.n)) continue;
      if (filled.has(flow)) full = true;
      else empty = true;
    }
    if (empty && !full) return true;
  }
  return false;
}
