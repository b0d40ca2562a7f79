import { AppError, command, enqueue, personId } from '#server/platform/index.ts';
import { assertState, countRows, type Import, lockImport, setImport } from '../imports/records.ts';
import { DecideImport, ProposeImport } from '../inputs.ts';
import { canDecideImport, canPrepareImport } from '../policy.ts';
import { willChange } from '../rules.ts';

const facts = (subject: Import) => ({ register: subject.register, fileName: subject.fileName });

/** Asks for a sheet to be written. Nothing is before another person has approved it. */
export const proposeImport = command({
  name: 'registerImport.propose',
  input: ProposeImport,
  load: (ctx, { importId }) => lockImport(ctx, importId),
  allow: (actor, sheet) => canPrepareImport(actor, sheet),
  run: async (ctx, { reason }, sheet) => {
    assertState(sheet, 'previewed');
    const counts = await countRows(ctx.tx, sheet.id);
    if (willChange(counts) === 0) throw new AppError('invalidState', 'registers.imports.errors.nothingToWrite');
    await setImport(ctx, sheet.id, { ...proposal(ctx, reason), counts, state: 'proposed' });
    return { importId: sheet.id };
  },
  audit: ({ subject }) => ({ subjectType: 'registerImport', subjectId: subject.id, details: facts(subject) }),
});

/** Asks for what a sheet wrote to be taken back. */
export const proposeUndo = command({
  name: 'registerImport.proposeUndo',
  input: ProposeImport,
  load: (ctx, { importId }) => lockImport(ctx, importId),
  allow: (actor, sheet) => canPrepareImport(actor, sheet),
  run: async (ctx, { reason }, sheet) => {
    assertState(sheet, 'written');
    await setImport(ctx, sheet.id, { ...proposal(ctx, reason), state: 'undoProposed' });
    return { importId: sheet.id };
  },
  audit: ({ subject }) => ({ subjectType: 'registerImport', subjectId: subject.id, details: facts(subject) }),
});

const proposal = (ctx: { actor: Parameters<typeof personId>[0]; now: () => Date }, reason: string) => ({
  proposedBy: personId(ctx.actor),
  proposedAt: ctx.now(),
  reason,
  decidedBy: null,
  decidedAt: null,
  decisionNote: null,
});

/** Another person has a sheet written, or undone, by a job; or says why not, and it is as before. */
export const decideImport = command({
  name: 'registerImport.decide',
  input: DecideImport,
  load: (ctx, { importId }) => lockImport(ctx, importId),
  allow: (actor, sheet) => canDecideImport(actor, sheet),
  run: async (ctx, { approve, note }, sheet) => {
    assertState(sheet, 'proposed', 'undoProposed');
    if (!approve && note === '') {
      throw new AppError('invalidInput', 'errors.invalidInput', {
        fields: [{ path: 'note', reason: 'registers.errors.noteMissing' }],
      });
    }
    const undo = sheet.state === 'undoProposed';
    const decision = { decidedBy: personId(ctx.actor), decidedAt: ctx.now(), decisionNote: note || null };
    if (!approve) {
      await setImport(ctx, sheet.id, { ...decision, state: undo ? 'written' : 'previewed' });
      return { importId: sheet.id };
    }
    const { written = 0 } = sheet.counts;
    await setImport(ctx, sheet.id, {
      ...decision,
      state: undo ? 'undoing' : 'writing',
      done: 0,
      total: undo ? written : willChange(sheet.counts),
    });
    const job = undo ? 'registerImport.undo' : 'registerImport.write';
    await enqueue(ctx, job, { importId: sheet.id }, { jobKey: `import:${sheet.id}` });
    return { importId: sheet.id };
  },
  audit: ({ input, subject }) => ({
    subjectType: 'registerImport',
    subjectId: subject.id,
    details: { ...facts(subject), undo: subject.state === 'undoProposed', approved: input.approve },
  }),
});
