import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { auditEntries } from '#db/schema/platform.ts';
import { procedureVersions } from '#db/schema/procedures.ts';
import { testDatabase as it } from '#db/testing/index.ts';
import { anonymous, type Context, newContext, systemActor } from '#server/platform/index.ts';
import { checkProcedure } from './check-procedure.ts';
import {
  askGuide,
  catalogue,
  currentVersion,
  getProcedure,
  getProcedureVersion,
  getVersion,
  type ProcedureData,
  publishBuiltIn,
  publishProcedure,
} from './index.ts';

const day = new Date('2026-11-23T02:00:00Z');
const system = (db: Context['db'], at = day) => newContext(db, systemActor('test'), () => at);
const visitor = (db: Context['db'], at = day) => newContext(db, anonymous, () => at);

async function pharmacy(change: (data: ProcedureData) => void = () => {}): Promise<ProcedureData> {
  const data = structuredClone((await checkProcedure('workflows/pharmacy-eligibility', null)).data!);
  change(data);
  return data;
}
const hash = (letter: string) => letter.repeat(64);

describe('publishing', () => {
  it('brings the built-in procedures once, however often the system starts', async ({ db }) => {
    const first = await publishBuiltIn(system(db));
    expect(first).toMatchObject([{ key: 'pharmacy-eligibility', version: 1, created: true }]);
    expect(await publishBuiltIn(system(db))).toMatchObject([{ version: 1, created: false }]);
    expect(await db.select().from(procedureVersions)).toHaveLength(1);
  });

  it('adds a version when the content differs and leaves the one before as it was', async ({ db }) => {
    const one = await publishProcedure(system(db), { data: await pharmacy(), contentHash: hash('a') });
    const two = await publishProcedure(system(db), {
      data: await pharmacy((data) => {
        data.definition.limitDays = 18;
      }),
      contentHash: hash('b'),
    });
    expect([one.version, two.version]).toEqual([1, 2]);
    expect((await getVersion(db, one.id)).limitDays).toBe(20);
    expect((await currentVersion(db, 'pharmacy-eligibility', day)).limitDays).toBe(18);
    const again = await publishProcedure(system(db), { data: await pharmacy(), contentHash: hash('b') });
    expect(again).toMatchObject({ id: two.id, created: false });
  });

  it('takes effect on its day', async ({ db }) => {
    const from = new Date('2027-01-01T00:00:00+07:00');
    await publishProcedure(system(db), { data: await pharmacy(), contentHash: hash('a') });
    await publishProcedure(system(db), { data: await pharmacy(), contentHash: hash('b'), validFrom: from });
    expect((await currentVersion(db, 'pharmacy-eligibility', day)).version).toBe(1);
    expect((await currentVersion(db, 'pharmacy-eligibility', from)).version).toBe(2);
    const early = publishProcedure(system(db), { data: await pharmacy(), contentHash: hash('c') });
    await expect(early).rejects.toMatchObject({ code: 'conflict', reason: 'procedures.errors.validBeforeNewest' });
  });

  it('is refused to visitors and leaves an audit row either way', async ({ db }) => {
    const data = await pharmacy();
    await expect(publishProcedure(visitor(db), { data, contentHash: hash('a') })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await publishProcedure(system(db), { data, contentHash: hash('a') });
    const rows = await db.select().from(auditEntries).where(eq(auditEntries.action, 'procedure.publish'));
    expect(rows.map((row) => row.outcome)).toEqual(['refused', 'done']);
  });

  it('cannot be told of another key than the address knows', async ({ db }) => {
    await expect(getProcedure(visitor(db), { key: 'nothing-like-this' })).rejects.toMatchObject({ code: 'notFound' });
    await expect(getProcedure(visitor(db), { key: '../etc' })).rejects.toMatchObject({ code: 'invalidInput' });
    await expect(
      getProcedureVersion(visitor(db), { id: '01900000-0000-7000-8000-000000000000' }),
    ).rejects.toMatchObject({ code: 'notFound' });
  });
});

describe('the catalogue', () => {
  it('is found without accents and with slips of the finger, by anyone', async ({ db }) => {
    await publishBuiltIn(system(db));
    for (const q of [
      '',
      'nha thuoc',
      'Nhà thuốc',
      'nhaf thuoc',
      'kinh doanh duoc',
      'pharmacy',
      'pharmcy',
      '1.004616',
    ]) {
      expect(
        (await catalogue(visitor(db), { q })).items.map((item) => item.key),
        q,
      ).toEqual(['pharmacy-eligibility']);
    }
    expect((await catalogue(visitor(db), { q: 'giao thông vận tải' })).items).toEqual([]);
    expect((await catalogue(visitor(db), { applicant: 'person' })).items).toEqual([]);
  });

  it('says on the start page what is asked and given', async ({ db }) => {
    await publishBuiltIn(system(db));
    const view = await getProcedure(visitor(db), { key: 'pharmacy-eligibility' });
    expect(view).toMatchObject({
      limitDays: 20,
      level: 'full',
      authority: 'province',
      fee: { from: 500_000, to: 1_000_000 },
      hasGuide: true,
    });
    expect(view.papers.filter((paper) => paper.conditional).map((paper) => paper.key)).toEqual([
      'lease',
      'gpp-certificate',
      'controlled-drugs',
      'cold-chain',
    ]);
    expect(view.legalBasis.length).toBeGreaterThan(0);
    expect(view.diagram).toContain('BPMNDiagram');
  });
});

describe('the guide', () => {
  it('asks on by the answers given and names papers, fee and obstacles', async ({ db }) => {
    await publishBuiltIn(system(db));
    const ask = (values: Record<string, string>) => askGuide(visitor(db), { key: 'pharmacy-eligibility', values });
    const fields = (answer: Awaited<ReturnType<typeof ask>>) => answer.questions.map((question) => question.field);
    expect(fields(await ask({}))).not.toContain('controlled.sells');
    const pharmacist = {
      'facility.kind': 'pharmacy',
      'chief.qualification': 'university',
      'premises.ownership': 'rented',
    };
    const half = await ask(pharmacist);
    expect(fields(half)).toContain('controlled.sells');
    expect(half).toMatchObject({ complete: false, fee: { amount: 1_000_000 }, answers: pharmacist });
    const done = await ask({
      ...pharmacist,
      'storage.coldChain': 'no',
      'controlled.sells': 'yes',
      'gpp.status': 'together',
    });
    expect(done.complete).toBe(true);
    expect(done.papers.map((paper) => paper.key)).toEqual(expect.arrayContaining(['lease', 'controlled-drugs']));
    expect((await ask({ ...pharmacist, 'chief.qualification': 'college' })).stops).toHaveLength(1);
  });
});
