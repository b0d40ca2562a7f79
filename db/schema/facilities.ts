import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type {
  Beds,
  CareLevel,
  FacilityService,
  Insurance,
  Ownership,
  Speciality,
} from '../enums/facility-classification.ts';
import { createdAt, id, instant } from './columns.ts';
import { registerEntries } from './registers.ts';

/**
 * Opening hours: for each weekday (1 Monday … 7 Sunday) the spans in which it is open, local time `HH:mm`; `holiday`:
 * those of public holidays, where they are known.
 */
export type OpeningHours = Partial<
  Record<'1' | '2' | '3' | '4' | '5' | '6' | '7' | 'holiday', { from: string; to: string }[]>
>;

/** Somebody licensed to practise who works at a facility, as the law has it posted there. */
export interface LicensedPerson {
  name: string;
  /** number of the practice certificate or licence */
  certificate: string;
  /** what they may do, or do there */
  scope?: string | undefined;
}

export const facilities = pgTable(
  'facilities',
  {
    id: id(),
    code: text().notNull(),
    kind: text().notNull(),
    name: text().notNull(),
    /** the name as search compares it: lower case without marks */
    searchName: text().notNull(),
    /** the same of everything one may search by: name, code, numbers, address */
    searchText: text().notNull(),
    organisationId: uuid(),
    ownerName: text().notNull(),
    taxCode: text(),
    addressLine: text().notNull(),
    wardCode: text(),
    provinceCode: text().notNull(),
    latitude: doublePrecision(),
    longitude: doublePrecision(),
    phone: text(),
    email: text(),
    openingHours: jsonb().$type<OpeningHours>(),
    /** the person answerable in law for the profession, e.g. the chief pharmacist */
    professionalLead: text(),
    staff: jsonb().$type<LicensedPerson[]>().notNull().default([]),
    scope: text().array().notNull().default([]),
    services: text().array().$type<FacilityService[]>().notNull().default([]),
    specialities: text().array().$type<Speciality[]>().notNull().default([]),
    insurance: text().array().$type<Insurance[]>().notNull().default([]),
    level: text().$type<CareLevel>(),
    ownership: text().$type<Ownership>(),
    beds: jsonb().$type<Beds>(),
    /** the first day on which it no longer works; its entry stays */
    closedOn: date(),
    demo: boolean().notNull().default(false),
    version: integer().notNull().default(1),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('facilities_code_key').on(t.code),
    index('facilities_place_idx').on(t.provinceCode, t.wardCode),
    index('facilities_kind_idx').on(t.kind),
    index('facilities_point_idx').on(t.latitude, t.longitude),
  ],
);

export const facilityLicences = pgTable(
  'facility_licences',
  {
    id: id(),
    facilityId: uuid()
      .notNull()
      .references(() => facilities.id),
    /** the entry it was written to, where a merge took it on to another: of a day before it that tells whose it was */
    writtenTo: uuid(),
    kind: text().notNull(),
    /** as printed, e.g. 05/ĐKKDD-HNO */
    number: text().notNull(),
    issuedBy: uuid().notNull(),
    issuedOn: date().notNull(),
    validFrom: date().notNull(),
    validTo: date(),
    suspendedAt: instant(),
    /** last day of the suspension; null: until it is lifted */
    suspendedUntil: date(),
    revokedAt: instant(),
    /** set when a renewal took its place, with the licence that did */
    supersededAt: instant(),
    supersededBy: uuid(),
    /** the signed document that gave it and the dossier that led there */
    documentId: uuid(),
    dossierId: uuid(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('facility_licences_number_key').on(t.issuedBy, t.kind, t.number),
    index('facility_licences_facility_idx').on(t.facilityId),
    index('facility_licences_written_idx').on(t.writtenTo).where(sql`written_to is not null`),
    index('facility_licences_document_idx').on(t.documentId),
    // one dossier gives one licence, however often its step is run
    uniqueIndex('facility_licences_dossier_key').on(t.dossierId),
  ],
);

/** What changed, by which document: rows are only added. */
export const facilityChanges = pgTable(
  'facility_changes',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity({ name: 'facility_changes_id_seq' }),
    facilityId: uuid()
      .notNull()
      .references(() => facilities.id),
    action: text().notNull(),
    validFrom: date().notNull(),
    recordedAt: createdAt(),
    recordedBy: text().notNull(),
    documentId: uuid(),
    after: jsonb().$type<Record<string, unknown>>().notNull(),
  },
  (t) => [index('facility_changes_facility_idx').on(t.facilityId)],
);

/** Facilities whose place is in doubt: one row an entry, kept after it was settled. Who keeps the entry decides. */
export const placeReviews = pgTable(
  'place_reviews',
  {
    entryId: uuid()
      .primaryKey()
      .references(() => registerEntries.id),
    kind: text({ enum: ['dividedWard', 'otherWard', 'otherProvince', 'wrongWard'] }).notNull(),
    /** what a person may choose */
    options: jsonb().$type<PlaceOption[]>().notNull(),
    /** the one the coordinates point to */
    proposed: jsonb().$type<PlaceOption>(),
    openedAt: createdAt(),
    settledAt: instant(),
  },
  (t) => [index('place_reviews_open_idx').on(t.openedAt).where(sql`settled_at is null`)],
);

interface PlaceOption {
  provinceCode: string;
  wardCode: string | null;
  /** false: the coordinates are taken out */
  keepsPoint: boolean;
}

/** How often what a layer of the map shows has changed. Counted at commit by a trigger, so that the order is that of commits. */
export const tileVersions = pgTable('tile_versions', {
  layer: text().primaryKey(),
  version: bigint({ mode: 'number' }).notNull().default(0),
  /** which transaction counted last: one counts once, however many rows it changes */
  countedBy: text(),
});

/** In which version of the layer a facility last moved, opened, closed or changed its name or kind. */
export const facilityTileVersions = pgTable(
  'facility_tile_versions',
  { facilityId: uuid().primaryKey(), version: bigint({ mode: 'number' }).notNull() },
  (t) => [index('facility_tile_versions_version_idx').on(t.version)],
);

/**
 * Words the register is searched by, those with digits left out: a word that is typed wrongly is compared with them. A
 * trigger adds what is new; a word may stand twice when two added it at once, and stays when nothing has it any more.
 */
export const facilityWords = pgTable('facility_words', { word: text().notNull() }, (t) => [
  index('facility_words_word_idx').on(t.word),
]);
