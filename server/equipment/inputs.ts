import { z } from 'zod';
import { Id, line } from '#server/platform/input.ts';
import { checkKinds, unitStatuses } from './rules.ts';

const Day = z.iso.date('registers.errors.date');
const Months = z
  .number()
  .int('equipment.errors.months')
  .min(1, 'equipment.errors.months')
  .max(240, 'equipment.errors.months');

/** A machine, by the code on its label or by what stands there; what is typed wins over what the code says. */
export const RegisterUnit = z.strictObject({
  facilityId: Id,
  /** UDI as printed or scanned; may stay away where the label has none */
  udi: z.string().max(1000).nullish(),
  /** a UDI-DI, a number or the address of a device's page, where no code is scanned */
  device: z.string().max(300).nullish(),
  serial: line(100).nullish(),
  lot: line(100).nullish(),
  expiresOn: Day.nullish(),
  installedOn: Day,
  calibrationMonths: Months.nullish(),
  inspectionMonths: Months.nullish(),
});
export type RegisterUnit = z.input<typeof RegisterUnit>;

export const RecordStatus = z.strictObject({
  unitId: Id,
  status: z.enum(unitStatuses),
  since: Day,
  note: z.string().trim().max(1000).nullish(),
});
export const RecordCheck = z.strictObject({
  unitId: Id,
  kind: z.enum(checkKinds),
  doneOn: Day,
  passed: z.boolean('errors.field.choice'),
  doneBy: line(200),
  certificate: line(100).nullish(),
});
export const PlanChecks = z.strictObject({
  unitId: Id,
  calibrationMonths: Months.nullable(),
  inspectionMonths: Months.nullable(),
});

export const UnitRef = z.strictObject({ unitId: Id });
export const ListUnits = z.strictObject({
  facilityId: Id.optional(),
  status: z.enum(unitStatuses).optional(),
  /** a calibration or inspection is overdue */
  overdue: z.boolean().optional(),
  page: z.number().int().min(1).max(10_000).default(1),
});
export type ListUnits = z.input<typeof ListUnits>;
export const FacilityOnly = z.strictObject({ facilityId: Id });
export const NoticeOnly = z.strictObject({ noticeId: Id });
