import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  checkProcedure,
  feeFor,
  feeList,
  guide,
  type JsonObject,
  type ProcedureData,
  papersFor,
  prefill,
  routedProvince,
  titleOf,
  validateAll,
  visiblePages,
} from '#server/procedures/index.ts';
import { type DocumentTemplate, fillTemplate, renderDocument } from '#server/signatures/index.ts';
import { procedureCode } from '#workflows/index.ts';
import { openingHours } from './opening-hours.ts';
import { fullAnswers } from './sample-answers.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const effects = new Set([
  'dossiers.issue-slip',
  'dossiers.notify-lapsed',
  'dossiers.deliver-result',
  'pharmacy-eligibility.register',
]);
const day = new Date('2026-11-23T02:00:00Z');
let data: ProcedureData;

beforeAll(async () => {
  data = (await checkProcedure(folder, effects)).data!;
});

describe('the folder', () => {
  it('is sound', async () => {
    const { problems, contentHash } = await checkProcedure(folder, effects);
    expect(problems).toEqual([]);
    expect(contentHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('has code for each effect the diagram asks of it', () => {
    expect(Object.keys(procedureCode['pharmacy-eligibility']!.effects)).toEqual(['pharmacy-eligibility.register']);
  });
});

describe('a broken folder', () => {
  let copy: string | undefined;
  afterEach(async () => {
    if (copy) await rm(copy, { recursive: true });
  });
  const broken = async (file: string, change: (text: string) => string) => {
    copy = await mkdtemp(join(tmpdir(), 'procedure-'));
    await cp(folder, copy, { recursive: true });
    await writeFile(join(copy, file), change(await readFile(join(copy, file), 'utf8')));
    return (await checkProcedure(copy, effects)).problems.map(
      (each) => `${each.file} ${each.element}: ${each.problem}`,
    );
  };

  it.each<[string, string, string, string, RegExp]>([
    [
      'an unknown effect',
      'process.bpmn',
      'type="pharmacy-eligibility.register"',
      'type="nobody.knows"',
      /register-pharmacy: unknownEffect: nobody.knows/,
    ],
    [
      'a task without a group',
      'process.bpmn',
      '<zeebe:assignmentDefinition candidateGroups="leader" />',
      '',
      /approve-supplement: missingGroup/,
    ],
    [
      'a share that differs',
      'process.bpmn',
      'dueDate="=workingDays(4)"',
      'dueDate="=workingDays(5)"',
      /assess: takes 5 working days here and 4/,
    ],
    [
      'a time to answer that differs from the slip’s',
      'procedure.yaml',
      'supplementAnswerDays: 60',
      'supplementAnswerDays: 50',
      /answer-supplement: is due =workingDays\(60\) here and after 50[\s\S]*supplement-lapsed: fires after =workingDays\(60\) here and 50/,
    ],
    [
      'a timer that differs from the time to correct',
      'process.bpmn',
      '<timeDuration xsi:type="tFormalExpression">=workingDays(60)</timeDuration>\n      </timerEventDefinition>\n    </boundaryEvent>\n    <userTask id="recheck"',
      '<timeDuration xsi:type="tFormalExpression">=workingDays(30)</timeDuration>\n      </timerEventDefinition>\n    </boundaryEvent>\n    <userTask id="recheck"',
      /correction-lapsed: fires after =workingDays\(30\) here and 60/,
    ],
    [
      'a notice after the end',
      'procedure.yaml',
      '{ daysBefore: 7 }',
      '{ daysBefore: 70 }',
      /answer-supplement: is reminded of 70 working days before its end, but lasts 60/,
    ],
    [
      'too many days',
      'procedure.yaml',
      'limitDays: 20',
      'limitDays: 19',
      /steps: the steps take 20 working days, the limit is 19/,
    ],
    [
      'a condition on no field',
      'procedure.yaml',
      'ownership: { const: rented }',
      'tenancy: { const: rented }',
      /papers.lease: condition on premises.tenancy/,
    ],
    ['a wrong key', 'procedure.yaml', 'limitDays:', 'limitdays:', /procedure.yaml/],
    [
      'a gap in the fees',
      'fees.dmn',
      '<text>"herbal-shop"</text></inputEntry>',
      '<text>"pharmacy"</text></inputEntry>',
      /fees.dmn/,
    ],
    [
      'a field asked nowhere',
      'form.json',
      '"fields": ["facility.name"]',
      '"fields": ["facility.nme"]',
      /facility.name: asked on no page/,
    ],
    [
      'an unknown block',
      'templates/certificate.json',
      '"kind": "title"',
      '"kind": "tilte"',
      /templates\/certificate.json/,
    ],
    ['broken XML', 'process.bpmn', '</process>', '', /process.bpmn/],
  ])('names %s', async (_name, file, from, to, expected) => {
    expect((await broken(file, (text) => text.replace(from, to))).join('\n')).toMatch(expected);
  });
});

describe('the form', () => {
  it('accepts the complete answers of a pharmacy', () => {
    expect(validateAll(data.form, fullAnswers)).toEqual([]);
  });

  it('asks about controlled drugs, cold storage, station and hours only where they matter', () => {
    const pages = (answers: JsonObject) => visiblePages(data.form, answers).map((page) => page.id);
    expect(pages({})).not.toContain('controlled-drugs');
    expect(pages({ facility: { kind: 'pharmacy' } })).toEqual(
      expect.arrayContaining(['pharmacy-scope', 'controlled-drugs']),
    );
    expect(pages({ facility: { kind: 'commune-cabinet' } })).toContain('commune-station');
    expect(pages({ controlled: { sells: true } })).toContain('controlled-details');
    expect(pages({ storage: { coldChain: true } })).toContain('cold-chain');
    expect(pages({ hours: { same: false } })).toContain('hours-days');
    expect(pages({ hours: { same: true } })).not.toContain('hours-days');
  });

  it('explains in its own words why a pharmacy needs a university degree', () => {
    const errors = validateAll(data.form, {
      ...fullAnswers,
      chief: { ...(fullAnswers.chief as JsonObject), qualification: 'college' },
    });
    expect(errors).toMatchObject([{ path: 'chief.qualification', reason: 'procedures.field.own' }]);
    expect(errors[0]!.values?.vi).toMatch(/dược sĩ đại học/);
  });

  it('wants both times of a day or none', () => {
    const hours = { same: false, monday: { opens: '07:30' }, tuesday: { opens: '07:30', closes: '21:00' } };
    expect(validateAll(data.form, { ...fullAnswers, hours }).map((error) => error.path)).toEqual([
      'hours.monday.closes',
    ]);
  });

  it('fills in what the profile knows', () => {
    const organisation = { name: 'Công ty A', taxCode: '0101234567', address: null, representativeName: 'Lê An' };
    expect(prefill(data.form, { person: { email: 'an@example.vn' }, organisation })).toEqual({
      applicant: { name: 'Công ty A', taxCode: '0101234567', representative: 'Lê An' },
      facility: { email: 'an@example.vn' },
    });
  });
});

describe('papers, fee and authority', () => {
  const keys = (answers: JsonObject) => papersFor(data, answers).map((paper) => paper.key);

  it('asks for the papers that apply', () => {
    expect(keys({})).toEqual([
      'application',
      'business-registration',
      'practice-certificate',
      'technical-dossier',
      'site-plan',
    ]);
    expect(
      keys({
        premises: { ownership: 'rented' },
        gpp: { status: 'certified' },
        storage: { coldChain: true },
        controlled: { sells: true },
      }),
    ).toEqual(expect.arrayContaining(['lease', 'gpp-certificate', 'controlled-drugs', 'cold-chain']));
  });

  it('says types and sizes before anything is uploaded', () => {
    expect(papersFor(data, {})[0]).toMatchObject({
      accepts: ['application/pdf', 'image/jpeg', 'image/png'],
      maxBytes: 10 * 1_048_576,
      maxFiles: 3,
    });
  });

  it('takes the fee from the table, by kind and day', () => {
    expect(feeFor(data, fullAnswers, day)).toMatchObject({ amount: 1_000_000, lines: [{ amount: 1_000_000 }] });
    expect(feeFor(data, fullAnswers, new Date('2025-06-01T00:00:00Z')).amount).toBe(500_000);
    expect(feeFor(data, {}, day)).toEqual({ amount: 0, lines: [] });
    expect(feeList(data, day).map((each) => each.amount)).toEqual([1_000_000, 500_000, 500_000, 1_000_000]);
  });

  it('goes to the health department of the facility and is called by its name', () => {
    expect(routedProvince(data, fullAnswers)).toBe('01');
    expect(routedProvince(data, {})).toBeUndefined();
    expect(titleOf(data, fullAnswers)).toBe('Nhà thuốc Minh Châu');
  });

  it('guides in at most ten questions and stops who may not apply', () => {
    const start = guide(data, {}, day);
    expect(start.questions.length).toBeLessThanOrEqual(10);
    expect(start.complete).toBe(false);
    const stopped = guide(data, { facility: { kind: 'pharmacy' }, chief: { qualification: 'secondary' } }, day);
    expect(stopped.stops[0]!.vi).toMatch(/dược sĩ đại học/);
    const done = guide(data, fullAnswers, day);
    expect(done).toMatchObject({ complete: true, stops: [], fee: { amount: 1_000_000 } });
    expect(done.papers.map((paper) => paper.key)).toContain('lease');
  });
});

describe('what the certificate and the register get', () => {
  const values = (kind: 'certificate' | 'refusal', text: string) =>
    procedureCode['pharmacy-eligibility']!.resultData({
      kind,
      answers: fullAnswers,
      placeName: (level) => (level === 'province' ? 'thành phố Hà Nội' : 'phường Hoàn Kiếm'),
      applicant: { name: 'Công ty A', taxCode: '0101234567', address: null },
      authority: {
        name: 'Sở Y tế thành phố Hà Nội',
        superiorName: 'Ủy ban nhân dân thành phố Hà Nội',
        documentCode: 'SYT',
        placeCode: 'HNO',
        placeText: 'Hà Nội',
      },
      dossier: { code: '000.00.10.H26-261123-0001', filedAt: day, receivedAt: day },
      signer: { title: ['KT. GIÁM ĐỐC', 'PHÓ GIÁM ĐỐC'], name: 'Trần Thị B' },
      text,
      validTo: null,
      createdAt: day.toISOString(),
    });
  const verifyUrl = 'https://motcua.example.vn/verify/K7QX2M9PTA';

  it.each(['certificate', 'refusal'] as const)('fills and draws the %s, every placeholder of it', async (kind) => {
    const layout = fillTemplate(data.templates[kind] as DocumentTemplate, {
      ...values(kind, 'Diện tích không đủ.'),
      verifyUrl,
    });
    const printed = JSON.stringify(layout);
    expect(printed).toContain('SỞ Y TẾ THÀNH PHỐ HÀ NỘI');
    expect(printed).toContain('12 Trần Hưng Đạo, phường Hoàn Kiếm, thành phố Hà Nội');
    expect(printed).toContain('Diện tích không đủ.');
    expect(printed).not.toMatch(/\{[a-z]+\.[a-z]+\}/i);
    const pdf = await renderDocument(layout);
    expect(new TextDecoder('latin1').decode(pdf.slice(0, 5))).toBe('%PDF-');
  });

  it('leaves out what the officer did not write', () => {
    const layout = fillTemplate(data.templates.certificate as DocumentTemplate, {
      ...values('certificate', ''),
      verifyUrl,
    });
    expect(layout.blocks.filter((block) => block.kind === 'paragraph')).toHaveLength(1);
    expect(JSON.stringify(layout)).toMatch(/Bán lẻ thuốc; .*thuốc gây nghiện/);
  });

  it('gives the register opening hours by weekday', () => {
    expect(openingHours(fullAnswers)['7']).toEqual([{ from: '07:30', to: '21:30' }]);
    expect(openingHours({ hours: { same: false, monday: { opens: '08:00', closes: '17:00' } } })).toEqual({
      '1': [{ from: '08:00', to: '17:00' }],
    });
  });
});
