import { dossiers } from '#db/schema/dossiers.ts';
import { localDate } from '#server/calendar/index.ts';
import { getOrganisation, type OrganisationView } from '#server/identity/index.ts';
import { AppError, command, newId, type Person, type TxContext } from '#server/platform/index.ts';
import { currentVersion, prefill } from '#server/procedures/index.ts';
import { findTerritoryUnit } from '#server/territory/index.ts';
import { CreateDraft } from '../inputs.ts';
import { canCreateDossier } from '../policy.ts';

/** Starts a draft for the person or a business they may act for; its procedure's version is pinned from here on. */
export const createDraft = command({
  name: 'dossier.create',
  input: CreateDraft,
  load: (ctx, input) => currentVersion(ctx.tx, input.procedureKey, ctx.now()),
  allow: (actor, _version, input) => canCreateDossier(actor, input.organisationId),
  run: async (ctx, input, version) => {
    const person = ctx.actor as Person;
    if (version.definition.applicant === 'business' && !input.organisationId) {
      throw new AppError('invalidInput', 'errors.invalidInput', {
        fields: [{ path: 'for', reason: 'dossiers.errors.businessOnly' }],
      });
    }
    const id = newId();
    await ctx.tx.insert(dossiers).values({
      id,
      procedureKey: version.key,
      procedureVersionId: version.id,
      applicantUserId: person.userId,
      organisationId: input.organisationId,
      answers: prefill(version.form, await knownAbout(ctx, person, input.organisationId)),
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
async function knownAbout(
  ctx: TxContext,
  person: Person,
  organisationId: string | null,
): Promise<Record<string, unknown>> {
  const organisation = organisationId ? await getOrganisation(ctx.tx, organisationId) : null;
  const address = organisation && (await wholeAddress(ctx, organisation));
  return {
    person: { name: person.name, email: person.email },
    organisation: organisation && { ...organisation, address },
  };
}

/** Street, ward and province by the names they have today: what stands on a certificate. */
async function wholeAddress(ctx: TxContext, { address, wardCode, provinceCode }: OrganisationView): Promise<string> {
  const on = localDate(ctx.now());
  const [ward, province] = await Promise.all([
    wardCode ? findTerritoryUnit(ctx.tx, 'ward', wardCode, on) : null,
    provinceCode ? findTerritoryUnit(ctx.tx, 'province', provinceCode, on) : null,
  ]);
  return [address, ward?.fullName, province?.fullName].filter(Boolean).join(', ');
}
