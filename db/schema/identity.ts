import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { roles } from '../enums/roles.ts';
import { createdAt, id, instant } from './columns.ts';

export const users = pgTable(
  'users',
  {
    id: id(),
    /** NFKC, lower case */
    email: text().notNull(),
    emailConfirmedAt: instant(),
    /** argon2id; null until an invited official, or who came from another identity provider, has chosen a password */
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
    /** the password was right, the second factor is still to come: nobody is signed in by this row yet */
    awaitsSecondFactor: boolean().notNull().default(false),
    /** when the second factor was last given; null: never in this session */
    secondFactorAt: instant(),
    /** key of an authenticator being set up in this session, encrypted; it counts only once a code confirmed it */
    enrolmentSecret: text(),
    /** backup codes just made, encrypted, until their owner says they are kept */
    codesToShow: text(),
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

/** The authenticator app of a person (RFC 6238): one each. The key is encrypted under `AUTH_SECRET`. */
export const totpFactors = pgTable('totp_factors', {
  userId: uuid()
    .primaryKey()
    .references(() => users.id),
  secret: text().notNull(),
  /** the newest 30-second step whose code was used: it and all before it are spent */
  lastStep: bigint({ mode: 'number' }).notNull(),
  createdAt: createdAt(),
});

/** Codes on paper for when the authenticator is lost: each works once, only its SHA-256 is kept. */
export const backupCodes = pgTable(
  'backup_codes',
  {
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    codeHash: text().notNull(),
    usedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('backup_codes_key').on(t.userId, t.codeHash)],
);

/** Public keys of a person's passkeys (WebAuthn level 2). */
export const passkeys = pgTable(
  'passkeys',
  {
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    /** base64url, as the browser names it */
    credentialId: text().notNull(),
    /** COSE, base64url */
    publicKey: text().notNull(),
    /** signatures made, where the authenticator counts them */
    counter: bigint({ mode: 'number' }).notNull(),
    transports: text().array().notNull().default(sql`'{}'`),
    /** what its owner calls it */
    name: text().notNull(),
    createdAt: createdAt(),
    lastUsedAt: instant(),
  },
  (t) => [uniqueIndex('passkeys_credential_key').on(t.credentialId), index('passkeys_user_idx').on(t.userId)],
);

/** What a passkey is asked to sign: random, for one purpose, once, for a few minutes. */
export const passkeyChallenges = pgTable(
  'passkey_challenges',
  {
    id: id(),
    /** SHA-256 of the challenge */
    challengeHash: text().notNull(),
    purpose: text({ enum: ['register', 'sign-in', 'step-up'] }).notNull(),
    /** whose; null: whoever signs in */
    userId: uuid().references(() => users.id),
    expiresAt: instant().notNull(),
    usedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('passkey_challenges_key').on(t.challengeHash),
    index('passkey_challenges_expiry_idx').on(t.expiresAt),
  ],
);

/** Who a person is at another identity provider: linked by issuer and subject, never by an e-mail address. */
export const identityLinks = pgTable(
  'identity_links',
  {
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    issuer: text().notNull(),
    subject: text().notNull(),
    createdAt: createdAt(),
    lastUsedAt: instant(),
  },
  (t) => [
    uniqueIndex('identity_links_subject_key').on(t.issuer, t.subject),
    index('identity_links_user_idx').on(t.userId),
  ],
);
