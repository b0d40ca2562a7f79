/** Sound diagrams with one thing made wrong: what `procedures check` must find in each. */
import type { CheckCode } from '../check/problem.ts';
import { type Block, type Drawn, draw } from './diagrams.ts';

export interface Mutation {
  name: string;
  /** one of these must be found */
  codes: CheckCode[];
  /** the block that is wrong, put somewhere into a sound one */
  core: Block;
  /** changes the text around the elements of `core`, whose first parts carry the days 71, 72, 73 */
  change: (xml: string) => string;
}

const task = (days: number): Block => ({ kind: 'task', days, own: false });
/** The element ids of the marked tasks. */
const marked = (xml: string, days: number): string => {
  const found = new RegExp(`<userTask id="(t\\d+)">(?:(?!</userTask>).)*workingDays\\(${days}\\)`).exec(xml);
  if (!found) throw new Error(`no task of ${days} days`);
  return found[1]!;
};
const targetOf = (xml: string, source: string) =>
  new RegExp(`<sequenceFlow id="[^"]+" sourceRef="${source}" targetRef="([^"]+)">`).exec(xml)![1]!;
const gateway = (xml: string, id: string, from: string, to: string) =>
  xml.replace(new RegExp(`<${from}Gateway id="${id}"( default="[^"]*")?/>`), `<${to}Gateway id="${id}"/>`);
const branches = (kind: 'parallel' | 'exclusive' | 'inclusive'): Block => ({
  kind,
  parts: [task(71), task(72)],
  picks: [true, false],
});
const joinOf = (xml: string) => targetOf(xml, marked(xml, 71));
const flowBetween = (source: string, target: string) =>
  new RegExp(
    `<sequenceFlow id="[^"]+" sourceRef="${source}" targetRef="${target}">(?:(?!</sequenceFlow>).)*</sequenceFlow>`,
  );

const link = (id: string, source: string, target: string, conditional = false) =>
  `<sequenceFlow id="${id}" sourceRef="${source}" targetRef="${target}">${conditional ? '<conditionExpression xsi:type="tFormalExpression">=odd</conditionExpression>' : ''}</sequenceFlow>`;

/** Puts a merge and a choice between two elements: by default on as before, and another way `aside` says. */
const between = (
  xml: string,
  from: string,
  to: string,
  elements: string,
  aside: (choice: string, merge: string) => string,
) =>
  xml.replace(
    flowBetween(from, to),
    `<exclusiveGateway id="merge"/><exclusiveGateway id="choice" default="l2"/>${elements}${link('l0', from, 'merge')}${link('l1', 'merge', 'choice')}${link('l2', 'choice', to)}${aside('choice', 'merge')}`,
  );

export const mutations: Mutation[] = [
  {
    name: 'an exclusive merge behind a parallel split',
    codes: ['lackOfSynchronisation'],
    core: branches('parallel'),
    change: (xml) => gateway(xml, joinOf(xml), 'parallel', 'exclusive'),
  },
  {
    name: 'a parallel join behind an exclusive choice',
    codes: ['deadlock'],
    core: branches('exclusive'),
    change: (xml) => gateway(xml, joinOf(xml), 'exclusive', 'parallel'),
  },
  {
    name: 'a parallel join behind an inclusive choice',
    codes: ['deadlock'],
    core: branches('inclusive'),
    change: (xml) => gateway(xml, joinOf(xml), 'inclusive', 'parallel'),
  },
  {
    name: 'a branch that may leave before its join',
    codes: ['deadlock'],
    core: branches('parallel'),
    change: (xml) =>
      between(xml, marked(xml, 72), joinOf(xml), '<endEvent id="early"/>', (choice) =>
        link('l3', choice, 'early', true),
      ),
  },
  {
    name: 'a loop nobody can leave',
    codes: ['neverEnds', 'unreachable'],
    core: { kind: 'sequence', parts: [task(71), task(72), task(73)], picks: [] },
    change: (xml) => {
      const [from, to, next] = [marked(xml, 72), marked(xml, 71), marked(xml, 73)];
      return xml.replace(
        flowBetween(from, next),
        `<sequenceFlow id="back" sourceRef="${from}" targetRef="${to}"></sequenceFlow>`,
      );
    },
  },
  {
    name: 'a loop in which nobody does anything',
    codes: ['endlessLoop'],
    core: { kind: 'sequence', parts: [task(71), task(72)], picks: [] },
    change: (xml) =>
      between(xml, marked(xml, 71), marked(xml, 72), '', (choice, merge) => link('l3', choice, merge, true)),
  },
  {
    name: 'an error nobody catches',
    codes: ['uncaughtError'],
    core: { kind: 'sequence', parts: [task(71), task(72)], picks: [] },
    change: (xml) =>
      between(
        xml.replace('<process ', '<error id="nobody" name="nobody" errorCode="nobody"/><process '),
        marked(xml, 71),
        marked(xml, 72),
        '<endEvent id="failed"><errorEventDefinition errorRef="nobody"/></endEvent>',
        (choice) => link('l3', choice, 'failed', true),
      ),
  },
  {
    name: 'a task nothing leads to',
    codes: ['unreachable'],
    core: { kind: 'sequence', parts: [task(71), task(72)], picks: [] },
    change: (xml) => xml.replace(flowBetween(marked(xml, 71), marked(xml, 72)), ''),
  },
];

/** A sound block with the wrong one in it; a task follows, where two tokens can be seen. */
export function wrongDrawing(mutation: Mutation, around: (core: Block) => Block): Drawn {
  const drawn = draw(around({ kind: 'sequence', parts: [mutation.core, { kind: 'task' }], picks: [] }));
  return { ...drawn, xml: mutation.change(drawn.xml) };
}
