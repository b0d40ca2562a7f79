export { checkDecisions, type DecisionProblem } from './check-table.ts';
export { decide } from './evaluate.ts';
export { readDmn } from './read-dmn.ts';
export type { Decision, DecisionModel } from './table.ts';
