import type { Reader } from '#db/client.ts';
import { localDate } from '#server/calendar/index.ts';
import { allow, type Context, notFound, query, reader } from '#server/platform/index.ts';
import { FacilityRef } from '../inputs.ts';
import { canChangeLicence, canReadOfficeView } from '../policy.ts';
import { type Change, changesOf, findFacility, licencesOf } from '../records.ts';
import { canAct, type LicenceAction } from '../rules.ts';
import { type FacilityView, facilityViews, type LicenceView, licenceView } from '../views.ts';

export interface HistoryLine {
  id: number;
  /** registered, licenceSuspended, suspensionLifted, licenceRevoked */
  action: string;
  /** `yyyy-mm-dd`: from when it holds */
  validFrom: string;
  recordedAt: Date;
  documentId: string | null;
  decisionNumber: string | null;
  licenceNumber: string | null;
}

export interface FacilityDetail extends FacilityView {
  /** all, the latest first */
  licences: LicenceView[];
  /** the latest first; dates and decisions only */
  history: HistoryLine[];
}

export interface OfficeFacility extends FacilityDetail {
  reasons: Record<number, string>;
  /** what this official may do with each licence now, by its id */
  actions: Record<string, LicenceAction[]>;
}

/** One entry of the register as anyone may see it; throws notFound. */
export const getFacility = query({
  input: FacilityRef,
  load: (db, { id }) => load(db, id),
  allow: () => allow,
  view: (ctx, subject) => detail(ctx, subject),
});

/** The same with the reasons officials recorded and what this official may do. */
export const getOfficeFacility = query({
  input: FacilityRef,
  load: (db, { id }) => load(db, id),
  allow: (actor) => canReadOfficeView(actor),
  view: async (ctx, subject): Promise<OfficeFacility> => {
    const view = await detail(ctx, subject);
    const reasons = subject.changes.flatMap(({ id, after }) =>
      typeof after.reason === 'string' ? [[id, after.reason] as const] : [],
    );
    const actions = view.licences.map((licence) => [licence.id, actionsOf(ctx, view, licence)] as const);
    return { ...view, reasons: Object.fromEntries(reasons), actions: Object.fromEntries(actions) };
  },
});

async function load(db: Reader, id: string) {
  const facility = (await findFacility(db, id)) ?? notFound();
  return { facility, licences: await licencesOf(db, id), changes: await changesOf(db, id) };
}

async function detail(
  ctx: Context,
  { facility, licences, changes }: Awaited<ReturnType<typeof load>>,
): Promise<FacilityDetail> {
  const [view] = await facilityViews(reader(ctx), [facility.id], ctx.now());
  const all = licences.map(({ licence, issuer, issuerEn }) =>
    licenceView(licence, { name: issuer, nameEn: issuerEn }, localDate(ctx.now())),
  );
  const numbers = new Map(all.map((licence) => [licence.id, licence.number]));
  return { ...view!, licences: all, history: changes.map((change) => historyLine(change, numbers)) };
}

function historyLine(
  { id, action, validFrom, recordedAt, documentId, after }: Change,
  numbers: Map<string, string>,
): HistoryLine {
  const licence = after.licence as { id?: string } | undefined;
  const licenceId = (after.licenceId as string | undefined) ?? licence?.id ?? '';
  return {
    id,
    action,
    validFrom,
    recordedAt,
    documentId,
    decisionNumber: typeof after.decisionNumber === 'string' ? after.decisionNumber : null,
    licenceNumber: numbers.get(licenceId) ?? null,
  };
}

function actionsOf(ctx: Context, facility: FacilityView, licence: LicenceView): LicenceAction[] {
  const facts = { issuedBy: licence.issuedBy.id, provinceCode: facility.province.code };
  if (!canChangeLicence(ctx.actor, facts).allowed) return [];
  return (['suspend', 'lift', 'revoke'] as const).filter((action) => canAct(action, licence.status));
}
