/**
 * Compensation: completed activities are undone each once, the last completed first, one after the other. A sub-process is
 * undone by its own handler, else by its compensation event sub-process, else by undoing what completed inside it.
 */
import { fireEventSub, holdNow } from './catchers.ts';
import {
  addScope,
  addToken,
  cancelMembers,
  cancelToken,
  containerOf,
  go,
  nodeOf,
  note,
  type Run,
  removeScope,
  removeToken,
  rest,
  Stuck,
  scopeOf,
} from './run.ts';
import type { Completed, Scope, Token } from './state.ts';

/** Remembers a completed activity that compensation could undo later. */
export function remember(run: Run, token: Token): void {
  const node = nodeOf(run, token);
  const scope = run.scopes.get(token.s);
  if (!scope) return;
  let made: Completed[] = [];
  if (node.compensation) made = [{ n: node.id }];
  else if (token.l) made = token.r ?? [];
  else if (token.r?.length || compensationSub(run, token)) made = [{ n: node.id, r: token.r ?? [], d: 1 }];
  if (made.length) scope.r = [...(scope.r ?? []), ...made];
}

/** The records one iteration leaves to its loop. */
export function iterationRecord(run: Run, token: Token): Completed[] | undefined {
  if (!token.r?.length && !compensationSub(run, token)) return undefined;
  return [{ n: token.n, x: token.x!, r: token.r ?? [], d: 1 }];
}

function compensationSub(run: Run, token: Token) {
  const node = nodeOf(run, token);
  if (node.type !== 'sub') return undefined;
  return containerOf(run, node)?.eventSubs.find((s) => s.start.event?.kind === 'compensate');
}

/** A compensation throw or end event was reached: takes what it covers out of the scope and begins to undo it. */
export function beginCompensation(run: Run, token: Token, activity: string | undefined): void {
  const queue: [number, Completed][] = [];
  let scope: Scope | undefined = scopeOf(run, token);
  while (scope) {
    const covered = (scope.r ?? []).filter((r) => activity === undefined || r.n === activity);
    if (covered.length) {
      const left = (scope.r ?? []).filter((r) => !covered.includes(r));
      if (left.length) scope.r = left;
      else delete scope.r;
    }
    const id = scope.i;
    queue.unshift(...covered.map((r): [number, Completed] => [id, r]));
    // an event sub-process speaks for the scope it belongs to as well
    const owner: Token | undefined = run.tokens.get(scope.t);
    scope = owner && run.model.nodes.get(owner.n)?.eventSub ? run.scopes.get(owner.s) : undefined;
  }
  rest(token);
  token.q = queue;
  run.resume.push(token.i);
}

/** A cancel end event: stops the transaction around it, then undoes all that completed in it. */
export function cancelTransaction(run: Run, token: Token): void {
  let scope: Scope | undefined = scopeOf(run, token);
  while (scope && !run.model.nodes.get(scope.n)?.transaction) scope = scopeAround(run, scope);
  if (!scope || scope.k) throw new Stuck({ code: 'uncaughtCancel', node: token.n, token: token.i });
  const records = gather(run, scope);
  note(run, 'ended', token);
  cancelMembers(run, scope, token.s === scope.i ? token.i : undefined);
  delete scope.r;
  scope.w = 2;
  const waits = run.tokens.get(token.i) ?? addToken(run, token.n, scope.i);
  rest(waits);
  const id = scope.i;
  waits.q = records.map((r): [number, Completed] => [id, r]);
  run.resume.push(waits.i);
}

function scopeAround(run: Run, scope: Scope): Scope | undefined {
  const owner = run.tokens.get(scope.t);
  return owner && run.scopes.get(owner.s);
}

/** What completed in a scope and in everything still active inside it. */
function gather(run: Run, scope: Scope): Completed[] {
  const records = [...(scope.r ?? [])];
  for (const id of run.members.get(scope.i) ?? []) {
    const token = run.tokens.get(id);
    const inner = run.scopes.get(run.owned.get(id) ?? 0);
    if (!token || !inner || token.u) continue;
    const r = gather(run, inner);
    if (r.length === 0) continue;
    const record: Completed = { n: token.n, r };
    if (token.x !== undefined) record.x = token.x;
    if (inner.k) record.l = { total: inner.k.total, ...(inner.k.items && { items: inner.k.items }) };
    records.push(record);
  }
  return records;
}

/** Goes on with the compensation a token waits for: the next record, or the end of it. */
export function resumeCompensation(run: Run, id: number): void {
  const token = run.tokens.get(id);
  if (!token?.q) return;
  const next = token.q.at(-1);
  token.q = token.q.slice(0, -1);
  if (next) undo(run, token, next[0], next[1]);
  else finish(run, token);
}

function undo(run: Run, waiting: Token, scope: number, record: Completed): void {
  const node = run.model.nodes.get(record.n);
  if (!node || !run.scopes.has(scope)) {
    run.resume.push(waiting.i);
    return;
  }
  if (!record.r) {
    if (!node.compensation) throw new Error(`${node.id} has no compensation handler`);
    note(run, 'ended', waiting, node.compensation.event);
    addToken(run, node.compensation.handler, scope, 'i', { c: waiting.i });
    return;
  }
  const owner = addToken(run, node.id, scope, undefined, { c: waiting.i, u: 1 });
  if (record.x !== undefined) owner.x = record.x;
  if (record.l) {
    const { total, items } = record.l;
    const loop = addScope(run, node.id, owner.i, {
      w: 1,
      k: { total, next: total, done: total, ...(items && { items }) },
    });
    owner.q = record.r.map((r): [number, Completed] => [loop.i, r]);
    run.resume.push(owner.i);
    return;
  }
  const container = containerOf(run, node);
  if (!container) throw new Error(`the model has no process ${node.id}`);
  const inner = addScope(run, container.id, owner.i, { w: 1 });
  const handler = record.d && compensationSub(run, owner);
  if (handler) {
    inner.r = record.r;
    fireEventSub(run, inner, handler.node, handler.start);
    inner.w = 1;
    holdNow(run, inner);
    return;
  }
  const id = inner.i;
  owner.q = record.r.map((r): [number, Completed] => [id, r]);
  run.resume.push(owner.i);
}

function finish(run: Run, token: Token): void {
  const node = nodeOf(run, token);
  if (node.event?.kind !== 'cancel') delete token.q;
  if (token.u) {
    const inner = run.scopes.get(run.owned.get(token.i) ?? 0);
    if (inner) removeScope(run, inner);
    removeToken(run, token);
    if (token.c !== undefined) run.resume.push(token.c);
  } else if (node.event?.kind === 'cancel') leaveTransaction(run, token);
  else if (node.type === 'end') {
    note(run, 'ended', token);
    removeToken(run, token);
  } else go(run, token, 'o');
}

/** Everything is undone: out of the transaction through its cancel boundary event. */
function leaveTransaction(run: Run, token: Token): void {
  let host = run.tokens.get(scopeOf(run, token).t);
  if (host?.x !== undefined) host = run.tokens.get(scopeOf(run, host).t);
  const exit = host && nodeOf(run, host).boundaries.find((b) => b.event?.kind === 'cancel');
  if (!host || !exit) throw new Stuck({ code: 'uncaughtCancel', node: token.n, token: token.i });
  const scope = host.s;
  if (host.c !== undefined) run.resume.push(host.c);
  cancelToken(run, host);
  addToken(run, exit.id, scope, 'o');
}
