/** What waits, which timers run and what is subscribed to: never stored, always read from model and state. */
import { armed } from './catchers.ts';
import type { Variables } from './expressions.ts';
import type { Model, TaskKind, TimerDefinition } from './model.ts';
import { contextOf, contextOfScope, openRun, pathOf, pathOfScope, type Run } from './run.ts';
import type { State } from './state.ts';

/** A token waiting at a task, or at a call activity for its child instance. */
export interface Wait {
  token: number;
  node: string;
  kind: TaskKind | 'call';
  /** iterations around it, the outermost first */
  index: number[];
}

export interface ArmedTimer {
  /** token or scope it belongs to; with node and `fired` it names this timer for good */
  at: number;
  node: string;
  /** how often it has fired before */
  fired: number;
  timer: TimerDefinition;
  index: number[];
}

export interface Subscription {
  kind: 'message' | 'signal';
  name: string;
  at: number;
  node: string;
  index: number[];
  correlationKey?: unknown;
}

export interface Waits {
  waiting: Wait[];
  timers: ArmedTimer[];
  subscriptions: Subscription[];
}

export function deriveFrom(run: Run): Waits {
  const waiting: Wait[] = [];
  for (const token of run.tokens.values()) {
    if (token.p || run.owned.has(token.i)) continue;
    const node = run.model.nodes.get(token.n);
    if (node?.type === 'task')
      waiting.push({ token: token.i, node: node.id, kind: node.task!, index: pathOf(run, token) });
    else if (node?.type === 'call')
      waiting.push({ token: token.i, node: node.id, kind: 'call', index: pathOf(run, token) });
  }
  const timers: ArmedTimer[] = [];
  const subscriptions: Subscription[] = [];
  for (const c of armed(run, (e) => e.kind === 'timer' || e.kind === 'message' || e.kind === 'signal')) {
    const index = c.token ? pathOf(run, c.token) : pathOfScope(run, c.scope!);
    const { event } = c;
    if (event.kind === 'timer') {
      const fired = (c.token ?? c.scope)?.z?.[c.node.id] ?? 0;
      timers.push({ at: c.at, node: c.node.id, fired, timer: event.timer, index });
    } else if (event.kind === 'signal') {
      subscriptions.push({ kind: 'signal', name: event.name, at: c.at, node: c.node.id, index });
    } else if (event.kind === 'message') {
      const one: Subscription = { kind: 'message', name: event.name, at: c.at, node: c.node.id, index };
      if (event.correlationKey) {
        one.correlationKey = event.correlationKey.evaluate(
          c.token ? contextOf(run, c.token) : contextOfScope(run, c.scope!),
        );
      }
      subscriptions.push(one);
    }
  }
  return { waiting, timers, subscriptions };
}

export const nothingWaits: Waits = { waiting: [], timers: [], subscriptions: [] };

/** The waits of a stored state; repair and migration call it anew. */
export function derive(model: Model, state: State): Waits {
  return state.status === 'active' || state.status === 'incident' ? deriveFrom(openRun(model, state, 0)) : nothingWaits;
}

/** The variables an expression at one waiting token sees: the instance's, and the elements of the iterations around it. */
export function variablesAt(model: Model, state: State, tokenId: number): Variables {
  const run = openRun(model, state, 0);
  const token = run.tokens.get(tokenId);
  return token ? contextOf(run, token) : state.v;
}

/** Ids of the elements an instance waits at (tasks, calls, catch events, event gateways), oldest first. */
export function waitingNodes(model: Model, state: State): string[] {
  const run = openRun(model, state, 0);
  const resting = new Set(['task', 'call', 'catch', 'eventGateway']);
  return [...run.tokens.values()]
    .filter((t) => !t.p && !run.owned.has(t.i) && resting.has(model.nodes.get(t.n)?.type ?? ''))
    .map((t) => t.n);
}
