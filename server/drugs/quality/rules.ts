/** One test of a sample, as its certificate says. */
export interface ReadLine {
  name: string;
  requirement?: string;
  result?: string;
  passed: boolean;
}

const passes = new Set(['đạt', 'dat', 'pass', 'passed', 'x']);
const fails = new Set(['không đạt', 'khong dat', 'fail', 'failed', 'không', '0']);

/**
 * The tests of a certificate, one a line, parts between bars: `Định lượng | 95–105 % | 91,2 % | không đạt`. The last part says
 * whether it passed; requirement and result may be left out.
 * @returns null when a line says no outcome or has too many parts
 */
export function readLines(text: string): ReadLine[] | null {
  const rows = text.split(/\r?\n/).filter((row) => row.trim() !== '');
  const lines: ReadLine[] = [];
  for (const row of rows) {
    const parts = row.split('|').map((part) => part.normalize('NFC').replace(/\s+/g, ' ').trim());
    const outcome = (parts.length > 1 ? parts.pop()! : '').toLowerCase();
    const [name = '', requirement = '', result = '', ...rest] = parts;
    if (name === '' || rest.length > 0 || (!passes.has(outcome) && !fails.has(outcome))) return null;
    lines.push({
      name,
      ...(requirement ? { requirement } : {}),
      ...(result ? { result } : {}),
      passed: passes.has(outcome),
    });
  }
  return lines;
}

/** The same as text, for a form that corrects. */
export const writeLines = (lines: readonly ReadLine[]): string =>
  lines
    .map(({ name, requirement, result, passed }) =>
      [
        name,
        ...(requirement || result ? [requirement ?? ''] : []),
        ...(result ? [result] : []),
        passed ? 'đạt' : 'không đạt',
      ].join(' | '),
    )
    .join('\n');

/** A sample passes when each of its tests did. */
export const passesAll = (lines: readonly { passed: boolean }[]): boolean => lines.every(({ passed }) => passed);
