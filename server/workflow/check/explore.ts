/**
 * Soundness by playing every possibility: each task completed or failed, each event coming, each condition going either way.
 * Data is left out, so a diagram that relies on two conditions never holding together must say so by its gateways.
 */
import { type Command, derive, type Model, type State, type StepResult, step } from '../kernel/index.ts';
import { makeAbstract, Oracle } from './abstract.ts';
import { canonical } from './canonical.ts';
import { type DiagramProblem, problem } from './problem.ts';

interface Seen {
  state: State;
  /** non-interrupting events that have fired on the way: each fires once, or there would be no end */
  fired: string;
  from?: number;
  move: string;
  /** states one comes to without an event that leaves something unfinished */
  next: number[];
}

interface Move {
  label: string;
  command: Command;
  /** boundary events and event sub-processes: a way out that must not hide that the usual way is blocked */
  escape: boolean;
  /** id of a non-interrupting event */
  once?: string;
  holding?: string;
}

const transitions = 3000;

/** @param model freshly compiled; its conditions are replaced */
export function explore(model: Model, limit = 20_000): DiagramProblem[] {
  const oracle = new Oracle();
  makeAbstract(model, oracle);
  const states: Seen[] = [];
  const index = new Map<string, number>();
  const found = new Map<string, DiagramProblem>();
  const touched = new Set<string>();
  const done = new Set<number>();
  const report = (element: string, code: Parameters<typeof problem>[1], path: string[], detail = '') => {
    const key = `${code} ${element}`;
    if (!found.has(key)) found.set(key, problem(element, code, detail, path));
  };
  const pathTo = (i: number | undefined): string[] => {
    const path: string[] = [];
    for (let at = i; at !== undefined; at = states[at]!.from) path.unshift(states[at]!.move);
    return path;
  };

  const add = (result: StepResult, fired: string, from: number | undefined, move: string): number | undefined => {
    for (const t of result.trace) touched.add(t.node);
    const { incident } = result.state;
    if (incident) {
      const path = [...pathTo(from), move];
      if (incident.code === 'endlessLoop' || incident.code === 'uncaughtCancel')
        report(incident.node, incident.code, path);
      if (incident.code === 'uncaughtError' && model.nodes.get(incident.node)?.type === 'end')
        report(incident.node, 'uncaughtError', path, incident.detail ?? '');
      return undefined; // a choice without any flow is taken not to happen: data decides
    }
    const name = `${canonical(result.state)} ${fired}`;
    const known = index.get(name);
    if (known !== undefined) return known;
    const id = states.length;
    index.set(name, id);
    states.push({ state: result.state, fired, move, next: [], ...(from !== undefined && { from }) });
    if (result.state.status === 'done') done.add(id);
    return id;
  };

  const all = (state: State | undefined, move: Move): StepResult[] => {
    const results: StepResult[] = [];
    oracle.begin();
    do {
      if (move.holding) oracle.holding.add(move.holding);
      let result = step(model, state, move.command, transitions);
      oracle.holding.clear();
      if (move.holding && !result.refused && result.state.status === 'active' && result.trace.length > 0)
        result = { ...step(model, result.state, move.command, transitions), trace: result.trace };
      else if (move.holding) continue;
      if (!result.refused) results.push(result);
    } while (oracle.next() && results.length < 512);
    return results;
  };

  const starts = model.containers.get(model.main)!.nodes.filter((n) => n.type === 'start');
  for (const startEvent of starts.length ? starts.map((n) => n.id) : [undefined])
    for (const result of all(undefined, {
      label: 'start',
      command: { do: 'start', ...(startEvent && { startEvent }) },
      escape: false,
    }))
      add(result, '', undefined, startEvent ?? 'start');

  for (let i = 0; i < states.length && states.length < limit; i += 1) {
    const here = states[i]!;
    if (done.has(i)) continue;
    const twice = here.fired === '' ? doubled(model, here.state) : undefined;
    if (twice) {
      report(twice, 'lackOfSynchronisation', pathTo(i));
      done.add(i); // not looked at any further
      continue;
    }
    let usual = 0;
    for (const move of moves(model, here)) {
      for (const result of all(here.state, move)) {
        const fired = move.once ? [here.fired, move.once].filter(Boolean).sort().join() : here.fired;
        const to = add(result, fired, i, move.label);
        if (to !== undefined && !move.escape) here.next.push(to);
        if (!move.escape) usual += 1;
      }
    }
    if (usual === 0) report(stuckAt(model, here.state), 'deadlock', pathTo(i));
  }

  if (states.length >= limit) report(model.main, 'tooLarge', [], String(states.length));
  else {
    for (const i of cannotEnd(states, done)) {
      const { state } = states[i]!;
      if (derive(model, state).waiting.length > 0 && found.size === 0)
        report(stuckAt(model, state), 'neverEnds', pathTo(i));
    }
    if (found.size === 0)
      for (const node of model.nodes.values())
        if (!touched.has(node.id) && node.in.length + Number(node.type === 'boundary') > 0 && isSeen(node.type))
          report(node.id, 'neverReached', []);
  }
  return [...found.values()];
}

const isSeen = (type: string) => !['eventGateway', 'call', 'sub'].includes(type);

/** An element two tokens are at in one scope, or a join with two on one flow: branches were not joined as they should be. */
function doubled(model: Model, state: State): string | undefined {
  const loops = new Set(state.s.filter((s) => s.k).map((s) => s.i));
  const seen = new Set<string>();
  for (const token of state.t) {
    if (loops.has(token.s) || token.u || token.c !== undefined) continue;
    const key = `${token.s} ${token.n} ${token.f ?? ''}`;
    if (seen.has(key) && !model.nodes.get(token.n)?.eventSub) return token.n;
    seen.add(key);
  }
  return undefined;
}

function stuckAt(model: Model, state: State): string {
  const join = state.t.find((t) => t.f !== undefined);
  const inner = state.t.filter((t) => !state.s.some((s) => s.t === t.i));
  return join?.n ?? inner[0]?.n ?? model.main;
}

/** States from which no usual way leads to an end. */
function cannotEnd(states: Seen[], done: Set<number>): number[] {
  const before = new Map<number, number[]>();
  for (const [i, s] of states.entries()) for (const to of s.next) before.set(to, [...(before.get(to) ?? []), i]);
  const good = new Set(done);
  const open = [...done];
  for (let i = open.pop(); i !== undefined; i = open.pop())
    for (const b of before.get(i) ?? [])
      if (!good.has(b)) {
        good.add(b);
        open.push(b);
      }
  return states.flatMap((_, i) => (good.has(i) ? [] : [i]));
}

/** Everything that can happen next. */
function moves(model: Model, here: Seen): Move[] {
  const { waiting, timers, subscriptions } = derive(model, here.state);
  const list: Move[] = [];
  const codes = new Set<string>();
  for (const node of model.nodes.values())
    if (node.event?.kind === 'error' && node.type !== 'end') codes.add(node.event.name ?? 'any error');
  for (const w of waiting) {
    const target = { node: w.node, at: w.token };
    if (w.kind !== 'receive') list.push({ label: w.node, command: { do: 'complete', ...target }, escape: false });
    for (const code of codes)
      list.push({ label: `${w.node}: ${code}`, command: { do: 'error', code, ...target }, escape: true });
  }
  const asideOf = (id: string) => {
    const node = model.nodes.get(id)!;
    const aside = node.type === 'boundary' || node.type === 'start';
    return aside && !node.interrupting ? { escape: aside, once: id } : { escape: aside };
  };
  for (const t of timers)
    list.push({ label: t.node, command: { do: 'timer', node: t.node, at: t.at }, ...asideOf(t.node) });
  for (const s of subscriptions) {
    const command: Command =
      s.kind === 'message' ? { do: 'message', name: s.name, at: s.at, node: s.node } : { do: 'signal', name: s.name };
    list.push({ label: s.node, command, ...asideOf(s.node) });
  }
  for (const node of model.nodes.values())
    if (node.event?.kind === 'conditional')
      list.push({ label: node.id, command: { do: 'set', variables: {} }, holding: node.id, ...asideOf(node.id) });
  return list.filter((m) => !m.once || !here.fired.split(',').includes(m.once));
}
