export const recallLevels = ['1', '2', '3'] as const;
export const recallKinds = ['mandatory', 'voluntary'] as const;
export type RecallKind = (typeof recallKinds)[number];

/** Days from its decision in which a recall has to be done, by level: the gravest first (Law on Pharmacy, article 63). */
const daysOfLevel: Record<(typeof recallLevels)[number], number> = { '1': 3, '2': 15, '3': 30 };

/** The last day a recall of a level may be given until. */
export function latestDeadline(issuedOn: string, level: (typeof recallLevels)[number]): string {
  const day = Date.parse(`${issuedOn}T00:00:00Z`) + daysOfLevel[level] * 86_400_000;
  return new Date(day).toISOString().slice(0, 10);
}

/** A batch number as it is compared: letters and digits alone, in one case. */
export const batchKey = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Whether a recall is about a batch; one that names none is about all. */
export const concerns = ({ batchKeys }: { batchKeys: readonly string[] }, key: string): boolean =>
  batchKeys.length === 0 || batchKeys.includes(key);

export const recallStates = ['coming', 'running', 'ended'] as const;
export type RecallState = (typeof recallStates)[number];

/** Follows from its days alone: a recall runs from the day of its decision until it is closed. */
export function recallState(
  { issuedOn, endedOn }: { issuedOn: string; endedOn: string | null },
  today: string,
): RecallState {
  if (endedOn !== null && endedOn <= today) return 'ended';
  return issuedOn > today ? 'coming' : 'running';
}

/** Quantities say what became of a batch: nobody sets apart and sends back more than was reported. */
export const moreThanReported = (
  { quarantined, returned }: { quarantined: number; returned: number },
  reported: readonly { quantity: number }[],
): boolean => quarantined + returned > reported.reduce((sum, { quantity }) => sum + quantity, 0);
