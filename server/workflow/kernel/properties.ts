/** Flattens the `zeebe:` extensions of an element into the properties the host reads. */

import { type Element, extensionsOf } from './moddle.ts';
import type { NodeProperties } from './model.ts';

const attributes: Record<string, Record<string, string>> = {
  AssignmentDefinition: { assignee: 'assignee', candidateGroups: 'candidateGroups', candidateUsers: 'candidateUsers' },
  TaskSchedule: { dueDate: 'dueDate', followUpDate: 'followUpDate' },
  FormDefinition: { formKey: 'formKey', formId: 'formKey', externalReference: 'formKey' },
  TaskDefinition: { type: 'taskType', retries: 'retries' },
  CalledDecision: { decisionId: 'decisionId', resultVariable: 'resultVariable' },
  CalledElement: { processId: 'calledElement' },
  PriorityDefinition: { priority: 'priority' },
};

/**
 * `taskDefinition type` becomes `taskType`, `formDefinition` `formKey`, `taskSchedule` `dueDate`, and so on; each
 * `zeebe:property` keeps its name, each task header is `header.<key>`.
 */
export function propertiesOf(element: Element): NodeProperties {
  const found: NodeProperties = {};
  for (const { type, values } of extensionsOf(element)) {
    for (const [attribute, name] of Object.entries(attributes[type] ?? {}))
      if (typeof values[attribute] === 'string') found[name] = values[attribute];
    if (type === 'Properties')
      for (const p of (values.properties ?? []) as Element[]) if (p.name) found[p.name] = String(p.value ?? '');
    if (type === 'TaskHeaders')
      for (const h of (values.values ?? []) as Element[]) if (h.key) found[`header.${h.key}`] = String(h.value ?? '');
  }
  const documentation = (element.documentation as Element[] | undefined)?.[0]?.text;
  if (documentation) found.documentation = String(documentation);
  return found;
}
