import type { Answers, RequestItem } from '#db/schema/dossiers.ts';

export { messageForm, messageLimits } from './message-rules.ts';

/** The ten states of the national portal (Circular 01/2023/TT-VPCP); 0 is a draft that nobody but the applicant sees. */
export const dossierStates = {
  0: 'draft',
  1: 'filed',
  2: 'received',
  3: 'refusedAtReceipt',
  4: 'inProcessing',
  5: 'awaitingSupplement',
  6: 'awaitingPayment',
  7: 'withdrawn',
  8: 'stopped',
  9: 'processed',
  10: 'returned',
} as const;
export type DossierState = keyof typeof dossierStates;
export type DossierStateName = (typeof dossierStates)[DossierState];

/** Where each state may lead. The process decides which of these happens; nothing else does. */
const transitions: Record<DossierState, readonly DossierState[]> = {
  0: [1],
  1: [2, 3, 4, 6, 7],
  2: [4, 5, 6, 7, 8, 9],
  3: [],
  4: [5, 6, 7, 8, 9, 10],
  5: [4, 7, 8],
  6: [2, 4, 7, 8],
  7: [],
  8: [],
  9: [10],
  10: [],
};

export const canBecome = (from: DossierState, to: DossierState): boolean =>
  from === to || transitions[from].includes(to);

/** States in which nothing more happens to a dossier. */
export const finalStates: readonly DossierState[] = [3, 7, 8, 10];

/** Whether a dossier ended without a decision: refused at receipt, withdrawn or stopped. */
export const endedEarly = (state: number): boolean => [3, 7, 8].includes(state);

export const isState = (value: number): value is DossierState => value in dossierStates;

/**
 * Dossier code `<agency>-<yymmdd>-<four digits>` (Circular 01/2018/TT-VPCP, article 19). `localDate` is the filing day
 * in Vietnam as `yyyy-mm-dd`; the sequence is that of the agency and day.
 */
export function dossierCode(agencyCode: string, localDate: string, sequence: number): string {
  return `${agencyCode}-${localDate.slice(2).replaceAll('-', '')}-${String(sequence).padStart(4, '0')}`;
}

/** The parts of a code: agency by level, day, sequence of that day. */
const codeParts = /^([A-Z\d]{3})([A-Z\d]{2})([A-Z\d]{2})([A-Z]\d{2})(\d{6})(\d{4,})$/;

/** A code as people type it: in lower case, with other dashes, with spaces or nothing where dots and dashes belong. */
export function normaliseCode(text: string): string {
  const typed = text
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/[‐-―−]/g, '-')
    .toUpperCase();
  const parts = codeParts.exec(typed.replace(/[.\-_/]/g, ''));
  if (!parts) return typed;
  const [, ministry, office, unit, province, day, sequence] = parts;
  return `${ministry}.${office}.${unit}.${province}-${day}-${sequence}`;
}

/** A tracking secret as people type it. */
export const normaliseSecret = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s-]+/g, '')
    .toUpperCase();

/**
 * The items of a request that have not been dealt with: a field needs a new answer, a paper a new file, a finding a reply.
 * `draft` holds the new answers by field path.
 */
export function openItems(
  items: readonly RequestItem[],
  done: { draft: Answers; replies: Record<string, string>; papers: ReadonlySet<string> },
): RequestItem[] {
  return items.filter((item) => {
    if (item.kind === 'field') return !(item.target in done.draft);
    if (item.kind === 'paper') return !done.papers.has(item.target);
    return !done.replies[item.target]?.trim();
  });
}

/** What is asked, without its words: the same item asked again is the same. */
export type ItemRef = Pick<RequestItem, 'kind' | 'target'>;
export const sameItem = (a: ItemRef, b: ItemRef): boolean => a.kind === b.kind && a.target === b.target;

/**
 * Where each item of earlier supplements stands. `accepted`: an assessment after its answer did not ask for it again;
 * it is closed for good. `toReview`: answered, and no assessment has followed yet.
 */
export function itemsSoFar(
  supplements: readonly { items: readonly ItemRef[]; answeredAt: Date | null }[],
  assessments: readonly { acceptedItems: readonly ItemRef[]; recalledAt: Date | null }[],
): { accepted: ItemRef[]; toReview: ItemRef[] } {
  const accepted = assessments.filter((each) => each.recalledAt === null).flatMap((each) => each.acceptedItems);
  const answered = supplements.filter((each) => each.answeredAt !== null).flatMap((each) => each.items);
  const toReview: ItemRef[] = [];
  for (const { kind, target } of answered) {
    const item = { kind, target };
    if (![...accepted, ...toReview].some((each) => sameItem(each, item))) toReview.push(item);
  }
  return { accepted: [...accepted], toReview };
}

/** States in which the applicant may take the dossier back: until the authority has given its result a number. */
export const withdrawableStates: readonly DossierState[] = [1, 2, 4, 5, 6];

/** What closes a refusal at receipt: one of these, and words of one's own. */
export const refusalReasons = [
  'not-competent',
  'not-eligible',
  'papers-missing',
  'papers-invalid',
  'duplicate',
  'other',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** Colour and word of a deadline, from the working days left. */
export type Urgency = 'late' | 'soon' | 'inTime' | 'stopped' | 'none';
export function urgencyOf(remainingDays: number | null, stopped: boolean): Urgency {
  if (stopped) return 'stopped';
  if (remainingDays === null) return 'none';
  if (remainingDays < 0) return 'late';
  return remainingDays <= 1 ? 'soon' : 'inTime';
}
