/** Multi-instance and standard loops: a body token owns a loop scope, every iteration is a token in it. */
import { holds } from './expressions.ts';
import type { Loop, Node } from './model.ts';
import {
  addScope,
  addToken,
  cancelMembers,
  contextOf,
  go,
  nodeOf,
  type Run,
  removeScope,
  removeToken,
  rest,
  Stuck,
  scopeOf,
} from './run.ts';
import type { Completed, Token } from './state.ts';

/** A standard loop without maximum ends by its condition alone. */
const unlimited = 1_000_000_000;

/** Opens the loop; the collection and the number of iterations are fixed here, a later change has no effect. */
export function enterLoop(run: Run, token: Token, node: Node, loop: Loop): void {
  const { total, items } = size(run, token, node, loop);
  if (total === 0) {
    token.l = 1;
    go(run, token, 'o');
    return;
  }
  rest(token);
  const scope = addScope(run, node.id, token.i, { k: { total, next: 0, done: 0, ...(items && { items }) } });
  const first = loop.kind === 'parallel' ? total : 1;
  for (let x = 0; x < first; x += 1) addToken(run, node.id, scope.i, 'i', { x });
  scope.k!.next = first;
}

function size(run: Run, token: Token, node: Node, loop: Loop): { total: number; items?: unknown[] } {
  const context = contextOf(run, token);
  if (loop.kind === 'standard') {
    if (loop.testBefore && loop.condition && !holds(loop.condition, context)) return { total: 0 };
    return { total: loop.maximum ?? unlimited };
  }
  if (loop.collection) {
    const items = loop.collection.evaluate(context);
    if (!Array.isArray(items)) throw new Stuck({ code: 'badCollection', node: node.id, token: token.i });
    return { total: items.length, ...(loop.element && { items }) };
  }
  const total = Number(loop.cardinality?.evaluate(context) ?? Number.NaN);
  if (!Number.isInteger(total) || total < 0) throw new Stuck({ code: 'badCardinality', node: node.id, token: token.i });
  return { total };
}

/** One iteration ended: counts it, then goes on, or ends the loop and cancels what is left. */
export function endIteration(run: Run, token: Token, inner: Completed[] | undefined): void {
  const node = nodeOf(run, token);
  const loop = node.loop!;
  const scope = scopeOf(run, token);
  const k = scope.k!;
  const context = contextOf(run, token);
  if (inner) scope.r = [...(scope.r ?? []), ...inner];
  k.done += 1;
  if (loop.outputElement) {
    const out = k.out ? [...k.out] : Array.from({ length: k.total }, () => null);
    out[token.x!] = loop.outputElement.evaluate(context) ?? null;
    k.out = out;
  }
  removeToken(run, token);
  const active = run.members.get(scope.i)?.size ?? 0;
  let over: boolean;
  if (loop.kind === 'standard') {
    over = k.next >= k.total || (loop.condition !== undefined && !holds(loop.condition, context));
  } else {
    over = loop.kind === 'parallel' ? active === 0 : k.next >= k.total;
    if (!over && loop.condition) {
      over = holds(loop.condition, {
        ...context,
        numberOfInstances: k.total,
        numberOfCompletedInstances: k.done,
        numberOfActiveInstances: active,
        numberOfTerminatedInstances: 0,
      });
    }
  }
  if (over) endLoop(run, scope.i, loop);
  else if (loop.kind !== 'parallel') {
    addToken(run, node.id, scope.i, 'i', { x: k.next });
    k.next += 1;
  }
}

function endLoop(run: Run, scopeId: number, loop: Loop): void {
  const scope = run.scopes.get(scopeId)!;
  const body = run.tokens.get(scope.t)!;
  cancelMembers(run, scope);
  removeScope(run, scope);
  if (loop.outputCollection && scope.k?.out) {
    run.v = { ...run.v, [loop.outputCollection]: scope.k.out };
    run.changed = true;
  }
  if (scope.r?.length) {
    const l = { total: scope.k!.total, ...(scope.k!.items && { items: scope.k!.items }) };
    body.r = [{ n: body.n, r: scope.r, l, d: 1 }];
  }
  body.l = 1;
  go(run, body, 'o');
}
