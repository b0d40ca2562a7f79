/** Processes: published diagrams, running instances, their tasks. Everything takes the caller's transaction. */
export {
  type CheckCode,
  type CheckOptions,
  checkDiagram,
  type DiagramProblem,
  type EndRule,
  type Known,
  type TimeLimit,
} from './check/index.ts';
export {
  type CompleteTask,
  cancelInstance,
  completeTask,
  raiseTaskError,
  type StartInstance,
  setVariables,
  startInstance,
  type TaskAnswer,
} from './commands.ts';
export { type PublishDefinition, type Published, publishDefinition } from './definitions.ts';
export { type DueDateQuestion, registerDueDates } from './due-dates.ts';
export { BusinessError, type EffectHandler, type EffectInput, knownEffects, registerEffect } from './effects.ts';
export { type OpenIncident, openIncidents, resolveIncident } from './incidents.ts';
export { lockInstance } from './instances.ts';
export { workflowJobs } from './jobs.ts';
export { compileParsed, type Model, type Node, parseBpmn } from './kernel/index.ts';
export { broadcastSignal, type Correlated, type CorrelateMessage, correlateMessage } from './messages.ts';
export { type Advance, type NodeFacts, type Observer, onAdvanced } from './observers.ts';
export { type PhaseProgress, progressOf } from './progress.ts';
export {
  assignTask,
  claimTask,
  findOpenTask,
  type OpenTask,
  openTasksOf,
  recomputeDueDates,
  releaseTask,
  type TaskRecord,
  tasksSoFar,
} from './tasks.ts';
