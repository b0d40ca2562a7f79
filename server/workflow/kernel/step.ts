/** One step of one instance: pure, synchronous, without clock, chance or input. The state given stays as it was. */
import { armed, broadcast, type Catcher, checkConditions, deliverKept, trigger } from './catchers.ts';
import { resumeCompensation } from './compensate.ts';
import { deriveFrom, nothingWaits, type Waits } from './derive.ts';
import { enter } from './enter.ts';
import type { Variables } from './expressions.ts';
import { fireInclusiveJoin } from './joins.ts';
import { leave } from './leave.ts';
import type { Model } from './model.ts';
import {
  cancelMembers,
  closeRun,
  type Effect,
  go,
  nodeOf,
  note,
  openRun,
  pathOf,
  pathOfScope,
  type Run,
  removeScope,
  Stuck,
  setVariables,
  type TraceEntry,
} from './run.ts';
import { endScopeIfEmpty, openScope } from './scopes.ts';
import { emptyState, type State, type Token } from './state.ts';
import { escalate, raiseError } from './throws.ts';

/** Names a waiting token: by its number, or by node and iteration, the oldest being meant. */
export interface Target {
  node: string;
  index?: number | number[];
  at?: number;
}

export type Command =
  | { do: 'start'; startEvent?: string; variables?: Variables }
  | ({ do: 'complete'; variables?: Variables } & Target)
  | ({ do: 'error'; code: string; variables?: Variables } & Target)
  | ({ do: 'escalate'; code?: string } & Target)
  | { do: 'message'; name: string; variables?: Variables; at?: number; node?: string }
  | { do: 'signal'; name: string; variables?: Variables }
  | ({ do: 'timer' } & Target)
  | { do: 'set'; variables: Variables }
  | { do: 'retry'; variables?: Variables }
  | { do: 'cancel' };

export type Refusal =
  | 'notStarted'
  | 'alreadyStarted'
  | 'over'
  | 'incident'
  | 'notWaiting'
  | 'unknownMessage'
  | 'noStart';

export interface StepResult extends Waits {
  state: State;
  effects: Effect[];
  trace: TraceEntry[];
  /** why nothing was done; the state is then the one given */
  refused?: Refusal;
}

/** Transitions one step may make before the loop counts as endless. */
export const transitionCap = 10_000;

class Refused extends Error {
  readonly why: Refusal;
  constructor(why: Refusal) {
    super(why);
    this.why = why;
  }
}

/** Applies one command. `state` is undefined or empty only before `start`. Never throws for what a diagram or a user can do. */
export function step(model: Model, state: State | undefined, command: Command, cap = transitionCap): StepResult {
  const before = state ?? emptyState();
  const run = openRun(model, before, cap);
  try {
    apply(run, command);
    settle(run);
  } catch (error) {
    if (error instanceof Refused) {
      const waits = before.status === 'active' ? deriveFrom(openRun(model, before, 0)) : nothingWaits;
      return { state: before, effects: [], trace: [], refused: error.why, ...waits };
    }
    if (!(error instanceof Stuck)) throw error;
    run.state.status = 'incident';
    run.state.incident = error.incident;
  }
  const waits = run.state.status === 'active' || run.state.status === 'incident' ? deriveFrom(run) : nothingWaits;
  return { state: closeRun(run), effects: run.effects, trace: run.trace, ...waits };
}

/** Runs on until nothing can move without another command. */
function settle(run: Run): void {
  for (;;) {
    const resumed = run.resume.shift();
    if (resumed !== undefined) {
      resumeCompensation(run, resumed);
      continue;
    }
    const scope = run.empty.pop();
    if (scope !== undefined) {
      endScopeIfEmpty(run, scope);
      continue;
    }
    const id = run.ready.shift();
    if (id !== undefined) {
      move(run, id);
      continue;
    }
    if (run.state.status !== 'active') return;
    if (run.changed) checkConditions(run);
    else if (!deliverKept(run) && !fireInclusiveJoin(run)) return;
  }
}

function move(run: Run, id: number): void {
  const token = run.tokens.get(id);
  if (!token?.p) return;
  run.left -= 1;
  if (run.left < 0) throw new Stuck({ code: 'endlessLoop', node: token.n, token: token.i });
  const node = nodeOf(run, token);
  if (token.p === 'i') enter(run, token, node);
  else leave(run, token, node);
}

function apply(run: Run, command: Command): void {
  const { status } = run.state;
  if (command.do === 'start') {
    start(run, command);
    return;
  }
  if (run.state.n === 0) throw new Refused('notStarted');
  if (status === 'done' || status === 'cancelled') throw new Refused('over');
  if (command.do === 'cancel') {
    cancel(run);
    return;
  }
  if (command.do === 'retry') {
    retry(run, command.variables);
    return;
  }
  if (command.do === 'set') {
    setVariables(run, command.variables);
    if (status === 'active') checkConditions(run);
    return;
  }
  if (status === 'incident') throw new Refused('incident');
  switch (command.do) {
    case 'complete': {
      const token = waitingAt(run, command);
      if (run.model.nodes.get(token.n)?.task === 'receive') throw new Refused('notWaiting');
      setVariables(run, command.variables);
      go(run, token, 'o');
      checkConditions(run);
      return;
    }
    case 'error': {
      const token = waitingAt(run, command);
      setVariables(run, command.variables);
      raiseError(run, token, command.code, true, () => note(run, 'failed', token));
      checkConditions(run);
      return;
    }
    case 'escalate':
      escalate(run, waitingAt(run, command), command.code, true);
      return;
    case 'message':
      receive(run, command);
      return;
    case 'signal':
      setVariables(run, command.variables);
      broadcast(run, command.name);
      checkConditions(run);
      return;
    case 'timer': {
      const due = armed(run, (e) => e.kind === 'timer').find(
        (c) =>
          c.node.id === command.node && (command.at === undefined || c.at === command.at) && atIndex(run, c, command),
      );
      if (!due) throw new Refused('notWaiting');
      trigger(run, due);
      return;
    }
  }
}

function start(run: Run, command: Command & { do: 'start' }): void {
  if (run.state.n > 0) throw new Refused('alreadyStarted');
  const container = run.model.containers.get(run.model.main);
  if (!container) throw new Refused('noStart');
  const { startEvent } = command;
  if (startEvent !== undefined && !container.nodes.some((n) => n.id === startEvent && n.type === 'start'))
    throw new Refused('noStart');
  run.v = { ...command.variables };
  openScope(run, container, 0, startEvent);
}

function receive(run: Run, command: Command & { do: 'message' }): void {
  if (!run.model.messages.has(command.name)) throw new Refused('unknownMessage');
  const catcher = armed(run, (e) => e.kind === 'message' && e.name === command.name).find(
    (c) =>
      (command.at === undefined || c.at === command.at) && (command.node === undefined || c.node.id === command.node),
  );
  if (!catcher) {
    if (command.at !== undefined) throw new Refused('notWaiting');
    const kept = { name: command.name, ...(command.variables && { v: command.variables }) };
    run.state.m = [...(run.state.m ?? []), kept];
    return;
  }
  setVariables(run, command.variables);
  trigger(run, catcher);
  checkConditions(run);
}

function sameIndex(path: number[], wanted: number | number[] | undefined): boolean {
  if (wanted === undefined) return true;
  const list = Array.isArray(wanted) ? wanted : [wanted];
  return list.length === path.length && list.every((x, i) => x === path[i]);
}

const atIndex = (run: Run, c: Catcher, target: Target): boolean =>
  target.index === undefined || sameIndex(c.token ? pathOf(run, c.token) : pathOfScope(run, c.scope!), target.index);

/** The oldest token waiting at a task or an external call. */
function waitingAt(run: Run, target: Target): Token {
  for (const token of run.tokens.values()) {
    if (token.n !== target.node || token.p || run.owned.has(token.i)) continue;
    const type = run.model.nodes.get(token.n)?.type;
    if (type !== 'task' && type !== 'call') continue;
    if (target.at !== undefined && token.i !== target.at) continue;
    if (target.index === undefined || sameIndex(pathOf(run, token), target.index)) return token;
  }
  throw new Refused('notWaiting');
}

/** Tries what is stuck once more, after its cause was removed. */
function retry(run: Run, variables: Variables | undefined): void {
  if (run.state.status !== 'incident') throw new Refused('notWaiting');
  run.state.status = 'active';
  delete run.state.incident;
  setVariables(run, variables);
  for (const token of run.tokens.values()) if (token.p) run.ready.push(token.i);
  for (const token of run.tokens.values()) if (token.q) resumeIfIdle(run, token);
  run.empty.push(...run.scopes.keys());
}

/** A compensation whose next record could not begin goes on; one whose handler runs waits for it. */
function resumeIfIdle(run: Run, token: Token): void {
  for (const other of run.tokens.values()) if (other.c === token.i) return;
  run.resume.push(token.i);
}

function cancel(run: Run): void {
  for (const scope of [...run.scopes.values()]) {
    if (scope.t !== 0) continue;
    cancelMembers(run, scope);
    removeScope(run, scope);
  }
  run.ready = [];
  run.empty = [];
  delete run.state.incident;
  run.state.status = 'cancelled';
}
