import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import vi from '../../../messages/vi/workflow.json' with { type: 'json' };
import { compile } from '../kernel/index.ts';
import { boundary, ends, eventSub, file, flows, on, start, users } from '../testing/bpmn.ts';
import { checkDiagram } from './index.ts';
import { checkSecondOpinion, comparable } from './second-opinion.ts';

/** A user task that lacks nothing. */
const task = (id: string, days = 1, group = 'officer') =>
  `<userTask id="${id}"><extensionElements><zeebe:assignmentDefinition candidateGroups="${group}"/><zeebe:formDefinition formKey="${id}"/><zeebe:taskSchedule dueDate="=workingDays(${days})"/></extensionElements></userTask>`;
const effect = (id: string, type: string) =>
  `<serviceTask id="${id}"><extensionElements><zeebe:taskDefinition type="${type}"/></extensionElements></serviceTask>`;
const found = async (xml: string, options = {}) =>
  (await checkDiagram(xml, options)).map((p) => `${p.code} ${p.element}`);

describe('a sound diagram', () => {
  it('has no problems, and neither has the pharmacy procedure', async () => {
    const xml = file(
      `${start}${task('a')}<parallelGateway id="f"/>${task('b')}${task('c')}<parallelGateway id="j"/>${ends('end')}${flows('start > a > f > b > j > end', 'f > c > j')}`,
    );
    expect(await found(xml)).toEqual([]);
    const pharmacy = readFileSync(
      new URL('../../../workflows/pharmacy-eligibility/process.bpmn', import.meta.url),
      'utf8',
    );
    expect(await checkDiagram(pharmacy, { limit: { workingDays: 30 } })).toEqual([]);
  });
});

describe('what an element lacks', () => {
  it('is named by element id', async () => {
    const xml = file(
      `${start}${users('a')}${effect('e', 'odd.effect')}<scriptTask id="s"/><serviceTask id="n"/>${ends('end')}${flows('start > a > e > s > n > end')}`,
    );
    expect(await found(xml, { known: { effects: ['other'] } })).toEqual([
      'missingGroup a',
      'missingForm a',
      'missingTimeShare a',
      'unknownEffect e',
      'scriptTask s',
      'missingEffect n',
    ]);
  });

  it('or names what does not exist', async () => {
    const xml = file(
      `${start}${task('a', 1, 'nobody')}<receiveTask id="r" messageRef="m_letter"/><callActivity id="c" calledElement="lost"/>${ends('end')}${flows('start > a > r > c > end')}`,
    );
    expect(await found(xml, { known: { roles: ['officer'], forms: [], messages: ['other'] } })).toEqual([
      'unknownGroup a',
      'unknownForm a',
      'unknownMessage r',
      'unknownCall c',
    ]);
  });
});

describe('the text of a diagram', () => {
  it('that is not XML, holds unknown attributes, dangling flows, code or unsupported elements is refused', async () => {
    expect(await found('<a')).toEqual(['badXml definitions']);
    const ok = `${start}${task('a')}${ends('end')}`;
    expect(
      await found(file(`${ok}${flows('start > a > end')}`).replace('<userTask id="a">', '<userTask id="a" wrong="1">')),
    ).toEqual(['warning a']);
    expect((await found(file(`${ok}${flows('start > lost')}`))).some((p) => p.startsWith('danglingFlow flow'))).toBe(
      true,
    );
    const code = file(
      `${ok}<exclusiveGateway id="g"/>${flows('start > a > g')}<sequenceFlow id="x" sourceRef="g" targetRef="end"><conditionExpression xsi:type="tFormalExpression">\${process.exit()}</conditionExpression></sequenceFlow>`,
    );
    expect(await found(code)).toEqual(['badExpression x', 'noEqualsSign x']);
    const odd = file(`${ok}<complexGateway id="c"/><adHocSubProcess id="h"/>${flows('start > a > end')}`);
    expect(await found(odd)).toEqual(['unsupported c', 'unsupported h']);
  });
});

describe('soundness', () => {
  it('finds a join that waits for a branch never taken, also when a withdrawal would free it, and shows the way there', async () => {
    const xml = file(
      `${start}<exclusiveGateway id="g" default="d"/>${task('a')}${task('b')}<parallelGateway id="j"/>${ends('end')}<sequenceFlow id="d" sourceRef="g" targetRef="a"/>${flows('start > g', 'g > b ? x = 1', 'a > j', 'b > j', 'j > end')}` +
        eventSub('w', `<startEvent id="ws">${on.message('withdrawn')}</startEvent>${ends('we')}${flows('ws > we')}`),
    );
    const [first] = await checkDiagram(xml);
    expect(first).toMatchObject({ code: 'deadlock', element: 'j', severity: 'error', path: ['start', 'b'] });
  });

  it('finds parallel branches that are not joined, a loop without end, an error nobody catches, an element nothing leads to', async () => {
    expect(
      await found(
        file(
          `${start}<parallelGateway id="f"/>${task('a')}${task('b')}<exclusiveGateway id="m"/>${task('c')}${ends('end')}${flows('start > f > a > m > c > end', 'f > b > m')}`,
        ),
      ),
    ).toContain('lackOfSynchronisation c');
    expect(
      await found(
        file(
          `${start}${task('a')}<exclusiveGateway id="m"/><exclusiveGateway id="x" default="d"/>${ends('end')}<sequenceFlow id="d" sourceRef="x" targetRef="end"/>${flows('start > a > m > x', 'x > m ? again')}`,
        ),
      ),
    ).toContain('endlessLoop x');
    expect(
      await found(file(`${start}${task('a')}<endEvent id="e">${on.error('BAD')}</endEvent>${flows('start > a > e')}`)),
    ).toEqual(['uncaughtError e']);
    expect(
      await found(file(`${start}${task('a')}${task('b')}${ends('end', 'e2')}${flows('start > a > end', 'b > e2')}`)),
    ).toEqual(['unreachable b', 'unreachable e2']);
  });

  it('finds a loop that no choice leaves', async () => {
    const xml = file(`${start}${task('a')}${task('b')}${flows('start > a > b > a')}`);
    expect(await found(xml)).toEqual(['neverEnds a']);
  });
});

describe('time and ends', () => {
  it("the longest way must fit the legal limit, the applicant's own time not counted", async () => {
    const xml = file(
      `${start}${task('a', 3)}<exclusiveGateway id="g" default="d"/>${task('b', 5)}${task('own', 60, 'applicant')}${ends('end')}<sequenceFlow id="d" sourceRef="g" targetRef="end"/>${flows('start > a > g', 'g > own ? x = 1', 'own > b > end')}`,
    );
    expect(await found(xml, { limit: { workingDays: 8 } })).toEqual([]);
    expect((await checkDiagram(xml, { limit: { workingDays: 7 } }))[0]).toMatchObject({
      code: 'overLegalLimit',
      values: { detail: '8' },
      path: ['a', 'b'],
    });
  });

  it('a refusal must pass the step that issues its slip', async () => {
    const end =
      '<endEvent id="no"><extensionElements><zeebe:properties><zeebe:property name="state" value="3"/></zeebe:properties></extensionElements></endEvent>';
    const endRules = [{ end: { state: '3' }, passes: { taskType: 'slip' } }];
    const xml = file(
      `${start}${task('a')}${effect('s', 'slip')}${end}${flows('start > a > s > no')}${boundary('t', 'a', on.duration('P1D'))}`,
    );
    expect(await found(xml, { endRules })).toEqual([]);
    expect(await found(xml, { endRules: [{ end: { state: '3' }, passes: { taskType: 'other' } }] })).toEqual([
      'endWithoutEffect no',
    ]);
  });
});

describe('the second opinion', () => {
  it('is asked about diagrams bpmn-engine gets right, and agrees', async () => {
    const folder = new URL('../testing/cases/', import.meta.url);
    let asked = 0;
    for (const name of readdirSync(folder)) {
      const model = await compile(readFileSync(new URL(`${name}/process.bpmn`, folder), 'utf8'));
      if (comparable(model)) asked += 1;
      expect(await checkSecondOpinion(model, 2, 20), name).toEqual([]);
    }
    expect(asked).toBeGreaterThan(15);
  });

  it('is not asked about a loop into a join, where bpmn-engine fires early', async () => {
    const folder = new URL('../testing/cases/02-and-join-xor-loop-back/process.bpmn', import.meta.url);
    expect(comparable(await compile(readFileSync(folder, 'utf8')))).toBeUndefined();
  });
});

describe('messages', () => {
  it('every reason and hint of a problem has its text', async () => {
    const texts = vi as unknown as Record<string, Record<string, string>>;
    const problems = await checkDiagram(file(`${start}${users('a')}<complexGateway id="c"/>${flows('start > a')}`));
    for (const p of problems)
      for (const key of [p.reason, p.hint]) {
        const [, group, name] = key.split('.');
        expect(texts[group!]?.[name!], key).toBeTypeOf('string');
      }
  });
});
