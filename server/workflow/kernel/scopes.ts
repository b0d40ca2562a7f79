/** Sub-processes, called processes and the instance itself: how they begin and how they end. */
import { holdNow } from './catchers.ts';
import type { Container } from './model.ts';
import { addScope, addToken, go, type Run, removeScope } from './run.ts';
import type { Scope } from './state.ts';

/** Opens a scope and puts its first tokens in; without a start event every activity without incoming flow begins. */
export function openScope(run: Run, container: Container, owner: number, startEvent?: string): Scope {
  const scope = addScope(run, container.id, owner);
  holdNow(run, scope);
  const starts = startEvent ? container.nodes.filter((n) => n.id === startEvent) : container.starts;
  for (const start of starts) addToken(run, start.id, scope.i, start.type === 'start' ? 'o' : 'i');
  run.empty.push(scope.i);
  return scope;
}

/** Ends a scope nothing is left in; its activity leaves, or the instance is done. */
export function endScopeIfEmpty(run: Run, id: number): void {
  const scope = run.scopes.get(id);
  if (!scope || scope.k || (run.members.get(id)?.size ?? 0) > 0) return;
  const owner = run.tokens.get(scope.t);
  if (owner?.q) return; // its tokens come one after the other, as compensation goes on
  if (owner?.u) {
    removeScope(run, scope);
    owner.q = [];
    run.resume.push(owner.i);
    return;
  }
  removeScope(run, scope);
  if (!owner) {
    run.state.status = 'done';
    return;
  }
  if (scope.r?.length) owner.r = scope.r;
  go(run, owner, 'o');
}
