import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pages } from '../e2e/pages/list.ts';
import { appFiles } from './ops/app-files.ts';

test('every page of app/ is in the list of pages that are looked at in their states', () => {
  const found = appFiles('page.tsx').map(({ route }) => route);
  expect(found).toContain('/my/dossiers/[id]');
  expect(found.filter((route) => Object.keys(pages[route] ?? {}).length === 0)).toEqual([]);
});

test('every page says what its window is called: one name for all of them tells nobody where they are', () => {
  const nameless = appFiles('page.tsx').filter(
    ({ file }) => !/export (async function|const) (generateMetadata|metadata)\b/.test(readFileSync(file, 'utf8')),
  );
  expect(nameless.map(({ route }) => route)).toEqual([]);
});
