import { eq } from 'drizzle-orm';
import { equipmentChecks, equipmentStatuses, equipmentUnits } from '#db/schema/equipment.ts';
import { localDate } from '#server/calendar/index.ts';
import { AppError, command, type TxContext } from '#server/platform/index.ts';
import { recorderOf } from '#server/registers/index.ts';
import { PlanChecks, RecordCheck, RecordStatus } from '../inputs.ts';
import { canRecordOnUnit } from '../policy.ts';
import { lockUnit, logOf, type Unit } from '../records.ts';

/** Says what state a machine is in from a day on. A line is added, none is changed; what is decommissioned stays so. */
export const recordStatus = command({
  name: 'equipment.status',
  input: RecordStatus,
  load: (ctx, { unitId }) => lockUnit(ctx, unitId),
  allow: (actor, { holding }) => canRecordOnUnit(actor, holding),
  run: async (ctx, { status, since, note }, { unit }) => {
    await assertRunning(ctx, unit);
    assertDay(ctx, unit, 'since', since);
    await ctx.tx.insert(equipmentStatuses).values({
      unitId: unit.id,
      status,
      since,
      note: note || null,
      recordedAt: ctx.now(),
      recordedBy: recorderOf(ctx.actor),
    });
    return { unitId: unit.id };
  },
  audit: ({ input }) => ({
    subjectType: 'equipmentUnit',
    subjectId: input.unitId,
    details: { status: input.status, since: input.since },
  }),
});

/** Says that a calibration or an inspection was done: the next one is counted from that day. */
export const recordCheck = command({
  name: 'equipment.check',
  input: RecordCheck,
  load: (ctx, { unitId }) => lockUnit(ctx, unitId),
  allow: (actor, { holding }) => canRecordOnUnit(actor, holding),
  run: async (ctx, { kind, doneOn, passed, doneBy, certificate }, { unit }) => {
    await assertRunning(ctx, unit);
    assertDay(ctx, unit, 'doneOn', doneOn);
    await ctx.tx.insert(equipmentChecks).values({
      unitId: unit.id,
      kind,
      doneOn,
      passed,
      doneBy,
      certificate: certificate ?? null,
      recordedAt: ctx.now(),
      recordedBy: recorderOf(ctx.actor),
    });
    return { unitId: unit.id };
  },
  audit: ({ input }) => ({
    subjectType: 'equipmentUnit',
    subjectId: input.unitId,
    details: { kind: input.kind, doneOn: input.doneOn, passed: input.passed },
  }),
});

/** Sets after how many months a machine is to be calibrated and inspected. */
export const planChecks = command({
  name: 'equipment.plan',
  input: PlanChecks,
  load: (ctx, { unitId }) => lockUnit(ctx, unitId),
  allow: (actor, { holding }) => canRecordOnUnit(actor, holding),
  run: async (ctx, { calibrationMonths, inspectionMonths }, { unit }) => {
    await ctx.tx
      .update(equipmentUnits)
      .set({ calibrationMonths, inspectionMonths })
      .where(eq(equipmentUnits.id, unit.id));
    return { unitId: unit.id };
  },
  audit: ({ input }) => ({
    subjectType: 'equipmentUnit',
    subjectId: input.unitId,
    details: { calibrationMonths: input.calibrationMonths, inspectionMonths: input.inspectionMonths },
  }),
});

async function assertRunning(ctx: TxContext, unit: Unit): Promise<void> {
  const log = await logOf(ctx.tx, unit.id);
  if (log.some(({ status }) => status === 'decommissioned'))
    throw new AppError('invalidState', 'equipment.errors.decommissioned');
}

/** @throws AppError naming the day that is to come, or before the machine was there */
function assertDay(ctx: TxContext, unit: Unit, path: string, day: string): void {
  const reason =
    day > localDate(ctx.now())
      ? 'equipment.errors.future'
      : day < unit.installedOn
        ? 'equipment.errors.beforeInstalled'
        : null;
  if (reason) throw new AppError('invalidInput', 'errors.invalidInput', { fields: [{ path, reason }] });
}
