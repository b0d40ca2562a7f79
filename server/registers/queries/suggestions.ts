import { and, count, desc, eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '#db/client.ts';
import { correctionSuggestions, registerVersions } from '#db/schema/registers.ts';
import { AppError, allow, as, type Context, query, reader, systemActor, takeAttempt } from '#server/platform/index.ts';
import { registerOf } from '../define.ts';
import { ListSuggestions, SuggestionLookup, SuggestionRef } from '../inputs.ts';
import { canReadSuggestion, canWorkOnRegisters } from '../policy.ts';
import { getSuggestionRow, type Suggestion, suggestionsVisibleTo } from '../records.ts';

export interface SuggestionLine {
  id: string;
  number: string;
  register: string;
  entryId: string;
  title: string;
  field: string | null;
  words: string;
  state: Suggestion['state'];
  createdAt: Date;
  answer: string | null;
  answeredAt: Date | null;
}

const pageSize = 50;

/** What the public says about entries of the authorities one works for: unanswered first. */
export const listSuggestions = query({
  input: ListSuggestions,
  load: async (db, input, ctx) => {
    const where = and(
      suggestionsVisibleTo(ctx.actor),
      ...(input.register ? [eq(correctionSuggestions.register, input.register)] : []),
      ...(input.state ? [eq(correctionSuggestions.state, input.state)] : []),
    );
    const [total] = await db.select({ n: count() }).from(correctionSuggestions).where(where);
    const rows = await db
      .select()
      .from(correctionSuggestions)
      .where(where)
      .orderBy(sql`${correctionSuggestions.state} <> 'received'`, desc(correctionSuggestions.createdAt))
      .limit(pageSize)
      .offset((input.page - 1) * pageSize);
    return { rows, total: total!.n };
  },
  allow: (actor) => canWorkOnRegisters(actor),
  view: async (ctx, { rows, total }, { page }) => ({
    items: await linesOf(reader(ctx), rows),
    page,
    pageSize,
    total,
  }),
});

/** One of them, with the address its sender left. */
export const getSuggestion = query({
  input: SuggestionRef,
  load: (db, { suggestionId }) => getSuggestionRow(db, suggestionId),
  allow: (actor, suggestion) => canReadSuggestion(actor, suggestion),
  view: async (ctx, row): Promise<SuggestionLine & { email: string | null }> => {
    const [line] = await linesOf(reader(ctx), [row]);
    return { ...line!, email: row.email };
  },
});

const letters = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '');

/** What became of a suggestion; attempts are counted by number and by address. @throws AppError notFound, limit */
export async function lookUpSuggestion(ctx: Context, pair: z.input<typeof SuggestionLookup>, address: string) {
  await takeAttempt(ctx.db, `suggestion:${letters(pair.number)}`, 20, 600, ctx.now());
  await takeAttempt(ctx.db, `suggestion-from:${address}`, 30, 600, ctx.now());
  return suggestionStatus(ctx, pair);
}

/** What became of a suggestion, for whoever has its number and secret. A wrong pair is like any other: not found. */
const suggestionStatus = query({
  input: SuggestionLookup,
  load: async (_db, { number, secret }, ctx) => {
    const [row] = await as(ctx, systemActor('registers'))
      .db.select()
      .from(correctionSuggestions)
      .where(
        and(
          sql`replace(${correctionSuggestions.number}, '-', '') = ${letters(number)}`,
          eq(correctionSuggestions.secret, letters(secret)),
        ),
      );
    if (!row) throw new AppError('notFound', 'registers.errors.noSuchSuggestion');
    return row;
  },
  allow: () => allow,
  view: async (ctx, row) => {
    const [line] = await linesOf(reader(ctx), [row]);
    const { id: _id, words: _words, ...told } = line!;
    return told;
  },
});

async function linesOf(db: Reader, rows: readonly Suggestion[]): Promise<SuggestionLine[]> {
  const titles = new Map<string, string>();
  for (const { entryId, register } of rows) {
    if (titles.has(entryId)) continue;
    const [version] = await db
      .select({ content: registerVersions.content })
      .from(registerVersions)
      .where(eq(registerVersions.entryId, entryId))
      .orderBy(desc(registerVersions.id))
      .limit(1);
    titles.set(entryId, version ? registerOf(register).title(version.content) : '');
  }
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    register: row.register,
    entryId: row.entryId,
    title: titles.get(row.entryId)!,
    field: row.field,
    words: row.words,
    state: row.state,
    createdAt: row.createdAt,
    answer: row.answer,
    answeredAt: row.answeredAt,
  }));
}
