import type { z } from 'zod';
import type { Actor, Verdict } from './actor.ts';
import { type AuditFacts, recordAudit, recordRefusal } from './audit.ts';
import { authorise, found } from './authorise.ts';
import { type Context, inTransaction, type TxContext } from './context.ts';
import { AppError } from './errors.ts';
import { parseInput } from './input.ts';
import { transaction } from './transaction.ts';

interface CommandSpec<Schema extends z.ZodType, Subject, Result> {
  /** `noun.verb`: also the action in the audit log */
  name: string;
  input: Schema;
  /** finds and locks what the command is about; throws notFound */
  load: (ctx: TxContext, input: z.output<Schema>) => Promise<Subject>;
  allow: (actor: Actor, subject: Subject, input: z.output<Schema>) => Verdict;
  audit: (facts: { input: z.output<Schema>; subject: Subject; result: Result }) => AuditFacts;
  run: (ctx: TxContext, input: z.output<Schema>, subject: Subject) => Promise<Result>;
}

/**
 * The one way to change something: parse, open or join the transaction, load and lock, authorise, run, write the
 * audit row, commit. A refusal rolls back and leaves an audit row of its own.
 */
export function command<Schema extends z.ZodType, Subject, Result>(spec: CommandSpec<Schema, Subject, Result>) {
  return async (ctx: Context, raw: z.input<Schema>): Promise<Result> => {
    const input = parseInput(spec.input, raw);
    try {
      return await transaction(ctx, async (tx) => {
        const ask = (subject: Subject) => spec.allow(ctx.actor, subject, input);
        const subject = await found(ctx.actor, () => spec.load(tx, input), ask);
        authorise(ask(subject));
        const result = await spec.run(tx, input, subject);
        recordAudit(tx, spec.name, spec.audit({ input, subject, result }));
        return result;
      });
    } catch (error) {
      // inside an outer command the outer one records the refusal, after its own rollback
      if (error instanceof AppError && !inTransaction(ctx)) {
        await recordRefusal(ctx, spec.name, {
          subjectType: spec.name.split('.')[0]!,
          subjectId: idIn(input),
          details: { reason: error.reason },
        });
      }
      throw error;
    }
  };
}

/** For commands about something that does not exist yet. */
export const nothing = async (): Promise<null> => null;

function idIn(input: unknown): string | null {
  if (typeof input !== 'object' || input === null) return null;
  const id = Object.entries(input).find(
    ([key, value]) => key.toLowerCase().endsWith('id') && typeof value === 'string',
  );
  return id ? (id[1] as string) : null;
}
