import { describe, expect, it } from 'vitest';
import { boundary, ends, eventSub, file, flows, many, on, start, sub, undoable, users } from '../testing/bpmn.ts';
import { type Command, compile, type State, type StepResult, step } from './index.ts';

/** Plays commands in short: `a` completes a, `a#1` iteration 1, `!name` a message, `~name` a signal, `@node` a timer, `a:CODE` an error, `x=1` sets. */
async function seen(xml: string, variables: Record<string, unknown>, ...moves: string[]) {
  const model = await compile(xml);
  let result: StepResult = step(model, undefined, { do: 'start', variables });
  const ended: string[] = result.trace.filter((t) => t.what === 'ended').map((t) => t.node);
  const log = [opened(result)];
  for (const move of moves) {
    result = step(model, JSON.parse(JSON.stringify(result.state)) as State, commandOf(move));
    ended.push(...result.trace.filter((t) => t.what === 'ended').map((t) => t.node));
    log.push(result.refused ? `refused ${result.refused}` : opened(result));
  }
  return { log, ended, result };
}

const opened = (r: StepResult) => {
  const names = [...r.waiting, ...r.timers].map((w) => [w.node, ...w.index].join('#')).sort();
  return r.state.status === 'active' ? names.join(' ') : r.state.status;
};

function commandOf(move: string): Command {
  if (move.startsWith('!')) return { do: 'message', name: move.slice(1) };
  if (move.startsWith('~')) return { do: 'signal', name: move.slice(1) };
  const [node = '', ...index] = move.replace(/^@/, '').split('#');
  const target = index.length ? { node, index: index.map(Number) } : { node };
  if (move.startsWith('@')) return { do: 'timer', ...target };
  const [name, value] = move.split('=');
  if (value !== undefined) return { do: 'set', variables: { [name!]: JSON.parse(value) } };
  const [task, code] = node.split(':');
  return code ? { do: 'error', node: task!, code } : { do: 'complete', ...target };
}

describe('event sub-processes', () => {
  it('an interrupting one disarms every other event sub-process of its scope', async () => {
    const xml = file(
      `${start}${users('a')}${ends('end')}${flows('start > a > end')}` +
        eventSub('e1', `<startEvent id="s1">${on.message('stop')}</startEvent>${users('h')}${flows('s1 > h')}`) +
        eventSub(
          'e2',
          `<startEvent id="s2" isInterrupting="false">${on.message('note')}</startEvent>${users('k')}${flows('s2 > k')}`,
        ),
    );
    const { log } = await seen(xml, {}, '!note', '!stop', '!note', 'h');
    expect(log).toEqual(['a', 'a k', 'h', 'h', 'done']);
  });

  it('a timer cycle in one fires as often as it says, each run being its own', async () => {
    const xml = file(
      `${start}${users('a')}${ends('end')}${flows('start > a > end')}` +
        eventSub(
          'e',
          `<startEvent id="t" isInterrupting="false">${on.cycle('R2/P1D')}</startEvent>${users('h')}${flows('t > h')}`,
        ),
    );
    const { log } = await seen(xml, {}, '@t', '@t', '@t', 'a', 'h', 'h');
    expect(log).toEqual(['a t', 'a h t', 'a h h', 'refused notWaiting', 'h h', 'h', 'done']);
  });

  it('an escalation thrown in its own handler goes outward instead of starting it again', async () => {
    const inner =
      `<startEvent id="ss"/>${users('a')}<endEvent id="se">${on.escalation('HELP')}</endEvent>${flows('ss > a > se')}` +
      eventSub(
        'e',
        `<startEvent id="es" isInterrupting="false">${on.escalation('HELP')}</startEvent>${users('h')}<endEvent id="ee">${on.escalation('HELP')}</endEvent>${flows('es > h > ee')}`,
      );
    const xml = file(
      `${start}${sub('s', inner)}${boundary('b', 's', on.escalation(), false)}${users('boss', 'next')}${flows('start > s > next', 'b > boss')}`,
    );
    const { log } = await seen(xml, {}, 'a', 'h');
    expect(log).toEqual(['a', 'h', 'boss next']);
  });

  it('an error in a non-interrupting handler is caught by the error event sub-process beside it', async () => {
    const xml = file(
      `${start}${users('a')}${flows('start > a')}` +
        eventSub(
          'e1',
          `<startEvent id="s1" isInterrupting="false">${on.message('go')}</startEvent><serviceTask id="job"/>${flows('s1 > job')}`,
        ) +
        eventSub('e2', `<startEvent id="s2">${on.error('BAD')}</startEvent>${users('fix')}${flows('s2 > fix')}`),
    );
    const { log } = await seen(xml, {}, '!go', 'job:BAD', 'fix');
    expect(log).toEqual(['a', 'a job', 'fix', 'done']);
  });

  it('a condition that becomes true with the last task of its scope still starts it', async () => {
    const xml = file(
      `${start}${users('a')}${flows('start > a')}` +
        eventSub('e', `<startEvent id="s">${on.condition('risk > 5')}</startEvent>${users('h')}${flows('s > h')}`),
    );
    const model = await compile(xml);
    const first = step(model, undefined, { do: 'start', variables: { risk: 1 } });
    const second = step(model, first.state, { do: 'complete', node: 'a', variables: { risk: 9 } });
    expect(opened(second)).toBe('h');
  });
});

describe('compensation', () => {
  it('undoes each iteration of a multi-instance sub-process with its own elements, the last completed first', async () => {
    const inner = `<startEvent id="ss"/>${undoable('book')}${ends('se')}${flows('ss > book > se')}${many('2')}`;
    const xml = file(
      `${start}${sub('s', inner)}${users('a')}<endEvent id="end">${on.compensate()}</endEvent>${flows('start > s > a > end')}`,
    );
    const { log, ended } = await seen(xml, {}, 'book#1', 'book#0', 'a', 'undo_book#0', 'undo_book#1');
    expect(log).toEqual(['book#0 book#1', 'book#0', 'a', 'undo_book#0', 'undo_book#1', 'done']);
    expect(ended.filter((n) => n === 'undo_book')).toHaveLength(2);
    expect(ended.at(-1)).toBe('end');
  });

  it('uses the compensation event sub-process of a completed sub-process instead of the handlers inside', async () => {
    const inner =
      `<startEvent id="ss"/>${undoable('book')}${flows('ss > book')}` +
      eventSub(
        'e',
        `<startEvent id="cs">${on.compensate()}</startEvent>${users('own')}<endEvent id="ce">${on.compensate()}</endEvent>${flows('cs > own > ce')}`,
      );
    const xml = file(
      `${start}${sub('s', inner)}${users('a')}<intermediateThrowEvent id="th">${on.compensate('s')}</intermediateThrowEvent>${users('b')}${flows('start > s > a > th > b')}`,
    );
    const { log } = await seen(xml, {}, 'book', 'a', 'own', 'undo_book', 'b');
    expect(log).toEqual(['book', 'a', 'own', 'undo_book', 'b', 'done']);
  });

  it('thrown in an error event sub-process undoes what completed in the scope it belongs to', async () => {
    const xml = file(
      `${start}${undoable('book')}<serviceTask id="pay"/>${flows('start > book > pay')}` +
        eventSub(
          'e',
          `<startEvent id="es">${on.error()}</startEvent><endEvent id="ce">${on.compensate()}</endEvent>${flows('es > ce')}`,
        ),
    );
    const { log } = await seen(xml, {}, 'book', 'pay:DECLINED', 'undo_book');
    expect(log).toEqual(['book', 'pay', 'undo_book', 'done']);
  });

  it('runs once per completion of an activity in a loop', async () => {
    const xml = file(
      `${start}<exclusiveGateway id="m"/>${undoable('book')}<exclusiveGateway id="g"/><endEvent id="end">${on.compensate()}</endEvent>` +
        flows('start > m > book > g', 'g > m ? again', 'g > end ? not(again)'),
    );
    const { log } = await seen(xml, { again: true }, 'book', 'again=false', 'book', 'undo_book', 'undo_book');
    expect(log).toEqual(['book', 'book', 'book', 'undo_book', 'undo_book', 'done']);
  });

  it('a cancel deep inside a transaction undoes what completed in the sub-process still active, then leaves', async () => {
    const deep = `<startEvent id="ds"/>${undoable('deep')}<endEvent id="ce">${on.cancel}</endEvent>${flows('ds > deep > ce')}`;
    const inner = `<startEvent id="ss"/>${undoable('book')}${sub('d', deep)}${flows('ss > book > d')}`;
    const xml = file(
      `${start}<transaction id="t">${inner}</transaction>${boundary('x', 't', on.cancel)}${boundary('late', 't', on.duration('P1D'))}${users('w')}${flows('start > t', 'x > w')}`,
    );
    const { log } = await seen(xml, {}, 'book', 'deep', 'undo_deep', 'undo_book', 'w');
    expect(log).toEqual(['book late', 'deep late', 'undo_deep', 'undo_book', 'w', 'done']);
  });
});

describe('joins', () => {
  it('an inclusive join waits for a token that can come through a boundary event', async () => {
    const xml = file(
      `${start}<inclusiveGateway id="f"/>${users('a', 'b', 'after')}${boundary('t', 'b', on.duration('P1D'))}<inclusiveGateway id="j"/>${ends('e1', 'e2')}` +
        flows('start > f', 'f > a ? true', 'f > b ? true', 'a > j', 'b > e1', 't > j', 'j > after > e2'),
    );
    expect((await seen(xml, {}, 'a', '@t', 'after')).log).toEqual(['a b t', 'b t', 'after', 'done']);
    expect((await seen(xml, {}, 'a', 'b', 'after')).log).toEqual(['a b t', 'b t', 'after', 'done']);
  });

  it('two inclusive joins one after the other fire in order', async () => {
    const xml = file(
      `${start}<inclusiveGateway id="f"/>${users('a', 'b', 'c', 'd')}<inclusiveGateway id="j1"/><inclusiveGateway id="j2"/>${ends('end')}` +
        flows(
          'start > f',
          'f > a ? true',
          'f > b ? true',
          'f > c ? true',
          'a > j1',
          'b > j1',
          'j1 > j2',
          'c > j2',
          'j2 > d > end',
        ),
    );
    expect((await seen(xml, {}, 'c', 'a', 'b', 'd')).log).toEqual(['a b c', 'a b', 'b', 'd', 'done']);
  });
});

describe('other elements', () => {
  it('a link goes on at its catch event', async () => {
    const xml = file(
      `${start}<intermediateThrowEvent id="th">${on.link('far')}</intermediateThrowEvent><intermediateCatchEvent id="c">${on.link('far')}</intermediateCatchEvent>${users('a')}${flows('start > th', 'c > a')}`,
    );
    const { log, ended } = await seen(xml, {}, 'a');
    expect(log).toEqual(['a', 'done']);
    expect(ended).toEqual(['start', 'th', 'c', 'a']);
  });

  it('a standard loop repeats while its condition holds and stops at its maximum', async () => {
    const loop =
      '<standardLoopCharacteristics loopMaximum="3"><loopCondition xsi:type="tFormalExpression">=again</loopCondition></standardLoopCharacteristics>';
    const xml = file(`${start}<userTask id="a">${loop}</userTask>${users('b')}${flows('start > a > b')}`);
    expect((await seen(xml, { again: true }, 'a', 'a', 'a')).log).toEqual(['a', 'a', 'a', 'b']);
    expect((await seen(xml, { again: false }, 'a')).log).toEqual(['a', 'b']);
  });

  it('an event gateway waits for a receive task as well as for a condition', async () => {
    const xml = file(
      `${start}<eventBasedGateway id="g"/><receiveTask id="r" messageRef="m_letter"/><intermediateCatchEvent id="c">${on.condition('late')}</intermediateCatchEvent>${users('x', 'y')}${flows('start > g > r > x', 'g > c > y')}`,
    );
    expect((await seen(xml, { late: false }, '!letter', 'late=true', 'x')).log).toEqual(['', 'x', 'x', 'done']);
    expect((await seen(xml, { late: false }, 'late=true')).log).toEqual(['', 'y']);
  });

  it('a multi-instance inside a multi-instance names every iteration around a task', async () => {
    const inner = `<startEvent id="ss"/><userTask id="a">${many('2')}</userTask>${flows('ss > a')}${many('2', true)}`;
    const xml = file(`${start}${sub('s', inner)}${users('b')}${flows('start > s > b')}`);
    const { log } = await seen(xml, {}, 'a#0#1', 'a#0#0', 'a#1#0', 'a#1#1', 'b');
    expect(log).toEqual(['a#0#0 a#0#1', 'a#0#0', 'a#1#0 a#1#1', 'a#1#1', 'b', 'done']);
  });

  it('a matching error code wins over an event without code, and an error passes through iterations and calls', async () => {
    const child = `<process id="child"><startEvent id="cs"/><serviceTask id="job"/>${flows('cs > job')}</process>`;
    const inner = `<startEvent id="ss"/><callActivity id="ca" calledElement="child"/>${flows('ss > ca')}${many('2')}`;
    const xml = file(
      `${start}${sub('s', inner)}${boundary('any', 's', on.error())}${boundary('bad', 's', on.error('BAD'))}${users('x', 'y')}${flows('start > s', 'any > x', 'bad > y')}`,
      child,
    );
    expect((await seen(xml, {}, 'job:BAD')).log).toEqual(['job#0 job#1', 'y']);
    expect((await seen(xml, {}, 'job:ODD')).log).toEqual(['job#0 job#1', 'x']);
  });

  it('a message kept before its boundary event was armed interrupts the activity as soon as it begins', async () => {
    const xml = file(
      `${start}${users('a', 'b', 'c')}${boundary('m', 'b', on.message('stop'))}${flows('start > a > b', 'm > c')}`,
    );
    expect((await seen(xml, {}, '!stop', 'a')).log).toEqual(['a', 'a', 'c']);
  });

  it('collects the outputs of the iterations in the order of the collection', async () => {
    const loop =
      '<multiInstanceLoopCharacteristics><extensionElements><zeebe:loopCharacteristics inputCollection="=list" inputElement="item" outputCollection="results" outputElement="=item + plus"/></extensionElements></multiInstanceLoopCharacteristics>';
    const xml = file(`${start}<userTask id="a">${loop}</userTask>${users('b')}${flows('start > a > b')}`);
    const { result } = await seen(xml, { list: [1, 2], plus: 10 }, 'a#1', 'plus=20', 'a#0');
    expect(result.state.v.results).toEqual([21, 12]);
  });
});

describe('incidents', () => {
  it('a gateway without a flow to take is tried again once the variable is right', async () => {
    const xml = file(
      `${start}${users('a', 'b')}<exclusiveGateway id="g"/>${flows('start > a > g', 'g > b ? amount > 1')}`,
    );
    const { result } = await seen(xml, {}, 'a');
    expect(result.state.incident).toMatchObject({ code: 'noFlow', node: 'g' });
    const model = await compile(xml);
    const blocked = step(model, result.state, { do: 'complete', node: 'b' });
    expect(blocked.refused).toBe('incident');
    const again = step(model, result.state, { do: 'retry' });
    expect(again.state.status).toBe('incident');
    const fixed = step(model, again.state, { do: 'retry', variables: { amount: 5 } });
    expect(opened(fixed)).toBe('b');
    expect(fixed.state.incident).toBeUndefined();
  });

  it('an error nobody catches leaves the task waiting, to be tried again', async () => {
    const xml = file(`${start}<serviceTask id="job"/>${flows('start > job')}`);
    const { result } = await seen(xml, {}, 'job:ODD');
    expect(result.state.incident).toEqual({ code: 'uncaughtError', node: 'job', token: 2 + 1, detail: 'ODD' });
    const again = step(await compile(xml), result.state, { do: 'retry' });
    expect(opened(again)).toBe('job');
  });

  it('a collection that is no list is an incident at the activity', async () => {
    const loop =
      '<multiInstanceLoopCharacteristics><extensionElements><zeebe:loopCharacteristics inputCollection="=list" inputElement="item"/></extensionElements></multiInstanceLoopCharacteristics>';
    const xml = file(`${start}<userTask id="a">${loop}</userTask>${flows('start > a')}`);
    const { result } = await seen(xml, {});
    expect(result.state.incident).toMatchObject({ code: 'badCollection', node: 'a' });
    const fixed = step(await compile(xml), result.state, { do: 'retry', variables: { list: [1] } });
    expect(opened(fixed)).toBe('a#0');
  });

  it('cancelling an instance leaves nothing open and refuses what follows', async () => {
    const xml = file(`${start}${users('a')}${boundary('t', 'a', on.duration('P1D'))}${flows('start > a')}`);
    const { result } = await seen(xml, {});
    const model = await compile(xml);
    const cancelled = step(model, result.state, { do: 'cancel' });
    expect(cancelled.state).toMatchObject({ status: 'cancelled', t: [], s: [] });
    expect(cancelled.timers).toEqual([]);
    expect(cancelled.trace).toEqual([{ what: 'cancelled', node: 'a', token: 3 }]);
    expect(step(model, cancelled.state, { do: 'complete', node: 'a' }).refused).toBe('over');
  });
});

describe('a call activity with child instances of its own', () => {
  it('waits for the child and takes its end, its error by code and its escalation', async () => {
    const xml = file(
      `${start}<callActivity id="ca" calledElement="other"/>${boundary('e', 'ca', on.error('BAD'))}${boundary('x', 'ca', on.escalation(), false)}${users('fix', 'boss', 'next')}${flows('start > ca > next', 'e > fix', 'x > boss')}`,
    );
    const model = await compile(xml, { calls: 'external' });
    const first = step(model, undefined, { do: 'start' });
    expect(first.waiting).toMatchObject([{ node: 'ca', kind: 'call' }]);
    expect(opened(step(model, first.state, { do: 'complete', node: 'ca' }))).toBe('next');
    expect(opened(step(model, first.state, { do: 'error', node: 'ca', code: 'BAD' }))).toBe('fix');
    expect(opened(step(model, first.state, { do: 'escalate', node: 'ca', code: 'HELP' }))).toBe('boss ca');
  });
});
