/**
 * bpmn-engine's view of a diagram. It is asked only about what it is known to get right: tasks, exclusive and parallel gateways
 * without a loop into a join, and plain sub-processes; boundary events and event sub-processes are left out beforehand.
 */
import { EventEmitter } from 'node:events';
import { Engine } from 'bpmn-engine';
import {
  compile,
  compileExpression,
  type Model,
  type Node,
  type StepResult,
  step,
  type Variables,
} from '../kernel/index.ts';
import { type DiagramProblem, problem } from './problem.ts';

const simple = new Set(['task', 'pass', 'sub', 'start', 'end', 'exclusive', 'parallel', 'throw', 'catch']);

/** The part of a diagram both engines can be asked about, or undefined when there is none. */
export function comparable(model: Model): string | undefined {
  const nodes = [...model.nodes.values()].filter((n) => inPlay(model, n));
  for (const node of nodes) {
    if (!simple.has(node.type) || node.loop || node.transaction) return undefined;
    if (node.type === 'parallel' && node.in.length > 1 && afterLoop(model, node)) return undefined;
    if (node.event && !['none', 'message'].includes(node.event.kind)) return undefined;
    if (node.type !== 'exclusive' && node.out.some((f) => f.condition)) return undefined;
    if (
      node.type !== 'exclusive' &&
      node.type !== 'parallel' &&
      node.in.length + node.out.length > 2 &&
      node.out.length > 1
    )
      return undefined;
  }
  const main = model.containers.get(model.main);
  if (main?.nodes.filter((n) => n.type === 'start' && inPlay(model, n)).length !== 1) return undefined;
  const body = draw(model, model.main);
  return `<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="second-opinion" targetNamespace="urn:check"><process id="${model.main}" isExecutable="true">${body}</process></definitions>`;
}

/** Not below an event sub-process, not reached through boundary events alone, not in another process of the file. */
function inPlay(model: Model, node: Node): boolean {
  if (node.eventSub || node.type === 'boundary' || node.forCompensation) return false;
  const owner = model.nodes.get(node.parent);
  if (owner) return inPlay(model, owner) && normal(model, node);
  return node.parent === model.main && normal(model, node);
}

function normal(model: Model, node: Node, seen = new Set<string>()): boolean {
  if (node.type === 'start' || node.in.length === 0) return true;
  if (seen.has(node.id)) return false;
  seen.add(node.id);
  return node.in.some((f) => {
    const source = model.nodes.get(f.source)!;
    return source.type !== 'boundary' && normal(model, source, seen);
  });
}

/** A loop from which the join can be reached: bpmn-engine counts its branch twice. */
function afterLoop(model: Model, join: Node): boolean {
  const before = [...model.nodes.values()].filter((n) => ahead(model, n).has(join.id));
  return before.some((n) => ahead(model, n).has(n.id));
}

/** Everything flows lead to from an element. */
function ahead(model: Model, from: Node): Set<string> {
  const seen = new Set<string>();
  const open = from.out.map((f) => f.target);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(model.nodes.get(id)?.out ?? []).map((f) => f.target));
  }
  return seen;
}

const quoted = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Every task and waiting event becomes a user task, so that both engines wait at the same places. */
function draw(model: Model, container: string): string {
  const nodes = (model.containers.get(container)?.nodes ?? []).filter((n) => inPlay(model, n));
  const kept = new Set(nodes.map((n) => n.id));
  const tags: Record<string, string> = {
    exclusive: 'exclusiveGateway',
    parallel: 'parallelGateway',
    start: 'startEvent',
    end: 'endEvent',
    throw: 'manualTask',
    pass: 'manualTask',
  };
  return nodes
    .map((n) => {
      const tag = n.type === 'sub' ? 'subProcess' : (tags[n.type] ?? 'userTask');
      const byDefault = n.defaultFlow ? ` default="${quoted(n.defaultFlow)}"` : '';
      const flows = n.out
        .filter((f) => kept.has(f.target))
        .map((f) => {
          const condition = f.condition
            ? `<conditionExpression xsi:type="tFormalExpression">=${quoted(f.condition.source)}</conditionExpression>`
            : '';
          return `<sequenceFlow id="${quoted(f.id)}" sourceRef="${n.id}" targetRef="${f.target}">${condition}</sequenceFlow>`;
        });
      return `<${tag} id="${n.id}"${byDefault}>${n.type === 'sub' ? draw(model, n.id) : ''}</${tag}>${flows.join('')}`;
    })
    .join('');
}

/** Values the conditions compare variables with: what a random walk sets. */
function domains(model: Model): Map<string, unknown[]> {
  const found = new Map<string, unknown[]>();
  for (const node of model.nodes.values())
    for (const flow of node.out)
      for (const [, name, , text] of (flow.condition?.source ?? '').matchAll(
        /([A-Za-z_]\w*)\s*(=|!=|<=?|>=?)\s*("[^"]*"|-?\d+(?:\.\d+)?|true|false)/g,
      )) {
        const value: unknown = JSON.parse(text!);
        const list = found.get(name!) ?? [];
        list.push(value, ...(typeof value === 'number' ? [value + 1, value - 1] : []));
        found.set(name!, list);
      }
  return found;
}

function seeded(seed: number): () => number {
  let x = seed;
  return () => {
    x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0;
    return x / 4_294_967_296;
  };
}

/** Random walks on both; every difference in what waits, or in being done, is a problem. */
export async function checkSecondOpinion(model: Model, walks = 3, steps = 40): Promise<DiagramProblem[]> {
  const xml = comparable(model);
  if (!xml) return [];
  const reduced = await compile(xml);
  const found: DiagramProblem[] = [];
  for (let w = 0; w < walks && found.length === 0; w += 1) {
    const difference = await walk(reduced, xml, seeded(20_260_101 + w), steps);
    if (difference) found.push(difference);
  }
  return found;
}

async function walk(
  model: Model,
  xml: string,
  random: () => number,
  steps: number,
): Promise<DiagramProblem | undefined> {
  const values = domains(model);
  const variables: Variables = {};
  const pick = <T>(list: T[]): T => list[Math.floor(random() * list.length)]!;
  const change = () => {
    for (const [name, list] of values) variables[name] = pick(list);
  };
  change();
  let mine: StepResult = step(model, undefined, { do: 'start', variables: { ...variables } });
  if (mine.state.status === 'incident') return undefined;
  const other = await startOther(xml, variables);
  const path: string[] = [];
  try {
    for (let i = 0; i < steps; i += 1) {
      const here = mine.waiting.map((t) => t.node).sort();
      if (new Set(here).size < here.length) return undefined; // a second token: bpmn-engine lets it wait in a queue
      const there = other.waiting();
      if (here.join() !== there.join())
        return problem(
          path.at(-1) ?? model.main,
          'otherOpinion',
          `${here.join(', ') || '–'} / ${there.join(', ') || '–'}`,
          path,
        );
      if (mine.waiting.length === 0) return undefined;
      const node = pick(here);
      change();
      path.push(node);
      mine = step(model, mine.state, { do: 'complete', node, variables: { ...variables } });
      if (mine.state.status === 'incident') return undefined; // no flow holds for these values: nothing to compare
      await other.complete(node, variables);
    }
    return undefined;
  } finally {
    await other.stop();
  }
}

interface Waiting {
  id: string;
  signal: () => void;
}

async function startOther(xml: string, variables: Variables) {
  const listener = new EventEmitter();
  const open: Waiting[] = [];
  listener.on('activity.wait', (api: Waiting) => open.push({ id: api.id, signal: () => api.signal() }));
  const expressions = {
    resolveExpression: (text: string, context: { environment?: { variables?: Variables } }) =>
      compileExpression(text).evaluate(context.environment?.variables ?? {}),
    isExpression: (text: unknown) => typeof text === 'string' && text.startsWith('='),
    hasExpression: (text: unknown) => typeof text === 'string' && text.startsWith('='),
  };
  const engine = Engine({
    name: 'second opinion',
    source: xml,
    expressions,
    variables: { ...variables },
  } as ConstructorParameters<typeof Engine>[0]);
  const execution = await engine.execute({ listener });
  const settle = () => new Promise<void>((done) => setImmediate(done));
  await settle();
  return {
    waiting: () => open.map((w) => w.id).sort(),
    complete: async (node: string, now: Variables) => {
      const i = open.findIndex((w) => w.id === node);
      const [task] = open.splice(i, i < 0 ? 0 : 1);
      execution.environment.assignVariables({ ...now });
      for (const definition of execution.definitions) definition.environment.assignVariables({ ...now });
      for (const definition of execution.definitions)
        for (const process of definition.getProcesses()) process.environment.assignVariables({ ...now });
      task?.signal();
      await settle();
    },
    stop: async () => {
      if (execution.state === 'running') await execution.stop();
    },
  };
}
