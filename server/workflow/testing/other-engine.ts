/** bpmn-engine as somebody would run it durably: recovered from its saved state for every step. For measuring beside ours. */
import { EventEmitter } from 'node:events';
import { Engine } from 'bpmn-engine';

export interface OtherState {
  state: unknown;
  /** ids of the waiting tasks */
  open: string[];
  done: boolean;
}

interface Waiting {
  id: string;
  signal(): void;
}

/** Starts a process, or goes on from a saved state by completing one task. */
export async function otherStep(xml: string, saved?: OtherState, complete?: string): Promise<OtherState> {
  const listener = new EventEmitter();
  const open: Waiting[] = [];
  listener.on('activity.wait', (api: Waiting) => open.push(api));
  const engine = Engine(saved ? { name: 'bench' } : { name: 'bench', source: xml });
  if (saved) engine.recover(saved.state as Parameters<typeof engine.recover>[0]);
  const execution = saved ? await engine.resume({ listener }) : await engine.execute({ listener });
  await turn();
  if (complete) {
    const i = open.findIndex((w) => w.id === complete);
    const [task] = open.splice(i, 1);
    task?.signal();
    await turn();
  }
  const state = execution.getState();
  const done = execution.state !== 'running';
  const ids = open.map((w) => w.id);
  if (!done) await execution.stop();
  return { state, open: ids, done };
}

const turn = () => new Promise<void>((next) => setImmediate(next));
