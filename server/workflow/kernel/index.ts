/** The pure token kernel: compile a BPMN 2.0 file, then step through it. No input or output, no clock, no chance. */
export { type CompileOptions, compile, compileParsed } from './compile.ts';
export {
  type ArmedTimer,
  derive,
  type Subscription,
  variablesAt,
  type Wait,
  type Waits,
  waitingNodes,
} from './derive.ts';
export { compileExpression, type Expression, holds, type Variables } from './expressions.ts';
export { parseBpmn } from './moddle.ts';
export type {
  Container,
  EventDefinition,
  Flow,
  Model,
  Node,
  NodeProperties,
  TaskKind,
  TimerDefinition,
} from './model.ts';
export { CompileError, type CompileProblem, type ProblemCode } from './problems.ts';
export type { Effect, TraceEntry } from './run.ts';
export type { Incident, IncidentCode, State, Status } from './state.ts';
export { type Command, type Refusal, type StepResult, step, type Target, transitionCap } from './step.ts';
