/** Classes of risk by Decree 98/2021; there are no others. */
export const deviceClasses = ['A', 'B', 'C', 'D'] as const;
export type DeviceClass = (typeof deviceClasses)[number];

/** Whether a device model may be put on the market on a day. */
export const deviceStatuses = ['inForce', 'suspended', 'expired', 'withdrawn'] as const;
export type DeviceStatus = (typeof deviceStatuses)[number];

/** The days of a licence, `yyyy-mm-dd`; null: there is no such day. */
export interface LicenceDays {
  validTo: string | null;
  suspendedFrom: string | null;
  suspendedTo: string | null;
  withdrawnOn: string | null;
}

/** Derived from dates alone: what is withdrawn stays so, what has expired cannot be suspended. */
export function deviceStatus(days: LicenceDays, today: string): DeviceStatus {
  const { validTo, suspendedFrom, suspendedTo, withdrawnOn } = days;
  if (withdrawnOn !== null && withdrawnOn <= today) return 'withdrawn';
  if (validTo !== null && validTo < today) return 'expired';
  const suspended = suspendedFrom !== null && suspendedFrom <= today && (suspendedTo === null || suspendedTo >= today);
  return suspended ? 'suspended' : 'inForce';
}

/** Classes A and B declare the standard they meet; C and D get a number of circulation. */
export const declares = (deviceClass: string): boolean => deviceClass === 'A' || deviceClass === 'B';

/** What a number of a class has to hold; the rest is the office's own counting. */
const numberForms: Record<DeviceClass, RegExp> = {
  A: /\d.*\/PCBA-/,
  B: /\d.*\/PCBB-/,
  C: /\d.*\/BYT-/,
  D: /\d.*\/BYT-/,
};

interface Numbers {
  deviceClass: DeviceClass;
  declarationNumber?: string | null | undefined;
  circulationNumber?: string | null | undefined;
}

/** What is wrong with the numbers of a device: the field, and the end of a message key. */
export function numberFaults(numbers: Numbers): { path: string; fault: 'missing' | 'other' | 'form' }[] {
  const { deviceClass, declarationNumber, circulationNumber } = numbers;
  const [own, other] = declares(deviceClass)
    ? (['declarationNumber', 'circulationNumber'] as const)
    : (['circulationNumber', 'declarationNumber'] as const);
  const said = { declarationNumber, circulationNumber };
  const given = said[own]?.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  return [
    ...(said[other] ? [{ path: other, fault: 'other' as const }] : []),
    ...(!given ? [{ path: own, fault: 'missing' as const }] : []),
    ...(given && !numberForms[deviceClass].test(given) ? [{ path: own, fault: 'form' as const }] : []),
  ];
}

/** Lots as they are compared: capitals, no space around. */
export const lotOf = (text: string): string => text.normalize('NFKC').trim().toUpperCase();

/** The lots of a line: `A12, B7`. */
export const lotsOf = (text: string | undefined): string[] => [
  ...new Set((text ?? '').split(',').map(lotOf).filter(Boolean)),
];

export const noticeKinds = ['recall', 'correction', 'warning'] as const;
export type NoticeKind = (typeof noticeKinds)[number];
