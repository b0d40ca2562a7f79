import type { z } from 'zod';
import type { Reader } from '#db/client.ts';
import type { Actor, Verdict } from './actor.ts';
import { authorise, found } from './authorise.ts';
import { type Context, reading } from './context.ts';
import { parseInput } from './input.ts';

interface QuerySpec<Schema extends z.ZodType, Subject, View> {
  input: Schema;
  load: (db: Reader, input: z.output<Schema>, ctx: Context) => Promise<Subject>;
  allow: (actor: Actor, subject: Subject, input: z.output<Schema>) => Verdict;
  /** makes the view type; rows never leave a module */
  view: (ctx: Context, subject: Subject, input: z.output<Schema>) => Promise<View> | View;
}

/** The one way to read: parse, load, authorise, shape, in one transaction that can change nothing. No audit row. */
export function query<Schema extends z.ZodType, Subject, View>(spec: QuerySpec<Schema, Subject, View>) {
  return async (ctx: Context, raw: z.input<Schema>): Promise<View> => {
    const input = parseInput(spec.input, raw);
    return reading(ctx, async (inner) => {
      const ask = (subject: Subject) => spec.allow(inner.actor, subject, input);
      const subject = await found(inner.actor, () => spec.load(inner.tx, input, inner), ask);
      authorise(ask(subject));
      return spec.view(inner, subject, input);
    });
  };
}
