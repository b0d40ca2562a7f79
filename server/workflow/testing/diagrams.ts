/** Builds BPMN text from nested blocks, so that a test can make up any number of sound diagrams and know what must happen. */

export type Block =
  | { kind: 'task' }
  | { kind: 'sequence' | 'parallel' | 'inclusive' | 'exclusive'; parts: Block[]; picks: boolean[] }
  | { kind: 'loop'; body: Block; times: number }
  | { kind: 'sub'; body: Block; iterations: number; sequential: boolean };

export interface Drawn {
  xml: string;
  /** variables the conditions ask for */
  variables: Record<string, boolean>;
  /** tasks that end a round of a loop: what they must set, how many rounds */
  rounds: Map<string, { variable: string; times: number }>;
  /** how often every task must be completed */
  expected: Record<string, number>;
}

const head =
  '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="urn:made-up">';
const condition = (text: string) => `<conditionExpression xsi:type="tFormalExpression">=${text}</conditionExpression>`;

/** Draws one process around a block. */
export function draw(block: Block): Drawn {
  let n = 0;
  const out: Drawn = { xml: '', variables: {}, rounds: new Map(), expected: {} };
  const id = (prefix: string) => {
    n += 1;
    return `${prefix}${n}`;
  };
  const flow = (from: string, to: string, inner = '') =>
    `<sequenceFlow id="${id('f')}" sourceRef="${from}" targetRef="${to}">${inner}</sequenceFlow>`;

  /** returns XML, first and last element; `times` is how often this block runs */
  const part = (b: Block, times: number): { xml: string; first: string; last: string } => {
    if (b.kind === 'task') {
      const task = id('t');
      out.expected[task] = times;
      return { xml: `<userTask id="${task}"/>`, first: task, last: task };
    }
    if (b.kind === 'sequence') {
      const parts = b.parts.map((p) => part(p, times));
      const links = parts.slice(1).map((p, i) => flow(parts[i]!.last, p.first));
      return { xml: [...parts.map((p) => p.xml), ...links].join(''), first: parts[0]!.first, last: parts.at(-1)!.last };
    }
    if (b.kind === 'loop') {
      const [merge, decide, split] = [id('g'), id('t'), id('g')];
      const variable = id('again');
      out.rounds.set(decide, { variable, times: b.times });
      out.expected[decide] = times * b.times;
      const body = part(b.body, times * b.times);
      const leave = id('g');
      const exit = id('f');
      const xml =
        `<exclusiveGateway id="${merge}"/>${body.xml}<userTask id="${decide}"/><exclusiveGateway id="${split}" default="${exit}"/>` +
        `<exclusiveGateway id="${leave}"/>${flow(merge, body.first)}${flow(body.last, decide)}${flow(decide, split)}` +
        `${flow(split, merge, condition(variable))}<sequenceFlow id="${exit}" sourceRef="${split}" targetRef="${leave}"/>`;
      return { xml, first: merge, last: leave };
    }
    if (b.kind === 'sub') {
      const [sub, start, end] = [id('s'), id('e'), id('e')];
      const count = Math.max(1, b.iterations);
      const body = part(b.body, times * count);
      const loop =
        b.iterations > 0
          ? `<multiInstanceLoopCharacteristics isSequential="${b.sequential}"><loopCardinality xsi:type="tFormalExpression">=${b.iterations}</loopCardinality></multiInstanceLoopCharacteristics>`
          : '';
      const xml = `<subProcess id="${sub}">${loop}<startEvent id="${start}"/>${body.xml}<endEvent id="${end}"/>${flow(start, body.first)}${flow(body.last, end)}</subProcess>`;
      return { xml, first: sub, last: sub };
    }
    const [split, join] = [id('g'), id('g')];
    const names = b.parts.map(() => id('c'));
    const taken = takenOf(b);
    const parts = b.parts.map((p, i) => part(p, taken[i] ? times : 0));
    for (const [i, name] of names.entries()) out.variables[name] = b.picks[i] ?? false;
    const conditional = b.kind !== 'parallel';
    const byDefault = id('f');
    const flows = parts.map((p, i) =>
      conditional && i === parts.length - 1
        ? `<sequenceFlow id="${byDefault}" sourceRef="${split}" targetRef="${p.first}"/>`
        : flow(split, p.first, conditional ? condition(names[i]!) : ''),
    );
    const tag = `${b.kind}Gateway`;
    const xml =
      `<${tag} id="${split}"${conditional ? ` default="${byDefault}"` : ''}/><${tag} id="${join}"/>` +
      parts.map((p) => p.xml + flow(p.last, join)).join('') +
      flows.join('');
    return { xml, first: split, last: join };
  };
  const whole = part(block, 1);
  out.xml = `${head}<process id="p" isExecutable="true"><startEvent id="start"/>${whole.xml}<endEvent id="end"/>${flow('start', whole.first)}${flow(whole.last, 'end')}</process></definitions>`;
  return out;
}

/** Which branches a gateway takes: the last one is the default and is taken only when no other is. */
function takenOf(b: Block & { parts: Block[]; picks: boolean[] }): boolean[] {
  if (b.kind === 'parallel') return b.parts.map(() => true);
  const last = b.parts.length - 1;
  const chosen = b.parts.map((_, i) => i < last && (b.picks[i] ?? false));
  if (b.kind === 'exclusive') for (let i = chosen.indexOf(true) + 1; i > 0 && i <= last; i += 1) chosen[i] = false;
  if (!chosen.includes(true)) chosen[last] = true;
  return chosen;
}
