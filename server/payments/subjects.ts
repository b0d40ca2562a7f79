import type { Context, TxContext } from '#server/platform/index.ts';
import { getIntent, type Intent, lockIntent } from './records.ts';
import { everythingGoesBack, type RefundGround, type RefundRule } from './rules.ts';

/** What the owner of a kind of subject says about it: payments know no dossiers. */
export interface SubjectHooks {
  /** whether the actor may see what is owed and paid for the subject, beyond those who pay */
  canSee: (ctx: Context, subjectId: string) => Promise<boolean>;
  /** locks the subject's row before the payment's, in the order its own commands lock them */
  lock?: (ctx: TxContext, subjectId: string) => Promise<void>;
  /** path of the subject's page for who pays */
  href?: (subjectId: string) => string;
  /** what goes back by itself, as the subject's procedure says */
  refundRule?: (ctx: TxContext, subjectId: string) => Promise<RefundRule>;
}

/** Something about money that neither pays for anything nor has gone back yet, or has. */
export interface MoneyEvent {
  kind: 'held' | 'refundProposed' | 'refundApproved' | 'refundDeclined' | 'refundSent';
  /** whole đồng */
  amount: number;
  /** of the refund; null while the money is only held */
  ground: RefundGround | null;
  /** the transfer or the refund */
  id: string;
}

export type MoneyHandler = (ctx: TxContext, intent: Intent, event: MoneyEvent) => Promise<void>;
export type SettledHandler = (ctx: TxContext, intent: Intent) => Promise<void>;

interface Hooks {
  subjects: Map<string, SubjectHooks>;
  settled: Map<string, SettledHandler>;
  money: Map<string, MoneyHandler>;
}

// bundled copies of this module share one registry
const held = globalThis as { motCuaPaymentHooks?: Hooks };
held.motCuaPaymentHooks ??= { subjects: new Map(), settled: new Map(), money: new Map() };
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

/** Registers who is told, in the same transaction, of money that is held and of refunds. */
export function onMoneyMoved(name: string, handler: MoneyHandler): void {
  hooks.money.set(name, handler);
}

export async function announceMoney(ctx: TxContext, intent: Intent | null, event: MoneyEvent): Promise<void> {
  if (!intent) return;
  for (const handler of hooks.money.values()) await handler(ctx, intent, event);
}

/** What goes back by itself for a payment's subject. */
export async function refundRuleOf(ctx: TxContext, intent: Intent | null): Promise<RefundRule> {
  if (!intent) return everythingGoesBack;
  return (await subjectHooks(intent.subjectType)?.refundRule?.(ctx, intent.subjectId)) ?? everythingGoesBack;
}

/** A payment locked in the one order: its subject first. */
export async function lockWithSubject(ctx: TxContext, intentId: string): Promise<Intent> {
  const { subjectType, subjectId } = await getIntent(ctx.tx, intentId);
  await subjectHooks(subjectType)?.lock?.(ctx, subjectId);
  return lockIntent(ctx, intentId);
}
