import type { TxContext } from '#server/platform/index.ts';
import type { OpenTask } from './tasks.ts';

/** An element of the diagram with what its modeler wrote at it. */
export interface NodeFacts {
  node: string;
  properties: Record<string, string>;
}

/** What one step did to an instance. */
export interface Advance {
  instanceId: string;
  businessKey: string;
  status: 'active' | 'incident' | 'suspended' | 'done' | 'cancelled';
  /** tasks of people that are open now, oldest first */
  openTasks: OpenTask[];
  /** those among them that this step opened */
  openedTasks: OpenTask[];
  /** everything the instance waits at: tasks of every kind and catch events, oldest first */
  waiting: NodeFacts[];
  /** tasks, events and gateways that ended in this step, in order */
  endedNodes: NodeFacts[];
}

export type Observer = (ctx: TxContext, advance: Advance) => Promise<void>;

const observers: Observer[] = [];

/** Calls `observer` after each step, in the same transaction: what it throws undoes the step. */
export function onAdvanced(observer: Observer): void {
  observers.push(observer);
}

export const hasObservers = (): boolean => observers.length > 0;

export async function tellObservers(ctx: TxContext, advance: Advance): Promise<void> {
  for (const observer of observers) await observer(ctx, advance);
}
