import type { TxContext } from '#server/platform/index.ts';

export interface EffectInput {
  instanceId: string;
  businessKey: string;
  /** the instance's variables and the elements of the iterations around the task */
  variables: Record<string, unknown>;
  /** what the modeler wrote at the task (`zeebe:` extensions, headers as `header.<key>`) */
  properties: Record<string, string>;
  /** the same at every repetition: hand it to whatever is called outside */
  idempotencyKey: string;
}

/**
 * What a service task does. It runs in the worker, perhaps more than once, in the transaction that completes the task;
 * an object it returns becomes variables. It throws `BusinessError` for what the diagram can catch; anything else is retried.
 */
export type EffectHandler = (ctx: TxContext, input: EffectInput) => Promise<unknown>;

/** An error of the business, by the code an error event catches. */
export class BusinessError extends Error {
  readonly code: string;
  readonly variables: Record<string, unknown>;
  constructor(code: string, variables: Record<string, unknown> = {}) {
    super(code);
    this.name = 'BusinessError';
    this.code = code;
    this.variables = variables;
  }
}

const handlers = new Map<string, EffectHandler>();

/** Names an effect that diagrams may ask for as `zeebe:taskDefinition type`. Registered again, the later one counts. */
export function registerEffect(name: string, handler: EffectHandler): void {
  handlers.set(name, handler);
}

export const findEffect = (name: string): EffectHandler | undefined => handlers.get(name);

/** Names of every registered effect, for `checkDiagram`. */
export const knownEffects = (): string[] => [...handlers.keys()].sort();
