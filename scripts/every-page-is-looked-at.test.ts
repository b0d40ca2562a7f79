import { expect, test } from 'vitest';
import { pages } from '../e2e/pages/list.ts';
import { routes } from '../e2e/pages/routes.ts';

test('every page of app/ is in the list of pages that are looked at in their states', () => {
  const found = routes();
  expect(found).toContain('/my/dossiers/[id]');
  expect(found.filter((route) => Object.keys(pages[route] ?? {}).length === 0)).toEqual([]);
});
