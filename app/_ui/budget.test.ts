import { readdirSync, readFileSync, statSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

test('all styles together stay under 20 KB over the wire', () => {
  const files = readdirSync('app/_ui/styles').filter((file) => file.endsWith('.css'));
  const all = files.map((file) => readFileSync(`app/_ui/styles/${file}`)).join('\n');
  expect(gzipSync(all).length).toBeLessThan(20_000);
});

test('the typeface in both weights stays under 50 KB', () => {
  const sizes = readdirSync('app/_ui/fonts')
    .filter((file) => file.endsWith('.woff2'))
    .map((file) => statSync(`app/_ui/fonts/${file}`).size);
  expect(sizes).toHaveLength(4);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(50_000);
});

test('styles hold no address outside our own site', () => {
  for (const file of readdirSync('app/_ui/styles'))
    expect(readFileSync(`app/_ui/styles/${file}`, 'utf8')).not.toMatch(/https?:|\/\/[a-z]/i);
});
