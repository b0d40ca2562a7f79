import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Command, compile, type Model, type State, step } from '#server/workflow/kernel/index.ts';

const xml = readFileSync(new URL('process.bpmn', import.meta.url), 'utf8');
let model: Model;

beforeAll(async () => {
  model = await compile(xml);
});

/** One dossier on its way: says what waits after each step, refuses what does not wait. */
class Walk {
  private state: State | undefined;
  private last!: ReturnType<typeof step>;
  readonly ended: string[] = [];

  constructor(fee = 1_000_000) {
    this.run({ do: 'start', variables: { fee } });
  }

  private run(command: Command): void {
    this.last = step(model, this.state, command);
    if (this.last.refused) throw new Error(`refused: ${this.last.refused}`);
    this.state = this.last.state;
    this.ended.push(...this.last.trace.filter((entry) => entry.what === 'ended').map((entry) => entry.node));
  }

  /** completes what waits, one after the other; `node:value` sets the variable the node decides by */
  go(...steps: string[]): this {
    for (const each of steps) {
      const [node = '', value] = each.split('=');
      this.run({ do: 'complete', node, ...(value && { variables: { [decides[node] ?? 'none']: value } }) });
    }
    return this;
  }

  pay(): this {
    this.run({ do: 'message', name: 'payment-settled' });
    return this;
  }

  withdraw(): this {
    this.run({ do: 'message', name: 'dossier-withdrawn' });
    return this;
  }

  recall(name: 'assessment-recalled' | 'proposal-recalled' | 'seal-refused'): this {
    this.run({ do: 'message', name });
    return this;
  }

  lapse(node: string): this {
    this.run({ do: 'timer', node });
    return this;
  }

  get open(): string[] {
    return this.last.waiting.map((wait) => wait.node).sort();
  }

  get timers(): string[] {
    return this.last.timers.map((timer) => timer.node);
  }

  /** portal state of what waits, or of the end that was reached */
  get portalState(): string | undefined {
    const node = this.open[0] ?? this.ended.findLast((id) => model.nodes.get(id)?.type === 'end');
    return node === undefined ? undefined : model.nodes.get(node)?.properties.state;
  }
}

const decides: Record<string, string> = {
  receive: 'receipt',
  assess: 'assessment',
  inspect: 'inspection',
  recheck: 'inspection',
  'approve-supplement': 'supplementApproval',
  'draft-result': 'result',
  initial: 'initialling',
  approve: 'approval',
};

const received = () => new Walk().pay().go('receive=accept', 'issue-slip-01');
const inspecting = () => received().go('assess=inspect', 'plan-inspection');
const proposed = (result: string) => inspecting().go('inspect=pass', `draft-result=${result}`);

describe('the pharmacy procedure', () => {
  it('goes straight to a certificate in the register', () => {
    const walk = proposed('certificate').go('initial=agree', 'approve=sign', 'issue');
    expect(walk.open).toEqual(['register-pharmacy']);
    walk.go('register-pharmacy', 'deliver-result');
    expect(walk.open).toEqual(['collect']);
    expect(walk.portalState).toBe('9');
    walk.go('collect');
    expect(walk.open).toEqual([]);
    expect(walk.ended).toContain('end-returned');
    expect(walk.portalState).toBe('10');
  });

  it('waits for the fee before anyone receives it, and not when there is none', () => {
    const walk = new Walk();
    expect(walk.open).toEqual(['await-payment']);
    expect(walk.portalState).toBe('1');
    expect(walk.pay().open).toEqual(['receive']);
    expect(new Walk(0).open).toEqual(['receive']);
  });

  it('ends with slip 03 when receipt is refused', () => {
    const walk = new Walk().pay().go('receive=refuse');
    expect(walk.open).toEqual(['issue-slip-03']);
    expect(walk.go('issue-slip-03').portalState).toBe('3');
  });

  it('asks for a supplement with slip 02 and assesses again; each further one is the leader’s to approve', () => {
    const walk = received();
    for (let round = 0; round < 3; round++) {
      if (round === 0) walk.go('assess=supplement');
      else {
        walk.go('assess=supplement-again');
        expect(walk.open).toEqual(['approve-supplement']);
        expect(walk.portalState).toBe('4');
        expect(walk.timers).toEqual([]);
        walk.go('approve-supplement=approve');
      }
      walk.go('issue-slip-02');
      expect(walk.open).toEqual(['answer-supplement']);
      expect(walk.portalState).toBe('5');
      expect(walk.timers).toEqual(['supplement-lapsed']);
      walk.go('answer-supplement');
      expect(walk.timers).toEqual([]);
    }
    expect(walk.open).toEqual(['assess']);
    expect(walk.portalState).toBe('4');
  });

  it('goes back to the assessment when the leader refuses a further supplement', () => {
    const walk = received().go('assess=supplement-again', 'approve-supplement=refuse');
    expect(walk.open).toEqual(['assess']);
    expect(walk.ended).not.toContain('issue-slip-02');
    expect(walk.portalState).toBe('4');
  });

  it.each([
    ['inspect', 'plan-inspection'],
    ['supplement-again', 'approve-supplement'],
    ['reject', 'draft-result'],
  ])('takes an assessment that ended with %s back from %s', (outcome, next) => {
    const walk = received().go(`assess=${outcome}`);
    expect(walk.open).toEqual([next]);
    walk.recall('assessment-recalled');
    expect(walk.open).toEqual(['assess']);
    expect(walk.portalState).toBe('4');
    expect(walk.go('assess=inspect').open).toEqual(['plan-inspection']);
  });

  it('takes a proposal back before the head has initialled it, and not after', () => {
    const walk = proposed('certificate').recall('proposal-recalled');
    expect(walk.open).toEqual(['draft-result']);
    walk.go('draft-result=certificate', 'initial=agree');
    expect(walk.recall('proposal-recalled').open).toEqual(['approve']);
  });

  it('goes back to the draft when what was signed may not be sealed, and may end in a refusal', () => {
    const signed = () => proposed('certificate').go('initial=agree', 'approve=sign');
    const walk = signed().recall('seal-refused');
    expect(walk.open).toEqual(['draft-result']);
    expect(walk.portalState).toBe('4');
    walk.go('draft-result=refusal', 'initial=agree', 'approve=sign', 'issue');
    expect(walk.open).toEqual(['deliver-result']);
    expect(signed().go('issue').recall('seal-refused').open).toEqual(['register-pharmacy']);
  });

  it('stops when the supplement is not answered in time', () => {
    const walk = received().go('assess=supplement', 'issue-slip-02').lapse('supplement-lapsed');
    expect(walk.open).toEqual(['notify-lapsed']);
    expect(walk.go('notify-lapsed').portalState).toBe('8');
    expect(walk.ended).toContain('end-stopped');
  });

  it('has findings corrected and checks again until they are', () => {
    const walk = inspecting().go('inspect=correct');
    expect(walk.open).toEqual(['correct-findings']);
    expect(walk.portalState).toBe('5');
    walk.go('correct-findings', 'recheck=correct', 'correct-findings', 'recheck=pass');
    expect(walk.open).toEqual(['draft-result']);
  });

  it('stops when findings are not corrected in time', () => {
    const walk = inspecting().go('inspect=correct').lapse('correction-lapsed').go('notify-lapsed');
    expect(walk.portalState).toBe('8');
  });

  it.each(['inspect=fail', 'inspect=correct,correct-findings,recheck=fail'])('drafts a refusal after %s', (steps) => {
    const walk = inspecting().go(...steps.split(','), 'draft-result=refusal', 'initial=agree', 'approve=sign', 'issue');
    expect(walk.open).toEqual(['deliver-result']);
    walk.go('deliver-result', 'collect');
    expect(walk.ended).not.toContain('register-pharmacy');
    expect(walk.portalState).toBe('10');
  });

  it('drafts a refusal without inspection when the papers do not suffice', () => {
    const walk = received().go(
      'assess=reject',
      'draft-result=refusal',
      'initial=agree',
      'approve=sign',
      'issue',
      'deliver-result',
      'collect',
    );
    expect(walk.ended).toContain('end-returned');
    expect(walk.ended).not.toContain('inspect');
  });

  it('goes back to the draft when the head or the leader returns it, and may change its kind', () => {
    const walk = proposed('certificate').go('initial=return');
    expect(walk.open).toEqual(['draft-result']);
    walk.go('draft-result=certificate', 'initial=agree', 'approve=return');
    expect(walk.open).toEqual(['draft-result']);
    walk.go('draft-result=refusal', 'initial=agree', 'approve=sign', 'issue');
    expect(walk.open).toEqual(['deliver-result']);
  });

  it.each([
    ['before payment', () => new Walk()],
    ['before receipt', () => new Walk(0)],
    ['while it is assessed', () => received()],
    ['while a supplement is awaited', () => received().go('assess=supplement', 'issue-slip-02')],
    ['while the leader decides on a further supplement', () => received().go('assess=supplement-again')],
    ['while findings are corrected', () => inspecting().go('inspect=correct')],
    ['before the signature', () => proposed('certificate').go('initial=agree')],
  ])('can be withdrawn %s: every task and timer goes', (_when, at) => {
    const walk = at().withdraw();
    expect(walk.open).toEqual([]);
    expect(walk.timers).toEqual([]);
    expect(walk.ended).toContain('end-withdrawn');
    expect(walk.portalState).toBe('7');
  });

  it('refuses a task that does not wait, and a decision it does not know becomes an incident', () => {
    expect(() => received().go('inspect=pass')).toThrow(/refused: notWaiting/);
    const odd = step(model, step(model, undefined, { do: 'start', variables: { fee: 0 } }).state, {
      do: 'complete',
      node: 'receive',
      variables: { receipt: 'maybe' },
    });
    expect(odd.state.status).toBe('incident');
  });

  it('keeps its state small', () => {
    let state = step(model, undefined, { do: 'start', variables: { fee: 0 } }).state;
    state = step(model, state, { do: 'complete', node: 'receive', variables: { receipt: 'accept' } }).state;
    expect(JSON.stringify(state).length).toBeLessThan(2048);
  });
});
