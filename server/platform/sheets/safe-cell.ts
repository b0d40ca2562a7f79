/** What a spreadsheet program would take for a formula when it opens a file or a person edits the cell. */
const formula = /^[=+\-@\t\r]/;
const number = /^-?\d+([.,]\d+)?$/;

/** Whether a cell of text must be kept from being run. */
export const looksLikeFormula = (text: string): boolean => formula.test(text) && !number.test(text);

/** The same text behind an apostrophe, which programs show as text and never run; an import takes it away again. */
export const safeCell = (text: string): string => (looksLikeFormula(text) ? `'${text}` : text);
export const withoutApostrophe = (text: string): string =>
  text[0] === "'" && looksLikeFormula(text.slice(1)) ? text.slice(1) : text;
