import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { expect, test } from 'vitest';
import { logLine } from './log.ts';

const at = new Date('2026-01-02T03:04:05Z');
const line = (fields: Record<string, unknown>, message = 'x') => JSON.parse(logLine('info', message, fields, at));

test('a line is one JSON object with instant, level and message', () => {
  expect(logLine('warn', 'mail was late\nvery', { minutes: 3 }, at)).not.toContain('\n');
  expect(line({ minutes: 3 })).toEqual({ at: '2026-01-02T03:04:05.000Z', level: 'info', message: 'x', minutes: 3 });
});

test.each([
  'password',
  'newPassword',
  'secret',
  'sessionToken',
  'Cookie',
  'authorization',
  'pin',
  'databaseUrl',
  'apiKey',
])('the value of %s is not written', (name) => {
  expect(JSON.stringify(line({ outer: { [name]: 'hunter2' } }))).not.toContain('hunter2');
});

test('credentials inside an address are blanked wherever they stand', () => {
  expect(line({ note: 'at postgres://app:hunter2@db/x' }, 'no postgres://app:hunter2@db/x')).toMatchObject({
    message: 'no postgres://…@db/x',
    note: 'at postgres://…@db/x',
  });
});

test('an error keeps its message and code but none of the row values beside it', () => {
  const error = Object.assign(new Error('duplicate key'), {
    code: '23505',
    detail: 'Key (citizen_id)=(012345678901)',
    parameters: ['012345678901'],
  });
  const written = line({ error });
  expect(written.error).toMatchObject({ message: 'duplicate key', code: '23505' });
  expect(JSON.stringify(written)).not.toContain('012345678901');
});

test('a circle in the fields does not stop the line', () => {
  const circle: Record<string, unknown> = { name: 'a' };
  circle.self = circle;
  expect(line({ circle }).circle.name).toBe('a');
});

test('an error of the query builder keeps its statement but none of the values it was given', () => {
  const error = new Error(
    'Failed query: insert into users (name) values ($1)\nparams: Nguyễn Thị Ánh Tuyết,\nsecond line',
  );
  const written = JSON.stringify(line({ error }));
  expect(written).toContain('insert into users');
  expect(written).not.toContain('Ánh Tuyết');
  expect(written).not.toContain('second line');
  expect(written).toContain('log.test.ts');
});

test.runIf(existsSync('/dev/full'))('a log that finds no room on its disk does not end the process', () => {
  const program = `const { log } = await import('#server/platform/log.ts'); log.info('one'); log.info('two');
    setTimeout(() => process.exit(7), 50);`;
  const full = openSync('/dev/full', 'w');
  const { status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'ignore', full],
  });
  closeSync(full);
  expect(status).toBe(7);
});
