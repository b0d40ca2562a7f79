/**
 * Moddle descriptor of the `zeebe:` extensions this kernel reads (the names Camunda 8 uses), so that bpmn-moddle parses them
 * as typed elements and reports unknown attributes of the rest as they are.
 */
const property = (name: string, type = 'String') => ({ name, type, isAttr: true });
const extension = (name: string, ...properties: string[]) => ({
  name,
  superClass: ['Element'],
  properties: properties.map((p) => property(p)),
});

export const zeebeDescriptor = {
  name: 'zeebe',
  uri: 'http://camunda.org/schema/zeebe/1.0',
  prefix: 'zeebe',
  xml: { tagAlias: 'lowerCase' },
  associations: [],
  types: [
    extension('AssignmentDefinition', 'assignee', 'candidateGroups', 'candidateUsers'),
    extension('TaskSchedule', 'dueDate', 'followUpDate'),
    extension('FormDefinition', 'formKey', 'formId', 'externalReference', 'bindingType'),
    extension('CalledElement', 'processId', 'propagateAllChildVariables', 'propagateAllParentVariables', 'bindingType'),
    extension('CalledDecision', 'decisionId', 'resultVariable', 'bindingType'),
    extension('LoopCharacteristics', 'inputCollection', 'inputElement', 'outputCollection', 'outputElement'),
    extension('TaskDefinition', 'type', 'retries'),
    extension('Subscription', 'correlationKey'),
    extension('PriorityDefinition', 'priority'),
    extension('UserTask'),
    {
      name: 'TaskHeaders',
      superClass: ['Element'],
      properties: [{ name: 'values', type: 'Header', isMany: true }],
    },
    extension('Header', 'key', 'value'),
    {
      name: 'Properties',
      superClass: ['Element'],
      properties: [{ name: 'properties', type: 'Property', isMany: true }],
    },
    extension('Property', 'name', 'value'),
    {
      name: 'IoMapping',
      superClass: ['Element'],
      properties: [
        { name: 'inputParameters', type: 'Input', isMany: true },
        { name: 'outputParameters', type: 'Output', isMany: true },
      ],
    },
    extension('Input', 'source', 'target'),
    extension('Output', 'source', 'target'),
  ],
};
