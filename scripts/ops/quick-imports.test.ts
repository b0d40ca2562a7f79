import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import { expect, test } from 'vitest';

const source = readFileSync('scripts/ops/quick-imports.ts', 'utf8');

test('the names it answers itself are those of package.json', () => {
  const { imports } = JSON.parse(readFileSync('package.json', 'utf8')) as { imports: Record<string, string> };
  const known = /\^#\(([^)]*)\)/.exec(source)?.[1]?.split('|').sort();
  expect(known).toEqual(
    Object.keys(imports)
      .map((name) => name.slice(1, -2))
      .sort(),
  );
  for (const [name, folder] of Object.entries(imports)) expect(`#${folder.slice(2)}`).toBe(name);
});

test('the package whose files it takes for ES modules has nothing else', async () => {
  const { type } = JSON.parse(readFileSync('node_modules/drizzle-orm/package.json', 'utf8')) as { type: string };
  expect(type).toBe('module');
  const descriptions: string[] = [];
  for await (const path of glob('node_modules/drizzle-orm/**/package.json')) descriptions.push(path);
  expect(descriptions).toEqual(['node_modules/drizzle-orm/package.json']);
});

test('Node has the hooks it stands on', () => {
  expect(registerHooks).toBeTypeOf('function');
});
