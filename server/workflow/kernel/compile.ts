/** From BPMN XML to the model the kernel walks: everything resolved, every expression parsed, every problem named by element. */
import { eventOf, expressionOf, messageOf } from './compile-events.ts';
import { loopOf } from './compile-loops.ts';
import { link } from './link.ts';
import { type Element, type Parsed, parseBpmn } from './moddle.ts';
import type { Container, Model, Node, NodeType, TaskKind } from './model.ts';
import { CompileError, type CompileProblem, type Report } from './problems.ts';
import { propertiesOf } from './properties.ts';

const tasks: Record<string, TaskKind | 'pass'> = {
  'bpmn:UserTask': 'user',
  'bpmn:ServiceTask': 'service',
  'bpmn:ScriptTask': 'script',
  'bpmn:BusinessRuleTask': 'businessRule',
  'bpmn:SendTask': 'send',
  'bpmn:ReceiveTask': 'receive',
  'bpmn:Task': 'pass',
  'bpmn:ManualTask': 'pass',
};
const types: Record<string, NodeType> = {
  'bpmn:CallActivity': 'call',
  'bpmn:SubProcess': 'sub',
  'bpmn:Transaction': 'sub',
  'bpmn:StartEvent': 'start',
  'bpmn:EndEvent': 'end',
  'bpmn:IntermediateCatchEvent': 'catch',
  'bpmn:IntermediateThrowEvent': 'throw',
  'bpmn:BoundaryEvent': 'boundary',
  'bpmn:ExclusiveGateway': 'exclusive',
  'bpmn:InclusiveGateway': 'inclusive',
  'bpmn:ParallelGateway': 'parallel',
  'bpmn:EventBasedGateway': 'eventGateway',
};
/** Drawn beside the flow without a meaning for it. */
const silent = new Set(['bpmn:SequenceFlow', 'bpmn:DataObject', 'bpmn:DataObjectReference', 'bpmn:DataStoreReference']);

export interface CompileOptions {
  /** how call activities run; `inline` by default */
  calls?: 'inline' | 'external';
  /** process to run; the first executable one by default */
  process?: string;
}

export interface Compilation {
  /** absent when the file has no process to run */
  model?: Model;
  problems: CompileProblem[];
}

/** Compiles a file that must be sound enough to run; throws `CompileError` with every problem otherwise. */
export async function compile(xml: string, options: CompileOptions = {}): Promise<Model> {
  const { model, problems } = compileParsed(await parseBpmn(xml), options);
  if (!model || problems.length) throw new CompileError(problems);
  return model;
}

/** Compiles what was parsed and collects the problems, for `procedures check`. */
export function compileParsed({ definitions }: Parsed, options: CompileOptions = {}): Compilation {
  const problems: CompileProblem[] = [];
  const report: Report = (element, code, detail) => problems.push({ element, code, ...(detail && { detail }) });
  const processes = ((definitions.rootElements ?? []) as Element[]).filter((e) => e.$type === 'bpmn:Process');
  const main = processes.find((p) => (options.process ? p.id === options.process : p.isExecutable === true));
  if (!main?.id) {
    report(definitions.id ?? 'definitions', 'noProcess');
    return { problems };
  }
  const model: Model = {
    main: main.id,
    nodes: new Map(),
    containers: new Map(),
    processes: new Set(),
    messages: new Set(),
    hasConditions: false,
    calls: options.calls ?? 'inline',
  };
  const pictures = new Set(processes.filter((p) => p.isExecutable !== true && p.id !== main.id).map((p) => p.id));
  const called = new Set<string>();
  const pending = processes.filter((p) => !pictures.has(p.id));
  for (let p = pending.shift(); p; p = pending.shift()) {
    model.processes.add(p.id!);
    addContainer(model, p, undefined, 0, report);
    for (const id of calledIn(model)) {
      if (called.has(id)) continue;
      called.add(id);
      const picture = processes.find((q) => q.id === id && pictures.has(id));
      if (picture) pending.push(picture); // a called process runs even when it cannot be started alone
    }
  }
  link(model, report);
  return { model, problems };
}

function calledIn(model: Model): string[] {
  return [...model.nodes.values()].flatMap((n) => (n.calledElement ? [n.calledElement] : []));
}

function addContainer(model: Model, element: Element, parent: string | undefined, depth: number, report: Report): void {
  const id = element.id ?? '';
  const container: Container = {
    id,
    ...(parent && { parent }),
    nodes: [],
    starts: [],
    eventSubs: [],
    links: new Map(),
  };
  model.containers.set(id, container);
  for (const child of (element.flowElements ?? []) as Element[]) {
    if (silent.has(child.$type)) continue;
    const node = nodeFrom(child, id, depth, report);
    if (!node) continue;
    container.nodes.push(node);
    model.nodes.set(node.id, node);
    if (node.type === 'sub') addContainer(model, child, node.id, depth + 1, report);
  }
  for (const flow of ((element.flowElements ?? []) as Element[]).filter((e) => e.$type === 'bpmn:SequenceFlow'))
    addFlow(model, flow, report);
  for (const artifact of (element.artifacts ?? []) as Element[])
    if (artifact.$type === 'bpmn:Association') addAssociation(model, artifact);
}

function nodeFrom(element: Element, parent: string, depth: number, report: Report): Node | undefined {
  const id = element.id ?? '';
  const task = tasks[element.$type];
  const type = task ? (task === 'pass' ? 'pass' : 'task') : types[element.$type];
  if (!type || (type === 'eventGateway' && (element.instantiate || element.eventGatewayType === 'Parallel'))) {
    report(id, 'unsupported', element.$type);
    return undefined;
  }
  const properties = propertiesOf(element);
  const node: Node = {
    id,
    type,
    parent,
    depth,
    out: [],
    in: [],
    boundaries: [],
    interrupting: type === 'start' ? element.isInterrupting !== false : element.cancelActivity !== false,
    forCompensation: element.isForCompensation === true,
    transaction: element.$type === 'bpmn:Transaction',
    eventSub: element.triggeredByEvent === true,
    properties,
  };
  if (element.name) node.name = element.name;
  if (task && task !== 'pass') node.task = task;
  if (element.default?.id) node.defaultFlow = element.default.id;
  if (element.attachedToRef?.id) node.attachedTo = element.attachedToRef.id;
  const event = task === 'receive' ? messageOf(element.messageRef, id, report) : undefined;
  if (event) node.event = event;
  if (type === 'start' || type === 'end' || type === 'catch' || type === 'throw' || type === 'boundary') {
    const definition = eventOf(element, report);
    if (definition) node.event = definition;
    if (definition?.kind === 'error') node.interrupting = true;
    if (element.parallelMultiple) report(id, 'unsupported', 'parallelMultiple');
  }
  if (type === 'call') {
    const called = properties.calledElement ?? (element.calledElement as string | undefined);
    if (called) node.calledElement = called;
    else report(id, 'missingReference', 'calledElement');
  }
  if (element.loopCharacteristics) {
    const loop = loopOf(element.loopCharacteristics, id, report);
    if (loop) node.loop = loop;
  }
  return node;
}

function addFlow(model: Model, element: Element, report: Report): void {
  const source = model.nodes.get(element.sourceRef?.id ?? '');
  const target = model.nodes.get(element.targetRef?.id ?? '');
  const id = element.id ?? '';
  if (!source || !target || source.parent !== target.parent) {
    report(id, 'danglingFlow');
    return;
  }
  const condition = expressionOf(element.conditionExpression, id, report);
  const flow = { id, source: source.id, target: target.id, ...(condition && { condition }) };
  source.out.push(flow);
  target.in.push(flow);
}

/** A compensation boundary event and its handler are joined by an association. */
function addAssociation(model: Model, element: Element): void {
  const ends = [element.sourceRef?.id, element.targetRef?.id].map((id) => model.nodes.get(id ?? ''));
  const boundary = ends.find((n) => n?.type === 'boundary' && n.event?.kind === 'compensate');
  const handler = ends.find((n) => n && n !== boundary && n.type !== 'boundary');
  const host = boundary?.attachedTo && model.nodes.get(boundary.attachedTo);
  if (boundary && handler && host) host.compensation = { event: boundary.id, handler: handler.id };
}
