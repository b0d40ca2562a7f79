import { DmnModdle } from 'dmn-moddle';
import { AppError } from '#server/platform/errors.ts';
import { refuseUnsafeXml } from '#server/platform/safe-xml.ts';
import type { Aggregation, Decision, DecisionModel, HitPolicy, ValueType } from './table.ts';

/** Elements of dmn-moddle as far as they are read here. */
interface Element {
  $type: string;
  id?: string;
  name?: string;
  label?: string;
  text?: string;
  typeRef?: string;
  hitPolicy?: string;
  aggregation?: string;
  href?: string;
  drgElement?: Element[];
  decisionLogic?: Element;
  variable?: Element;
  informationRequirement?: Element[];
  requiredDecision?: Element;
  input?: Element[];
  inputExpression?: Element;
  inputValues?: Element;
  output?: Element[];
  defaultOutputEntry?: Element;
  rule?: Element[];
  inputEntry?: Element[];
  outputEntry?: Element[];
  description?: string;
}

const hitPolicies: Record<string, HitPolicy> = { UNIQUE: 'U', FIRST: 'F', ANY: 'A', COLLECT: 'C' };
const types = new Set<string>(['string', 'number', 'boolean', 'date']);
const typeOf = (name: string | undefined): ValueType => (name && types.has(name) ? (name as ValueType) : 'any');

/**
 * Reads DMN 1.3 XML into decisions: tables with hit policy U, F, A or C, and literal expressions.
 * Throws `invalidInput` naming the element for what is not supported.
 */
export async function readDmn(xml: string): Promise<DecisionModel> {
  refuseUnsafeXml(xml);
  const { rootElement, warnings } = (await new DmnModdle().fromXML(xml)) as unknown as {
    rootElement: Element;
    warnings: { message: string }[];
  };
  if (warnings.length > 0) refuse('file', warnings[0]!.message);
  const decisions = (rootElement.drgElement ?? [])
    .filter((element) => element.$type === 'dmn:Decision')
    .map(readDecision);
  return Object.fromEntries(decisions.map((decision) => [decision.id, decision]));
}

function refuse(element: string, problem: string): never {
  throw new AppError('invalidInput', 'procedures.errors.decision', { values: { element, problem } });
}

function readDecision(element: Element): Decision {
  const id = element.id ?? refuse('decision', 'no id');
  const logic = element.decisionLogic ?? refuse(id, 'no logic');
  const head = {
    id,
    name: element.name ?? id,
    variable: element.variable?.name ?? id,
    requires: (element.informationRequirement ?? []).flatMap((each) =>
      each.requiredDecision?.href ? [each.requiredDecision.href.slice(1)] : [],
    ),
  };
  if (logic.$type === 'dmn:LiteralExpression')
    return { ...head, kind: 'expression', expression: logic.text ?? refuse(id, 'no expression') };
  if (logic.$type !== 'dmn:DecisionTable') refuse(id, `${logic.$type} is not supported`);
  const hitPolicy =
    hitPolicies[logic.hitPolicy ?? 'UNIQUE'] ?? refuse(id, `hit policy ${logic.hitPolicy} is not supported`);
  return {
    ...head,
    kind: 'table',
    hitPolicy,
    ...(logic.aggregation && { aggregation: logic.aggregation as Aggregation }),
    inputs: (logic.input ?? []).map((input) => ({
      id: input.id ?? '',
      label: input.label ?? '',
      expression: input.inputExpression?.text ?? refuse(id, `input ${input.label ?? input.id} has no expression`),
      type: typeOf(input.inputExpression?.typeRef),
      ...(input.inputValues?.text && { values: input.inputValues.text }),
    })),
    outputs: (logic.output ?? []).map((output) => ({
      id: output.id ?? '',
      name: output.name ?? head.variable,
      type: typeOf(output.typeRef),
      ...(output.defaultOutputEntry?.text && { otherwise: output.defaultOutputEntry.text }),
    })),
    rules: (logic.rule ?? []).map((rule) => ({
      id: rule.id ?? '',
      when: (rule.inputEntry ?? []).map((entry) => entry.text?.trim() || '-'),
      gives: (rule.outputEntry ?? []).map((entry) => entry.text?.trim() ?? ''),
      ...(rule.description && { note: rule.description }),
    })),
  };
}
