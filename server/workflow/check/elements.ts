/** What each element must carry before a procedure goes live. */
import type { Model, Node } from '../kernel/index.ts';
import { type DiagramProblem, problem } from './problem.ts';

/** Names that exist; a list that is absent is not checked. */
export interface Known {
  effects?: string[];
  forms?: string[];
  roles?: string[];
  messages?: string[];
  /** codes effects and people raise, beside those the diagram throws itself */
  errors?: string[];
  decisions?: string[];
  /** keys of published definitions that call activities may name */
  processes?: string[];
}

export function checkElements(model: Model, known: Known): DiagramProblem[] {
  return [...model.nodes.values()].flatMap((node) => [
    ...checkTask(node, known),
    ...checkEvent(model, node, known),
    ...checkCall(model, node, known),
  ]);
}

const lacks = (list: string[] | undefined, name: string) => list !== undefined && !list.includes(name);

function checkTask(node: Node, known: Known): DiagramProblem[] {
  const p = node.properties;
  if (node.task === 'script') return [problem(node.id, 'scriptTask')];
  if (node.task === 'user') {
    const found: DiagramProblem[] = [];
    if (!p.candidateGroups) found.push(problem(node.id, 'missingGroup'));
    else if (!p.candidateGroups.startsWith('=') && lacks(known.roles, p.candidateGroups))
      found.push(problem(node.id, 'unknownGroup', p.candidateGroups));
    if (!p.formKey) found.push(problem(node.id, 'missingForm'));
    else if (lacks(known.forms, p.formKey)) found.push(problem(node.id, 'unknownForm', p.formKey));
    if (!p.dueDate) found.push(problem(node.id, 'missingTimeShare'));
    return found;
  }
  if (node.task === 'service' || node.task === 'send' || node.task === 'businessRule') {
    if (p.decisionId)
      return lacks(known.decisions, p.decisionId) ? [problem(node.id, 'unknownEffect', p.decisionId)] : [];
    if (!p.taskType) return [problem(node.id, 'missingEffect')];
    if (lacks(known.effects, p.taskType)) return [problem(node.id, 'unknownEffect', p.taskType)];
  }
  return [];
}

function checkEvent(model: Model, node: Node, known: Known): DiagramProblem[] {
  const found: DiagramProblem[] = [];
  const event = node.event;
  const catches = node.type !== 'throw' && node.type !== 'end';
  if (event?.kind === 'message' && catches && lacks(known.messages, event.name))
    found.push(problem(node.id, 'unknownMessage', event.name));
  if (event?.kind === 'error' && catches && event.name && known.errors) {
    const thrown = [...model.nodes.values()].some(
      (n) => n.type === 'end' && n.event?.kind === 'error' && n.event.name === event.name,
    );
    if (!thrown && !known.errors.includes(event.name)) found.push(problem(node.id, 'unknownError', event.name));
  }
  if (node.type === 'eventGateway') {
    const targets = node.out.map((f) => model.nodes.get(f.target));
    const fits = targets.every((t) => t?.type === 'catch' || t?.task === 'receive');
    if (!fits || targets.length < 2) found.push(problem(node.id, 'badEventGateway'));
  }
  return found;
}

function checkCall(model: Model, node: Node, known: Known): DiagramProblem[] {
  if (node.type !== 'call' || !node.calledElement) return [];
  if (model.containers.has(node.calledElement)) return [];
  return lacks(known.processes ?? [], node.calledElement) ? [problem(node.id, 'unknownCall', node.calledElement)] : [];
}
