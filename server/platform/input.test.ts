import { expect, test } from 'vitest';
import { z } from 'zod';
import { appErrorIn } from './errors.ts';
import { FileName, Id, line, parseInput } from './input.ts';

const faultsOf = (schema: z.ZodType, raw: unknown) => {
  try {
    parseInput(schema, raw);
    return [];
  } catch (error) {
    return appErrorIn(error)!.details.fields!.map(({ path, reason }) => [path, reason]);
  }
};

test('what was left empty is asked for; what is of another kind is told so', () => {
  const schema = z.strictObject({
    colleague: Id,
    outcome: z.enum(['yes', 'no']),
    days: z.number(),
    mail: z.email(),
    reason: line(20),
    team: z.array(z.strictObject({ userId: Id })),
  });
  const empty = { colleague: '', outcome: '', days: undefined, mail: '', reason: ' ', team: [{ userId: '' }] };
  const asked = ['colleague', 'outcome', 'days', 'mail', 'reason', 'team.0.userId'];
  // nobody types a choice: what is left out there is to be chosen
  const chosen = ['colleague', 'outcome', 'team.0.userId'];
  const told = (path: string) => `errors.field.${chosen.includes(path) ? 'choice' : 'required'}`;
  expect(faultsOf(schema, empty)).toEqual(asked.map((path) => [path, told(path)]));
  const wrong = { colleague: 'x', outcome: 'x', days: 'x', mail: 'x', reason: 'x', team: [{ userId: 'x' }] };
  expect(faultsOf(schema, wrong)).toEqual([
    ['colleague', 'errors.field.format'],
    ['outcome', 'errors.field.choice'],
    ['days', 'errors.field.number'],
    ['mail', 'errors.field.email'],
    ['team.0.userId', 'errors.field.format'],
  ]);
  expect(faultsOf(schema, 'x')).toEqual([['', 'errors.field.type']]);
});

test.each([
  ['đơn.pdf', 'đơn.pdf'],
  ['đơn.pdf'.normalize('NFD'), 'đơn.pdf'],
  ['../../etc/đơn  đề nghị.pdf', 'đơn đề nghị.pdf'],
  ['ổ-đĩa\\fakepath\\don.pdf', 'don.pdf'],
  ['don\u202efdp.exe', 'donfdp.exe'],
  [`${'a'.repeat(300)}.pdf`, `${'a'.repeat(196)}.pdf`],
])('the file name %j is kept as %j', (given, kept) => {
  expect(parseInput(FileName, given)).toBe(kept);
});

test('a file without a name is none', () => {
  expect(faultsOf(FileName, 'thư-mục\\')).toEqual([['', 'errors.field.required']]);
});
