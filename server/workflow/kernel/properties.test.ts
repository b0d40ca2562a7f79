import fc from 'fast-check';
import { evaluate } from 'feelin';
import { describe, expect, it } from 'vitest';
import { compileExpression } from './index.ts';

const names = fc.constantFrom('a', 'b', 'c', 'list');
const operands = fc.oneof(
  names,
  fc.integer({ min: -3, max: 3 }).map(String),
  fc.constantFrom('"x"', '"y"', 'true', 'false', 'null'),
);
const tests = fc.letrec<{ test: string }>((tie) => ({
  test: fc.oneof(
    { maxDepth: 3 },
    fc.tuple(operands, fc.constantFrom('=', '!=', '<', '<=', '>', '>='), operands).map((t) => t.join(' ')),
    fc
      .tuple(fc.constant('count(list)'), fc.constantFrom('=', '>='), fc.integer({ min: 0, max: 3 }))
      .map((t) => t.join(' ')),
    names,
    tie('test').map((t) => `not(${t})`),
    fc.tuple(tie('test'), fc.constantFrom('and', 'or'), tie('test')).map(([a, o, b]) => `(${a}) ${o} (${b})`),
  ),
})).test;
const values = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom('x', 'y'),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.integer(), { maxLength: 3 }),
);

describe('a compiled condition', () => {
  it('has the value feelin gives it, whatever the types of the variables', () => {
    fc.assert(
      fc.property(tests, fc.dictionary(names, values), (text, variables) => {
        const ask = () => {
          try {
            return evaluate(text, variables).value;
          } catch {
            return null;
          }
        };
        expect(compileExpression(`=${text}`).evaluate({ ...variables }) ?? null).toEqual(ask() ?? null);
      }),
      { numRuns: 1500, seed: 20260102 },
    );
  });
});
