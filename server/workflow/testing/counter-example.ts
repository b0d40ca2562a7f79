/** Plays the path of a problem on the real kernel with real variables, and says whether the fault is there at its end. */
import { makeAbstract, Oracle } from '../check/abstract.ts';
import { canonical } from '../check/canonical.ts';
import type { DiagramProblem } from '../check/problem.ts';
import { type Command, compile, derive, type Model, type State, step, type Variables } from '../kernel/index.ts';

interface Place {
  abstract: State | undefined;
  real: State | undefined;
}

/** Undefined when the path plays to the fault it was given for; otherwise what happened instead. */
export async function deviationOfPath(xml: string, found: DiagramProblem): Promise<string | undefined> {
  const real = await compile(xml);
  const oracle = new Oracle();
  const abstract = await compile(xml);
  makeAbstract(abstract, oracle);
  const cardinalities = new Set(
    [...real.nodes.values()].flatMap((n) => (n.loop?.cardinality ? [n.loop.cardinality.source] : [])),
  );
  let places: Place[] = [{ abstract: undefined, real: undefined }];
  for (const label of found.path ?? []) {
    const next = new Map<string, Place>();
    for (const place of places)
      for (const command of commandsOf(abstract, place.abstract, label)) {
        oracle.begin();
        do {
          const guess = step(abstract, place.abstract, command, 3000);
          const variables = variablesFrom(oracle, cardinalities);
          const played = concretely(real, place.real, command, variables);
          if (guess.refused || played.refused) return `${label} was refused`;
          if (canonical(guess.state) !== canonical(played.state)) return `${label} led elsewhere with real variables`;
          next.set(canonical(played.state), { abstract: guess.state, real: played.state });
        } while (oracle.next());
      }
    places = [...next.values()];
  }
  const seen = places.map((p) => p.real).filter((s) => s !== undefined);
  return seen.some((state) => shows(real, state, found)) ? undefined : `the path ends in ${JSON.stringify(seen)}`;
}

/** What the label of a move can mean in this state: any of the tokens at that element. */
function commandsOf(model: Model, state: State | undefined, label: string): Command[] {
  if (!state) return [{ do: 'start', ...(model.nodes.get(label)?.type === 'start' && { startEvent: label }) }];
  if (state.status !== 'active') return [];
  const [node = '', code] = label.split(': ');
  const { waiting, timers, subscriptions } = derive(model, state);
  const of = <T extends { node: string }>(list: T[]) => list.filter((one) => one.node === node);
  if (code) return of(waiting).map((w) => ({ do: 'error', code, node, at: w.token }));
  return [
    ...of(waiting).map((w): Command => ({ do: 'complete', node, at: w.token })),
    ...of(timers).map((t): Command => ({ do: 'timer', node, at: t.at })),
    ...of(subscriptions).map((s): Command => ({ do: 'message', name: s.name, node, at: s.at })),
  ];
}

/** The answers the explorer gave, as the values of variables that give them. */
function variablesFrom(oracle: Oracle, cardinalities: Set<string>): Variables {
  const variables: Variables = {};
  for (const [source, chosen] of oracle.answers())
    variables[source] = cardinalities.has(source) ? [2, 0][chosen] : chosen === 0;
  return variables;
}

function concretely(model: Model, state: State | undefined, command: Command, variables: Variables) {
  if (command.do === 'start') return step(model, undefined, { ...command, variables });
  return step(model, step(model, state, { do: 'set', variables }).state, command);
}

function shows(model: Model, state: State, { code, element }: DiagramProblem): boolean {
  const { waiting, timers, subscriptions } = derive(model, state);
  switch (code) {
    case 'deadlock':
      return state.status === 'active' && waiting.length + timers.length + subscriptions.length === 0;
    case 'lackOfSynchronisation': {
      const here = state.t.filter((t) => t.n === element);
      return here.some((a) => here.some((b) => a !== b && a.s === b.s));
    }
    case 'endlessLoop':
    case 'uncaughtError':
      return state.incident?.code === code && state.incident.node === element;
    case 'neverEnds':
      return state.status === 'active' && waiting.length > 0 && !ends(model, state);
    default:
      return false;
  }
}

/** Whether tasks completed one after the other, each in turn, come to an end within a while. */
function ends(model: Model, from: State): boolean {
  let state = from;
  for (let i = 0; i < 100 && state.status === 'active'; i += 1) {
    const { waiting } = derive(model, state);
    const w = waiting[i % Math.max(1, waiting.length)];
    if (!w) return false;
    state = step(model, state, { do: 'complete', node: w.node, at: w.token }).state;
  }
  return state.status === 'done';
}
