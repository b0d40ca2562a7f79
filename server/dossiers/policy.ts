import {
  type Actor,
  allow,
  hasRole,
  hide,
  type Role,
  refuse,
  signInFirst,
  type Verdict,
  worksFor,
} from '#server/platform/actor.ts';

/** What a policy needs to know of a dossier. */
export interface DossierFacts {
  state: number;
  applicantUserId: string;
  organisationId: string | null;
  authorityId: string | null;
}

/** The person who filed, or anybody who may act for the business it was filed for. */
export function isApplicant(actor: Actor, dossier: DossierFacts): boolean {
  if (actor.kind !== 'person') return false;
  if (dossier.organisationId) return actor.memberships.includes(dossier.organisationId);
  return actor.userId === dossier.applicantUserId;
}

/** An official of the authority it was filed with. Drafts are nobody's business. */
export const isOfficialOf = (actor: Actor, dossier: DossierFacts): boolean =>
  dossier.state > 0 && worksFor(actor, dossier.authorityId);

export function canReadDossier(actor: Actor, dossier: DossierFacts): Verdict {
  if (actor.kind === 'anonymous') return signInFirst;
  if (actor.kind === 'system') return allow;
  return isApplicant(actor, dossier) || isOfficialOf(actor, dossier) ? allow : hide;
}

/** Internal opinions, checklists and notes: never the applicant, even one who also works for the authority. */
export function canReadInternal(actor: Actor, dossier: DossierFacts): Verdict {
  if (actor.kind === 'anonymous') return signInFirst;
  return isOfficialOf(actor, dossier) && !isApplicant(actor, dossier) ? allow : hide;
}

export function canEditDraft(actor: Actor, dossier: DossierFacts): Verdict {
  if (actor.kind === 'anonymous') return signInFirst;
  if (!isApplicant(actor, dossier)) return hide;
  return dossier.state === 0 ? allow : refuse('dossiers.errors.alreadyFiled');
}

/** Something only the applicant does with a filed dossier: answer a request, collect, rate, withdraw. */
export function canActAsApplicant(actor: Actor, dossier: DossierFacts): Verdict {
  if (actor.kind === 'anonymous') return signInFirst;
  if (!isApplicant(actor, dossier))
    return isOfficialOf(actor, dossier) ? refuse('dossiers.errors.applicantOnly') : hide;
  return dossier.state > 0 ? allow : refuse('dossiers.errors.notFiled');
}

/** One official step. Nobody decides on a dossier of their own, and a task taken by a colleague is the colleague's. */
export function canTakeStep(
  actor: Actor,
  dossier: DossierFacts,
  role: Role,
  task: { assigneeId: string | null } | null,
): Verdict {
  if (actor.kind === 'anonymous') return signInFirst;
  if (!isOfficialOf(actor, dossier))
    return isApplicant(actor, dossier) ? refuse('dossiers.errors.officialsOnly') : hide;
  if (isApplicant(actor, dossier)) return refuse('dossiers.errors.ownDossier');
  if (!hasRole(actor, role, dossier.authorityId)) return refuse('dossiers.errors.roleMissing');
  if (actor.kind === 'person' && task?.assigneeId && task.assigneeId !== actor.userId) {
    return refuse('dossiers.errors.takenByColleague');
  }
  return allow;
}

export const canCreateDossier = (actor: Actor, organisationId: string | null): Verdict => {
  if (actor.kind !== 'person') return signInFirst;
  if (organisationId && !actor.memberships.includes(organisationId)) return hide;
  return actor.official ? refuse('dossiers.errors.officialsDoNotFile') : allow;
};

/** Separation of duties: who drafted a result neither initials nor signs it. */
export const notOwnDraft = (verdict: Verdict, actor: Actor, draftedBy: string | undefined): Verdict =>
  verdict.allowed && actor.kind === 'person' && actor.userId === draftedBy
    ? refuse('dossiers.errors.ownDraft')
    : verdict;

/** Lists of one's own: for everybody who is signed in. */
export const canListOwn = (actor: Actor): Verdict => (actor.kind === 'person' ? allow : signInFirst);

/** The officials' lists; which rows they hold is the lists' own condition. */
export const canUseOffice = (actor: Actor): Verdict =>
  actor.kind !== 'person' ? signInFirst : actor.official ? allow : refuse('dossiers.errors.officialsOnly');
