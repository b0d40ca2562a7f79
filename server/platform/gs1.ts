/** A GTIN as 14 digits; null when its length or check digit is wrong (GS1 General Specifications, modulo 10). */
export function gtin14(text: string): string | null {
  const digits = text.normalize('NFKC').replace(/[\s-]/g, '');
  if (!/^(\d{8}|\d{12}|\d{13}|\d{14})$/.test(digits)) return null;
  const full = digits.padStart(14, '0');
  const sum = [...full.slice(0, 13)].reduce((all, digit, index) => all + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10 === Number(full[13]) ? full : null;
}
