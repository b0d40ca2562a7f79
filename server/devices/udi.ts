import { gtin14 } from '#server/platform/gs1.ts';

/** What the code on a device says (GS1 General Specifications): which model, and which piece of it. */
export interface Udi {
  /** the code as it was scanned or typed, whole */
  text: string;
  /** UDI-DI as 14 digits */
  di: string;
  madeOn: string | null;
  expiresOn: string | null;
  lot: string | null;
  serial: string | null;
}

export type UdiFault = 'unreadable' | 'checkDigit' | 'date' | 'long';
export type ReadUdi = { udi: Udi; fault: null } | { udi: null; fault: UdiFault };

/** Longer than any label; a shorter column once cut codes off. */
export const udiLength = 250;

/** Identifiers of fixed length; all others end at FNC1 or with the text. */
const fixed: Record<string, number> = { '00': 18, '01': 14, '02': 14, '11': 6, '13': 6, '15': 6, '16': 6, '17': 6 };
const separator = '\u001d';

/**
 * Reads a UDI as printed, `(01)…(17)…(10)…(21)…`, or as a scanner sends it: identifiers without brackets, FNC1 (group
 * separator) behind what has no fixed length, before it perhaps the scanner's own sign.
 */
export function readUdi(text: string, today: string): ReadUdi {
  const given = text.normalize('NFKC').trim();
  if (given.length > udiLength) return { udi: null, fault: 'long' };
  const parts = given.startsWith('(') ? printed(given) : scanned(given);
  const code = parts?.get('01');
  if (!parts || code === undefined) return { udi: null, fault: 'unreadable' };
  const di = gtin14(code);
  if (di === null) return { udi: null, fault: 'checkDigit' };
  const [madeOn, expiresOn] = [dayOf(parts.get('11'), today), dayOf(parts.get('17'), today)];
  if (madeOn === undefined || expiresOn === undefined) return { udi: null, fault: 'date' };
  const udi = {
    text: text.trim(),
    di,
    madeOn,
    expiresOn,
    lot: parts.get('10') ?? null,
    serial: parts.get('21') ?? null,
  };
  return { udi, fault: null };
}

function printed(text: string): Map<string, string> | null {
  const parts = new Map<string, string>();
  for (const part of text.split(/(?=\(\d{2,4}\))/)) {
    const [, identifier, value] = /^\((\d{2,4})\)(.+)$/.exec(part.replaceAll(separator, '').trim()) ?? [];
    if (!identifier || !value || parts.has(identifier)) return null;
    if (fixed[identifier] !== undefined && !new RegExp(`^\\d{${fixed[identifier]}}$`).test(value)) return null;
    parts.set(identifier, value);
  }
  return parts;
}

function scanned(text: string): Map<string, string> | null {
  const parts = new Map<string, string>();
  // what some scanners show instead of the separator they cannot
  let rest = text.replace(/^\](C1|d2|Q3|e0|J1)/, '').replace(/<GS>|\{GS\}|␝/gi, separator);
  rest = withoutSeparators(rest);
  while (rest !== '') {
    const identifier = identifierOf(rest);
    if (identifier === null || parts.has(identifier)) return null;
    const value = rest.slice(identifier.length);
    const length = fixed[identifier];
    const end = length ?? (value.includes(separator) ? value.indexOf(separator) : value.length);
    const said = value.slice(0, end);
    if (said === '' || (length !== undefined && !new RegExp(`^\\d{${length}}$`).test(said))) return null;
    parts.set(identifier, said);
    rest = withoutSeparators(value.slice(end));
  }
  return parts;
}

function withoutSeparators(text: string): string {
  let at = 0;
  while (text[at] === separator) at += 1;
  return text.slice(at);
}

/** Those a device's label has: two digits, but for 240 … 250 and the like with three. */
function identifierOf(text: string): string | null {
  const two = text.slice(0, 2);
  if (fixed[two] !== undefined || /^(10|21|20|30|37|9[0-9])$/.test(two)) return two;
  const three = text.slice(0, 3);
  return /^(24[0-3]|25[0-4]|71[0-7])$/.test(three) ? three : null;
}

/** `YYMMDD` as a day: the century nearest to now; day 00 is the month's last. undefined: no day. */
function dayOf(text: string | undefined, today: string): string | null | undefined {
  if (text === undefined) return null;
  const [yy, month, day] = [text.slice(0, 2), Number(text.slice(2, 4)), Number(text.slice(4, 6))];
  const now = Number(today.slice(0, 4));
  const away = Number(yy) - (now % 100);
  const year = now - (now % 100) + Number(yy) + (away >= 51 ? -100 : away <= -50 ? 100 : 0);
  if (month < 1 || month > 12) return undefined;
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (day > last) return undefined;
  return `${year}-${String(month).padStart(2, '0')}-${String(day || last).padStart(2, '0')}`;
}
