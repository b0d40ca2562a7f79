import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { batchReports, declaredPrices, qualityTests, recallAnswers } from '#db/schema/drug-supply.ts';
import { drugs } from '#db/schema/drugs.ts';
import { facilities } from '#db/schema/facilities.ts';
import { memberships, organisations } from '#db/schema/identity.ts';
import { settings } from '#db/schema/platform.ts';
import { localDate } from '#server/calendar/index.ts';
import { batchKey, recallsRegister } from '#server/drugs/index.ts';
import { newContext, newId, now, systemActor, type TxContext, transaction } from '#server/platform/index.ts';
import { recordVersions } from '#server/registers/index.ts';
import { demoBusinesses } from './people.ts';

const settingKey = 'demo.drugSupply';
/** Another word when other records are wanted. */
const version = 'first';

const shifted = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

const maker = 'Công ty cổ phần Dược phẩm Mẫu';
const laboratory = 'Viện Kiểm nghiệm thuốc Mẫu';

/**
 * Beside the demo's drugs: declared prices that changed, samples that passed and failed, recalls that run and ended, and two
 * pharmacies of the demo's business that hold a recalled batch. Once; each is marked as demo.
 */
export async function seedDemoDrugSupply(db: Database, say: (line: string) => void): Promise<void> {
  const ctx = newContext(db, systemActor('demo'), now);
  const entered = await transaction(ctx, async (inside) => {
    await inside.tx.execute(sql`select pg_advisory_xact_lock(hashtext(${settingKey}))`);
    const [done] = await inside.tx.select({ value: settings.value }).from(settings).where(eq(settings.key, settingKey));
    if (done?.value === version) return false;
    const rows = await inside.tx
      .select()
      .from(drugs)
      .where(and(eq(drugs.demo, true), sql`${drugs.name} like '%Mẫu%'`))
      .orderBy(asc(drugs.registrationNumber));
    const named = (name: string) => rows.find((row) => row.name === name);
    const [paracetamol, amoxicillin, omeprazole] = [
      named('Paracetamol Mẫu 500'),
      named('Amoxicilin Mẫu 500'),
      named('Omeprazol Mẫu 20'),
    ];
    if (!paracetamol || !amoxicillin || !omeprazole) return false;
    const today = localDate(ctx.now());
    await enterPrices(inside, rows, today);
    await enterTests(inside, { failed: amoxicillin.id, passed: paracetamol.id }, today);
    const recallId = await enterRecalls(inside, amoxicillin, omeprazole, today);
    await enterHoldings(inside, { recallId, recalled: amoxicillin.id, other: paracetamol.id }, today);
    await inside.tx
      .insert(settings)
      .values({ key: settingKey, value: version })
      .onConflictDoUpdate({ target: settings.key, set: { value: version, updatedAt: sql`now()` } });
    return true;
  });
  if (entered) say('Entered demo recalls, batches, prices and quality tests');
}

type Drug = typeof drugs.$inferSelect;

/** Three prices a drug, the last in effect; of the first drug one was recorded wrong and corrected. */
async function enterPrices(ctx: TxContext, rows: readonly Drug[], today: string): Promise<void> {
  const values = rows.flatMap((drug, index) =>
    [-620, -300, -60].map((days, step) => ({
      id: newId(),
      drugId: drug.id,
      price: 400 + index * 150 + step * 50,
      unit: 'viên',
      effectiveFrom: shifted(today, days),
      declaredBy: drug.registrant ?? maker,
      announcedOn: shifted(today, days - 7),
    })),
  );
  const common = { demo: true, recordedAt: ctx.now() };
  await ctx.tx.insert(declaredPrices).values(values.map((each) => ({ ...each, ...common, rootId: each.id })));
  const [first] = values;
  if (first) {
    const corrected = { ...first, ...common, id: newId(), rootId: first.id, price: first.price + 20 };
    await ctx.tx.insert(declaredPrices).values(corrected);
  }
}

async function enterTests(ctx: TxContext, of: { failed: string; passed: string }, today: string): Promise<void> {
  const common = { laboratory, standard: 'DĐVN V', recordedAt: ctx.now(), demo: true };
  const [failed, passed] = [newId(), newId()];
  await ctx.tx.insert(qualityTests).values([
    {
      ...common,
      id: failed,
      rootId: failed,
      drugId: of.failed,
      batch: 'AM 0426-B',
      batchKey: batchKey('AM 0426-B'),
      sampleNumber: 'MẪU-26-118',
      takenOn: shifted(today, -30),
      takenAt: 'Nhà thuốc mẫu, Hà Nội',
      method: 'HPLC; thử độ hoà tan',
      lines: [
        { name: 'Định lượng', requirement: '95,0–105,0 %', result: '98,7 %', passed: true },
        { name: 'Độ hoà tan', requirement: '≥ 80 % sau 60 phút', result: '61 %', passed: false },
      ],
      passed: false,
      open: true,
      certificateNumber: 'PKN-MẪU-26-118',
      certificateOn: shifted(today, -6),
    },
    {
      ...common,
      id: passed,
      rootId: passed,
      drugId: of.passed,
      batch: 'PA 0126',
      batchKey: batchKey('PA 0126'),
      sampleNumber: 'MẪU-26-097',
      takenOn: shifted(today, -50),
      takenAt: 'Kho dược mẫu, Hải Phòng',
      method: 'HPLC',
      lines: [{ name: 'Định lượng', requirement: '95,0–105,0 %', result: '100,4 %', passed: true }],
      passed: true,
      open: false,
      certificateNumber: 'PKN-MẪU-26-097',
      certificateOn: shifted(today, -32),
    },
  ]);
}

/** One that runs, of a batch that failed, and one that has ended. */
async function enterRecalls(ctx: TxContext, running: Drug, ended: Drug, today: string): Promise<string> {
  const recall = (drug: Drug, over: object) => ({
    drug: drug.registrationNumber,
    kind: 'mandatory',
    allBatches: false,
    ...over,
  });
  const first = {
    isNew: true,
    action: 'registered',
    validFrom: shifted(today, -3),
    demo: true,
    content: recall(running, {
      number: 'MẪU-0412/QLD-CL',
      level: '2',
      reason: 'Mẫu thuốc không đạt yêu cầu về độ hoà tan.',
      batches: ['AM 0426-B', 'AM 0427'],
      issuedOn: shifted(today, -3),
      deadline: shifted(today, 12),
      sourceDecision: 'PKN-MẪU-26-118',
    }),
  };
  const over = recall(ended, {
    number: 'MẪU-0107/QLD-CL',
    level: '3',
    kind: 'voluntary',
    reason: 'Nhãn in sai hạn dùng.',
    batches: ['OM 1125'],
    issuedOn: shifted(today, -120),
    deadline: shifted(today, -95),
  });
  const [recallId, endedId] = await recordVersions(ctx, recallsRegister, [
    first,
    { isNew: true, action: 'registered', validFrom: shifted(today, -120), demo: true, content: over },
  ]);
  const end = { entryId: endedId!, isNew: false, action: 'closed', closed: true, validFrom: shifted(today, -90) };
  await recordVersions(ctx, recallsRegister, [{ ...end, content: over }]);
  return recallId!;
}

/** Two demo pharmacies of Hà Nội now belong to the demo's business; one has answered the recall, the other has not. */
async function enterHoldings(
  ctx: TxContext,
  of: { recallId: string; recalled: string; other: string },
  today: string,
): Promise<void> {
  const [business] = await ctx.tx
    .select({ id: organisations.id })
    .from(organisations)
    .where(eq(organisations.taxCode, demoBusinesses[0]!.taxCode));
  const [member] = business
    ? await ctx.tx.select().from(memberships).where(eq(memberships.organisationId, business.id)).limit(1)
    : [];
  const pharmacies = await ctx.tx
    .select({ id: facilities.id })
    .from(facilities)
    .where(
      and(
        eq(facilities.demo, true),
        eq(facilities.kind, 'pharmacy'),
        eq(facilities.provinceCode, '01'),
        isNull(facilities.organisationId),
      ),
    )
    .orderBy(asc(facilities.code))
    .limit(2);
  const [first, second] = pharmacies;
  if (!business || !member || !first || !second) return;
  await ctx.tx
    .update(facilities)
    .set({ organisationId: business.id })
    .where(
      inArray(
        facilities.id,
        pharmacies.map(({ id }) => id),
      ),
    );
  const [department] = await ctx.tx
    .select({ id: organisations.id })
    .from(organisations)
    .where(and(eq(organisations.kind, 'authority'), eq(organisations.provinceCode, '01')))
    .limit(1);
  const own = { organisationId: business.id, authorityId: department?.id ?? null, recordedAt: ctx.now(), demo: true };
  const report = (facilityId: string, drugId: string, batch: string, quantity: number) => {
    const id = newId();
    const said = { batch, batchKey: batchKey(batch), quantity, unit: 'hộp', receivedOn: shifted(today, -25) };
    return { ...own, ...said, id, rootId: id, facilityId, drugId, reportedBy: member.userId };
  };
  await ctx.tx
    .insert(batchReports)
    .values([
      report(first.id, of.recalled, 'AM0426B', 40),
      report(second.id, of.recalled, 'AM-0427', 12),
      report(first.id, of.other, 'PA 0126', 200),
    ]);
  await ctx.tx.insert(recallAnswers).values({
    ...own,
    id: newId(),
    recallId: of.recallId,
    facilityId: first.id,
    quarantined: 10,
    returned: 25,
    note: 'Đã bán 5 hộp trước khi có thông báo',
    answeredBy: member.userId,
  });
}
