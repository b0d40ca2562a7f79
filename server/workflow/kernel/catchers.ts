/** Who waits for what, and what happens when it comes: catch events, event gateways, boundary events, event sub-processes. */
import { holds } from './expressions.ts';
import type { EventDefinition, Node } from './model.ts';
import {
  addScope,
  addToken,
  cancelMembers,
  cancelToken,
  contextOf,
  contextOfScope,
  go,
  type Run,
  removeToken,
} from './run.ts';
import type { Scope, Token } from './state.ts';

/** An armed event. `at` is the token or scope it belongs to; tokens and scopes share one numbering. */
export interface Catcher {
  how: 'token' | 'gateway' | 'boundary' | 'eventSub';
  /** the element that carries the event */
  node: Node;
  event: EventDefinition;
  at: number;
  token?: Token;
  scope?: Scope;
  /** event sub-process to start */
  sub?: Node;
}

export const isActivity = (node: Node): boolean =>
  node.type === 'task' || node.type === 'pass' || node.type === 'call' || node.type === 'sub';

/** Whether the boundary events of this token's activity are armed: not in a single iteration, not while being undone. */
export function boundariesArmed(run: Run, token: Token): boolean {
  if (token.p || token.x !== undefined || token.u) return false;
  const inner = run.owned.get(token.i);
  return inner === undefined || run.scopes.get(inner)?.w !== 2;
}

function spent(event: EventDefinition, fired: number | undefined): boolean {
  return event.kind === 'timer' && (fired ?? 0) >= event.timer.repeats;
}

/**
 * Every armed event of one kind, the most specific first: what a token waits at, then boundary events from the inside
 * outward, then event sub-processes from the inside outward; the oldest first among equals.
 */
export function armed(run: Run, wanted: (event: EventDefinition) => boolean): Catcher[] {
  const direct: Catcher[] = [];
  const boundaries: Catcher[] = [];
  for (const token of run.tokens.values()) {
    if (token.p) continue;
    const node = run.model.nodes.get(token.n);
    if (!node) continue;
    if (node.type === 'eventGateway') {
      for (const flow of node.out) {
        const target = run.model.nodes.get(flow.target);
        if (target?.event && wanted(target.event))
          direct.push({ how: 'gateway', node: target, event: target.event, at: token.i, token });
      }
    } else if (node.event && (node.type === 'catch' || (node.type === 'task' && !run.owned.has(token.i)))) {
      if (wanted(node.event)) direct.push({ how: 'token', node, event: node.event, at: token.i, token });
    }
    if (node.boundaries.length === 0 || !boundariesArmed(run, token)) continue;
    for (const boundary of node.boundaries) {
      const event = boundary.event;
      if (event && wanted(event) && !spent(event, token.z?.[boundary.id]))
        boundaries.push({ how: 'boundary', node: boundary, event, at: token.i, token });
    }
  }
  if (boundaries.length > 1) boundaries.sort((a, b) => b.node.depth - a.node.depth || a.at - b.at);
  return [...direct, ...boundaries, ...armedSubs(run, wanted)];
}

function armedSubs(run: Run, wanted: (event: EventDefinition) => boolean): Catcher[] {
  const subs: Catcher[] = [];
  for (const scope of run.scopes.values()) {
    if (scope.k || scope.w) continue;
    for (const { node, start } of run.model.containers.get(scope.n)?.eventSubs ?? []) {
      const event = start.event;
      if (event && wanted(event) && !spent(event, scope.z?.[start.id]))
        subs.push({ how: 'eventSub', node: start, event, at: scope.i, scope, sub: node });
    }
  }
  if (subs.length > 1) subs.sort((a, b) => b.node.depth - a.node.depth || a.at - b.at);
  return subs;
}

/** Whether a catcher found earlier is still armed. */
export function stillArmed(run: Run, c: Catcher): boolean {
  if (c.scope) return run.scopes.get(c.at) === c.scope && !c.scope.w;
  if (!c.token || run.tokens.get(c.at) !== c.token || c.token.p) return false;
  return c.how !== 'boundary' || boundariesArmed(run, c.token);
}

/** Lets an armed event happen. */
export function trigger(run: Run, c: Catcher): void {
  if (c.token) {
    if (c.how === 'token') go(run, c.token, 'o');
    else if (c.how === 'gateway') {
      removeToken(run, c.token);
      addToken(run, c.node.id, c.token.s, 'o');
    } else fireBoundary(run, c.token, c.node);
  } else if (c.scope && c.sub) fireEventSub(run, c.scope, c.sub, c.node);
}

const counted = (z: Record<string, number> | undefined, id: string) => ({ ...z, [id]: (z?.[id] ?? 0) + 1 });

function fireBoundary(run: Run, host: Token, boundary: Node): void {
  if (boundary.event?.kind === 'timer') host.z = counted(host.z, boundary.id);
  if (boundary.interrupting) {
    if (host.c !== undefined) run.resume.push(host.c);
    cancelToken(run, host);
  }
  addToken(run, boundary.id, host.s, 'o');
}

/** Starts an event sub-process in its scope; an interrupting one cancels everything else there and disarms the others. */
export function fireEventSub(run: Run, scope: Scope, sub: Node, start: Node): void {
  if (start.event?.kind === 'timer') scope.z = counted(scope.z, start.id);
  if (start.interrupting) {
    cancelMembers(run, scope);
    scope.w = 1;
  }
  const owner = addToken(run, sub.id, scope.i);
  const inner = addScope(run, sub.id, owner.i);
  holdNow(run, inner);
  addToken(run, start.id, inner.i, 'o');
}

const isConditional = (event: EventDefinition) => event.kind === 'conditional';

/** Remembers which conditions hold when a token comes to rest or a scope opens: they fire on a change only. */
export function holdNow(run: Run, at: Token | Scope): void {
  if (!run.model.hasConditions) return;
  const held: string[] = [];
  if ('t' in at) {
    for (const { start } of run.model.containers.get(at.n)?.eventSubs ?? [])
      if (start.event?.kind === 'conditional' && holds(start.event.condition, contextOfScope(run, at)))
        held.push(start.id);
  } else {
    for (const boundary of run.model.nodes.get(at.n)?.boundaries ?? [])
      if (boundary.event?.kind === 'conditional' && holds(boundary.event.condition, contextOf(run, at)))
        held.push(boundary.id);
  }
  if (held.length) at.h = held;
}

/** After a change of variables: fires every conditional event whose condition has come to hold. */
export function checkConditions(run: Run): void {
  run.changed = false;
  if (!run.model.hasConditions) return;
  const due: Catcher[] = [];
  for (const c of armed(run, isConditional)) {
    if (c.event.kind !== 'conditional') continue;
    const now = holds(c.event.condition, c.scope ? contextOfScope(run, c.scope) : contextOf(run, c.token!));
    const owner = c.how === 'boundary' ? c.token : c.scope;
    if (!owner) {
      if (now) due.push(c);
      continue;
    }
    const before = owner.h?.includes(c.node.id) ?? false;
    if (now === before) continue;
    owner.h = now ? [...(owner.h ?? []), c.node.id] : owner.h?.filter((id) => id !== c.node.id);
    if (now) due.push(c);
  }
  for (const c of due) if (stillArmed(run, c)) trigger(run, c);
}

/** A signal reaches every catcher armed at this moment. */
export function broadcast(run: Run, name: string): void {
  for (const c of armed(run, (event) => event.kind === 'signal' && event.name === name))
    if (stillArmed(run, c)) trigger(run, c);
}

/** Hands the oldest kept message somebody now waits for to its catcher; false when there is none. */
export function deliverKept(run: Run): boolean {
  const kept = run.state.m;
  if (!kept?.length) return false;
  const waiting = armed(run, (event) => event.kind === 'message');
  if (waiting.length === 0) return false;
  for (const [i, message] of kept.entries()) {
    const c = waiting.find((w) => w.event.kind === 'message' && w.event.name === message.name);
    if (!c) continue;
    const rest = kept.filter((_, k) => k !== i);
    if (rest.length) run.state.m = rest;
    else delete run.state.m;
    if (message.v) {
      run.v = { ...run.v, ...message.v };
      run.changed = true;
    }
    trigger(run, c);
    return true;
  }
  return false;
}
