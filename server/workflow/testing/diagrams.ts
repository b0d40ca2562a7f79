/** Builds BPMN text from nested blocks, so that a test can make up any number of sound diagrams and know what must happen. */

export type Block =
  | { kind: 'task'; days?: number; own?: boolean }
  | { kind: 'many'; iterations: number; sequential: boolean }
  | { kind: 'wait'; how: 'timer' | 'message' }
  | { kind: 'deadline'; late: boolean }
  | { kind: 'reminders'; times: number }
  | { kind: 'race'; winner: 'timer' | 'message' }
  | { kind: 'failing'; fails: boolean }
  | { kind: 'sequence' | 'parallel' | 'inclusive' | 'exclusive'; parts: Block[]; picks: boolean[] }
  | { kind: 'loop'; body: Block; times: number }
  | { kind: 'sub'; body: Block; iterations: number; sequential: boolean };

export interface Drawn {
  xml: string;
  /** variables the conditions and cardinalities ask for */
  variables: Record<string, boolean | number>;
  /** tasks that end a round of a loop: what they must set, how many rounds */
  rounds: Map<string, { variable: string; times: number }>;
  /** events that are to happen: catch events and boundary events by id, with how often each time they are armed */
  happens: Map<string, number>;
  /** tasks not to be completed because an event ends them, or only after events beside them have happened */
  after: Map<string, { event: string; times: number; ends: boolean }>;
  /** tasks that end with a business error of this code */
  fails: Map<string, string>;
  /** how often every task and catch event must end; one that is cut short does not */
  expected: Record<string, number>;
}

interface Part {
  xml: string;
  first: string;
  last: string;
}

const head =
  '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="urn:made-up">';
const formal = (tag: string, text: string) => `<${tag} xsi:type="tFormalExpression">${text}</${tag}>`;
const condition = (text: string) => formal('conditionExpression', `=${text}`);
const duration = `<timerEventDefinition>${formal('timeDuration', 'P3D')}</timerEventDefinition>`;
const cycle = (times: number) => `<timerEventDefinition>${formal('timeCycle', `R${times}/P1D`)}</timerEventDefinition>`;

/** Draws one process around a block. */
export function draw(block: Block): Drawn {
  const pen = new Pen();
  const whole = pen.part(block, 1);
  const { out } = pen;
  out.xml = `${head}${pen.roots}<process id="p" isExecutable="true"><startEvent id="start"/>${whole.xml}<endEvent id="end"/>${pen.flow('start', whole.first)}${pen.flow(whole.last, 'end')}</process></definitions>`;
  return out;
}

class Pen {
  private n = 0;
  /** messages and errors, declared beside the process */
  roots = '';
  readonly out: Drawn = {
    xml: '',
    variables: {},
    rounds: new Map(),
    happens: new Map(),
    after: new Map(),
    fails: new Map(),
    expected: {},
  };

  id(prefix: string): string {
    this.n += 1;
    return `${prefix}${this.n}`;
  }

  flow(from: string, to: string, inner = ''): string {
    return `<sequenceFlow id="${this.id('f')}" sourceRef="${from}" targetRef="${to}">${inner}</sequenceFlow>`;
  }

  private message(): string {
    const id = this.id('m');
    this.roots += `<message id="${id}" name="${id}"/>`;
    return `<messageEventDefinition messageRef="${id}"/>`;
  }

  private task(times: number, days = 0, own = false, inner = ''): Part {
    const id = this.id('t');
    this.out.expected[id] = times;
    const carried = `<extensionElements><zeebe:assignmentDefinition candidateGroups="${own ? 'applicant' : 'officer'}"/><zeebe:formDefinition formKey="${id}"/><zeebe:taskSchedule dueDate="=workingDays(${days})"/></extensionElements>`;
    return { xml: `<userTask id="${id}">${carried}${inner}</userTask>`, first: id, last: id };
  }

  private repeated(iterations: number, sequential: boolean): string {
    const variable = this.id('n');
    this.out.variables[variable] = iterations;
    return `<multiInstanceLoopCharacteristics isSequential="${sequential}">${formal('loopCardinality', `=${variable}`)}</multiInstanceLoopCharacteristics>`;
  }

  /** A catch event that happens each time a token comes. */
  private catches(definition: string, times: number): Part {
    const id = this.id('c');
    this.out.happens.set(id, 1);
    this.out.expected[id] = times;
    return {
      xml: `<intermediateCatchEvent id="${id}">${definition}</intermediateCatchEvent>`,
      first: id,
      last: id,
    };
  }

  /** XML, first and last element of a block; `times` is how often it runs. */
  part(b: Block, times: number): Part {
    switch (b.kind) {
      case 'task':
        return this.task(times, b.days, b.own);
      case 'many':
        return this.task(times * b.iterations, 0, false, this.repeated(b.iterations, b.sequential));
      case 'wait':
        return this.catches(b.how === 'timer' ? duration : this.message(), times);
      case 'deadline':
        return this.deadline(b.late, times);
      case 'reminders':
        return this.reminders(b.times, times);
      case 'race':
        return this.race(b.winner, times);
      case 'failing':
        return this.failing(b.fails, times);
      case 'loop':
        return this.loop(b.body, b.times, times);
      case 'sub':
        return this.sub(b.body, b.iterations, b.sequential, times);
      case 'sequence': {
        const parts = b.parts.map((p) => this.part(p, times));
        const links = parts.slice(1).map((p, i) => this.flow(parts[i]!.last, p.first));
        const xml = [...parts.map((p) => p.xml), ...links].join('');
        return { xml, first: parts[0]!.first, last: parts.at(-1)!.last };
      }
      default:
        return this.branches(b, times);
    }
  }

  /** A task whose interrupting event leads around the rest: `ends` says whether it happens. */
  private guarded(boundary: string, happens: boolean, times: number): Part & { task: string; event: string } {
    const task = this.task(happens ? 0 : times);
    const other = this.task(happens ? times : 0);
    const [event, merge] = [this.id('b'), this.id('g')];
    const xml =
      `${task.xml}${other.xml}<boundaryEvent id="${event}" attachedToRef="${task.first}">${boundary}</boundaryEvent>` +
      `<exclusiveGateway id="${merge}"/>${this.flow(task.last, merge)}${this.flow(event, other.first)}${this.flow(other.last, merge)}`;
    return { xml, first: task.first, last: merge, task: task.first, event };
  }

  private deadline(late: boolean, times: number): Part {
    const part = this.guarded(duration, late, times);
    if (late) {
      this.out.happens.set(part.event, 1);
      this.out.after.set(part.task, { event: part.event, times: 1, ends: true });
    }
    return part;
  }

  private failing(fails: boolean, times: number): Part {
    const error = this.id('x');
    this.roots += `<error id="${error}" name="${error}" errorCode="${error}"/>`;
    const part = this.guarded(`<errorEventDefinition errorRef="${error}"/>`, fails, times);
    if (fails) this.out.fails.set(part.task, error);
    return part;
  }

  /** A task with a repeated event beside it; each time somebody has something to do of their own. */
  private reminders(count: number, times: number): Part {
    const task = this.task(times);
    const other = this.task(times * count);
    const [event, end] = [this.id('b'), this.id('e')];
    if (count > 0) {
      this.out.happens.set(event, count);
      this.out.after.set(task.first, { event, times: count, ends: false });
    }
    const xml =
      `${task.xml}${other.xml}<boundaryEvent id="${event}" attachedToRef="${task.first}" cancelActivity="false">${cycle(count + 1)}</boundaryEvent>` +
      `<endEvent id="${end}"/>${this.flow(event, other.first)}${this.flow(other.last, end)}`;
    return { xml, first: task.first, last: task.last };
  }

  private race(winner: 'timer' | 'message', times: number): Part {
    const [gateway, merge] = [this.id('g'), this.id('g')];
    const events = { timer: this.catches(duration, 0), message: this.catches(this.message(), 0) };
    const loser = events[winner === 'timer' ? 'message' : 'timer'];
    this.out.happens.delete(loser.first);
    this.out.expected[events[winner].first] = times;
    const xml =
      `<eventBasedGateway id="${gateway}"/><exclusiveGateway id="${merge}"/>` +
      Object.values(events)
        .map((e) => `${e.xml}${this.flow(gateway, e.first)}${this.flow(e.last, merge)}`)
        .join('');
    return { xml, first: gateway, last: merge };
  }

  private loop(inner: Block, rounds: number, times: number): Part {
    const [merge, split, leave] = [this.id('g'), this.id('g'), this.id('g')];
    const [variable, exit] = [this.id('again'), this.id('f')];
    const body = this.part(inner, times * rounds);
    const decide = this.task(times * rounds);
    this.out.rounds.set(decide.first, { variable, times: rounds });
    const xml =
      `<exclusiveGateway id="${merge}"/>${body.xml}${decide.xml}<exclusiveGateway id="${split}" default="${exit}"/>` +
      `<exclusiveGateway id="${leave}"/>${this.flow(merge, body.first)}${this.flow(body.last, decide.first)}${this.flow(decide.last, split)}` +
      `${this.flow(split, merge, condition(variable))}<sequenceFlow id="${exit}" sourceRef="${split}" targetRef="${leave}"/>`;
    return { xml, first: merge, last: leave };
  }

  private sub(inner: Block, iterations: number, sequential: boolean, times: number): Part {
    const [sub, start, end] = [this.id('s'), this.id('e'), this.id('e')];
    const loop = iterations > 0 ? this.repeated(iterations, sequential) : '';
    const body = this.part(inner, times * Math.max(1, iterations));
    const xml = `<subProcess id="${sub}">${loop}<startEvent id="${start}"/>${body.xml}<endEvent id="${end}"/>${this.flow(start, body.first)}${this.flow(body.last, end)}</subProcess>`;
    return { xml, first: sub, last: sub };
  }

  private branches(b: Extract<Block, { parts: Block[] }>, times: number): Part {
    const [split, join] = [this.id('g'), this.id('g')];
    const names = b.parts.map(() => this.id('v'));
    const taken = takenOf(b);
    const parts = b.parts.map((p, i) => this.part(p, taken[i] ? times : 0));
    for (const [i, name] of names.entries()) this.out.variables[name] = b.picks[i] ?? false;
    const conditional = b.kind !== 'parallel';
    const byDefault = this.id('f');
    const flows = parts.map((p, i) =>
      conditional && i === parts.length - 1
        ? `<sequenceFlow id="${byDefault}" sourceRef="${split}" targetRef="${p.first}"/>`
        : this.flow(split, p.first, conditional ? condition(names[i]!) : ''),
    );
    const tag = `${b.kind}Gateway`;
    const xml =
      `<${tag} id="${split}"${conditional ? ` default="${byDefault}"` : ''}/><${tag} id="${join}"/>` +
      parts.map((p) => p.xml + this.flow(p.last, join)).join('') +
      flows.join('');
    return { xml, first: split, last: join };
  }
}

/** Which branches a gateway takes: the last one is the default and is taken only when no other is. */
function takenOf(b: Extract<Block, { parts: Block[] }>): boolean[] {
  if (b.kind === 'parallel') return b.parts.map(() => true);
  const last = b.parts.length - 1;
  const chosen = b.parts.map((_, i) => i < last && (b.picks[i] ?? false));
  if (b.kind === 'exclusive') for (let i = chosen.indexOf(true) + 1; i > 0 && i <= last; i += 1) chosen[i] = false;
  if (!chosen.includes(true)) chosen[last] = true;
  return chosen;
}

/**
 * Working days along the longest way through a block: `through` to its end, `best` also counting ways that end inside it.
 * A loop is gone through once; inside a sub-process every end leads on behind it.
 */
export function longestWay(b: Block): { through: number; best: number } {
  const both = (days: number) => ({ through: days, best: days });
  if (b.kind === 'task') return both(b.own ? 0 : (b.days ?? 0));
  if (b.kind === 'sequence') {
    let [through, best] = [0, 0];
    for (const p of b.parts) {
      const next = longestWay(p);
      best = Math.max(best, through + next.best);
      through += next.through;
    }
    return { through, best: Math.max(best, through) };
  }
  if (b.kind === 'parallel' || b.kind === 'inclusive' || b.kind === 'exclusive') {
    const parts = b.parts.map(longestWay);
    return { through: Math.max(...parts.map((p) => p.through)), best: Math.max(...parts.map((p) => p.best)) };
  }
  if (b.kind === 'loop') return longestWay(b.body);
  if (b.kind === 'sub') return both(longestWay(b.body).best);
  return both(0);
}
