import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findings, outdated, repeatable } from './check-migrations.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mot-cua-squawk-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function found(text: string, kind: 'together' | 'alone'): string {
  const file = join(folder, 'm.sql');
  writeFileSync(file, text);
  return findings(file, kind);
}

test.each([
  ['an index that locks out writers', 'create index a_b_idx on a (b);', 'require-concurrent-index-creation'],
  [
    'a reference checked under a lock',
    'alter table a add constraint a_b_fk foreign key (b) references c (id);',
    'not-valid',
  ],
  ['a column that must have a value', 'alter table a add column b int not null;', 'adding-required-field'],
  ['a new name the version before does not know', 'alter table a rename column b to c;', 'renaming-column'],
  ['a type that rewrites the table', 'alter table a alter column b type bigint;', 'changing-column-type'],
])('%s is found', (_what, text, rule) => {
  expect(found(text, 'together')).toContain(rule);
});

test.each([
  ['a table with its index', 'create table a (b bigint);\ncreate index a_b_idx on a (b);', 'together'],
  ['a column with a default', 'alter table a add column b bigint default 0 not null;', 'together'],
  ['an index made beside the writers', 'create index concurrently if not exists a_b_idx on a (b);', 'alone'],
  [
    'a reference checked later',
    'alter table a add constraint a_b_fk foreign key (b) references c (id) not valid;',
    'together',
  ],
] as const)('%s passes', (_what, text, kind) => {
  expect(found(text, kind)).toBe('');
});

test('a file that runs alone or in batches has only statements that can be begun again', () => {
  const migration = (kind: 'alone' | 'batches', ...statements: string[]) =>
    repeatable({ name: 'm', kind, statements, hash: '', createdAt: 0 });
  expect(migration('alone', '-- runs alone\ncreate index concurrently if not exists i on t (a)')).toBe(true);
  expect(migration('alone', '-- runs alone\ncreate index concurrently i on t (a)')).toBe(false);
  expect(migration('alone', 'alter table t add column a int')).toBe(false);
  expect(migration('batches', 'update t set a = 1 where id in (select id from t where a is null limit 500)')).toBe(
    true,
  );
  expect(migration('batches', 'update t set a = 1')).toBe(false);
});

test('of the snapshots all but the newest are outdated', () => {
  expect(outdated(['_journal.json', '0012_snapshot.json', '0011_snapshot.json', '0009_snapshot.json'])).toEqual([
    '0009_snapshot.json',
    '0011_snapshot.json',
  ]);
  expect(outdated(['_journal.json', '0012_snapshot.json'])).toEqual([]);
});
