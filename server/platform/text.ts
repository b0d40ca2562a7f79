/**
 * Text as search compares it: lower case, without accents, đ as d, one space between words.
 * One normaliser for every search, on the way in and on the way out.
 */
export function searchable(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
