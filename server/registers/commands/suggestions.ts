import { randomInt } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { correctionSuggestions } from '#db/schema/registers.ts';
import { localDate } from '#server/calendar/index.ts';
import {
  AppError,
  allow,
  as,
  type Context,
  command,
  newId,
  nextNumber,
  notFound,
  personId,
  systemActor,
  takeAttempt,
} from '#server/platform/index.ts';
import { registerOf } from '../define.ts';
import { AnswerSuggestion, SuggestCorrection } from '../inputs.ts';
import { canReadSuggestion } from '../policy.ts';
import { findEntry, keeperOf, lastOf, lockSuggestion } from '../records.ts';
import { numberOf } from '../rules.ts';

/** Letters and digits that are not taken for one another. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const newPin = () => Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('');

/** Anybody says what is wrong with an entry; see `suggestFrom`. The number and secret in the answer show what becomes of it. */
export const suggestCorrection = command({
  name: 'correction.suggest',
  input: SuggestCorrection,
  load: async (ctx, { register, entryId }) => {
    const entry = (await findEntry(ctx.tx, register, entryId)) ?? notFound();
    return lastOf(ctx.tx, entry);
  },
  allow: () => allow,
  run: async (ctx, { field, words, email }, entry) => {
    const known = registerOf(entry.register).fields.some(({ name, public: open }) => open && name === field);
    if (field && !known) {
      throw new AppError('invalidInput', 'errors.invalidInput', {
        fields: [{ path: 'field', reason: 'errors.field.choice' }],
      });
    }
    const year = localDate(ctx.now()).slice(0, 4);
    const number = numberOf('GY', year, await nextNumber(ctx, 'register-suggestion', year));
    const secret = newPin();
    // a stranger writes one row and reads none
    await as(ctx, systemActor('registers'))
      .tx.insert(correctionSuggestions)
      .values({
        id: newId(),
        number,
        secret,
        register: entry.register,
        entryId: entry.id,
        organisationId: entry.organisationId ?? (await keeperOf(ctx.tx, entry.provinceCode)),
        provinceCode: entry.provinceCode,
        field: field || null,
        words,
        email: email || null,
        createdAt: ctx.now(),
      });
    return { number, secret };
  },
  audit: ({ result, subject }) => ({
    subjectType: 'registerEntry',
    subjectId: subject.id,
    details: { register: subject.register, number: result.number },
  }),
});

/** The same for a stranger: so many an hour from one address. @throws AppError limit */
export async function suggestFrom(ctx: Context, input: SuggestCorrection, address: string) {
  await takeAttempt(ctx.db, `suggest:${address}`, 20, 3600, ctx.now());
  return suggestCorrection(ctx, input);
}

/** An official of the entry's authority says what became of it; a change itself is proposed and approved apart. */
export const answerSuggestion = command({
  name: 'correction.answer',
  input: AnswerSuggestion,
  load: (ctx, { suggestionId }) => lockSuggestion(ctx, suggestionId),
  allow: (actor, suggestion) => canReadSuggestion(actor, suggestion),
  run: async (ctx, { accept, answer }, suggestion) => {
    if (suggestion.state !== 'received') throw new AppError('invalidState', 'registers.errors.answered');
    await ctx.tx
      .update(correctionSuggestions)
      .set({ state: accept ? 'accepted' : 'declined', answer, answeredBy: personId(ctx.actor), answeredAt: ctx.now() })
      .where(eq(correctionSuggestions.id, suggestion.id));
    return { suggestionId: suggestion.id };
  },
  audit: ({ input, subject }) => ({
    subjectType: 'registerEntry',
    subjectId: subject.entryId,
    details: { register: subject.register, number: subject.number, accepted: input.accept },
  }),
});
