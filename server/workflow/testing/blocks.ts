/** Random blocks, random mutations of them, for properties that must hold for every diagram. */
import fc from 'fast-check';
import type { Block } from './diagrams.ts';

const small = fc.integer({ min: 0, max: 2 });
const leaf: fc.Arbitrary<Block> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('task' as const),
      days: fc.integer({ min: 0, max: 5 }),
      own: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('many' as const),
      iterations: fc.integer({ min: 0, max: 3 }),
      sequential: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      how: fc.constantFrom('timer' as const, 'message' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('deadline' as const), late: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reminders' as const), times: small }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('race' as const),
      winner: fc.constantFrom('timer' as const, 'message' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('failing' as const), fails: fc.boolean() }) },
);

/** Blocks of every kind nested at most three deep; `depth` bounds how large the diagrams grow. */
export const blocks = (depth = 3): fc.Arbitrary<Block> =>
  fc.letrec<{ block: Block }>((tie) => {
    const parts = fc.array(tie('block'), { minLength: 2, maxLength: 3 });
    const picks = fc.array(fc.boolean(), { minLength: 3, maxLength: 3 });
    return {
      block: fc.oneof(
        { maxDepth: depth, depthSize: 'max', withCrossShrink: true },
        { weight: 2, arbitrary: leaf },
        {
          weight: 4,
          arbitrary: fc.record({
            kind: fc.constantFrom('sequence' as const, 'parallel' as const, 'inclusive' as const, 'exclusive' as const),
            parts,
            picks,
          }),
        },
        {
          weight: 1,
          arbitrary: fc.record({
            kind: fc.constant('loop' as const),
            body: tie('block'),
            times: fc.integer({ min: 1, max: 2 }),
          }),
        },
        {
          weight: 1,
          arbitrary: fc.record({
            kind: fc.constant('sub' as const),
            body: tie('block'),
            iterations: small,
            sequential: fc.boolean(),
          }),
        },
      ),
    };
  }).block;

/** What bpmn-engine gets right: tasks, exclusive and parallel gateways, plain sub-processes, loops without a join after them. */
export const plainBlocks: fc.Arbitrary<Block> = fc.letrec<{ block: Block }>((tie) => {
  const parts = fc.array(tie('block'), { minLength: 2, maxLength: 3 });
  const picks = fc.array(fc.boolean(), { minLength: 3, maxLength: 3 });
  return {
    block: fc.oneof(
      { maxDepth: 3, depthSize: 'max', withCrossShrink: true },
      fc.constant<Block>({ kind: 'task' }),
      fc.record({
        kind: fc.constantFrom('sequence' as const, 'parallel' as const, 'exclusive' as const),
        parts,
        picks,
      }),
      fc.record({ kind: fc.constant('loop' as const), body: tie('block'), times: fc.constant(1) }),
      fc.record({
        kind: fc.constant('sub' as const),
        body: tie('block'),
        iterations: fc.constant(0),
        sequential: fc.constant(false),
      }),
    ),
  };
}).block;
