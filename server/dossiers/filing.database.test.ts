import { and, eq, gt } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dossierEvents, dossiers } from '#db/schema/dossiers.ts';
import { paymentIntents } from '#db/schema/payments.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { processInstances } from '#db/schema/workflow.ts';
import { type AppError, verifyAuditChain } from '#server/platform/index.ts';
import { setAt } from '#server/procedures/index.ts';
import { fileDossier } from './commands/file-dossier.ts';
import { removePaper } from './commands/papers.ts';
import { getDraft } from './queries/draft.ts';
import { papersOf } from './records.ts';
import { completeDraft, copyDraft, file, pay, standing } from './testing/journey.ts';
import { openWorld, type World } from './testing/world.ts';

let world: World;
let template: string;
beforeAll(async () => {
  world = await openWorld();
  template = await completeDraft(world);
});
afterAll(() => world.close());

const filing = (dossierId: string, submissionKey: string) =>
  fileDossier(world.as('owner'), { dossierId, submissionKey, declared: true });
const row = async (id: string) => (await world.db.select().from(dossiers).where(eq(dossiers.id, id)))[0]!;

describe('one filing sent many times', () => {
  test('at once with one key gives one code, one payment, one process and the same answer each time', async () => {
    const id = await copyDraft(world, template);
    const answers = await Promise.all(Array.from({ length: 20 }, () => filing(id, 'one-key-for-all')));
    expect(new Set(answers.map((answer) => answer.code)).size).toBe(1);
    expect(await world.db.select().from(paymentIntents).where(eq(paymentIntents.subjectId, id))).toHaveLength(1);
    expect(await world.db.select().from(processInstances).where(eq(processInstances.businessKey, id))).toHaveLength(1);
    const entries = await world.db.select().from(dossierEvents).where(eq(dossierEvents.dossierId, id));
    expect(entries.map((entry) => entry.kind)).toEqual(['filed']);
  });

  test('with other keys at once is filed once; the others hear that it was', async () => {
    const id = await copyDraft(world, template);
    const answers = await Promise.allSettled(Array.from({ length: 6 }, (_, i) => filing(id, `another-key-${i}`)));
    const refused = answers.filter((answer) => answer.status === 'rejected').map((answer) => answer.reason as AppError);
    expect(refused).toHaveLength(5);
    for (const error of refused)
      expect(error).toMatchObject({ code: 'forbidden', reason: 'dossiers.errors.alreadyFiled' });
    expect((await row(id)).code).toMatch(/^000\.00\.10\.H26-261123-\d{4}$/);
  });

  test('with a key that filed another dossier is a conflict, and the draft stays', async () => {
    const [first, second] = [await copyDraft(world, template), await copyDraft(world, template)];
    await filing(first, 'used-for-the-first');
    await expect(filing(second, 'used-for-the-first')).rejects.toMatchObject({
      code: 'conflict',
      reason: 'dossiers.errors.submissionKeyReused',
    });
    expect(await row(second)).toMatchObject({ state: 0, code: null });
  });
});

describe('what the applicant saw when they declared', () => {
  const filed = (dossierId: string, submissionKey: string, contentDigest: string) =>
    fileDossier(world.as('owner'), { dossierId, submissionKey, contentDigest, declared: true });
  const seen = async (dossierId: string) => (await getDraft(world.as('owner'), { dossierId })).contentDigest;

  test('is what is filed: a draft that has changed since is refused, and filed after another look', async () => {
    const id = await copyDraft(world, template);
    const before = await seen(id);
    const { answers } = await row(id);
    await world.db
      .update(dossiers)
      .set({ answers: setAt(answers as never, 'facility.name', 'Nhà thuốc Đổi Tên') })
      .where(eq(dossiers.id, id));
    await expect(filed(id, 'seen-before-the-change', before)).rejects.toMatchObject({
      code: 'conflict',
      reason: 'dossiers.errors.changedSinceChecked',
    });
    expect(await row(id)).toMatchObject({ state: 0, code: null });
    await filed(id, 'seen-after-the-change', await seen(id));
    expect(await row(id)).toMatchObject({ title: 'Nhà thuốc Đổi Tên' });
  });

  test('belongs to the key: the same again is the same answer, the key with other content is refused', async () => {
    const id = await copyDraft(world, template);
    const digest = await seen(id);
    const first = await filed(id, 'a-key-and-its-content', digest);
    expect(await filed(id, 'a-key-and-its-content', digest)).toEqual(first);
    await expect(filed(id, 'a-key-and-its-content', 'f'.repeat(64))).rejects.toMatchObject({
      code: 'conflict',
      reason: 'dossiers.errors.submissionKeyReused',
    });
  });
});

describe('an incomplete draft', () => {
  test('is refused with each fault by field and paper, takes no code and leaves an audit row', async () => {
    const id = await copyDraft(world, template);
    const { answers } = await row(id);
    await world.db
      .update(dossiers)
      .set({ answers: setAt(answers as never, 'facility.name', '') })
      .where(eq(dossiers.id, id));
    const [lease] = (await papersOf(world.db, id)).filter((paper) => paper.paperKey === 'lease');
    await removePaper(world.as('owner'), { dossierId: id, paperId: lease!.id });
    const error = await filing(id, 'too-early-to-file').catch((thrown: AppError) => thrown);
    expect(error).toMatchObject({ code: 'invalidInput', reason: 'dossiers.errors.incomplete' });
    expect((error as AppError).details.fields!.map((field) => field.path)).toEqual(['facility.name', 'papers.lease']);
    expect(await row(id)).toMatchObject({ state: 0, code: null, submissionKey: null });
    const rows = await world.db
      .select()
      .from(auditEntries)
      .where(and(eq(auditEntries.action, 'dossier.file'), eq(auditEntries.subjectId, id)));
    expect(rows).toMatchObject([{ outcome: 'refused', details: { reason: 'dossiers.errors.incomplete' } }]);
  });

  test('is not filed without the declaration', async () => {
    const raw = { dossierId: template, submissionKey: 'without-declaration', declared: false as unknown as true };
    await expect(fileDossier(world.as('owner'), raw)).rejects.toMatchObject({
      code: 'invalidInput',
      details: { fields: [{ path: 'declared', reason: 'dossiers.errors.declarationMissing' }] },
    });
  });

  test('keeps nothing of pages that were not asked in the end', async () => {
    const id = await copyDraft(world, template);
    const { answers } = await row(id);
    await world.db
      .update(dossiers)
      .set({ answers: setAt(answers as never, 'controlled.sells', false) })
      .where(eq(dossiers.id, id));
    await file(world, id);
    expect((await row(id)).answers.controlled).toEqual({ sells: false });
  });
});

describe('many filings', () => {
  test('at once are numbered by authority and day without gap or repeat, also when some are refused', async () => {
    world.clock.at = new Date('2026-11-24T08:00:00+07:00');
    const ids: string[] = [];
    for (let i = 0; i < 44; i++) ids.push(await copyDraft(world, template));
    const broken = new Set(ids.filter((_, i) => i % 11 === 5));
    for (const id of broken) await world.db.update(dossiers).set({ answers: {} }).where(eq(dossiers.id, id));
    const answers = await Promise.allSettled(ids.map((id) => file(world, id)));
    expect(answers.filter((answer) => answer.status === 'rejected')).toHaveLength(4);
    const codes = (await world.db.select().from(dossiers).where(gt(dossiers.state, 0)))
      .map((dossier) => dossier.code!)
      .filter((code) => code.includes('-261124-'))
      .sort();
    expect(codes).toEqual(
      Array.from({ length: 40 }, (_, i) => `000.00.10.H26-261124-${String(i + 1).padStart(4, '0')}`),
    );
    expect(await verifyAuditChain(world.own.ownerDb)).toMatchObject({ firstBad: null });
  });

  test('count anew for each day of Vietnam and each authority', async () => {
    const codeOn = async (at: string, province: string, ward: string) => {
      world.clock.at = new Date(at);
      const id = await copyDraft(world, template);
      const { answers } = await row(id);
      const moved = setAt(
        setAt(answers as never, 'facility.address.province', province),
        'facility.address.ward',
        ward,
      );
      await world.db.update(dossiers).set({ answers: moved }).where(eq(dossiers.id, id));
      return (await file(world, id)).code;
    };
    expect(await codeOn('2026-11-25T23:59:00+07:00', '01', '00070')).toBe('000.00.10.H26-261125-0001');
    expect(await codeOn('2026-11-26T00:00:00+07:00', '01', '00070')).toBe('000.00.10.H26-261126-0001');
    expect(await codeOn('2026-11-26T00:01:00+07:00', '48', '20242')).toMatch(/^000\.00\.\d\d\.H17-261126-0001$/);
  });
});

describe('the fee', () => {
  test('told twice by the bank at once moves the dossier on once', async () => {
    const id = await copyDraft(world, template);
    await file(world, id);
    const tries = await Promise.allSettled([pay(world, id), pay(world, id), pay(world, id)]);
    expect(tries.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
    expect(await standing(world, id)).toEqual({ state: 1, waits: ['receive'] });
  });
});
