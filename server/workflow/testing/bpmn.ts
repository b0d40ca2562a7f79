/** Shorthand for BPMN text in tests: elements as XML, flows as `a > b > c` chains, conditions behind `?`. */
const open =
  '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="definitions" targetNamespace="urn:test">';

let counter = 0;

/** `flows('start > a > end', 'g > b ? x = 1')`: one sequence flow per arrow; a condition belongs to the last arrow. */
export function flows(...chains: string[]): string {
  return chains
    .map((chain) => {
      const [path = '', condition] = chain.split(' ? ');
      const nodes = path.split('>').map((n) => n.trim());
      return nodes
        .slice(1)
        .map((to, i) => {
          counter += 1;
          const last = i === nodes.length - 2;
          const escaped = condition?.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
          const inner =
            last && escaped
              ? `<conditionExpression xsi:type="tFormalExpression">=${escaped}</conditionExpression>`
              : '';
          return `<sequenceFlow id="flow${counter}" sourceRef="${nodes[i]}" targetRef="${to}">${inner}</sequenceFlow>`;
        })
        .join('');
    })
    .join('');
}

export const users = (...ids: string[]): string => ids.map((id) => `<userTask id="${id}"/>`).join('');
export const start = '<startEvent id="start"/>';
export const ends = (...ids: string[]): string => ids.map((id) => `<endEvent id="${id}"/>`).join('');
export const sub = (id: string, inner: string, attributes = ''): string =>
  `<subProcess id="${id}" ${attributes}>${inner}</subProcess>`;
export const eventSub = (id: string, inner: string): string => sub(id, inner, 'triggeredByEvent="true"');
export const boundary = (id: string, host: string, definition: string, interrupting = true): string =>
  `<boundaryEvent id="${id}" attachedToRef="${host}"${interrupting ? '' : ' cancelActivity="false"'}>${definition}</boundaryEvent>`;
export const many = (count: string, sequential = false): string =>
  `<multiInstanceLoopCharacteristics isSequential="${sequential}"><loopCardinality xsi:type="tFormalExpression">=${count}</loopCardinality></multiInstanceLoopCharacteristics>`;
/** A task with its compensation boundary `<id>_c` and handler `undo_<id>`. */
export const undoable = (id: string, inner = ''): string =>
  `<serviceTask id="${id}">${inner}</serviceTask>${boundary(`${id}_c`, id, '<compensateEventDefinition/>')}<serviceTask id="undo_${id}" isForCompensation="true"/><association id="as_${id}" sourceRef="${id}_c" targetRef="undo_${id}" associationDirection="One"/>`;

const roots: Record<string, (id: string) => string> = {
  message: (n) => `<message id="m_${n}" name="${n}"/>`,
  signal: (n) => `<signal id="s_${n}" name="${n}"/>`,
  error: (n) => `<error id="e_${n}" name="${n}" errorCode="${n}"/>`,
  escalation: (n) => `<escalation id="x_${n}" name="${n}" escalationCode="${n}"/>`,
};
export const on = {
  message: (n: string) => `<messageEventDefinition messageRef="m_${n}"/>`,
  signal: (n: string) => `<signalEventDefinition signalRef="s_${n}"/>`,
  error: (n?: string) => `<errorEventDefinition${n ? ` errorRef="e_${n}"` : ''}/>`,
  escalation: (n?: string) => `<escalationEventDefinition${n ? ` escalationRef="x_${n}"` : ''}/>`,
  condition: (text: string) =>
    `<conditionalEventDefinition><condition xsi:type="tFormalExpression">=${text.replaceAll('>', '&gt;')}</condition></conditionalEventDefinition>`,
  duration: (text: string) =>
    `<timerEventDefinition><timeDuration xsi:type="tFormalExpression">${text}</timeDuration></timerEventDefinition>`,
  cycle: (text: string) =>
    `<timerEventDefinition><timeCycle xsi:type="tFormalExpression">${text}</timeCycle></timerEventDefinition>`,
  link: (n: string) => `<linkEventDefinition name="${n}"/>`,
  compensate: (activity?: string) => `<compensateEventDefinition${activity ? ` activityRef="${activity}"` : ''}/>`,
  terminate: '<terminateEventDefinition/>',
  cancel: '<cancelEventDefinition/>',
};

/** A whole file: the first process is `p` and executable; `more` is further XML such as called processes. */
export function file(process: string, more = ''): string {
  const names = new Set<string>();
  for (const [, prefix, name] of (process + more).matchAll(/Ref="([msex])_([A-Za-z0-9]+)"/g))
    names.add(`${prefix}_${name}`);
  const kinds: Record<string, keyof typeof roots> = { m: 'message', s: 'signal', e: 'error', x: 'escalation' };
  const declared = [...names].map((n) => roots[kinds[n[0]!]!]!(n.slice(2))).join('');
  return `${open}${declared}<process id="p" isExecutable="true">${process}</process>${more}</definitions>`;
}
