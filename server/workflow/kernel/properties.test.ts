import fc from 'fast-check';
import { evaluate } from 'feelin';
import { describe, expect, it } from 'vitest';
import { type Block, draw } from '../testing/diagrams.ts';
import { compile, compileExpression, derive, type State, step } from './index.ts';

const blocks = fc.letrec<{ block: Block }>((tie) => {
  const parts = fc.array(tie('block'), { minLength: 2, maxLength: 3 });
  const picks = fc.array(fc.boolean(), { minLength: 3, maxLength: 3 });
  return {
    block: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.constant<Block>({ kind: 'task' }),
      fc.record({
        kind: fc.constantFrom('sequence', 'parallel', 'inclusive', 'exclusive'),
        parts,
        picks,
      }) as fc.Arbitrary<Block>,
      fc.record({
        kind: fc.constant('loop'),
        body: tie('block'),
        times: fc.integer({ min: 1, max: 2 }),
      }) as fc.Arbitrary<Block>,
      fc.record({
        kind: fc.constant('sub'),
        body: tie('block'),
        iterations: fc.integer({ min: 0, max: 2 }),
        sequential: fc.boolean(),
      }) as fc.Arbitrary<Block>,
    ),
  };
}).block;

describe('any sound diagram, its tasks completed in any order', () => {
  it('completes every task exactly as often as drawn, loses no token, and each state survives JSON and refused commands', async () => {
    await fc.assert(
      fc.asyncProperty(blocks, fc.infiniteStream(fc.nat()), async (block, chance) => {
        const drawn = draw(block);
        const model = await compile(drawn.xml);
        const done: Record<string, number> = Object.fromEntries(Object.keys(drawn.expected).map((t) => [t, 0]));
        const rounds = new Map<string, number>();
        let result = step(model, undefined, { do: 'start', variables: drawn.variables });
        for (let i = 0; result.state.status === 'active' && i < 5000; i += 1) {
          const state = JSON.parse(JSON.stringify(result.state)) as State;
          expect(state).toEqual(result.state);
          expect(derive(model, state).waiting).toEqual(result.waiting);
          const { waiting } = result;
          expect(waiting.length).toBeGreaterThan(0);
          const one = waiting[chance.next().value % waiting.length]!;
          const variables: Record<string, boolean> = {};
          const round = drawn.rounds.get(one.node);
          if (round) {
            const key = [one.node, ...one.index].join('#');
            const times = (rounds.get(key) ?? 0) + 1;
            rounds.set(key, times);
            variables[round.variable] = times % round.times !== 0;
          }
          const before = JSON.stringify(state);
          const target = { node: one.node, at: one.token };
          result = step(model, state, { do: 'complete', ...target, variables });
          expect(JSON.stringify(state)).toBe(before);
          done[one.node] = (done[one.node] ?? 0) + 1;
          const again = step(model, result.state, { do: 'complete', ...target });
          expect(again.refused).toBeDefined();
          expect(again.state).toBe(result.state);
        }
        expect(result.state.status).toBe('done');
        expect(result.state.t).toEqual([]);
        expect(result.state.s).toEqual([]);
        expect(done).toEqual(drawn.expected);
      }),
      { numRuns: 150, seed: 20260101 },
    );
  }, 60_000);
});

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
