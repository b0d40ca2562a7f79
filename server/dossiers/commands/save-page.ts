import { eq, sql } from 'drizzle-orm';
import { dossiers } from '#db/schema/dossiers.ts';
import { localDate } from '#server/calendar/index.ts';
import { AppError, command, type FieldError } from '#server/platform/index.ts';
import { dropHidden, getVersion, type JsonObject, visiblePages } from '#server/procedures/index.ts';
import { mergePage } from '../answers.ts';
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
}

/** Keeps one page of a draft. Answers are stored even when wrong, so nothing typed is lost; `continue` says what is wrong. */
export const savePage = command({
  name: 'dossier.savePage',
  input: SavePage,
  load: (ctx, input) => lockDossier(ctx, input.dossierId),
  allow: canEditDraft,
  run: async (ctx, input, dossier): Promise<SavedPage> => {
    const { form } = await getVersion(ctx.tx, dossier.procedureVersionId);
    if (!form.pages.some((page) => page.id === input.pageId)) throw new AppError('notFound', 'errors.notFound');
    const answers = mergePage(form, input.pageId, dossier.answers, input.values);
    const seen = input.mode === 'continue' ? [...new Set([...dossier.pagesSeen, input.pageId])] : dossier.pagesSeen;
    const savedAt = ctx.now();
    await ctx.tx
      .update(dossiers)
      .set({ answers, pagesSeen: seen, savedAt, version: sql`${dossiers.version} + 1` })
      .where(eq(dossiers.id, dossier.id));
    const errors =
      input.mode === 'continue'
        ? await pageFaults(ctx.tx, form, input.pageId, answers as JsonObject, localDate(savedAt))
        : [];
    const pages = visiblePages(form, dropHidden(form, answers as JsonObject));
    const next = pages[pages.findIndex((page) => page.id === input.pageId) + 1];
    return { savedAt, errors, nextPageId: next?.id ?? null };
  },
  audit: ({ input }) => ({ subjectType: 'dossier', subjectId: input.dossierId, details: { page: input.pageId } }),
});
