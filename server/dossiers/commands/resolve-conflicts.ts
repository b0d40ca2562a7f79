import { eq, sql } from 'drizzle-orm';
import { dossiers } from '#db/schema/dossiers.ts';
import type { KeptConflict } from '#db/schema/drafts.ts';
import { command, newId, type Person } from '#server/platform/index.ts';
import { getAt, getVersion, type JsonObject } from '#server/procedures/index.ts';
import { findConflicts, keepConflicts, noteChanges, sameValue, unitsOf, withAnswer } from '../draft-conflicts.ts';
import { ResolveConflicts } from '../inputs.ts';
import { canEditDraft } from '../policy.ts';
import { lockDossier } from '../records.ts';

/**
 * Puts in what was chosen, field by field. A field that was changed yet again since it was shown stays a conflict, with
 * the newer answer on the other side.
 */
export const resolveConflicts = command({
  name: 'dossier.resolveConflicts',
  input: ResolveConflicts,
  load: (ctx, input) => lockDossier(ctx, input.dossierId),
  allow: canEditDraft,
  run: async (ctx, input, dossier) => {
    const { userId } = ctx.actor as Person;
    const here = { dossierId: dossier.id, userId, pageId: input.pageId };
    const items = await findConflicts(ctx.tx, here);
    const { form } = await getVersion(ctx.tx, dossier.procedureVersionId);
    let answers = dossier.answers;
    const open: KeptConflict[] = [];
    for (const item of items) {
      const choice = input.choices[item.path];
      const current = getAt(dossier.answers as JsonObject, item.path) ?? null;
      if (!choice || (choice === 'mine' && !sameValue(current, item.theirs))) open.push({ ...item, theirs: current });
      else if (choice === 'mine') answers = withAnswer(answers, item.path, item.mine);
    }
    await ctx.tx
      .update(dossiers)
      .set({ answers, savedAt: ctx.now(), version: sql`${dossiers.version} + 1` })
      .where(eq(dossiers.id, dossier.id));
    await noteChanges(ctx, dossier, answers, unitsOf(form, input.pageId), { userId, formId: newId() });
    await keepConflicts(ctx, here, open);
    return { open: open.map((item) => item.path) };
  },
  audit: ({ input, result }) => ({
    subjectType: 'dossier',
    subjectId: input.dossierId,
    details: { page: input.pageId, choices: input.choices, open: result.open },
  }),
});
