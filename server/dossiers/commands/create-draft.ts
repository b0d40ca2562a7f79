import { dossiers } from '#db/schema/dossiers.ts';
import { getOrganisation } from '#server/identity/index.ts';
import { command, newId, type Person, type TxContext } from '#server/platform/index.ts';
import { currentVersion, prefill } from '#server/procedures/index.ts';
import { CreateDraft } from '../inputs.ts';
import { canCreateDossier } from '../policy.ts';

/** Starts a draft for the person or the business they act for; its procedure's version is pinned from here on. */
export const createDraft = command({
  name: 'dossier.create',
  input: CreateDraft,
  load: (ctx, input) => currentVersion(ctx.tx, input.procedureKey),
  allow: canCreateDossier,
  run: async (ctx, _input, version) => {
    const person = ctx.actor as Person;
    const id = newId();
    await ctx.tx.insert(dossiers).values({
      id,
      procedureKey: version.key,
      procedureVersionId: version.id,
      applicantUserId: person.userId,
      organisationId: person.actingFor,
      answers: prefill(version.form, await knownAbout(ctx, person)),
      savedAt: ctx.now(),
      createdAt: ctx.now(),
    });
    return { id };
  },
  audit: ({ result, input }) => ({
    subjectType: 'dossier',
    subjectId: result.id,
    details: { procedure: input.procedureKey },
  }),
});

/** What the profile can fill in, under the names forms use in `prefill`. */
async function knownAbout(ctx: TxContext, person: Person): Promise<Record<string, unknown>> {
  const organisation = person.actingFor ? await getOrganisation(ctx.tx, person.actingFor) : null;
  return { person: { name: person.name, email: person.email }, organisation };
}
