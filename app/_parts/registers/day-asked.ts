/** A day as an address carries it: `dd/mm/yyyy` or `yyyy-mm-dd`; what is neither is said to be wrong and not asked for. */
export function dayAsked(value: string | string[] | undefined): { text: string; day?: string; wrong?: true } {
  const text = typeof value === 'string' ? value.trim() : '';
  if (text === '') return { text };
  const [, day, month, year] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text) ?? [];
  const iso = year ? `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}` : text;
  const real = /^\d{4}-\d\d-\d\d$/.test(iso) && new Date(`${iso}T00:00:00Z`).toJSON()?.startsWith(iso);
  // the field shows it as its example does, however a link wrote it
  return real ? { text: iso.split('-').reverse().join('/'), day: iso } : { text, wrong: true };
}
