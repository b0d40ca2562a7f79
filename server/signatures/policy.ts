import {
  type Actor,
  allow,
  hasRole,
  hide,
  personId,
  refuse,
  signInFirst,
  type Verdict,
  worksOnDossiersOf,
} from '#server/platform/actor.ts';
import type { DocumentState } from './rules.ts';

interface DocumentRef {
  organisationId: string;
  draftedBy: string | null;
}

interface KeyRef {
  userId: string | null;
  organisationId: string | null;
}

/** A person's key is theirs; a seal is its organisation's clerks'. To everybody else it does not exist. */
export function canUseKey(actor: Actor, key: KeyRef): Verdict {
  if (actor.kind === 'anonymous') return signInFirst;
  const own = key.userId !== null && key.userId === personId(actor);
  return own || (key.organisationId !== null && hasRole(actor, 'clerk', key.organisationId)) ? allow : hide;
}

export const canListKeys = (actor: Actor): Verdict => {
  if (actor.kind === 'anonymous') return signInFirst;
  return actor.kind === 'person' && actor.official ? allow : hide;
};

/** An administrator of the authority whose seal it is, or for which its holder works; never for a key of one's own. */
export function canReleaseKey(actor: Actor, key: KeyRef & { authorities: readonly string[] }): Verdict {
  if (actor.kind === 'anonymous') return signInFirst;
  if (!key.authorities.some((id) => hasRole(actor, 'admin', id))) return hide;
  return key.userId !== null && key.userId === personId(actor) ? refuse('signatures.errors.ownKey') : allow;
}

/** Officials who work on the dossiers of the organisation see its documents in the making; to everybody else they do not exist. */
export function canReadDocument(actor: Actor, document: DocumentRef): Verdict {
  if (actor.kind === 'system') return allow;
  if (actor.kind === 'anonymous') return signInFirst;
  return worksOnDossiersOf(actor, document.organisationId) ? allow : hide;
}

/** Whoever drafts has a role in the organisation; the drafter is remembered, because they may not approve. */
export function canPrepare(actor: Actor, organisationId: string): Verdict {
  if (actor.kind === 'system') return allow;
  if (actor.kind === 'anonymous') return signInFirst;
  return worksOnDossiersOf(actor, organisationId) ? allow : refuse('signatures.errors.notYourStep');
}

const asRole = (actor: Actor, document: DocumentRef, role: 'head' | 'leader' | 'clerk'): Verdict => {
  const readable = canReadDocument(actor, document);
  if (!readable.allowed) return readable;
  // a signature is a person's: not even the system signs
  return hasRole(actor, role, document.organisationId) ? allow : refuse('signatures.errors.notYourStep');
};

const notByDrafter = (verdict: Verdict, actor: Actor, document: DocumentRef): Verdict =>
  verdict.allowed && document.draftedBy !== null && personId(actor) === document.draftedBy
    ? refuse('signatures.errors.ownDraft')
    : verdict;

/** The unit head initials; never the own draft. */
export const canInitial = (actor: Actor, document: DocumentRef): Verdict =>
  notByDrafter(asRole(actor, document, 'head'), actor, document);

/** The leader signs; never the own draft. */
export const canSign = (actor: Actor, document: DocumentRef): Verdict =>
  notByDrafter(asRole(actor, document, 'leader'), actor, document);

/** The clerk gives the number and sets the seal. */
export const canIssue = (actor: Actor, document: DocumentRef): Verdict => asRole(actor, document, 'clerk');

/** Head and leader may give a draft back; once it is signed, the clerk who finds that it may not be sealed. */
export function canReturn(actor: Actor, document: DocumentRef & { state: DocumentState }): Verdict {
  if (document.state === 'signed') return asRole(actor, document, 'clerk');
  const head = asRole(actor, document, 'head');
  return head.allowed ? head : asRole(actor, document, 'leader');
}

/** A draft is taken back by who drafted it, by head, leader or clerk, or by the process. */
export function canCancel(actor: Actor, document: DocumentRef): Verdict {
  if (actor.kind === 'system') return allow;
  const readable = canReadDocument(actor, document);
  if (!readable.allowed) return readable;
  const competent = (['officer', 'head', 'leader', 'clerk'] as const).some((role) =>
    hasRole(actor, role, document.organisationId),
  );
  return competent ? allow : refuse('signatures.errors.notYourStep');
}

/** Suspending, revoking or superseding an issued document is the leader's or the registrar's decision, or follows from one. */
export function canChangeStatus(actor: Actor, document: DocumentRef): Verdict {
  if (actor.kind === 'system') return allow;
  const readable = canReadDocument(actor, document);
  if (!readable.allowed) return readable;
  const competent = (['leader', 'registrar'] as const).some((role) => hasRole(actor, role, document.organisationId));
  return competent ? allow : refuse('signatures.errors.notYourStep');
}
