const OFFSET = 7 * 60 * 60 * 1000;

/** An instant as PDF writes it, in Vietnam's time: D:20261123140500+07'00' (ISO 32000-1, 7.9.4). */
export function pdfDate(at: Date): string {
  const local = new Date(at.getTime() + OFFSET).toISOString();
  return `D:${local.slice(0, 19).replace(/[-:T]/g, '')}+07'00'`;
}

/** An instant as Decree 30/2020 prints it beside a seal: 2026-11-23T14:05:00+07:00. */
export function isoLocal(at: Date): string {
  return `${new Date(at.getTime() + OFFSET).toISOString().slice(0, 19)}+07:00`;
}

/** Reads a PDF date with any offset; undefined when it is none. */
export function readPdfDate(text: string): Date | undefined {
  const found = /^D:(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:Z|([+-])(\d{2})'?(\d{2})'?)?$/.exec(text);
  if (!found) return undefined;
  const [, year, month, day, hour, minute, second, sign, hours, minutes] = found;
  const offset = sign ? `${sign}${hours}:${minutes}` : 'Z';
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
