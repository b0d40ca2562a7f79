/** Whether `year`-`month`-`day` is a day of the Gregorian calendar. */
export function isRealDate(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function isDate(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return parts !== null && isRealDate(Number(parts[1]), Number(parts[2]), Number(parts[3]));
}

/**
 * String formats of forms, on stored values (digits only; parsing removes spaces, dots and dashes before).
 * `tax-code`: 10 digits, or 13 for a dependent unit, or the 12 of a person's citizen ID which serves as tax code since 1 July 2025 (Circular 86/2024/TT-BTC).
 * `citizen-id`: 12 digits (Law on Identity 2023). `phone`: a Vietnamese number with its leading 0.
 */
export const formats: Readonly<Record<string, (text: string) => boolean>> = {
  date: isDate,
  email: (text) =>
    text.length <= 254 &&
    /^[^\s@"(),:;<>[\\\]]+@[A-Za-z0-9](?:[A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/.test(text) &&
    !text.includes('..'),
  phone: (text) => /^0\d{9,10}$/.test(text),
  'tax-code': (text) => /^(?:\d{10}|\d{12}|\d{13})$/.test(text),
  'citizen-id': (text) => /^\d{12}$/.test(text),
  'time-of-day': (text) => /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text),
};

export const knownFormats: ReadonlySet<string> = new Set(Object.keys(formats));
