import { changeRequests } from '#db/schema/registers.ts';
import { localDate } from '#server/calendar/index.ts';
import { AppError, command, newId, nextNumber, notFound, type TxContext } from '#server/platform/index.ts';
import { inputsOf, provinceOf, type Register, readContent, registerOf } from '../define.ts';
import { contentOf } from '../fields.ts';
import { ProposeChange } from '../inputs.ts';
import { canPropose } from '../policy.ts';
import { type Entry, keeperOf, lockEntry, versionsOn } from '../records.ts';
import { type Content, changedFields, numberOf } from '../rules.ts';

/** What the request is about, with what it would say. */
interface Subject {
  register: Register;
  entry: Entry | null;
  before: Content | null;
  content: Content;
  organisationId: string;
  provinceCode: string | null;
}

/**
 * Asks for a change of an entry, or for a new one. Nothing changes before another person approves it.
 * @throws AppError invalidInput naming the field; conflict when the entry changed since it was read
 */
export const proposeChange = command({
  name: 'registerChange.propose',
  input: ProposeChange,
  load: async (ctx, input): Promise<Subject> => {
    const register = registerOf(input.register);
    if (!input.entryId) {
      if (input.kind !== 'add') notFound();
      return { register, entry: null, before: null, ...(await said(ctx, register, input.texts ?? {}, null)) };
    }
    const entry = await lockEntry(ctx, register.key, input.entryId);
    const day = input.kind === 'correct' ? input.validFrom : localDate(ctx.now());
    const held = (await versionsOn(ctx.tx, [entry.id], day)).get(entry.id) ?? notFound();
    const asked = await said(ctx, register, input.texts ?? {}, held.content);
    // who keeps it now is asked, wherever it is to move
    return {
      register,
      entry,
      before: held.content,
      ...asked,
      organisationId: entry.organisationId!,
      provinceCode: entry.provinceCode,
    };
  },
  allow: (actor, subject) => canPropose(actor, subject),
  run: async (ctx, input, { entry, before, content, organisationId, provinceCode, register }) => {
    if (entry && input.version !== entry.version) throw new AppError('conflict', 'registers.errors.changedSince');
    if (entry?.mergedInto) throw new AppError('invalidState', 'registers.errors.merged');
    await assertSensible(ctx, input, { entry, before, content, register });
    const requestId = newId();
    const year = localDate(ctx.now()).slice(0, 4);
    const number = numberOf('YC', year, await nextNumber(ctx, 'register-change', year));
    await ctx.tx.insert(changeRequests).values({
      id: requestId,
      number,
      register: register.key,
      entryId: entry?.id ?? null,
      baseVersion: entry?.version ?? null,
      organisationId,
      provinceCode,
      kind: input.kind,
      content,
      mergeInto: input.mergeInto ?? null,
      validFrom: input.validFrom,
      validTo: input.validTo ?? null,
      reason: input.reason,
      decisionNumber: input.decisionNumber || null,
      suggestionId: input.suggestionId ?? null,
      proposedBy: ctx.actor.kind === 'person' ? ctx.actor.userId : notFound(),
      proposedAt: ctx.now(),
    });
    return { requestId, number };
  },
  audit: ({ input, result, subject }) => ({
    subjectType: 'registerEntry',
    subjectId: subject.entry?.id ?? null,
    details: { register: input.register, kind: input.kind, requestId: result.requestId, number: result.number },
  }),
});

async function said(ctx: TxContext, register: Register, texts: Record<string, string>, before: Content | null) {
  const content = readContent(register, contentOf(register.fields, texts, before ?? {}));
  const provinceCode = provinceOf(register, content);
  return { content, provinceCode, organisationId: await keeperOf(ctx.tx, provinceCode) };
}

type Asked = ReturnType<typeof ProposeChange.parse>;

/** @throws AppError naming what is missing or does not fit */
async function assertSensible(
  ctx: TxContext,
  input: Asked,
  { entry, before, content, register }: Pick<Subject, 'entry' | 'before' | 'content' | 'register'>,
): Promise<void> {
  const wrong = (path: string, reason: string): never => {
    throw new AppError('invalidInput', 'errors.invalidInput', { fields: [{ path, reason }] });
  };
  if (input.validTo && input.validTo <= input.validFrom) wrong('validTo', 'registers.errors.endBeforeBegin');
  if (input.kind === 'merge') {
    const other = input.mergeInto
      ? await lockEntry(ctx, register.key, input.mergeInto)
      : wrong('mergeInto', 'errors.field.required');
    if (other.id === entry?.id) wrong('mergeInto', 'registers.errors.mergeIntoItself');
    if (other.mergedInto || other.closedOn) wrong('mergeInto', 'registers.errors.mergeIntoGone');
  }
  if ((input.kind === 'change' || input.kind === 'correct') && changedFields(before, content).length === 0)
    wrong('', 'registers.errors.nothingChanged');
  if (input.kind === 'close' || input.kind === 'reopen' || input.kind === 'merge') return;
  const [faults] = (await register.faults?.(ctx.tx, [content], localDate(ctx.now()), [before])) ?? [];
  if (faults && faults.length > 0)
    throw new AppError('invalidInput', 'errors.invalidInput', { fields: inputsOf(faults) });
}
