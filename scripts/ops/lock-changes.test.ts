import { expect, test } from 'vitest';
import { lockChanges } from './lock-changes.ts';

test('says what came, what went and what is another version, and nothing of the rest', () => {
  const before = {
    '': { version: '1.0.0' },
    'node_modules/gone': { version: '2.0.0', license: 'MIT' },
    'node_modules/same': { version: '1.2.3' },
    'node_modules/zod': { version: '4.0.0' },
  };
  const after = {
    '': { version: '1.1.0' },
    'node_modules/same': { version: '1.2.3' },
    'node_modules/same/node_modules/inner': { version: '0.1.0' },
    'node_modules/vitest': { version: '5.0.0', license: 'MIT', dev: true },
    'node_modules/zod': { version: '4.1.0' },
  };
  expect(lockChanges(before, after)).toEqual([
    '- gone 2.0.0',
    '+ same › inner 0.1.0 (no licence named)',
    '+ vitest 5.0.0 (MIT, for developers)',
    '  zod 4.0.0 → 4.1.0',
  ]);
  expect(lockChanges(after, after)).toEqual([]);
});
