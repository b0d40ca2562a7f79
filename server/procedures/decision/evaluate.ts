import { AppError } from '#server/platform/errors.ts';
import type { Decision, DecisionModel, DecisionTable } from './table.ts';
import {
  compileExpression,
  compileUnaryTest,
  type FeelContext,
  type FeelExpression,
  type UnaryTest,
} from './unary-test.ts';

export interface CompiledTable {
  inputs: FeelExpression[];
  rules: { id: string; when: UnaryTest[]; gives: FeelExpression[] }[];
  otherwise: (FeelExpression | undefined)[];
}

const tables = new WeakMap<DecisionTable, CompiledTable>();

/** Cells as functions, made once a table. */
export function compiledTable(table: DecisionTable): CompiledTable {
  let compiled = tables.get(table);
  if (!compiled) {
    compiled = {
      inputs: table.inputs.map((input) => compileExpression(input.expression)),
      rules: table.rules.map((rule) => ({
        id: rule.id,
        when: rule.when.map((test, i) => compileUnaryTest(test, table.inputs[i]?.type ?? 'any')),
        gives: rule.gives.map(compileExpression),
      })),
      otherwise: table.outputs.map((output) => (output.otherwise ? compileExpression(output.otherwise) : undefined)),
    };
    tables.set(table, compiled);
  }
  return compiled;
}

/** Positions of the rules that match these input values. */
export function matchingRules(table: DecisionTable, values: readonly unknown[], context: FeelContext): number[] {
  return compiledTable(table).rules.flatMap((rule, i) =>
    rule.when.every((test, at) => test(values[at] ?? null, context)) ? [i] : [],
  );
}

/**
 * Decides: the value of a decision over a context (answers as they are nested; dates as ISO texts).
 * One output gives its value, several give an object by name; `C` without aggregation gives a list. No match and no default gives null.
 * Throws `invalidState` when rules contradict the hit policy: publishing proves that they never do.
 */
export function decide(model: DecisionModel, id: string, context: FeelContext): unknown {
  const decision = model[id];
  if (!decision) throw new AppError('notFound', 'procedures.errors.noDecision', { values: { id } });
  const inner: FeelContext = { ...context };
  for (const required of decision.requires) {
    const other = model[required];
    if (other) inner[other.variable] = decide(model, required, context);
  }
  return decision.kind === 'expression' ? compiledLiteral(decision)(inner) : decideTable(decision, inner);
}

const literals = new WeakMap<Decision, FeelExpression>();
function compiledLiteral(decision: Extract<Decision, { kind: 'expression' }>): FeelExpression {
  let expression = literals.get(decision);
  if (!expression) {
    expression = compileExpression(decision.expression);
    literals.set(decision, expression);
  }
  return expression;
}

function decideTable(table: DecisionTable, context: FeelContext): unknown {
  const compiled = compiledTable(table);
  const values = compiled.inputs.map((input) => input(context));
  const hits = matchingRules(table, values, context);
  const result = (rule: number) =>
    named(
      table,
      compiled.rules[rule]!.gives.map((output) => output(context)),
    );
  if (table.hitPolicy === 'C') return collect(table, hits.map(result));
  if (hits.length === 0) {
    return compiled.otherwise.some(Boolean)
      ? named(
          table,
          compiled.otherwise.map((output) => output?.(context) ?? null),
        )
      : null;
  }
  if (hits.length > 1 && table.hitPolicy === 'U') contradiction(table, hits);
  if (table.hitPolicy === 'A' && new Set(hits.map((hit) => JSON.stringify(result(hit)))).size > 1)
    contradiction(table, hits);
  return result(hits[0]!);
}

function contradiction(table: DecisionTable, hits: number[]): never {
  const rules = hits.map((hit) => table.rules[hit]!.id).join(', ');
  throw new AppError('invalidState', 'procedures.errors.contradiction', { values: { table: table.id, rules } });
}

function named(table: DecisionTable, values: unknown[]): unknown {
  if (values.length === 1) return values[0];
  return Object.fromEntries(table.outputs.map((output, i) => [output.name, values[i]]));
}

function collect(table: DecisionTable, results: unknown[]): unknown {
  if (!table.aggregation) return results;
  if (table.aggregation === 'COUNT') return results.length;
  const numbers = results.filter((each): each is number => typeof each === 'number');
  if (numbers.length === 0) return null;
  if (table.aggregation === 'SUM') return numbers.reduce((sum, each) => sum + each, 0);
  return table.aggregation === 'MIN' ? Math.min(...numbers) : Math.max(...numbers);
}
