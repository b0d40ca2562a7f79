import { expect, test } from 'vitest';
import { faultsOf } from './check-files.ts';

const reasons = (file: string, text: string) => faultsOf(file, text).map((fault) => fault.text);

test('a short file with plain habits has no fault', () => {
  expect(faultsOf('server/dossiers/rules.ts', 'export const a = 1;\n')).toEqual([]);
});

test('a source file ends at 400 lines and a test at 500', () => {
  expect(reasons('a/rules.ts', 'x\n'.repeat(401))).toHaveLength(1);
  expect(reasons('a/rules.ts', 'x\n'.repeat(400))).toEqual([]);
  expect(reasons('a/rules.test.ts', 'x\n'.repeat(500))).toEqual([]);
  expect(reasons('a/rules.test.ts', 'x\n'.repeat(501))).toHaveLength(1);
});

test.each(['a/dateUtils.ts', 'a/date-utils.ts', 'a/helpers.ts', 'a/misc.ts', 'a/job-handler.ts'])(
  '%s is refused by its name',
  (file) => {
    expect(reasons(file, '')).not.toEqual([]);
  },
);

test.each(['workflows/pharmacy/process.test.ts', 'app/not-found.tsx', 'app/[locale]/page.tsx'])(
  '%s keeps its name',
  (file) => {
    expect(reasons(file, '')).toEqual([]);
  },
);

test.each([
  '// TODO later',
  'it.only("x")',
  'const a = b as any;',
  '// @ts-ignore',
  'page.waitForTimeout(5)',
  'open("/root/x")',
])('%s is a fault of its line', (line) => {
  expect(faultsOf('a/b.ts', `ok\n${line}\n`)).toMatchObject([{ line: 2 }]);
});
