/** The working copy one step changes: the state opened into maps, the queues of what can still move, and what came of it. */
import type { Variables } from './expressions.ts';
import type { Container, Model, Node } from './model.ts';
import type { Incident, Scope, State, Token } from './state.ts';

export interface TraceEntry {
  /** `entered` and rests, `ended` as the suite counts it, `cancelled`, or `failed` with a business error */
  what: 'entered' | 'ended' | 'cancelled' | 'failed';
  node: string;
  token: number;
  index?: number[];
}

/** What must happen outside this instance. */
export type Effect =
  | { type: 'signal'; name: string }
  | { type: 'message'; name: string; node: string; token: number; correlationKey?: unknown }
  | { type: 'escalation'; code?: string; node: string };

export interface Run {
  model: Model;
  state: State;
  v: Variables;
  tokens: Map<number, Token>;
  scopes: Map<number, Scope>;
  /** tokens of a scope, oldest first */
  members: Map<number, Set<number>>;
  /** the scope a token owns */
  owned: Map<number, number>;
  /** tokens about to enter or leave */
  ready: number[];
  /** scopes that may have become empty */
  empty: number[];
  /** tokens whose compensation goes on */
  resume: number[];
  /** variables changed since conditions were last looked at */
  changed: boolean;
  trace: TraceEntry[];
  effects: Effect[];
  /** transitions left before the loop counts as endless */
  left: number;
}

/** Ends a run: what is stuck stays where it is and can be tried again. */
export class Stuck extends Error {
  readonly incident: Incident;
  constructor(incident: Incident) {
    super(incident.code);
    this.incident = incident;
  }
}

export function openRun(model: Model, state: State, cap: number): Run {
  const run: Run = {
    model,
    state,
    v: state.v,
    tokens: new Map(),
    scopes: new Map(),
    members: new Map(),
    owned: new Map(),
    ready: [],
    empty: [],
    resume: [],
    changed: false,
    trace: [],
    effects: [],
    left: cap,
  };
  run.state = { ...state };
  for (const scope of state.s) {
    run.scopes.set(scope.i, { ...scope, ...(scope.k && { k: { ...scope.k } }) });
    run.members.set(scope.i, new Set());
    if (scope.t) run.owned.set(scope.t, scope.i);
  }
  for (const token of state.t) {
    run.tokens.set(token.i, { ...token });
    run.members.get(token.s)?.add(token.i);
  }
  return run;
}

export function closeRun(run: Run): State {
  return { ...run.state, v: run.v, t: [...run.tokens.values()], s: [...run.scopes.values()] };
}

export function nodeOf(run: Run, token: Token): Node {
  const node = run.model.nodes.get(token.n);
  if (!node) throw new Error(`the model has no ${token.n}`);
  return node;
}

export function scopeOf(run: Run, token: Token): Scope {
  const scope = run.scopes.get(token.s);
  if (!scope) throw new Error(`no scope ${token.s}`);
  return scope;
}

/** The process or sub-process behind an activity; for an inline call the called process. */
export function containerOf(run: Run, node: Node): Container | undefined {
  return run.model.containers.get(node.type === 'call' ? (node.calledElement ?? '') : node.id);
}

export function addToken(run: Run, node: string, scope: number, phase?: 'i' | 'o', extra?: Partial<Token>): Token {
  run.state.n += 1;
  const token: Token = { i: run.state.n, n: node, s: scope, ...extra };
  run.tokens.set(token.i, token);
  run.members.get(scope)?.add(token.i);
  if (phase) go(run, token, phase);
  return token;
}

export function addScope(run: Run, node: string, owner: number, extra?: Partial<Scope>): Scope {
  run.state.n += 1;
  const scope: Scope = { i: run.state.n, n: node, t: owner, ...extra };
  run.scopes.set(scope.i, scope);
  run.members.set(scope.i, new Set());
  if (owner) run.owned.set(owner, scope.i);
  return scope;
}

/** Puts a token in the queue to enter or leave its node. */
export function go(run: Run, token: Token, phase: 'i' | 'o'): void {
  token.p = phase;
  run.ready.push(token.i);
}

export function rest(token: Token): void {
  delete token.p;
}

/** Takes a token out without a trace; its scope is looked at afterwards. */
export function removeToken(run: Run, token: Token): void {
  run.tokens.delete(token.i);
  run.members.get(token.s)?.delete(token.i);
  run.empty.push(token.s);
}

export function removeScope(run: Run, scope: Scope): void {
  run.scopes.delete(scope.i);
  run.members.delete(scope.i);
  run.owned.delete(scope.t);
}

/** Cancels a token with everything inside it and the compensation it waits for. */
export function cancelToken(run: Run, token: Token): void {
  if (!run.tokens.has(token.i)) return;
  const inner = run.owned.get(token.i);
  if (inner !== undefined) {
    const scope = run.scopes.get(inner);
    if (scope) {
      cancelMembers(run, scope);
      removeScope(run, scope);
    }
  }
  if (token.q) for (const other of [...run.tokens.values()]) if (other.c === token.i) cancelToken(run, other);
  if (!token.p && !token.l) note(run, 'cancelled', token);
  removeToken(run, token);
}

export function cancelMembers(run: Run, scope: Scope, except?: number): void {
  for (const id of [...(run.members.get(scope.i) ?? [])]) {
    const token = run.tokens.get(id);
    if (token && id !== except) cancelToken(run, token);
  }
}

/** Iteration numbers from the outermost to the innermost multi-instance around a token, its own included. */
export function pathOf(run: Run, token: Token): number[] {
  const path: number[] = [];
  for (let at: Token | undefined = token; at; ) {
    if (at.x !== undefined && run.model.nodes.get(at.n)?.loop?.kind !== 'standard') path.unshift(at.x);
    at = run.tokens.get(run.scopes.get(at.s)?.t ?? 0);
  }
  return path;
}

export function pathOfScope(run: Run, scope: Scope): number[] {
  const owner = run.tokens.get(scope.t);
  return owner ? pathOf(run, owner) : [];
}

/** The variables an expression at this token sees: the instance's, and the elements of the iterations around it. */
export function contextOf(run: Run, token: Token): Variables {
  let context = run.v;
  const locals: Variables[] = [];
  for (let at: Token | undefined = token; at; ) {
    const scope = run.scopes.get(at.s);
    if (at.x !== undefined && scope?.k) {
      const element = run.model.nodes.get(at.n)?.loop?.element;
      const local: Variables = { loopCounter: at.x + 1 };
      if (element) local[element] = scope.k.items?.[at.x] ?? null;
      locals.unshift(local);
    }
    at = run.tokens.get(scope?.t ?? 0);
  }
  if (locals.length) context = Object.assign({}, run.v, ...locals);
  return context;
}

export const contextOfScope = (run: Run, scope: Scope): Variables => {
  const owner = run.tokens.get(scope.t);
  return owner ? contextOf(run, owner) : run.v;
};

export function note(run: Run, what: TraceEntry['what'], token: Token, node = token.n): void {
  const path = pathOf(run, token);
  run.trace.push(path.length ? { what, node, token: token.i, index: path } : { what, node, token: token.i });
}

export function setVariables(run: Run, variables: Variables | undefined): void {
  if (!variables || Object.keys(variables).length === 0) return;
  run.v = { ...run.v, ...variables };
  run.changed = true;
}
