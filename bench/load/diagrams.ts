/** Diagrams to measure with: sequences of user tasks, some with a deadline beside them. */
const boundary = (task: string) =>
  `<boundaryEvent id="late-${task}" attachedToRef="${task}" cancelActivity="false"><timerEventDefinition><timeDuration xsi:type="tFormalExpression">P30D</timeDuration></timerEventDefinition></boundaryEvent><endEvent id="told-${task}"/><sequenceFlow id="fl-${task}" sourceRef="late-${task}" targetRef="told-${task}"/>`;
const task = (id: string) =>
  `<userTask id="${id}"><extensionElements><zeebe:assignmentDefinition candidateGroups="officer"/><zeebe:formDefinition formKey="${id}"/></extensionElements></userTask>`;

/** A process `p` of these tasks, one after the other; `late` tells which have a timer. */
export function sequence(tasks: string[], late: (task: string) => boolean = () => false): string {
  const nodes = ['start', ...tasks, 'end'];
  const flows = nodes.slice(1).map((to, i) => `<sequenceFlow id="f${i}" sourceRef="${nodes[i]}" targetRef="${to}"/>`);
  return `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="bench" targetNamespace="urn:bench"><process id="p" isExecutable="true"><startEvent id="start"/>${tasks.map(task).join('')}${tasks.filter(late).map(boundary).join('')}<endEvent id="end"/>${flows.join('')}</process></definitions>`;
}

/** A licensing procedure from receipt to delivery. */
export const activities = [
  'receive',
  'assess',
  'consult',
  'plan-inspection',
  'inspect',
  'correct-findings',
  'recheck',
  'draft-result',
  'initial',
  'approve',
  'issue',
  'collect',
];
/** Every other one has a deadline. */
export const timed = (node: string): boolean => activities.indexOf(node) % 2 === 0;
export const numbered = (count: number): string[] => Array.from({ length: count }, (_, i) => `t${i}`);
