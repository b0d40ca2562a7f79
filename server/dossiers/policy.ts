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
  worksOnDossiersOf,
} from '#server/platform/actor.ts';
import type { Side } from './message-rules.ts';

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

/** On whose side of a dossier somebody speaks who may read it. */
export const sideOf = (actor: Actor, dossier: DossierFacts): Side =>
  isApplicant(actor, dossier) ? 'applicant' : 'office';

/** An official who works on the dossiers of the authority it was filed with. Drafts are nobody's business. */
export const isOfficialOf = (actor: Actor, dossier: DossierFacts): boolean =>
  dossier.state > 0 && worksOnDossiersOf(actor, dossier.authorityId);

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

/** What could be handed in as a paper: of a draft, or in answer to a request; the office hands in nothing. */
export const canPreparePapers = (actor: Actor, dossier: DossierFacts): Verdict =>
  dossier.state === 0 ? canEditDraft(actor, dossier) : canActAsApplicant(actor, dossier);

/** Both sides of a filed dossier may write to each other; nobody else. */
export function canWriteMessage(actor: Actor, dossier: DossierFacts): Verdict {
  if (actor.kind !== 'person') return signInFirst;
  if (!isApplicant(actor, dossier) && !isOfficialOf(actor, dossier)) return hide;
  return dossier.state > 0 ? allow : refuse('dossiers.errors.notFiled');
}

/** A paper of one's own vault, or of a business one may act for; those of others do not exist. */
export function canUseVaultPaper(actor: Actor, paper: { userId: string; organisationId: string | null }): Verdict {
  if (actor.kind !== 'person') return signInFirst;
  const own = paper.organisationId ? actor.memberships.includes(paper.organisationId) : actor.userId === paper.userId;
  return own ? allow : hide;
}

/** A file on its way belongs to who sends it, and to nobody else. */
export function canUseUpload(actor: Actor, upload: { userId: string }): Verdict {
  if (actor.kind !== 'person') return signInFirst;
  return actor.userId === upload.userId ? allow : hide;
}

/** Whose task it is; `standIn`: the actor stands in for them while they are away. */
export interface TaskFacts {
  assigneeId: string | null;
  standIn?: boolean;
}

/** One official step. Nobody decides on a dossier of their own, and a task taken by a colleague is the colleague's. */
export function canTakeStep(actor: Actor, dossier: DossierFacts, role: Role, task: TaskFacts | null): Verdict {
  if (actor.kind === 'anonymous') return signInFirst;
  if (!isOfficialOf(actor, dossier))
    return isApplicant(actor, dossier) ? refuse('dossiers.errors.officialsOnly') : hide;
  if (isApplicant(actor, dossier)) return refuse('dossiers.errors.ownDossier');
  if (!hasRole(actor, role, dossier.authorityId)) return refuse('dossiers.errors.roleMissing');
  if (actor.kind === 'person' && task?.assigneeId && task.assigneeId !== actor.userId && !task.standIn) {
    return refuse('dossiers.errors.takenByColleague');
  }
  return allow;
}

export const canCreateDossier = (actor: Actor, organisationId: string | null): Verdict => {
  if (actor.kind !== 'person') return signInFirst;
  if (organisationId && !actor.memberships.includes(organisationId)) return hide;
  return actor.official ? refuse('dossiers.errors.officialsDoNotFile') : allow;
};

/**
 * Minutes and photos are the planned team's: its leader records, any member adds photos. Standing in for the leader
 * counts. Before a visit is planned there is no team, and the command says so.
 */
export function ofTeam(
  verdict: Verdict,
  actor: Actor,
  team: readonly { userId?: string; role: string }[] | undefined,
  task: TaskFacts | null,
  part: 'lead' | 'any',
): Verdict {
  if (!verdict.allowed || actor.kind !== 'person' || !team || !task) return verdict;
  const acting = [actor.userId, ...(task.standIn && task.assigneeId ? [task.assigneeId] : [])];
  const belongs = team.some(
    (member) => member.userId && acting.includes(member.userId) && (part === 'any' || member.role === 'lead'),
  );
  if (belongs) return verdict;
  return refuse(part === 'lead' ? 'deadlines.errors.notTeamLead' : 'deadlines.errors.notOfTeam');
}

/** Somebody by name: the drafter of a result, the proposer of a supplement, and those they acted for. */
type Authors = string | null | undefined | readonly (string | null | undefined)[];

/**
 * Separation of duties: who drafted or proposed something neither initials, signs nor approves it. Standing in changes
 * nothing: neither may one decide for a colleague what that colleague drafted, nor what was drafted on one's behalf.
 */
export function notOwnDraft(
  verdict: Verdict,
  actor: Actor,
  draftedBy: Authors,
  task: TaskFacts | null = null,
  reason = 'dossiers.errors.ownDraft',
): Verdict {
  if (!verdict.allowed || actor.kind !== 'person') return verdict;
  const authors = Array.isArray(draftedBy) ? draftedBy : [draftedBy];
  const acting = [actor.userId, ...(task?.standIn && task.assigneeId ? [task.assigneeId] : [])];
  return acting.some((id) => authors.includes(id)) ? refuse(reason) : verdict;
}

/** Proposes a later appointment: an official who works on such dossiers, or the head over them. */
export function canProposeExtension(actor: Actor, dossier: DossierFacts): Verdict {
  const read = canReadInternal(actor, dossier);
  if (!read.allowed) return isApplicant(actor, dossier) ? refuse('dossiers.errors.officialsOnly') : read;
  const may = (['officer', 'head'] as const).some((role) => hasRole(actor, role, dossier.authorityId));
  return may ? allow : refuse('dossiers.errors.roleMissing');
}

/** Decides on it: a leader of the authority who did not propose it. */
export function canDecideExtension(actor: Actor, dossier: DossierFacts, proposedBy: string | undefined): Verdict {
  return notOwnDraft(
    canTakeStep(actor, dossier, 'leader', null),
    actor,
    proposedBy,
    null,
    'deadlines.errors.ownProposal',
  );
}

/** Gives somebody else's or an unclaimed task to a colleague: heads of the authority. */
export const canReassign = (actor: Actor, dossier: DossierFacts): Verdict => canTakeStep(actor, dossier, 'head', null);

/** Takes back a move: only who made it. Whether it still can be is the command's to say. */
export function canRecall(actor: Actor, dossier: DossierFacts, madeBy: string | null | undefined): Verdict {
  const read = canReadInternal(actor, dossier);
  if (!read.allowed || madeBy === undefined) return read;
  return actor.kind === 'person' && actor.userId === madeBy ? allow : refuse('deadlines.errors.notYourMove');
}

/** Officials let colleagues of the same authority stand in for them. */
export function canDelegate(actor: Actor, organisationId: string): Verdict {
  if (actor.kind !== 'person') return signInFirst;
  return worksFor(actor, organisationId) ? allow : hide;
}

/** Only who gave it takes it back; who was given it may see it; to others it does not exist. */
export function canEndDelegation(actor: Actor, delegation: { fromUserId: string; toUserId: string }): Verdict {
  if (actor.kind !== 'person') return signInFirst;
  if (actor.userId === delegation.fromUserId) return allow;
  return actor.userId === delegation.toUserId ? refuse('deadlines.errors.delegationOfAnother') : hide;
}

/** The log of all dossiers (form 06): whoever keeps it at the counter, and heads and leaders. */
export function canReadTrackingLog(actor: Actor, organisationId: string): Verdict {
  if (actor.kind !== 'person') return signInFirst;
  if (!worksFor(actor, organisationId)) return hide;
  const may = (['one-stop', 'head', 'leader'] as const).some((role) => hasRole(actor, role, organisationId));
  return may ? allow : refuse('dossiers.errors.roleMissing');
}

/** Lists of one's own: for everybody who is signed in. */
export const canListOwn = (actor: Actor): Verdict => (actor.kind === 'person' ? allow : signInFirst);

/** The officials' lists; which rows they hold is the lists' own condition. */
export const canUseOffice = (actor: Actor): Verdict =>
  actor.kind !== 'person' ? signInFirst : actor.official ? allow : refuse('dossiers.errors.officialsOnly');
