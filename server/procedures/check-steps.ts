import { roles } from '#db/enums/roles.ts';
import {
  checkDiagram,
  compileParsed,
  type DiagramProblem,
  type Model,
  type Node,
  parseBpmn,
} from '#server/workflow/index.ts';
import type { ProcedureData, ProcedureProblem } from './folder.ts';

const file = 'process.bpmn';
/** Messages the system sends to a dossier's process. */
const messages = ['payment-settled', 'dossier-withdrawn', 'assessment-recalled', 'proposal-recalled', 'seal-refused'];

/**
 * Proves the diagram: what any diagram must keep (the workflow module's checks, with bpmn-engine's second opinion), and what the law of the procedure
 * asks: shares are those of `procedure.yaml` and fit the limit on every way, tasks and ends say phase and state, a refusal issues its slip, all is drawn.
 */
export async function checkSteps(
  { definition, diagram }: ProcedureData,
  knownEffects: ReadonlySet<string> | null,
): Promise<ProcedureProblem[]> {
  const found = await checkDiagram(diagram, {
    known: { roles: [...roles, 'applicant'], messages, ...(knownEffects && { effects: [...knownEffects] }) },
    limit: { workingDays: definition.limitDays },
    endRules: [{ end: { state: '3' }, passes: { taskType: 'dossiers.issue-slip', 'header.slip': '03' } }],
  });
  const errors = found.filter((each) => each.severity === 'error').map(inWords);
  const parsed = await parseBpmn(diagram).catch(() => null);
  const model = parsed && compileParsed(parsed).model;
  return model ? [...errors, ...checkModel(model, definition, diagram)] : errors;
}

function inWords({ element, code, values, path }: DiagramProblem): ProcedureProblem {
  const detail = values.detail ? `: ${values.detail}` : '';
  const example = path && path.length > 0 ? ` (${path.join(' → ')})` : '';
  return { file, element, problem: `${code}${detail}${example}` };
}

function checkModel(model: Model, definition: ProcedureData['definition'], diagram: string): ProcedureProblem[] {
  const problems: ProcedureProblem[] = [];
  const add = (element: string, problem: string) => problems.push({ file, element, problem });
  if (model.main !== definition.key)
    add(model.main, `the process is called ${model.main}, the procedure ${definition.key}`);
  const phases = new Set(definition.phases.map((phase) => phase.key));
  for (const node of model.nodes.values()) {
    const { phase, state } = node.properties;
    if (phase !== undefined && !phases.has(phase)) add(node.id, `unknown phase ${phase}`);
    if (state !== undefined && !/^(?:[1-9]|10)$/.test(state)) add(node.id, `unknown state ${state}`);
    if (node.task === 'user') checkUserTask(node, definition.steps, add);
    if (node.type === 'end' && node.event?.kind !== 'terminate' && !state) add(node.id, 'an end names its state');
    if (!diagram.includes(`bpmnElement="${node.id}"`)) add(node.id, 'is not drawn');
  }
  checkAnswerTimes(model, definition, add);
  for (const step of Object.keys(definition.steps))
    if (!model.nodes.has(step)) add(step, 'has a time limit in procedure.yaml but is not in the diagram');
  return problems;
}

function checkUserTask(
  node: Node,
  steps: Record<string, number>,
  add: (element: string, problem: string) => void,
): void {
  const { candidateGroups, dueDate, phase, state } = node.properties;
  if (!phase) add(node.id, 'has no phase');
  if (!state) add(node.id, 'has no state');
  if (!dueDate || candidateGroups === 'applicant') return;
  const days = workingDaysOf(dueDate);
  if (Number.isNaN(days)) add(node.id, `its share ${dueDate} is not in working days`);
  else if (steps[node.id] !== days)
    add(node.id, `takes ${days} working days here and ${steps[node.id] ?? 'none'} in procedure.yaml`);
}

/** Tasks of the applicant, and what procedure.yaml calls the time they have. */
const answerTimes = { 'answer-supplement': 'supplementAnswerDays', 'correct-findings': 'correctionDays' } as const;

/** The time to answer stands in the diagram (task and timer) and in procedure.yaml (slip and notices): all say the same. */
function checkAnswerTimes(
  model: Model,
  definition: ProcedureData['definition'],
  add: (element: string, problem: string) => void,
): void {
  for (const [step, name] of Object.entries(answerTimes) as [keyof typeof answerTimes, 'correctionDays'][]) {
    const node = model.nodes.get(step);
    if (!node) continue;
    const days = definition[name];
    const timers = node.boundaries.filter((each) => each.event?.kind === 'timer');
    if (timers.length === 0) add(step, 'has no timer that ends the waiting');
    const { dueDate } = node.properties;
    if (workingDaysOf(dueDate) !== days)
      add(step, `is due ${dueDate ?? 'never'} here and after ${days} working days (${name}) in procedure.yaml`);
    for (const { id, event } of timers) {
      const text = event?.kind === 'timer' ? event.timer.text : '';
      if (workingDaysOf(text) !== days)
        add(id, `fires after ${text} here and ${days} working days (${name}) in procedure.yaml`);
    }
    for (const notice of definition.deadlines.answerNotices)
      if ('daysBefore' in notice && notice.daysBefore >= days)
        add(step, `is reminded of ${notice.daysBefore} working days before its end, but lasts ${days}`);
  }
}

/** n of `=workingDays(n)`; NaN for anything else. */
const workingDaysOf = (text: string | undefined): number =>
  Number(/^=\s*workingDays\((\d+(?:\.\d+)?)\)$/.exec(text ?? '')?.[1] ?? Number.NaN);
