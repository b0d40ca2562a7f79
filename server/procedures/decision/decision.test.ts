import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { date, unaryTest } from 'feelin';
import { describe, expect, it } from 'vitest';
import { checkDecisions, checkTable } from './check-table.ts';
import { decide } from './evaluate.ts';
import { readDmn } from './read-dmn.ts';
import type { DecisionTable, HitPolicy } from './table.ts';
import { compileUnaryTest } from './unary-test.ts';

const table = (
  hitPolicy: HitPolicy,
  rules: [string, string, string][],
  more: Partial<DecisionTable> = {},
): DecisionTable => ({
  id: 'table',
  name: 'table',
  variable: 'result',
  requires: [],
  kind: 'table',
  hitPolicy,
  inputs: [
    { id: 'kind', label: 'kind', expression: 'kind', type: 'string', values: '"a","b"' },
    { id: 'size', label: 'size', expression: 'size', type: 'number' },
  ],
  outputs: [{ id: 'out', name: 'out', type: 'number' }],
  rules: rules.map(([kind, size, out], i) => ({ id: `rule-${i}`, when: [kind, size], gives: [out] })),
  ...more,
});
const run = (one: DecisionTable, context: Record<string, unknown>) => decide({ table: one }, 'table', context);
const split = (policy: HitPolicy) =>
  table(policy, [
    ['"a"', '< 10', '1'],
    ['"a"', '>= 10', '2'],
    ['"b"', '-', '3'],
  ]);

describe('deciding by a table', () => {
  it('takes the one rule that applies under U', () => {
    expect(run(split('U'), { kind: 'a', size: 9 })).toBe(1);
    expect(run(split('U'), { kind: 'a', size: 10 })).toBe(2);
    expect(run(split('U'), { kind: 'b' })).toBe(3);
  });

  it('gives null where nothing applies, or the default', () => {
    expect(run(split('U'), { kind: 'c', size: 1 })).toBeNull();
    const withDefault = {
      ...split('U'),
      outputs: [{ id: 'out', name: 'out', type: 'number' as const, otherwise: '7' }],
    };
    expect(run(withDefault, { kind: 'c', size: 1 })).toBe(7);
  });

  it('refuses two rules under U and contradicting ones under A', () => {
    const twice = [
      ['"a"', '-', '1'],
      ['-', '> 5', '2'],
      ['"b"', '-', '2'],
    ] as [string, string, string][];
    expect(() => run(table('U', twice), { kind: 'a', size: 6 })).toThrow(/contradiction/);
    expect(() => run(table('A', twice), { kind: 'a', size: 6 })).toThrow(/contradiction/);
    expect(run(table('A', twice), { kind: 'b', size: 6 })).toBe(2);
    expect(run(table('F', twice), { kind: 'a', size: 6 })).toBe(1);
  });

  it('collects, also in sums', () => {
    const rules = [
      ['"a"', '-', '1'],
      ['-', '> 5', '2'],
      ['-', '-', '4'],
    ] as [string, string, string][];
    expect(run(table('C', rules), { kind: 'a', size: 6 })).toEqual([1, 2, 4]);
    expect(run(table('C', rules, { aggregation: 'SUM' }), { kind: 'a', size: 6 })).toBe(7);
    expect(run(table('C', rules, { aggregation: 'MAX' }), { kind: 'b', size: 0 })).toBe(4);
    expect(run(table('C', rules, { aggregation: 'COUNT' }), { kind: 'b', size: 9 })).toBe(2);
  });
});

describe('proving a table', () => {
  it('finds nothing wrong with a complete one without overlaps', () => {
    expect(checkTable(split('U'))).toEqual([]);
  });

  it('shows a gap by an example', () => {
    const gap = table('U', [
      ['"a"', '< 10', '1'],
      ['"a"', '> 10', '2'],
      ['"b"', '-', '3'],
    ]);
    expect(checkTable(gap)).toEqual([{ element: 'table', problem: 'no rule (kind = "a", size = 10)' }]);
  });

  it('shows rules that overlap, and those that never apply', () => {
    const overlap = table('U', [
      ['"a"', '<= 10', '1'],
      ['"a"', '>= 10', '2'],
      ['"b"', '-', '3'],
    ]);
    expect(checkTable(overlap)).toEqual([
      { element: 'rule-1', problem: 'rules rule-0, rule-1 contradict each other (kind = "a", size = 10)' },
    ]);
    const dead = table('F', [
      ['-', '-', '1'],
      ['"a"', '-', '2'],
    ]);
    expect(checkTable(dead)).toEqual([{ element: 'rule-1', problem: 'rule never applies' }]);
  });

  it('names cells that are no FEEL and rules with missing cells', () => {
    const broken = table('U', [['"a"', '< <', '1']]);
    expect(checkTable(broken)[0]).toMatchObject({ element: 'rule-0' });
    expect(checkTable({ ...broken, rules: [{ id: 'short', when: ['"a"'], gives: ['1'] }] })[0]).toMatchObject({
      element: 'short',
    });
  });
});

describe('cells beside feelin', () => {
  const text = fc.constantFrom('"a"', '"b","a"', 'not("a")', 'not("a","b")', '-');
  const number = fc.constantFrom('1', '< 2', '>= 2', '[1..3]', '(1..3)', ']1..3[', '1,5', 'not(2)', '> 1, < 0', '-');
  const day = fc.constantFrom('date("2026-01-01")', '< date("2026-01-01")', '[date("2025-01-01")..date("2026-01-01")]');

  it('mean the same', () => {
    fc.assert(
      fc.property(text, fc.constantFrom('a', 'b', 'c'), (test, value) => {
        expect(compileUnaryTest(test, 'string')(value, {})).toBe(unaryTest(test, { '?': value }).value);
      }),
    );
    fc.assert(
      fc.property(number, fc.constantFrom(0, 1, 1.5, 2, 3, 5), (test, value) => {
        expect(compileUnaryTest(test, 'number')(value, {})).toBe(unaryTest(test, { '?': value }).value);
      }),
    );
    fc.assert(
      fc.property(day, fc.constantFrom('2024-12-31', '2025-01-01', '2026-01-01', '2026-01-02'), (test, value) => {
        expect(compileUnaryTest(test, 'date')(value, {})).toBe(unaryTest(test, { '?': date(value) }).value);
      }),
    );
  });

  it('ask feelin for what is more than literals', () => {
    expect(compileUnaryTest('> limit', 'number')(5, { limit: 4 })).toBe(true);
    expect(compileUnaryTest('> limit', 'number')(3, { limit: 4 })).toBe(false);
  });
});

describe('reading DMN', () => {
  it('reads the fee table of the pharmacy procedure and proves it', async () => {
    const model = await readDmn(
      readFileSync(new URL('../../../workflows/pharmacy-eligibility/fees.dmn', import.meta.url), 'utf8'),
    );
    expect(checkDecisions(model)).toEqual([]);
    const fee = (kind: string, channel: string, on: string) =>
      decide(model, 'fee', { facility: { kind }, filing: { channel, on } });
    expect(fee('pharmacy', 'online', '2026-11-23')).toBe(1_000_000);
    expect(fee('pharmacy', 'online', '2025-12-31')).toBe(500_000);
    expect(fee('pharmacy', 'counter', '2025-12-31')).toBe(1_000_000);
    expect(fee('pharmacy', 'online', '2023-11-30')).toBe(1_000_000);
    expect(fee('commune-cabinet', 'online', '2026-11-23')).toBe(500_000);
  });

  it('refuses a hit policy it does not know', async () => {
    const xml = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">
      <decision id="x" name="x"><decisionTable id="t" hitPolicy="RULE ORDER"><output id="o" /></decisionTable></decision></definitions>`;
    await expect(readDmn(xml)).rejects.toMatchObject({
      reason: 'procedures.errors.decision',
      details: { values: { element: 'x' } },
    });
  });
});
