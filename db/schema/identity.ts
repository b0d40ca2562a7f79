import { sql } from 'drizzle-orm';
import { boolean, date, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { roles } from '../enums/roles.ts';
import { createdAt, id, instant } from './columns.ts';

export const users = pgTable(
  'users',
  {
    id: id(),
    /** NFKC, lower case */
    email: text().notNull(),
    emailConfirmedAt: instant(),
    /** argon2id; null until an invited official has chosen a password */
    passwordHash: text(),
    name: text().notNull(),
    phone: text(),
    /** 12 digits */
    citizenId: text(),
    official: boolean().notNull().default(false),
    locale: text({ enum: ['vi', 'en'] })
      .notNull()
      .default('vi'),
    disabledAt: instant(),
    demo: boolean().notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('users_email_key').on(t.email)],
);

/** One-time links sent by e-mail; only the digest of the token is stored. */
export const userTokens = pgTable(
  'user_tokens',
  {
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    purpose: text({ enum: ['confirm-email', 'reset-password', 'invitation'] }).notNull(),
    tokenHash: text().notNull(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('user_tokens_hash_key').on(t.tokenHash), index('user_tokens_user_idx').on(t.userId)],
);

/** The truth about who is signed in. The cookie carries a random id whose SHA-256 is `tokenHash`. */
export const sessions = pgTable(
  'sessions',
  {
    id: id(),
    tokenHash: text().notNull(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    /** the business one acts for; null: for oneself */
    actingFor: uuid().references(() => organisations.id),
    assurance: integer().notNull().default(1),
    userAgent: text(),
    createdAt: createdAt(),
    lastSeenAt: instant().notNull().default(sql`now()`),
    expiresAt: instant().notNull(),
    revokedAt: instant(),
  },
  (t) => [uniqueIndex('sessions_token_key').on(t.tokenHash), index('sessions_user_idx').on(t.userId)],
);

/** An authority (the ministry, a provincial health department) or a business. */
export const organisations = pgTable(
  'organisations',
  {
    id: id(),
    kind: text({ enum: ['authority', 'business'] }).notNull(),
    name: text().notNull(),
    nameEn: text(),
    /** businesses: 10 or 13 digits */
    taxCode: text(),
    /** authorities: identifier in dossier codes, e.g. 000.00.10.H26 */
    agencyCode: text(),
    /** authorities: what stands after the number on its papers, e.g. SYT, and the place code of certificates, e.g. HNO */
    documentCode: text(),
    placeCode: text(),
    /** authorities: the body above, printed over the name, e.g. UBND thành phố Hà Nội */
    superiorName: text(),
    provinceCode: text(),
    wardCode: text(),
    address: text(),
    phone: text(),
    email: text(),
    representativeName: text(),
    demo: boolean().notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('organisations_tax_code_key').on(t.taxCode),
    uniqueIndex('organisations_agency_code_key').on(t.agencyCode),
    index('organisations_province_idx').on(t.kind, t.provinceCode),
  ],
);

/** Units of an authority, a tree. `path` is the ids from the top joined by dots, ending with the own id. */
export const units = pgTable(
  'units',
  {
    id: id(),
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    parentId: uuid(),
    path: text().notNull(),
    name: text().notNull(),
    nameEn: text(),
    createdAt: createdAt(),
  },
  (t) => [index('units_organisation_idx').on(t.organisationId), index('units_path_idx').on(t.path)],
);

/** A person's position in a unit: the title printed under a signature. */
export const posts = pgTable(
  'posts',
  {
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    unitId: uuid()
      .notNull()
      .references(() => units.id),
    title: text().notNull(),
    titleEn: text(),
    /** lines above a signature, e.g. KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC */
    signatureTitle: text(),
    validFrom: date().notNull(),
    validTo: date(),
  },
  (t) => [index('posts_user_idx').on(t.userId), index('posts_unit_idx').on(t.unitId)],
);

/** A role over a unit subtree (`unitId`) or the whole organisation, optionally only for one province. */
export const grants = pgTable(
  'grants',
  {
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    role: text({ enum: roles }).notNull(),
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    unitId: uuid().references(() => units.id),
    provinceCode: text(),
    grantedBy: uuid(),
    createdAt: createdAt(),
    revokedAt: instant(),
  },
  (t) => [index('grants_user_idx').on(t.userId), index('grants_organisation_idx').on(t.organisationId, t.role)],
);

/** Who may act for a business. */
export const memberships = pgTable(
  'memberships',
  {
    userId: uuid()
      .notNull()
      .references(() => users.id),
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    role: text({ enum: ['owner', 'representative'] }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ name: 'memberships_pk', columns: [t.userId, t.organisationId] })],
);
