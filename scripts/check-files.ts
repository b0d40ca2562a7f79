// Length, names and habits of the source files. Prints each fault with its file; exit 1 when there is one.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { main, say } from './ops/report.ts';
import { sourceFiles } from './ops/source-files.ts';

const code = /\.(ts|tsx|mjs|cjs|js|css)$/;
const test = /\.(test|spec)\.tsx?$/;
const sourceCap = 400;
const testCap = 500;
const notKebabCase = /[A-Z_ ]/;
/** Drawers say nothing about what is in them. */
const drawer = /(^|-)(utils?|helpers?|misc|manager?|handlers?)(-|\.)|^common\./;
const self = 'scripts/check-files.ts';

/** Takes the service's own checks out, to see what the database alone still protects: no front door leads there. */
const withoutChecks = 'server/trpc/matrix/without-checks.database.test.ts';

/** What the code must not contain, what to do instead, and the one file that may. */
const habits: [RegExp, string, string?][] = [
  [/\b(TODO|FIXME|XXX)\b/, 'finish it or file it'],
  [/\b(it|test|describe)\.(skip|only|todo|fixme)\b/, 'every test runs'],
  [/\bas any\b|<any>/, 'give it a type'],
  [/@ts-(ignore|nocheck|expect-error)/, 'correct the type'],
  [/waitForTimeout/, 'wait for what is expected'],
  [/\bvi\.mock\(/, 'test through the front door', withoutChecks],
  [/\bsql\.raw\(|\bsql\.identifier\((?!['"`])/, 'pass values as parameters'],
  [/['"`](\/home\/|\/Users\/|\/root\/|[A-Z]:\\)/, 'no path of one machine'],
  [/registry\.npmjs\.org|deb\.debian\.org/, 'no host of a registry'],
];

export interface Fault {
  file: string;
  line: number;
  text: string;
}

/** The faults of one file. */
export function faultsOf(file: string, text: string): Fault[] {
  const lines = text.split('\n');
  const cap = test.test(file) ? testCap : sourceCap;
  const faults: Fault[] = [];
  const add = (line: number, reason: string) => faults.push({ file, line, text: reason });
  if (lines.length - 1 > cap) add(lines.length - 1, `longer than ${cap} lines: split it by subject`);
  if (notKebabCase.test(basename(file))) add(1, 'file names are kebab-case');
  if (drawer.test(basename(file))) add(1, 'the name says nothing about the content');
  lines.forEach((content, index) => {
    for (const [pattern, remedy, allowed] of habits) {
      if (file === allowed) continue;
      const found = pattern.exec(content)?.[0];
      if (found !== undefined) add(index + 1, `"${found}": ${remedy}`);
    }
  });
  return faults;
}

if (import.meta.main) {
  await main(async () => {
    const files = (await sourceFiles()).filter(
      (file) => code.test(file) && file !== self && !file.startsWith('scripts/check-files'),
    );
    const faults = (await Promise.all(files.map(async (file) => faultsOf(file, await readFile(file, 'utf8'))))).flat();
    for (const fault of faults) say(`${fault.file}:${fault.line}  ${fault.text}`);
    say(`${files.length} files, ${faults.length} faults`);
    return faults.length === 0 ? 0 : 1;
  });
}
