import { describe, expect, test } from 'vitest';
import { RecallContent } from './inputs.ts';
import { batchKey, concerns, latestDeadline, moreThanReported, recallState } from './rules.ts';

test('batch numbers compare without case and separators', () => {
  for (const text of ['LOT 0123-A', 'lot0123a', 'Lot.0123/a', ' lot 0123 A '.normalize('NFD'), 'ＬＯＴ０１２３A'])
    expect(batchKey(text), text).toBe('LOT0123A');
  expect(batchKey('0123A')).not.toBe(batchKey('123A'));
  expect(batchKey('--')).toBe('');
});

test('a recall is about the batches it names, and about all when it names none', () => {
  expect(concerns({ batchKeys: ['A1'] }, 'A1')).toBe(true);
  expect(concerns({ batchKeys: ['A1'] }, 'A2')).toBe(false);
  expect(concerns({ batchKeys: [] }, 'A2')).toBe(true);
});

test('runs from its day until it is closed, without anything having run', () => {
  expect(recallState({ issuedOn: '2026-12-01', endedOn: null }, '2026-11-30')).toBe('coming');
  expect(recallState({ issuedOn: '2026-12-01', endedOn: null }, '2026-12-01')).toBe('running');
  expect(recallState({ issuedOn: '2026-12-01', endedOn: '2026-12-20' }, '2026-12-19')).toBe('running');
  expect(recallState({ issuedOn: '2026-12-01', endedOn: '2026-12-20' }, '2026-12-20')).toBe('ended');
});

test('nobody sets apart and sends back more than was reported', () => {
  expect(moreThanReported({ quarantined: 10, returned: 5 }, [{ quantity: 12 }, { quantity: 3 }])).toBe(false);
  expect(moreThanReported({ quarantined: 10, returned: 6 }, [{ quantity: 15 }])).toBe(true);
});

describe('what a recall says', () => {
  const said = {
    number: '1234/QLD-CL',
    drug: 'VD-4878-14',
    level: '1',
    kind: 'mandatory',
    reason: 'Không đạt độ hoà tan',
    batches: ['0123A'],
    issuedOn: '2026-12-30',
    deadline: '2027-01-02',
  };
  const faults = (over: object) =>
    RecallContent.safeParse({ ...said, ...over }).error?.issues.map(({ path, message }) => `${path}: ${message}`) ?? [];

  test('has a deadline within the days of its level', () => {
    expect(latestDeadline('2026-12-30', '1')).toBe('2027-01-02');
    expect(latestDeadline('2026-12-30', '3')).toBe('2027-01-29');
    expect(faults({})).toEqual([]);
    expect(faults({ deadline: '2027-01-03' })).toEqual(['deadline: recalls.errors.deadlineLate.1']);
    expect(faults({ level: '2', deadline: '2027-01-03' })).toEqual([]);
    expect(faults({ deadline: '2026-12-29' })).toEqual(['deadline: recalls.errors.deadlineBefore']);
  });

  test('names batches or says that it is about all, one of the two', () => {
    expect(faults({ batches: [] })).toEqual(['batches: recalls.errors.batchesMissing']);
    expect(faults({ batches: [], allBatches: true })).toEqual([]);
    expect(faults({ allBatches: true })).toEqual(['batches: recalls.errors.batchesOrAll']);
    expect(faults({ batches: ['--'] })).toEqual(['batches,0: recalls.errors.batch']);
  });
});
