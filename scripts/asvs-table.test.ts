import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const root = new URL('../', import.meta.url);
const text = readFileSync(new URL('docs/security/asvs-5.md', root), 'utf8');

interface Row {
  section: string;
  howFar: string;
  answer: string;
  tests: string[];
}

const rows = text
  .split('\n')
  .filter((line) => /^\| V\d/.test(line))
  .map((line): Row => {
    const [section = '', howFar = '', answer = '', tests = ''] = line.slice(2, -2).split(' | ');
    return { section, howFar, answer, tests: [...tests.matchAll(/`([^`]+)`/g)].map(([, path]) => path!) };
  });

/** Sections of the standard, by chapter; the last is of one row. */
const sections = [5, 4, 7, 4, 4, 8, 6, 4, 2, 7, 7, 3, 4, 3, 4, 5];

describe('the table of ASVS 5.0', () => {
  test('has a row for each section of each chapter, once and in order', () => {
    const expected = sections.flatMap((count, chapter) =>
      Array.from({ length: count }, (_, index) => `V${chapter + 1}.${index + 1}`),
    );
    expect(rows.map((row) => row.section.split(' ')[0])).toEqual([...expected, 'V17']);
  });

  test.each(rows)(
    '$section says how far it is covered, by what, and which tests prove it',
    ({ howFar, answer, tests }) => {
      expect(['covered', 'partly', 'not covered', 'does not apply']).toContain(howFar);
      expect(answer.length).toBeGreaterThan(10);
      if (howFar === 'covered' || howFar === 'partly') expect(tests).not.toEqual([]);
      if (howFar === 'not covered') expect(tests).toEqual([]);
    },
  );

  test.each([...new Set(rows.flatMap((row) => row.tests))])('names a test that exists: %s', (path) => {
    expect(path).toMatch(/\.(test|spec)\.tsx?$/);
    expect(existsSync(new URL(path, root))).toBe(true);
  });

  test.each([...text.matchAll(/`((?:docs|server)\/[^`]+\.md)`/g)].map(([, path]) => path!))(
    'names a document that exists: %s',
    (path) => expect(existsSync(new URL(path, root))).toBe(true),
  );
});
