import { bigint, boolean, date, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id } from './columns.ts';
import { facilities } from './facilities.ts';
import { registerEntries } from './registers.ts';

/** One machine at one facility. */
export const equipmentUnits = pgTable(
  'equipment_units',
  {
    id: id(),
    facilityId: uuid()
      .notNull()
      .references(() => facilities.id),
    deviceId: uuid()
      .notNull()
      .references(() => registerEntries.id),
    serial: text().notNull(),
    lot: text(),
    /** the code on the label, whole */
    udi: text(),
    expiresOn: date(),
    installedOn: date().notNull(),
    /** months between two calibrations, two inspections; null: none is asked for */
    calibrationMonths: integer(),
    inspectionMonths: integer(),
    createdAt: createdAt(),
    /** who, as text that stays true: person:<id> or system:<name> */
    createdBy: text().notNull(),
    demo: boolean().notNull().default(false),
  },
  (t) => [
    uniqueIndex('equipment_units_serial_key').on(t.facilityId, t.deviceId, t.serial),
    index('equipment_units_device_idx').on(t.deviceId, t.lot),
  ],
);

/** What state a machine was said to be in. Rows are only added; nobody edits one. */
export const equipmentStatuses = pgTable(
  'equipment_statuses',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity({ name: 'equipment_statuses_id_seq' }),
    unitId: uuid()
      .notNull()
      .references(() => equipmentUnits.id),
    status: text({ enum: ['working', 'needs-repair', 'unserviceable', 'decommissioned'] }).notNull(),
    /** first day on which it holds */
    since: date().notNull(),
    note: text(),
    recordedAt: createdAt(),
    recordedBy: text().notNull(),
  },
  (t) => [index('equipment_statuses_unit_idx').on(t.unitId, t.since, t.id)],
);

/** A calibration or an inspection that was done. Rows are only added. */
export const equipmentChecks = pgTable(
  'equipment_checks',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity({ name: 'equipment_checks_id_seq' }),
    unitId: uuid()
      .notNull()
      .references(() => equipmentUnits.id),
    kind: text({ enum: ['calibration', 'inspection'] }).notNull(),
    doneOn: date().notNull(),
    passed: boolean().notNull(),
    /** who did it, and under which certificate */
    doneBy: text().notNull(),
    certificate: text(),
    recordedAt: createdAt(),
    recordedBy: text().notNull(),
  },
  (t) => [index('equipment_checks_unit_idx').on(t.unitId, t.kind, t.doneOn)],
);
