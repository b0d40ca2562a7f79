/** Errors and escalations look for their catcher from the inside outward; terminate ends its own scope. */
import { type Catcher, trigger } from './catchers.ts';
import type { Node } from './model.ts';
import { cancelMembers, nodeOf, type Run, Stuck, scopeOf } from './run.ts';
import type { Token } from './state.ts';

type Thrown = 'error' | 'escalation';

/** A matching code wins over an event without code. */
function pick<T>(candidates: T[], nodeOfCandidate: (c: T) => Node, kind: Thrown, code?: string): T | undefined {
  let any: T | undefined;
  for (const c of candidates) {
    const event = nodeOfCandidate(c).event;
    if (event?.kind !== kind) continue;
    if (event.name !== undefined && event.name === code) return c;
    if (event.name === undefined) any ??= c;
  }
  return any;
}

function boundaryOf(run: Run, token: Token, kind: Thrown, code?: string): Catcher | undefined {
  if (token.x !== undefined || token.u) return undefined;
  const boundary = pick(nodeOf(run, token).boundaries, (b) => b, kind, code);
  return boundary?.event && { how: 'boundary', node: boundary, event: boundary.event, at: token.i, token };
}

/**
 * The innermost catcher: the boundary of the failing activity itself (`self`), then for each enclosing scope its event
 * sub-process and after it its boundary. The event sub-process the thrower stands in does not catch its own.
 */
export function findCatcher(run: Run, from: Token, kind: Thrown, code: string | undefined, self: boolean) {
  let at = from;
  let found = self ? boundaryOf(run, at, kind, code) : undefined;
  while (!found) {
    const scope = scopeOf(run, at);
    if (!scope.k && !scope.w) {
      const current = at.n;
      const subs = (run.model.containers.get(scope.n)?.eventSubs ?? []).filter((s) => s.node.id !== current);
      const sub = pick(subs, (s) => s.start, kind, code);
      if (sub?.start.event)
        return {
          how: 'eventSub',
          node: sub.start,
          event: sub.start.event,
          at: scope.i,
          scope,
          sub: sub.node,
        } as Catcher;
    }
    const owner = run.tokens.get(scope.t);
    if (!owner) return undefined;
    at = owner;
    found = boundaryOf(run, at, kind, code);
  }
  return found;
}

/** Raises an error; what nobody catches is an incident. `reached` is called once it is sure to be caught. */
export function raiseError(run: Run, token: Token, code: string | undefined, self: boolean, reached: () => void): void {
  const catcher = findCatcher(run, token, 'error', code, self);
  if (!catcher) {
    throw new Stuck({
      code: 'uncaughtError',
      node: token.n,
      token: token.i,
      ...(code !== undefined && { detail: code }),
    });
  }
  reached();
  trigger(run, catcher);
}

/** Raises an escalation; nobody catching it is not an error, the host is told. */
export function escalate(run: Run, token: Token, code: string | undefined, self: boolean): void {
  const catcher = findCatcher(run, token, 'escalation', code, self);
  if (catcher) trigger(run, catcher);
  else run.effects.push({ type: 'escalation', node: token.n, ...(code !== undefined && { code }) });
}

/** Ends everything else in the token's own scope: the sub-process, the called process or the instance. */
export function terminate(run: Run, token: Token): void {
  cancelMembers(run, scopeOf(run, token), token.i);
}
