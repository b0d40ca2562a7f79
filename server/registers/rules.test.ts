import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { admissionFaults, changedFields, keyOf, nextChange, timeline, versionOn } from './rules.ts';

const at = (day: string) => new Date(`${day}T03:00:00Z`);
const version = (id: number, validFrom: string, validTo: string | null, recorded: string) => ({
  id,
  validFrom,
  validTo,
  recordedAt: at(recorded),
});

test.each([
  [{ issuedOn: '2026-11-24' }, [['issuedOn', 'issuedLater']]],
  [{ issuedOn: '2026-11-23', validTo: '2026-11-23' }, []],
  [{ issuedOn: '2021-05-10', validTo: '2016-05-10' }, [['validTo', 'beforeIssued']]],
  [
    { issuedOn: '2021-05-10', withdrawnOn: '2021-05-09' },
    [
      ['withdrawnOn', 'beforeIssued'],
      ['withdrawalDecision', 'withdrawalDecision'],
    ],
  ],
  [{ withdrawnOn: '2027-03-01', withdrawalDecision: '5/QĐ-QLD' }, []],
  [{}, []],
] as const)('days of an admission %j have the faults %j', (content, faults) => {
  const named = faults.map(([path, reason]) => ({ path, reason: `registers.errors.${reason}` }));
  expect(admissionFaults(content, null, '2026-11-23')).toEqual(named);
  // who changes a name answers for no day that stood there already
  expect(admissionFaults({ ...content, name: 'B' }, { ...content, name: 'A' }, '2026-11-23')).toEqual([]);
});

describe('what holds on a day', () => {
  const versions = [
    version(1, '2024-01-01', null, '2024-01-02'),
    version(2, '2025-06-01', null, '2025-06-03'),
    // a correction of spring 2024, made in autumn 2025
    version(3, '2024-03-01', '2024-05-01', '2025-09-01'),
  ];

  test('is the version recorded last of those that speak of it', () => {
    expect(versionOn(versions, '2023-12-31')).toBeNull();
    expect(versionOn(versions, '2024-02-29')?.id).toBe(1);
    expect(versionOn(versions, '2024-03-01')?.id).toBe(3);
    expect(versionOn(versions, '2024-05-01')?.id).toBe(1);
    expect(versionOn(versions, '2025-06-01')?.id).toBe(2);
  });

  test('is what was believed then, when asked for an earlier knowledge', () => {
    expect(versionOn(versions, '2024-03-15', at('2025-08-31'))?.id).toBe(1);
    expect(versionOn(versions, '2025-06-02', at('2025-06-02'))?.id).toBe(1);
    expect(versionOn(versions, '2024-03-15', at('2024-01-01'))).toBeNull();
  });

  test('makes one line of days without gap or overlap', () => {
    expect(timeline(versions).map(({ from, to, version: { id } }) => [from, to, id])).toEqual([
      ['2024-01-01', '2024-03-01', 1],
      ['2024-03-01', '2024-05-01', 3],
      ['2024-05-01', '2025-06-01', 1],
      ['2025-06-01', null, 2],
    ]);
    expect(nextChange(versions, '2025-01-01')).toBe('2025-06-01');
    expect(nextChange(versions, '2025-06-01')).toBeNull();
  });

  test('never changes for days a later version does not speak of', () => {
    const day = fc
      .integer({ min: 0, max: 400 })
      .map((n) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10));
    const spoken = fc.tuple(day, fc.option(day)).map(([from, to]) => ({ from, to: to && to > from ? to : null }));
    fc.assert(
      fc.property(fc.array(spoken, { minLength: 1, maxLength: 8 }), spoken, day, (before, added, asked) => {
        const rows = before.map(({ from, to }, index) => version(index, from, to, '2025-01-01'));
        const more = [...rows, version(99, added.from, added.to, '2025-02-01')];
        const speaks = added.from <= asked && (added.to === null || asked < added.to);
        expect(versionOn(more, asked)?.id).toBe(speaks ? 99 : versionOn(rows, asked)?.id);
        expect(versionOn(more, asked, at('2025-01-15'))?.id).toBe(versionOn(rows, asked)?.id);
      }),
    );
  });
});

test('two contents differ only where they say something else', () => {
  const before = { name: 'A', phone: null, list: [], rows: [{ a: '1', b: '2' }] };
  expect(changedFields(before, { name: 'A', phone: '', rows: [{ b: '2', a: '1' }] })).toEqual([]);
  expect(changedFields(before, { ...before, name: 'B', list: ['x'] })).toEqual(['name', 'list']);
  expect(changedFields(null, { name: 'A', phone: null })).toEqual(['name']);
});

test('a key is the same however its number is written', () => {
  expect(keyOf('registration', 'vd-4878-14')).toBe('registration:VD487814');
  expect(keyOf('registration', 'VD 4878.14')).toBe(keyOf('registration', 'VD-4878-14'));
  expect(keyOf('registration', '８９３１１０')).toBe('registration:893110');
});
