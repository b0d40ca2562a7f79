import { evaluate, SyntaxError as FeelSyntaxError, unaryTest } from 'feelin';
import { compiledTable, matchingRules } from './evaluate.ts';
import type { Decision, DecisionModel, DecisionTable, TableInput } from './table.ts';
import { readLiteral } from './unary-test.ts';

/** What is wrong with a decision, by the id of the rule or table, with an example of input values that shows it. */
export interface DecisionProblem {
  element: string;
  problem: string;
}

/** More combinations than this are not walked; the table is then reported as too large to prove. */
const MAX_CASES = 200_000;

/** Proves each table complete (every input has a rule or a default) and free of conflicts for its hit policy; reports what does not parse or refer. */
export function checkDecisions(model: DecisionModel): DecisionProblem[] {
  return Object.values(model).flatMap((decision) => [
    ...decision.requires
      .filter((id) => !model[id])
      .map((id) => ({ element: decision.id, problem: `requires unknown decision ${id}` })),
    ...(decision.kind === 'table'
      ? checkTable(decision)
      : checkFeel(decision, decision.id, decision.expression, readExpression)),
  ]);
}

const readExpression = (text: string): unknown => evaluate(text, {});
const readTest = (text: string): unknown => unaryTest(text, { '?': null });

/** feelin reads a text when it evaluates it; only what it cannot read is a problem here, not what it makes of missing values. */
function checkFeel(
  decision: Decision,
  element: string,
  text: string,
  read: (text: string) => unknown,
): DecisionProblem[] {
  try {
    read(text);
  } catch (error) {
    if (error instanceof FeelSyntaxError)
      return [{ element, problem: `${decision.id}: not FEEL: ${text} (${error.message})` }];
  }
  return [];
}

/** Problems of one table. */
export function checkTable(table: DecisionTable): DecisionProblem[] {
  const broken = table.rules.flatMap((rule) => {
    if (rule.when.length !== table.inputs.length || rule.gives.length !== table.outputs.length) {
      return [{ element: rule.id, problem: 'number of entries differs from the columns' }];
    }
    return [
      ...rule.when.flatMap((text) => (text === '-' ? [] : checkFeel(table, rule.id, text, readTest))),
      ...rule.gives.flatMap((text) => checkFeel(table, rule.id, text, readExpression)),
    ];
  });
  return broken.length > 0 ? broken : prove(table);
}

function prove(table: DecisionTable): DecisionProblem[] {
  const samples = table.inputs.map((input, column) =>
    samplesOf(
      input,
      table.rules.map((rule) => rule.when[column]!),
    ),
  );
  const cases = samples.reduce((product, each) => product * each.length, 1);
  if (cases > MAX_CASES) return [{ element: table.id, problem: `too large to prove: ${cases} cases` }];
  const compiled = compiledTable(table);
  const complete = table.hitPolicy === 'C' || table.outputs.every((output) => output.otherwise);
  const found = new Map<string, DecisionProblem>();
  const used = new Set<number>();
  for (let n = 0; n < cases; n++) {
    const values = pick(samples, n);
    const hits = matchingRules(table, values, {});
    for (const hit of hits) used.add(hit);
    const at = `(${table.inputs.map((input, i) => `${input.expression} = ${JSON.stringify(values[i])}`).join(', ')})`;
    if (hits.length === 0 && !complete) {
      if (!found.has('gap')) found.set('gap', { element: table.id, problem: `no rule ${at}` });
    } else if (hits.length > 1 && conflicts(table, hits, compiled)) {
      const rules = hits.map((hit) => table.rules[hit]!.id).join(', ');
      if (!found.has(rules))
        found.set(rules, { element: table.rules[hits[1]!]!.id, problem: `rules ${rules} contradict each other ${at}` });
    } else if (table.hitPolicy === 'F') for (const hit of hits.slice(1)) used.delete(hit);
  }
  const reachable = table.hitPolicy === 'F' ? firstHits(table, samples, cases) : used;
  table.rules.forEach((rule, i) => {
    if (!reachable.has(i)) found.set(`dead ${i}`, { element: rule.id, problem: 'rule never applies' });
  });
  return [...found.values()];
}

function firstHits(table: DecisionTable, samples: unknown[][], cases: number): Set<number> {
  const first = new Set<number>();
  for (let n = 0; n < cases; n++) {
    const hit = matchingRules(table, pick(samples, n), {})[0];
    if (hit !== undefined) first.add(hit);
  }
  return first;
}

function conflicts(table: DecisionTable, hits: number[], compiled: ReturnType<typeof compiledTable>): boolean {
  if (table.hitPolicy === 'U') return true;
  if (table.hitPolicy !== 'A') return false;
  return new Set(hits.map((hit) => JSON.stringify(compiled.rules[hit]!.gives.map((output) => output({}))))).size > 1;
}

/** The n-th combination of one sample a column. */
function pick(samples: unknown[][], n: number): unknown[] {
  let rest = n;
  return samples.map((column) => {
    const value = column[rest % column.length];
    rest = Math.floor(rest / column.length);
    return value;
  });
}

const literalsIn = /"(?:[^"\\]|\\.)*"|date\("\d{4}-\d{2}-\d{2}"\)|-?\d+(?:\.\d+)?|true|false/g;

/** One value for each region the tests of a column cut its domain into: the bounds, what lies between them, and what no test names. */
function samplesOf(input: TableInput, tests: string[]): unknown[] {
  const declared = input.values
    ? (input.values.match(literalsIn) ?? []).map((text) => readLiteral(text)!.value)
    : undefined;
  if (declared) return declared;
  if (input.type === 'boolean') return [true, false];
  const literals = tests.flatMap((text) => text.match(literalsIn) ?? []).flatMap((text) => readLiteral(text) ?? []);
  if (input.type === 'number') {
    const bounds = [...new Set(literals.map((each) => Number(each.value)))].sort((a, b) => a - b);
    return spread(
      bounds,
      (value) => value - 1,
      (a, b) => (a + b) / 2,
      (value) => value + 1,
      0,
    );
  }
  if (input.type === 'date') {
    const days = [...new Set(literals.map((each) => Date.parse(String(each.value)) / 86_400_000))].sort(
      (a, b) => a - b,
    );
    const all = spread(
      days,
      (day) => day - 1,
      (a, b) => Math.floor((a + b) / 2),
      (day) => day + 1,
      20_000,
    );
    return [...new Set(all)].map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));
  }
  return [...new Set(literals.map((each) => each.value)), '\u0000something else'];
}

function spread(
  bounds: number[],
  below: (value: number) => number,
  between: (a: number, b: number) => number,
  above: (value: number) => number,
  any: number,
): number[] {
  if (bounds.length === 0) return [any];
  return [
    below(bounds[0]!),
    ...bounds.flatMap((value, i) => (i === 0 ? [value] : [between(bounds[i - 1]!, value), value])),
    above(bounds.at(-1)!),
  ];
}
