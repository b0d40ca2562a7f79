import { eq, sql } from 'drizzle-orm';
import { dossiers } from '#db/schema/dossiers.ts';
import { localDate } from '#server/calendar/index.ts';
import { AppError, command, type FieldError, newId, type Person } from '#server/platform/index.ts';
import { dropHidden, getVersion, type JsonObject, visiblePages } from '#server/procedures/index.ts';
import { mergePage } from '../answers.ts';
import { addConflicts, mergeWithOthers, noteChanges, notePresence, unitsOf } from '../draft-conflicts.ts';
import { SavePage } from '../inputs.ts';
import { pageFaults } from '../place-names.ts';
import { canEditDraft } from '../policy.ts';
import { lockDossier } from '../records.ts';

export interface SavedPage {
  savedAt: Date;
  /** wrong or missing answers of the page; only with mode `continue`. What was typed is kept all the same */
  errors: FieldError[];
  /** the page after this one; null: back to the task list */
  nextPageId: string | null;
  /** fields that somebody else changed meanwhile: theirs stand, mine are kept to choose from */
  conflicts: string[];
}

/**
 * Keeps one page of a draft. Answers are stored even when wrong, so nothing typed is lost; `continue` says what is wrong.
 * What another person, or another page of the same one, changed since this page was opened is never overwritten.
 */
export const savePage = command({
  name: 'dossier.savePage',
  input: SavePage,
  load: (ctx, input) => lockDossier(ctx, input.dossierId),
  allow: canEditDraft,
  run: async (ctx, input, dossier): Promise<SavedPage> => {
    const { form } = await getVersion(ctx.tx, dossier.procedureVersionId);
    if (!form.pages.some((page) => page.id === input.pageId)) throw new AppError('notFound', 'errors.notFound');
    const { userId } = ctx.actor as Person;
    const units = unitsOf(form, input.pageId);
    const sent = mergePage(form, input.pageId, dossier.answers, input.values);
    const { answers, conflicts } = await mergeWithOthers(ctx, dossier, sent, units, input.base);
    const seen = input.mode === 'continue' ? [...new Set([...dossier.pagesSeen, input.pageId])] : dossier.pagesSeen;
    const savedAt = ctx.now();
    await ctx.tx
      .update(dossiers)
      .set({ answers, pagesSeen: seen, savedAt, version: sql`${dossiers.version} + 1` })
      .where(eq(dossiers.id, dossier.id));
    const formId = input.base?.formId ?? newId();
    const changed = await noteChanges(ctx, dossier, answers, units, { userId, formId });
    const here = { dossierId: dossier.id, userId, pageId: input.pageId };
    await notePresence(ctx, here);
    await addConflicts(ctx, here, conflicts, { formId, changed });
    const errors =
      input.mode === 'continue'
        ? await pageFaults(ctx.tx, form, input.pageId, answers as JsonObject, localDate(savedAt))
        : [];
    const pages = visiblePages(form, dropHidden(form, answers as JsonObject));
    const next = pages[pages.findIndex((page) => page.id === input.pageId) + 1];
    return { savedAt, errors, nextPageId: next?.id ?? null, conflicts: conflicts.map((each) => each.path) };
  },
  audit: ({ input, result }) => ({
    subjectType: 'dossier',
    subjectId: input.dossierId,
    details: { page: input.pageId, ...(result.conflicts.length > 0 ? { conflicts: result.conflicts } : {}) },
  }),
});
