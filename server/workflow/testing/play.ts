/** Plays a script of the BPMN suite (its README names the format) against the kernel and says what was seen after each step. */
import { type Command, type Model, type State, type StepResult, step, type Variables } from '../kernel/index.ts';

export interface ScriptStep {
  do: 'complete' | 'error' | 'message' | 'signal' | 'timer' | 'set';
  node?: string;
  name?: string;
  code?: string;
  index?: number | number[];
  variables?: Variables;
}

export interface Script {
  variables?: Variables;
  startEvent?: string;
  steps: ScriptStep[];
}

export interface Seen {
  open: string[];
  timers: string[];
  status: string;
  refused: boolean;
}

export interface Played {
  steps: Seen[];
  /** how often each element ended */
  ended: Record<string, number>;
  status: string;
}

const named = (w: { node: string; index: number[] }) => [w.node, ...w.index].join('#');

function seen(result: StepResult): Seen {
  return {
    open: result.waiting
      .filter((w) => w.kind !== 'call')
      .map(named)
      .sort(),
    timers: result.timers.map(named).sort(),
    status: result.state.status,
    refused: result.refused !== undefined,
  };
}

export function play(model: Model, script: Script): Played {
  const steps: Seen[] = [];
  const ended: Record<string, number> = {};
  let state: State | undefined;
  const apply = (command: Command) => {
    const result = step(model, state, command);
    // what a host stores is JSON, so every step starts from what JSON gives back
    state = JSON.parse(JSON.stringify(result.state)) as State;
    for (const entry of result.trace) if (entry.what === 'ended') ended[entry.node] = (ended[entry.node] ?? 0) + 1;
    steps.push(seen(result));
  };
  apply({
    do: 'start',
    ...(script.startEvent !== undefined && { startEvent: script.startEvent }),
    variables: script.variables ?? {},
  });
  for (const one of script.steps) apply(one as Command);
  return { steps, ended, status: steps.at(-1)!.status };
}
