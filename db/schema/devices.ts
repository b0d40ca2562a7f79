import { boolean, date, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { registerEntries } from './registers.ts';

/** What search reads of a device model today; the register's versions are the record. */
export const devices = pgTable(
  'devices',
  {
    id: uuid()
      .primaryKey()
      .references(() => registerEntries.id),
    /** of the declared standard (A, B) or of circulation (C, D), as printed */
    registrationNumber: text().notNull(),
    name: text().notNull(),
    maker: text().notNull(),
    model: text().notNull(),
    type: text().notNull(),
    deviceClass: text({ enum: ['A', 'B', 'C', 'D'] }).notNull(),
    /** code of the European nomenclature */
    emdn: text(),
    /** UDI-DI as 14 digits */
    udiDis: text().array().notNull().default([]),
    country: text(),
    owner: text(),
    registrant: text(),
    issuedOn: date(),
    validTo: date(),
    suspendedFrom: date(),
    /** last day of the suspension; null: until it is lifted */
    suspendedTo: date(),
    withdrawnOn: date(),
    closedOn: date(),
    /** letters and digits of the number: one number may stand for several models */
    searchNumber: text().notNull(),
    searchName: text().notNull(),
    searchText: text().notNull(),
    demo: boolean().notNull().default(false),
  },
  (t) => [
    index('devices_number_idx').on(t.searchNumber),
    index('devices_text_idx').using('gin', t.searchText.op('gin_trgm_ops')),
  ],
);

/** What is read of a field-safety notice today. */
export const deviceNotices = pgTable('device_notices', {
  id: uuid()
    .primaryKey()
    .references(() => registerEntries.id),
  number: text().notNull(),
  title: text().notNull(),
  kind: text({ enum: ['recall', 'correction', 'warning'] }).notNull(),
  text: text().notNull(),
  issuedOn: date().notNull(),
  closedOn: date(),
  searchText: text().notNull(),
  demo: boolean().notNull().default(false),
});

/** The models a notice is about, each with its lots; no lot: all of them. */
export const deviceNoticeModels = pgTable(
  'device_notice_models',
  {
    noticeId: uuid()
      .notNull()
      .references(() => deviceNotices.id, { onDelete: 'cascade' }),
    deviceId: uuid()
      .notNull()
      .references(() => registerEntries.id),
    lots: text().array().notNull().default([]),
  },
  (t) => [
    primaryKey({ name: 'device_notice_models_pk', columns: [t.noticeId, t.deviceId] }),
    index('device_notice_models_device_idx').on(t.deviceId),
  ],
);
