import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Tree = string | Tree[] | { [key: string]: Tree };

function leaves(tree: Tree, path = ''): Map<string, string> {
  if (typeof tree === 'string') return new Map([[path, tree]]);
  const entries: [string, Tree][] = Array.isArray(tree)
    ? tree.map((item, index) => [String(index), item])
    : Object.entries(tree);
  return new Map(entries.flatMap(([key, item]) => [...leaves(item, path ? `${path}.${key}` : key)]));
}

const read = (locale: string, file: string) =>
  leaves(JSON.parse(readFileSync(`messages/${locale}/${file}`, 'utf8')) as Tree);
/** Names of the values in an ICU text, without the words of a plural's branches; `labelVi` and `labelEn` are twins. */
const places = (text: string) => {
  const names = [...text.matchAll(/(?<!(?:one|other|zero|=\d+)\s*)\{(\w+)[,}]/g)].map((match) => match[1]!);
  return [...new Set(names.map((name) => name.replace(/(vi|en)$/i, '')))].sort();
};
const files = readdirSync('messages/vi').filter((file) => file.endsWith('.json'));

test('both languages have the same files', () => {
  expect(readdirSync('messages/en').filter((file) => file.endsWith('.json'))).toEqual(files);
});

test.each(files)('%s says the same things in both languages, with the same values, and nothing is empty', (file) => {
  const [vi, en] = [read('vi', file), read('en', file)];
  expect([...en.keys()].sort()).toEqual([...vi.keys()].sort());
  for (const [key, text] of vi) {
    expect(text.trim(), key).not.toBe('');
    expect(en.get(key)!.trim(), key).not.toBe('');
    expect(places(en.get(key)!), key).toEqual(places(text));
  }
});

test('Vietnamese is written in NFC', () => {
  for (const file of files)
    for (const [key, text] of read('vi', file)) expect(text, `${file} ${key}`).toBe(text.normalize('NFC'));
});
