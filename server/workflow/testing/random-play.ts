/** Plays a drawn diagram to its end in a random order, and looks at every state on the way. */
import {
  type Command,
  derive,
  type Model,
  type State,
  type StepResult,
  step,
  type TraceEntry,
} from '../kernel/index.ts';
import type { Drawn } from './diagrams.ts';

export interface Played {
  /** everything that was done, in order, without what was refused */
  commands: Command[];
  trace: TraceEntry[];
  state: State;
  /** how often each task and catch event ended */
  ended: Record<string, number>;
}

/** A number below `n`, from whatever makes the choices of this run. */
export type Choose = (n: number) => number;

/** What must hold of any state, whatever happened before; empty when all is well. */
export function stateFaults(state: State): string[] {
  const faults: string[] = [];
  const scopes = new Set(state.s.map((s) => s.i));
  const tokens = new Set(state.t.map((t) => t.i));
  const numbers = [...state.s.map((s) => s.i), ...state.t.map((t) => t.i)];
  if (new Set(numbers).size < numbers.length) faults.push('a number was given twice');
  if (numbers.some((i) => i > state.n)) faults.push('a number was never given');
  for (const t of state.t) {
    if (!scopes.has(t.s)) faults.push(`token ${t.i} at ${t.n} is in no scope`);
    if (t.p && state.status === 'active') faults.push(`token ${t.i} at ${t.n} moves while nothing runs`);
  }
  for (const s of state.s) if (s.t !== 0 && !tokens.has(s.t)) faults.push(`scope ${s.i} of ${s.n} has no owner`);
  const owners = state.s.map((s) => s.t);
  if (new Set(owners).size < owners.length) faults.push('two scopes have one owner');
  if (state.status !== 'active' && state.status !== 'incident' && numbers.length > 0)
    faults.push('over, yet not empty');
  if (state.status === 'active' && state.t.length === 0) faults.push('active without a token');
  return faults;
}

/** What may be done now, according to what the drawing says is to happen. */
function moves(drawn: Drawn, result: StepResult, rounds: Map<string, number>): (() => Command)[] {
  const list: (() => Command)[] = [];
  for (const w of result.waiting) {
    const target = { node: w.node, at: w.token };
    const code = drawn.fails.get(w.node);
    const after = drawn.after.get(w.node);
    const fired = result.timers.find((t) => t.at === w.token && t.node === after?.event)?.fired ?? 0;
    if (code) list.push(() => ({ do: 'error', code, ...target }));
    else if (!after || (!after.ends && fired >= after.times))
      list.push(() => ({ do: 'complete', ...target, variables: roundOver(drawn, w, rounds) }));
  }
  for (const t of result.timers)
    if ((drawn.happens.get(t.node) ?? 0) > t.fired) list.push(() => ({ do: 'timer', node: t.node, at: t.at }));
  for (const s of result.subscriptions)
    if (drawn.happens.has(s.node)) list.push(() => ({ do: 'message', name: s.name, node: s.node, at: s.at }));
  return list;
}

/** What the task at the end of a round of a loop decides: again, or on. */
function roundOver(drawn: Drawn, w: { node: string; index: number[] }, rounds: Map<string, number>) {
  const round = drawn.rounds.get(w.node);
  if (!round) return {};
  const key = [w.node, ...w.index].join('#');
  const done = (rounds.get(key) ?? 0) + 1;
  rounds.set(key, done);
  return { [round.variable]: done % round.times !== 0 };
}

/** Commands nobody may give in this state: each must be refused and change nothing. */
function illegal(state: State, last: Command): Command[] {
  const over = state.status === 'done';
  return [
    { do: 'start' },
    { do: 'complete', node: 'nowhere' },
    { do: 'complete', node: 'start' },
    { do: 'complete', node: 'p', at: state.n + 1 },
    { do: 'error', code: 'odd', node: 'nowhere' },
    { do: 'timer', node: 'nowhere' },
    { do: 'message', name: 'never declared' },
    { do: 'retry' },
    ...('node' in last && last.node && 'at' in last && last.do !== 'timer' ? [last] : []),
    ...(over ? ([{ do: 'cancel' }, { do: 'set', variables: { x: 1 } }, { do: 'signal', name: 's' }] as Command[]) : []),
  ];
}

/** @throws with what went wrong; `steps` bounds a diagram that never ends */
export function playDrawn(model: Model, drawn: Drawn, choose: Choose, steps = 5000): Played {
  const commands: Command[] = [{ do: 'start', variables: drawn.variables }];
  const trace: TraceEntry[] = [];
  const ended: Record<string, number> = Object.fromEntries(Object.keys(drawn.expected).map((node) => [node, 0]));
  const rounds = new Map<string, number>();
  let result = step(model, undefined, commands[0]!);
  for (let i = 0; ; i += 1) {
    const faults = stateFaults(result.state);
    if (faults.length > 0) throw new Error(`after ${JSON.stringify(commands.at(-1))}: ${faults.join('; ')}`);
    trace.push(...result.trace);
    for (const t of result.trace) if (t.what === 'ended' && t.node in ended) ended[t.node] = ended[t.node]! + 1;
    const stored = JSON.stringify(result.state);
    const state = JSON.parse(stored) as State;
    if (JSON.stringify(derive(model, state)) !== JSON.stringify(waitsOf(result)))
      throw new Error('what waits differs after JSON');
    const odd = illegal(state, commands.at(-1)!);
    const refused = step(model, state, odd[choose(odd.length)]!);
    if (!refused.refused || refused.state !== state || refused.trace.length + refused.effects.length > 0)
      throw new Error(`not refused in ${stored}`);
    if (state.status !== 'active') return { commands, trace, state, ended };
    const next = moves(drawn, result, rounds);
    if (next.length === 0 || i > steps) throw new Error(`nothing can happen in ${stored}`);
    const command = next[choose(next.length)]!();
    commands.push(command);
    result = step(model, state, command);
    if (result.refused) throw new Error(`${JSON.stringify(command)} was refused: ${result.refused}`);
    if (JSON.stringify(state) !== stored) throw new Error('a step changed the state it was given');
  }
}

const waitsOf = ({ waiting, timers, subscriptions }: StepResult) => ({ waiting, timers, subscriptions });

/** The same commands once more: every state as it was written down. */
export function replay(model: Model, commands: Command[]): { state: State | undefined; trace: TraceEntry[] } {
  const trace: TraceEntry[] = [];
  let state: State | undefined;
  for (const command of commands) {
    const result = step(model, state, command);
    trace.push(...result.trace);
    state = JSON.parse(JSON.stringify(result.state)) as State;
  }
  return { state, trace };
}
