/** Loop characteristics: cardinality, zeebe's collection, or a standard loop. */
import { expressionOf } from './compile-events.ts';
import { type Element, extensionsOf } from './moddle.ts';
import type { Loop } from './model.ts';
import type { Report } from './problems.ts';

export function loopOf(element: Element, id: string, report: Report): Loop | undefined {
  if (element.$type === 'bpmn:StandardLoopCharacteristics') return standardLoop(element, id, report);
  const zeebe = extensionsOf(element).find((e) => e.type === 'LoopCharacteristics')?.values;
  const loop: Loop = { kind: element.isSequential ? 'sequential' : 'parallel' };
  const cardinality = expressionOf(element.loopCardinality, id, report);
  const collection = expressionOf(zeebe?.inputCollection, id, report);
  const condition = expressionOf(element.completionCondition, id, report);
  const output = expressionOf(zeebe?.outputElement, id, report);
  if (collection) loop.collection = collection;
  else if (cardinality) loop.cardinality = cardinality;
  else if (!element.loopCardinality && !zeebe?.inputCollection) report(id, 'loopWithoutCount');
  if (zeebe?.inputElement) loop.element = String(zeebe.inputElement).replace(/^=/, '').trim();
  if (condition) loop.condition = condition;
  if (output && zeebe?.outputCollection) {
    loop.outputElement = output;
    loop.outputCollection = String(zeebe.outputCollection).replace(/^=/, '').trim();
  }
  return loop;
}

function standardLoop(element: Element, id: string, report: Report): Loop {
  const loop: Loop = { kind: 'standard', testBefore: element.testBefore === true };
  const condition = expressionOf(element.loopCondition, id, report);
  if (condition) loop.condition = condition;
  if (element.loopMaximum !== undefined) loop.maximum = Number(element.loopMaximum);
  if (!element.loopCondition && loop.maximum === undefined) report(id, 'loopWithoutCount');
  return loop;
}
