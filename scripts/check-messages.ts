// Both languages say everything: same keys, same arguments, valid ICU; every reason an error names exists.

import { readFile } from 'node:fs/promises';
import { parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { main, say } from './ops/report.ts';
import { sourceFiles } from './ops/source-files.ts';

/** dotted key → text */
export type Messages = Map<string, string>;
type Part = ReturnType<typeof parse>[number];

const namedReason = /new AppError\(\s*'\w+',\s*'([\w.-]+)'|\bnotFound\(\s*'([\w.-]+)'/g;

/** The texts of one file, keyed by the file's name and the path inside it. */
export function flatten(prefix: string, value: unknown, into: Messages = new Map()): Messages {
  if (typeof value === 'string') into.set(prefix, value);
  else if (value !== null && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) flatten(`${prefix}.${key}`, inner, into);
  }
  return into;
}

/** Names of the arguments and tags of a message. @throws SyntaxError when it is no valid ICU message */
export function argumentsOf(text: string): string[] {
  const names = new Set<string>();
  const visit = (parts: Part[]): void => {
    for (const part of parts) {
      if (part.type === TYPE.literal || part.type === TYPE.pound) continue;
      names.add(part.value);
      if (part.type === TYPE.select || part.type === TYPE.plural)
        for (const option of Object.values(part.options)) visit(option.value);
      if (part.type === TYPE.tag) visit(part.children);
    }
  };
  visit(parse(text));
  return [...names].sort();
}

/** What is wrong between the Vietnamese and the English texts. */
export function compare(vi: Messages, en: Messages): string[] {
  const faults: string[] = [];
  const read = (language: string, key: string, text: string): string | undefined => {
    if (text.trim() === '') faults.push(`${language} ${key}: empty`);
    try {
      return argumentsOf(text).join(', ');
    } catch (error) {
      faults.push(`${language} ${key}: not a valid message (${(error as Error).message})`);
      return undefined;
    }
  };
  for (const [key, text] of vi) {
    const own = read('vi', key, text);
    const twin = en.get(key);
    if (twin === undefined) faults.push(`en ${key}: missing`);
    else {
      const other = read('en', key, twin);
      // a message may pick the text of its own language out of data that has both
      const eachItsOwn = own?.replace(/\b(vi|(\w+)Vi)\b/g, '$2*') === other?.replace(/\b(en|(\w+)En)\b/g, '$2*');
      if (own !== undefined && other !== undefined && own !== other && !eachItsOwn)
        faults.push(`${key}: vi uses {${own}}, en uses {${other}}`);
    }
  }
  for (const key of en.keys()) if (!vi.has(key)) faults.push(`vi ${key}: missing`);
  return faults;
}

async function load(files: string[], language: string): Promise<Messages> {
  const all: Messages = new Map();
  const pattern = new RegExp(`^messages/${language}/([\\w-]+)\\.json$`);
  for (const file of files) {
    const name = pattern.exec(file)?.[1];
    if (name) flatten(name, JSON.parse(await readFile(file, 'utf8')), all);
  }
  return all;
}

async function unknownReasons(files: string[], vi: Messages): Promise<string[]> {
  const faults: string[] = [];
  for (const file of files.filter((name) => /^(server|app|workflows)\/.*(?<!\.test)\.tsx?$/.test(name))) {
    for (const match of (await readFile(file, 'utf8')).matchAll(namedReason)) {
      const key = match[1] ?? match[2] ?? '';
      if (!vi.has(key)) faults.push(`${file}: no message ${key}`);
    }
  }
  return faults;
}

if (import.meta.main) {
  await main(async () => {
    const files = await sourceFiles();
    const vi = await load(files, 'vi');
    const faults = [...compare(vi, await load(files, 'en')), ...(await unknownReasons(files, vi))];
    for (const fault of faults) say(fault);
    say(`${vi.size} messages in two languages, ${faults.length} faults`);
    return faults.length === 0 && vi.size > 0 ? 0 : 1;
  });
}
