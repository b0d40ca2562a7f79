/** What only the text of the file shows: conditions without the leading `=`. */
import type { parseBpmn } from '../kernel/index.ts';
import { type DiagramProblem, problem } from './problem.ts';

type Parsed = Awaited<ReturnType<typeof parseBpmn>>;
type Element = Parsed['definitions'];

export function checkText({ definitions }: Parsed): DiagramProblem[] {
  const found: DiagramProblem[] = [];
  const look = (expression: Element | undefined, id: string) => {
    const text = String(expression?.body ?? '').trim();
    if (text && !text.startsWith('=')) found.push(problem(id, 'noEqualsSign', text));
  };
  const visit = (element: Element) => {
    const id = element.id ?? '';
    look(element.conditionExpression, id);
    look(element.loopCharacteristics?.completionCondition, id);
    look(element.loopCharacteristics?.loopCondition, id);
    for (const definition of (element.eventDefinitions ?? []) as Element[]) look(definition.condition, id);
    for (const child of (element.flowElements ?? []) as Element[]) visit(child);
  };
  for (const root of (definitions.rootElements ?? []) as Element[]) visit(root);
  return found;
}
