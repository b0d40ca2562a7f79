/** What must hold of every diagram; `npm test` asks it of some hundred, `npm run drill -- kernel` of many thousand. */
import fc from 'fast-check';
import { checkDiagram } from '../check/index.ts';
import { checkTimeLimit } from '../check/limits.ts';
import { checkSecondOpinion, comparable } from '../check/second-opinion.ts';
import { compile, type State, step } from '../kernel/index.ts';
import { blocks, plainBlocks } from './blocks.ts';
import { deviationOfPath } from './counter-example.ts';
import { type Block, draw, longestWay } from './diagrams.ts';
import { mutations, wrongDrawing } from './mutations.ts';
import { playDrawn, replay, stateFaults } from './random-play.ts';

export interface Runs {
  seed: number;
  /** diagrams at most */
  runs: number;
}

export interface KernelProperty {
  /** a sentence */
  name: string;
  /** how many of the runs asked for this one makes: some cost more */
  share: number;
  /** throws fast-check's report, shrunk, when one diagram does not hold */
  check: (runs: Runs) => Promise<void>;
}

const numbers = fc.array(fc.nat(), { minLength: 1, maxLength: 60 });
/** Makes choices from a list that is read round and round. */
const chooser = (list: number[]) => {
  let i = 0;
  return (n: number) => {
    i += 1;
    return ((list[i % list.length] ?? 0) + i) % n;
  };
};

function same(what: string, a: unknown, b: unknown): void {
  const [x, y] = [JSON.stringify(a), JSON.stringify(b)];
  if (x !== y) throw new Error(`${what}: ${x} and not ${y}`);
}

const holds = <T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => Promise<void>, { seed, runs }: Runs) =>
  fc.assert(fc.asyncProperty(arbitrary, check), { numRuns: Math.max(1, runs), seed });

const everyTask: KernelProperty = {
  name: 'each task of a sound diagram ends as often as drawn, no token is lost or doubled, every state survives JSON, illegal commands change nothing',
  share: 1,
  check: (runs) =>
    holds(
      fc.tuple(blocks(), numbers),
      async ([block, list]) => {
        const drawn = draw(block);
        const model = await compile(drawn.xml);
        const played = playDrawn(model, drawn, chooser(list));
        same('status', played.state.status, 'done');
        same('how often each ended', played.ended, drawn.expected);
        const again = replay(model, played.commands);
        same('the same commands, state', again.state, played.state);
        same('the same commands, trace', again.trace, played.trace);
      },
      runs,
    ),
};

const cancelled: KernelProperty = {
  name: 'an instance cancelled at any moment is empty, and takes nothing any more',
  share: 0.5,
  check: (runs) =>
    holds(
      fc.tuple(blocks(), numbers, fc.nat()),
      async ([block, list, when]) => {
        const drawn = draw(block);
        const model = await compile(drawn.xml);
        const { commands } = playDrawn(model, drawn, chooser(list));
        let state: State | undefined;
        for (const command of commands.slice(0, 1 + (when % commands.length)))
          state = step(model, state, command).state;
        if (state?.status !== 'active') return;
        const result = step(model, state, { do: 'cancel' });
        same('status', result.state.status, 'cancelled');
        same('faults', stateFaults(result.state), []);
        same('what waits', [result.waiting, result.timers, result.subscriptions], [[], [], []]);
        for (const command of commands) same('refused', step(model, result.state, command).refused !== undefined, true);
      },
      runs,
    ),
};

const agreement: KernelProperty = {
  name: 'bpmn-engine agrees at each step of random walks through diagrams of the kind it is known to get right',
  share: 0.3,
  check: (runs) =>
    holds(
      plainBlocks,
      async (block) => {
        const model = await compile(draw(block).xml);
        if (comparable(model)) same('differences', await checkSecondOpinion(model, 2, 25), []);
      },
      runs,
    ),
};

const noFalseAlarm: KernelProperty = {
  name: 'the proof finds nothing wrong with a sound diagram',
  share: 0.4,
  check: (runs) =>
    holds(
      blocks(2),
      async (block) => {
        const found = await checkDiagram(draw(block).xml, { maximumStates: 3000 });
        same(
          'problems',
          found.filter((p) => p.severity === 'error'),
          [],
        );
      },
      runs,
    ),
};

/** A place for something: beside, before, behind or inside sound blocks. */
const places: fc.Arbitrary<(core: Block) => Block> = fc
  .array(fc.tuple(fc.constantFrom('before', 'behind', 'parallel', 'exclusive', 'loop', 'sub'), blocks(1)), {
    maxLength: 2,
  })
  .map(
    (around) => (core) =>
      around.reduce<Block>((inside, [kind, other]) => {
        if (kind === 'loop') return { kind, body: inside, times: 1 };
        if (kind === 'sub') return { kind, body: inside, iterations: 0, sequential: false };
        if (kind === 'parallel' || kind === 'exclusive') return { kind, parts: [inside, other], picks: [true, true] };
        return { kind: 'sequence', parts: kind === 'before' ? [inside, other] : [other, inside], picks: [] };
      }, core),
  );

const mutationsFound: KernelProperty = {
  name: 'a diagram made unsound is always found out, and the counter-example plays to the fault with real variables',
  share: 0.5,
  check: (runs) =>
    holds(
      fc.tuple(fc.constantFrom(...mutations), places),
      async ([mutation, around]) => {
        const { xml } = wrongDrawing(mutation, around);
        const found = (await checkDiagram(xml, { maximumStates: 20_000 })).filter((p) =>
          mutation.codes.includes(p.code),
        );
        if (found.length === 0) throw new Error(`not found: ${mutation.name} in ${xml}`);
        for (const p of found.filter((one) => one.path))
          same(`${mutation.name}, ${p.path?.join(' > ')}`, await deviationOfPath(xml, p), undefined);
      },
      runs,
    ),
};

const limits: KernelProperty = {
  name: 'the sum of the step limits along the longest way is found to the day, with a way that has it',
  share: 1,
  check: (runs) =>
    holds(
      blocks(),
      async (block) => {
        const { best } = longestWay(block);
        const model = await compile(draw(block).xml);
        same('within the limit', checkTimeLimit(model, { workingDays: best }), []);
        if (best === 0) return;
        const [over] = checkTimeLimit(model, { workingDays: best - 1 });
        same('days', over?.values.detail, String(best));
        const days = (id: string) => Number(/\d+/.exec(model.nodes.get(id)?.properties.dueDate ?? '')?.[0] ?? 0);
        same(
          'days of the way',
          (over?.path ?? []).reduce((sum, id) => sum + days(id), 0),
          best,
        );
      },
      runs,
    ),
};

export const kernelProperties = [everyTask, cancelled, agreement, noFalseAlarm, mutationsFound, limits];
