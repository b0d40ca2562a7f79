import type { ProblemCode } from '../kernel/index.ts';

export type CheckCode =
  | ProblemCode
  | 'noEqualsSign'
  | 'scriptTask'
  | 'missingEffect'
  | 'unknownEffect'
  | 'missingGroup'
  | 'unknownGroup'
  | 'missingForm'
  | 'unknownForm'
  | 'missingTimeShare'
  | 'unknownMessage'
  | 'unknownError'
  | 'badEventGateway'
  | 'unreachable'
  | 'deadlock'
  | 'neverEnds'
  | 'lackOfSynchronisation'
  | 'endlessLoop'
  | 'uncaughtError'
  | 'uncaughtCancel'
  | 'neverReached'
  | 'tooLarge'
  | 'overLegalLimit'
  | 'endWithoutEffect'
  | 'otherOpinion';

/** One thing wrong with a diagram. `reason` and `hint` are message keys; `values` belongs to `reason`. */
export interface DiagramProblem {
  element: string;
  code: CheckCode;
  severity: 'error' | 'warning';
  reason: string;
  hint: string;
  values: { element: string; detail: string };
  /** the counter-example: what happens, in order, until it goes wrong */
  path?: string[];
}

const hints: Partial<Record<CheckCode, string>> = {
  badXml: 'badXml',
  warning: 'warning',
  unsupported: 'unsupported',
  severalEventDefinitions: 'unsupported',
  scriptTask: 'scriptTask',
  badExpression: 'expression',
  otherLanguage: 'expression',
  missingExpression: 'expression',
  noEqualsSign: 'expression',
  badTimer: 'timer',
  missingGroup: 'task',
  unknownGroup: 'task',
  missingForm: 'task',
  unknownForm: 'task',
  missingTimeShare: 'task',
  missingEffect: 'effect',
  unknownEffect: 'effect',
  endWithoutEffect: 'effect',
  overLegalLimit: 'limit',
  unreachable: 'flow',
  deadlock: 'flow',
  neverEnds: 'flow',
  lackOfSynchronisation: 'flow',
  endlessLoop: 'flow',
  uncaughtError: 'flow',
  uncaughtCancel: 'flow',
  neverReached: 'flow',
  tooLarge: 'flow',
  badEventGateway: 'flow',
  otherOpinion: 'flow',
};
const warnings = new Set<CheckCode>(['tooLarge', 'neverReached']);

export function problem(element: string, code: CheckCode, detail = '', path?: string[]): DiagramProblem {
  return {
    element,
    code,
    severity: warnings.has(code) ? 'warning' : 'error',
    reason: `workflow.check.${code}`,
    hint: `workflow.hints.${hints[code] ?? 'reference'}`,
    values: { element, detail },
    ...(path && { path }),
  };
}
