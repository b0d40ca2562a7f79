/** What keeps a diagram from running, by element; each code is a message key below `workflow.check`. */
export type ProblemCode =
  | 'badXml'
  | 'warning'
  | 'noProcess'
  | 'noStart'
  | 'unsupported'
  | 'severalEventDefinitions'
  | 'badExpression'
  | 'otherLanguage'
  | 'missingExpression'
  | 'badTimer'
  | 'missingReference'
  | 'missingName'
  | 'missingHandler'
  | 'loopWithoutCount'
  | 'danglingFlow'
  | 'missingLink'
  | 'unknownCall';

export interface CompileProblem {
  /** id of the element, or of the nearest one that has an id */
  element: string;
  code: ProblemCode;
  detail?: string;
}

/** Thrown by `compile` with everything that is wrong, not only the first. */
export class CompileError extends Error {
  readonly problems: CompileProblem[];
  constructor(problems: CompileProblem[]) {
    super(problems.map((p) => `${p.element}: ${p.code}${p.detail ? ` (${p.detail})` : ''}`).join('; '));
    this.name = 'CompileError';
    this.problems = problems;
  }
}

export type Report = (element: string, code: ProblemCode, detail?: string) => void;
