/** Event definitions and expressions of a diagram, with everything unreadable reported by element. */
import { compileExpression, type Expression } from './expressions.ts';
import { type Element, extensionsOf } from './moddle.ts';
import type { EventDefinition, TimerDefinition } from './model.ts';
import type { Report } from './problems.ts';

/** Compiles the body of an expression element; `undefined` when there is none or it is reported. */
export function expressionOf(source: unknown, element: string, report: Report): Expression | undefined {
  if (source === undefined || source === null) return undefined;
  const text = typeof source === 'string' ? source : String((source as Element).body ?? '');
  const language = typeof source === 'string' ? undefined : (source as Element).language;
  if (language && !/feel/i.test(language)) report(element, 'otherLanguage', String(language));
  if (text.trim() === '') {
    report(element, 'missingExpression');
    return undefined;
  }
  try {
    return compileExpression(text);
  } catch (error) {
    report(element, 'badExpression', `${text.trim()}: ${(error as Error).message}`);
    return undefined;
  }
}

const literal = {
  duration: /^-?P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/,
  date: /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?(\[[^\]]+\])?)?$/,
  cycle: /^R(\d*)\/.+$/,
};

function timerOf(definition: Element, id: string, report: Report): TimerDefinition | undefined {
  for (const [kind, body] of [
    ['duration', definition.timeDuration],
    ['date', definition.timeDate],
    ['cycle', definition.timeCycle],
  ] as const) {
    if (!body) continue;
    const text = String((body as Element).body ?? '').trim();
    if (text.startsWith('=')) {
      const expression = expressionOf(text, id, report);
      return expression && { kind, text, expression, repeats: kind === 'cycle' ? Number.POSITIVE_INFINITY : 1 };
    }
    const match = literal[kind].exec(text);
    if (!match) {
      report(id, 'badTimer', text);
      return undefined;
    }
    const repeats = kind !== 'cycle' ? 1 : match[1] ? Number(match[1]) : Number.POSITIVE_INFINITY;
    return { kind, text, repeats };
  }
  report(id, 'badTimer');
  return undefined;
}

/** The message a receive task, send task or event refers to. */
export function messageOf(reference: Element | undefined, id: string, report: Report): EventDefinition | undefined {
  if (!reference?.name) {
    report(id, reference ? 'missingName' : 'missingReference', 'message');
    return undefined;
  }
  const key = extensionsOf(reference).find((e) => e.type === 'Subscription')?.values.correlationKey as
    | string
    | undefined;
  const correlationKey = key ? expressionOf(key, reference.id ?? id, report) : undefined;
  return { kind: 'message', name: reference.name, ...(correlationKey && { correlationKey }) };
}

/** The single definition of an event; several at one event, or kinds the kernel does not know, are reported. */
export function eventOf(element: Element, report: Report): EventDefinition | undefined {
  const id = element.id ?? '';
  const definitions = [...(element.eventDefinitions ?? []), ...(element.eventDefinitionRef ?? [])] as Element[];
  if (definitions.length > 1) {
    report(id, 'severalEventDefinitions');
    return undefined;
  }
  const definition = definitions[0];
  if (!definition) return { kind: 'none' };
  switch (definition.$type) {
    case 'bpmn:MessageEventDefinition':
      return messageOf(definition.messageRef, id, report);
    case 'bpmn:SignalEventDefinition': {
      const name = definition.signalRef?.name as string | undefined;
      if (!name) report(id, definition.signalRef ? 'missingName' : 'missingReference', 'signal');
      return name ? { kind: 'signal', name } : undefined;
    }
    case 'bpmn:ErrorEventDefinition':
      return { kind: 'error', ...codeOf(definition.errorRef, 'errorCode') };
    case 'bpmn:EscalationEventDefinition':
      return { kind: 'escalation', ...codeOf(definition.escalationRef, 'escalationCode') };
    case 'bpmn:TimerEventDefinition': {
      const timer = timerOf(definition, id, report);
      return timer && { kind: 'timer', timer };
    }
    case 'bpmn:ConditionalEventDefinition': {
      if (!definition.condition) report(id, 'missingExpression');
      const condition = expressionOf(definition.condition, id, report);
      return condition && { kind: 'conditional', condition };
    }
    case 'bpmn:LinkEventDefinition': {
      const name = (definition.name ?? element.name) as string | undefined;
      if (!name) report(id, 'missingName', 'link');
      return name ? { kind: 'link', name } : undefined;
    }
    case 'bpmn:TerminateEventDefinition':
      return { kind: 'terminate' };
    case 'bpmn:CancelEventDefinition':
      return { kind: 'cancel' };
    case 'bpmn:CompensateEventDefinition': {
      const activity = definition.activityRef?.id as string | undefined;
      return { kind: 'compensate', ...(activity && { activity }) };
    }
    default:
      report(id, 'unsupported', definition.$type);
      return undefined;
  }
}

/** An error or escalation without reference, or without code, catches every code. */
function codeOf(reference: Element | undefined, property: string): { name?: string } {
  const code = (reference?.[property] ?? reference?.name) as string | undefined;
  return code ? { name: code } : {};
}
