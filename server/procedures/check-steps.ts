import { compileParsed, type Model, type Node, parseBpmn } from '#server/workflow/index.ts';
import type { ProcedureData, ProcedureProblem } from './folder.ts';

/** Groups that tasks may be given to: roles of officials, and the applicant. */
const groups = new Set([
  'applicant',
  'one-stop',
  'officer',
  'inspector',
  'head',
  'leader',
  'clerk',
  'registrar',
  'hr',
  'scheme',
  'admin',
]);

/**
 * What the law of the procedure asks of its diagram, beyond what any diagram must keep: each user task has a group, a form, a share of the time,
 * a phase and a state; shares are those of `procedure.yaml`; effects exist; each end says its state; everything is drawn.
 */
export async function checkSteps(
  { definition, diagram }: ProcedureData,
  knownEffects: ReadonlySet<string> | null,
): Promise<ProcedureProblem[]> {
  const file = 'process.bpmn';
  const parsed = await parseBpmn(diagram).catch((error: Error) => error);
  if (parsed instanceof Error) return [{ file, element: file, problem: parsed.message.replaceAll(/\s+/g, ' ') }];
  const compiled = compileParsed(parsed);
  const found = [
    ...parsed.warnings.map((each) => ({
      file,
      element: each.element ?? file,
      problem: each.message.replaceAll(/\s+/g, ' '),
    })),
    ...compiled.problems.map((each) => ({
      file,
      element: each.element,
      problem: each.detail ? `${each.code}: ${each.detail}` : each.code,
    })),
  ];
  if (!compiled.model || found.length > 0) return found;
  return checkModel(compiled.model, definition, diagram, knownEffects);
}

function checkModel(
  model: Model,
  definition: ProcedureData['definition'],
  diagram: string,
  knownEffects: ReadonlySet<string> | null,
): ProcedureProblem[] {
  const problems: ProcedureProblem[] = [];
  const add = (element: string, problem: string) => problems.push({ file: 'process.bpmn', element, problem });
  if (model.main !== definition.key)
    add(model.main, `the process is called ${model.main}, the procedure ${definition.key}`);
  const phases = new Set(definition.phases.map((phase) => phase.key));
  for (const node of model.nodes.values()) {
    const { phase, state } = node.properties;
    if (phase !== undefined && !phases.has(phase)) add(node.id, `unknown phase ${phase}`);
    if (state !== undefined && !/^(?:[1-9]|10)$/.test(state)) add(node.id, `unknown state ${state}`);
    if (node.task === 'user') checkUserTask(node, definition.steps, add);
    if (node.task === 'script') add(node.id, 'script tasks are refused');
    if (node.task === 'service') {
      const effect = node.properties.taskType;
      if (!effect) add(node.id, 'names no effect');
      else if (knownEffects && !knownEffects.has(effect)) add(node.id, `unknown effect ${effect}`);
    }
    if (node.type === 'end' && node.event?.kind !== 'terminate' && !state) add(node.id, 'an end names its state');
    if (!diagram.includes(`bpmnElement="${node.id}"`)) add(node.id, 'is not drawn');
  }
  for (const step of Object.keys(definition.steps))
    if (!model.nodes.has(step)) add(step, 'has a time limit in procedure.yaml but is not in the diagram');
  return problems;
}

function checkUserTask(
  node: Node,
  steps: Record<string, number>,
  add: (element: string, problem: string) => void,
): void {
  const { candidateGroups, formKey, dueDate, phase, state } = node.properties;
  const unknown = (candidateGroups ?? '')
    .split(',')
    .map((group) => group.trim())
    .filter((group) => !groups.has(group));
  if (!candidateGroups) add(node.id, 'has no candidate group');
  else if (unknown.length > 0) add(node.id, `unknown group ${unknown.join(', ')}`);
  if (!formKey) add(node.id, 'has no form');
  if (!phase) add(node.id, 'has no phase');
  if (!state) add(node.id, 'has no state');
  if (!dueDate) {
    add(node.id, 'has no share of the time limit');
    return;
  }
  const days = Number(/^=\s*workingDays\((\d+(?:\.\d+)?)\)$/.exec(dueDate)?.[1] ?? Number.NaN);
  if (candidateGroups === 'applicant') return;
  if (Number.isNaN(days)) add(node.id, `its share ${dueDate} is not in working days`);
  else if (steps[node.id] !== days)
    add(node.id, `takes ${days} working days here and ${steps[node.id] ?? 'none'} in procedure.yaml`);
}
