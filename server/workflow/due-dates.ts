import type { TxContext } from '#server/platform/index.ts';
import { addDuration, nextOfCycle, parseInstant } from './durations.ts';
import type { ArmedTimer } from './kernel/index.ts';
import { compileExpression } from './kernel/index.ts';

export interface DueDateQuestion {
  businessKey: string;
  workingDays: number;
  from: Date;
}
export type DueDates = (ctx: TxContext, question: DueDateQuestion) => Promise<Date | null>;

let resolve: DueDates = async () => null;

/** Says how `=workingDays(n)` becomes an instant: by whose calendar is not the workflow's business. */
export function registerDueDates(fn: DueDates): void {
  resolve = fn;
}

const marker = /^workingDays:(-?\d+(?:\.\d+)?)$/;
const functions = { workingDays: (n: unknown) => `workingDays:${Number(n)}` };
const compiled = new Map<string, ReturnType<typeof compileExpression>>();

/** The text a FEEL time evaluates to; `=workingDays(n)` becomes `workingDays:n`. */
export function timeText(text: string, variables: Record<string, unknown>): string {
  if (!text.trim().startsWith('=')) return text;
  let expression = compiled.get(text);
  if (!expression) {
    expression = compileExpression(text);
    compiled.set(text, expression);
  }
  return String(expression.evaluate({ ...variables, ...functions }) ?? '');
}

/** How many working days a time text stands for, or null when it is calendar time. */
export function workingDaysIn(text: string): number | null {
  const match = marker.exec(text);
  return match ? Number(match[1]) : null;
}

/** The instant a task or timer with this text is due, or null when it has none or nobody can say. */
export async function dueAt(
  ctx: TxContext,
  businessKey: string,
  text: string,
  variables: Record<string, unknown>,
  from: Date,
): Promise<Date | null> {
  const value = timeText(text, variables);
  const workingDays = workingDaysIn(value);
  if (workingDays !== null) return resolve(ctx, { businessKey, workingDays, from });
  return addDuration(from, value) ?? parseInstant(value) ?? null;
}

/** When an armed timer is due; `previous` is when it was due the time before, for cycles. */
export async function timerDueAt(
  ctx: TxContext,
  businessKey: string,
  armed: ArmedTimer,
  variables: Record<string, unknown>,
  previous: Date | undefined,
): Promise<Date | null> {
  const now = ctx.now();
  if (armed.timer.kind === 'cycle') {
    const text = timeText(armed.timer.text, variables);
    return nextOfCycle(text, now, armed.fired > 0 ? (previous ?? now) : undefined) ?? null;
  }
  return dueAt(ctx, businessKey, armed.timer.text, variables, now);
}
