import type { Context, TxContext } from '#server/platform/index.ts';
import type { Intent } from './records.ts';

/** What the owner of a kind of subject says about it: payments know no dossiers. */
export interface SubjectHooks {
  /** whether the actor may see what is owed and paid for the subject, beyond those who pay */
  canSee: (ctx: Context, subjectId: string) => Promise<boolean>;
  /** locks the subject's row before the payment's, in the order its own commands lock them */
  lock?: (ctx: TxContext, subjectId: string) => Promise<void>;
  /** path of the subject's page for who pays */
  href?: (subjectId: string) => string;
}

export type SettledHandler = (ctx: TxContext, intent: Intent) => Promise<void>;

interface Hooks {
  subjects: Map<string, SubjectHooks>;
  settled: Map<string, SettledHandler>;
}

// bundled copies of this module share one registry
const held = globalThis as { motCuaPaymentHooks?: Hooks };
held.motCuaPaymentHooks ??= { subjects: new Map(), settled: new Map() };
const hooks = held.motCuaPaymentHooks;

/** Says, once in every process, who may see payments for subjects of a type and how to reach them. */
export function registerPaymentSubject(type: string, subject: SubjectHooks): void {
  hooks.subjects.set(type, subject);
}

/** Registers what follows a settlement, in its transaction: when it throws, nothing is settled and the bank calls again. */
export function onPaymentSettled(name: string, handler: SettledHandler): void {
  hooks.settled.set(name, handler);
}

export const subjectHooks = (type: string): SubjectHooks | undefined => hooks.subjects.get(type);

/** Runs every registered follow-up, one after the other. */
export async function announceSettled(ctx: TxContext, intent: Intent): Promise<void> {
  for (const handler of hooks.settled.values()) await handler(ctx, intent);
}
