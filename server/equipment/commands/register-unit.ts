import { equipmentStatuses, equipmentUnits } from '#db/schema/equipment.ts';
import { localDate } from '#server/calendar/index.ts';
import { devicesMeant, readUdi, type Udi } from '#server/devices/index.ts';
import { AppError, command, newId, type TxContext } from '#server/platform/index.ts';
import { recorderOf } from '#server/registers/index.ts';
import { RegisterUnit } from '../inputs.ts';
import { canRegisterUnit } from '../policy.ts';
import { holdingOf } from '../records.ts';

const wrong = (path: string, reason: string): never => {
  throw new AppError('invalidInput', 'errors.invalidInput', { fields: [{ path, reason }] });
};

/**
 * Enters a machine of a facility, by the code on its label or by what stands there; it works from the day it was installed.
 * @throws AppError invalidInput naming the field; conflict when the facility has that serial number of the model already
 */
export const registerUnit = command({
  name: 'equipment.register',
  input: RegisterUnit,
  load: (ctx, { facilityId }) => holdingOf(ctx.tx, facilityId),
  allow: (actor, holding) => canRegisterUnit(actor, holding),
  run: async (ctx, input) => {
    const today = localDate(ctx.now());
    const udi = input.udi ? scanned(input.udi, today) : null;
    const deviceId = await deviceOf(ctx, udi, input.device ?? '');
    const serial = input.serial ?? udi?.serial ?? wrong('serial', 'equipment.errors.serialMissing');
    if (input.installedOn > today) wrong('installedOn', 'equipment.errors.future');
    const row = {
      id: newId(),
      facilityId: input.facilityId,
      deviceId,
      serial,
      lot: (input.lot ?? udi?.lot)?.toUpperCase() ?? null,
      udi: udi?.text ?? null,
      expiresOn: input.expiresOn ?? udi?.expiresOn ?? null,
      installedOn: input.installedOn,
      calibrationMonths: input.calibrationMonths ?? null,
      inspectionMonths: input.inspectionMonths ?? null,
      createdAt: ctx.now(),
      createdBy: recorderOf(ctx.actor),
    };
    const added = await ctx.tx
      .insert(equipmentUnits)
      .values(row)
      .onConflictDoNothing()
      .returning({ id: equipmentUnits.id });
    if (added.length === 0) throw new AppError('conflict', 'equipment.errors.serialTaken', { values: { serial } });
    await ctx.tx.insert(equipmentStatuses).values({
      unitId: row.id,
      status: 'working',
      since: input.installedOn,
      recordedAt: ctx.now(),
      recordedBy: recorderOf(ctx.actor),
    });
    return { unitId: row.id, facilityId: input.facilityId };
  },
  audit: ({ input, result }) => ({
    subjectType: 'equipmentUnit',
    subjectId: result.unitId,
    details: { facilityId: input.facilityId },
  }),
});

function scanned(text: string, today: string): Udi {
  const { udi, fault } = readUdi(text, today);
  return udi ?? wrong('udi', `devices.errors.udi.${fault}`);
}

/** The one model that is meant. */
async function deviceOf(ctx: TxContext, udi: Udi | null, text: string): Promise<string> {
  const [path, asked] = udi ? ['udi', udi.di] : ['device', text];
  if (asked.trim() === '') return wrong('device', 'equipment.errors.deviceMissing');
  const meant = await devicesMeant(ctx.tx, asked);
  if (meant.length > 1) wrong(path, 'equipment.errors.severalDevices');
  return meant[0] ?? wrong(path, 'equipment.errors.noSuchDevice');
}
