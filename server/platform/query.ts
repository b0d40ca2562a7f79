import type { z } from 'zod';
import type { Reader } from '#db/client.ts';
import type { Actor, Verdict } from './actor.ts';
import { authorise } from './command.ts';
import { type Context, reader } from './context.ts';
import { parseInput } from './input.ts';

interface QuerySpec<Schema extends z.ZodType, Subject, View> {
  input: Schema;
  load: (db: Reader, input: z.output<Schema>, ctx: Context) => Promise<Subject>;
  allow: (actor: Actor, subject: Subject, input: z.output<Schema>) => Verdict;
  /** makes the view type; rows never leave a module */
  view: (ctx: Context, subject: Subject, input: z.output<Schema>) => Promise<View> | View;
}

/** The one way to read: parse, load, authorise, shape. No transaction, no audit row. */
export function query<Schema extends z.ZodType, Subject, View>(spec: QuerySpec<Schema, Subject, View>) {
  return async (ctx: Context, raw: z.input<Schema>): Promise<View> => {
    const input = parseInput(spec.input, raw);
    const subject = await spec.load(reader(ctx), input, ctx);
    authorise(spec.allow(ctx.actor, subject, input));
    return spec.view(ctx, subject, input);
  };
}
