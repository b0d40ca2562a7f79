/** Rows of a comma CSV with header (RFC 4180): quoted fields may hold commas, quotes and line breaks. */
export function parseCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  let field = '';
  let quoted = false;
  for (let at = text.charCodeAt(0) === 0xfeff ? 1 : 0; at < text.length; at++) {
    const letter = text[at]!;
    if (quoted) {
      if (letter !== '"') field += letter;
      else if (text[at + 1] === '"') field += text[++at];
      else quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === ',' || letter === '\n') {
      rows.at(-1)!.push(field);
      field = '';
      if (letter === '\n') rows.push([]);
    } else if (letter !== '\r') field += letter;
  }
  rows.at(-1)!.push(field);
  const [header = [], ...body] = rows.filter((row) => row.length > 1 || row[0] !== '');
  return body.map((row) => Object.fromEntries(header.map((name, column) => [name, row[column] ?? ''])));
}

/** Reads columns that every row of a file must have. @throws naming the file and the row */
export const columnsOf =
  (file: string, row: Record<string, string>) =>
  (column: string): string => {
    const value = row[column]?.normalize('NFC').trim();
    if (!value) throw new Error(`${file}: a row has no ${column}: ${JSON.stringify(row)}`);
    return value;
  };

/** A name as it begins a sentence: one file writes a kind with a small letter. */
export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
