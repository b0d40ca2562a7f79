import type { ImportState } from '#db/enums/import-states.ts';
import type { Role } from '#db/enums/roles.ts';

/** The roles that work on registers: their desk is in the officials' frame. */
export const keeperRoles: readonly Role[] = ['officer', 'inspector', 'registrar', 'head', 'leader'];

/** What two times need of a version. Days are `yyyy-mm-dd`; `validTo` is the first day for which it says nothing. */
export interface Spoken {
  /** grows with every row that is recorded */
  id: number;
  validFrom: string;
  validTo: string | null;
  recordedAt: Date;
}

const speaksOf = ({ validFrom, validTo }: Spoken, day: string): boolean =>
  validFrom <= day && (validTo === null || day < validTo);

/** What holds on a day by what was known at an instant: the version recorded last of those that speak of the day. */
export function versionOn<V extends Spoken>(versions: readonly V[], day: string, known?: Date): V | null {
  let last: V | null = null;
  for (const version of versions)
    if (speaksOf(version, day) && (!known || version.recordedAt <= known) && (!last || version.id > last.id))
      last = version;
  return last;
}

/** The first day after `day` from which another version was already said to hold; null: none. A change may end there. */
export const nextChange = (versions: readonly Spoken[], day: string): string | null =>
  versions
    .map(({ validFrom }) => validFrom)
    .filter((from) => from > day)
    .sort()[0] ?? null;

/** The spans of days in the world as they are believed now, in order; each with the version that holds. */
export function timeline<V extends Spoken>(versions: readonly V[]): { from: string; to: string | null; version: V }[] {
  const days = [
    ...new Set(versions.flatMap(({ validFrom, validTo }) => (validTo ? [validFrom, validTo] : [validFrom]))),
  ].sort();
  const spans = days.flatMap((from, index) => {
    const version = versionOn(versions, from);
    return version ? [{ from, to: days[index + 1] ?? null, version }] : [];
  });
  return spans.reduce<typeof spans>((joined, span) => {
    const before = joined.at(-1);
    if (before && before.version.id === span.version.id && before.to === span.from) before.to = span.to;
    else joined.push({ ...span });
    return joined;
  }, []);
}

export type Content = Record<string, unknown>;

/** Objects say the same whatever the order of their keys; nothing, null and an empty list or text are one. */
function stable(value: unknown): unknown {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
    return null;
  if (Array.isArray(value)) return value.map(stable);
  if (typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, stable(inner)] as const);
  return Object.fromEntries(entries.filter(([, inner]) => inner !== null).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Names of the fields in which two contents differ. */
export function changedFields(before: Content | null, after: Content): string[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after)]);
  return [...names].filter((name) => JSON.stringify(stable(before?.[name])) !== JSON.stringify(stable(after[name])));
}

export const changeKinds = ['add', 'change', 'correct', 'close', 'reopen', 'merge'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** How a version says what led to it. */
export const actionOf: Record<ChangeKind, string> = {
  add: 'registered',
  change: 'changed',
  correct: 'corrected',
  close: 'closed',
  reopen: 'reopened',
  merge: 'merged',
};

/** `YC-2026-000001`: what people read of a request or suggestion. */
export const numberOf = (letters: 'YC' | 'GY', year: string, count: number): string =>
  `${letters}-${year}-${String(count).padStart(6, '0')}`;

const dayFields = ['issuedOn', 'validTo', 'withdrawnOn', 'withdrawalDecision'] as const;

/**
 * What cannot be of the days of an admission to the market: given after today, at its end or withdrawn before it was given, withdrawn
 * without a decision. What an entry said `before` already keeps nobody from changing the rest of it.
 */
export function admissionFaults(
  content: Content,
  before: Content | null,
  today: string,
): { path: string; reason: string }[] {
  if (before && dayFields.every((name) => (content[name] ?? null) === (before[name] ?? null))) return [];
  const [issuedOn, validTo, withdrawnOn] = dayFields.map(
    (name) => (content[name] as string | null | undefined) ?? null,
  );
  const earlier = (day: string | null | undefined) => day != null && issuedOn != null && day < issuedOn;
  return [
    ...(issuedOn != null && issuedOn > today ? [{ path: 'issuedOn', reason: 'registers.errors.issuedLater' }] : []),
    ...(earlier(validTo) ? [{ path: 'validTo', reason: 'registers.errors.beforeIssued' }] : []),
    ...(earlier(withdrawnOn) ? [{ path: 'withdrawnOn', reason: 'registers.errors.beforeIssued' }] : []),
    ...(withdrawnOn && !content.withdrawalDecision
      ? [{ path: 'withdrawalDecision', reason: 'registers.errors.withdrawalDecision' }]
      : []),
  ];
}

/** A key of an entry as it is compared: kind, then letters and digits alone. */
export const keyOf = (kind: string, value: string): string =>
  `${kind}:${value
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')}`;

export type { ImportState };

/** States in which the columns may be named anew, and in which the sheet may be put away. */
export const mappable: readonly ImportState[] = ['uploaded', 'previewed', 'failed'];
export const discardable: readonly ImportState[] = ['uploaded', 'reading', 'previewed', 'proposed', 'failed'];
/** A job works on it: its page looks again by itself. */
export const working: readonly ImportState[] = ['reading', 'writing', 'undoing'];

/** Why two entries look alike, and how much that weighs: from 0 to 1. */
export const alikeWeights = {
  sameNumber: 0.95,
  sameNameNear: 0.9,
  sameNameAddress: 0.85,
  sameNameWard: 0.75,
  sameNameMaker: 0.7,
} as const;
export type AlikeReason = keyof typeof alikeWeights;

/** How alike two entries are by all that speaks for it: each further reason closes a part of what is left to 1. */
export const likenessOf = (reasons: readonly string[]): number =>
  1 - reasons.reduce((doubt, reason) => doubt * (1 - (alikeWeights[reason as AlikeReason] ?? 0)), 1);

/** Rows of a sheet that would change the register, by its counts. */
export const willChange = (counts: Readonly<Record<string, number>>): number =>
  (counts.new ?? 0) + (counts.changed ?? 0) + (counts.decided ?? 0);
