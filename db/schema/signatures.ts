import { sql } from 'drizzle-orm';
import { boolean, check, date, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytea, createdAt, id, instant } from './columns.ts';
import { organisations, users } from './identity.ts';
import { files } from './platform.ts';

/** A private key encrypted under a PIN: see `server/signatures/authority/protect-key.ts`. */
export interface StoredKey {
  version: 1;
  salt: string;
  iv: string;
  tag: string;
  ciphertext: string;
  /** names the secret beside the PIN; left out by keys of before it was written down */
  under?: string;
}

/** A person's signature key, or an organisation's seal, which its clerks hold. */
export const signingKeys = pgTable(
  'signing_keys',
  {
    id: id(),
    userId: uuid().references(() => users.id),
    organisationId: uuid().references(() => organisations.id),
    /** name in the certificate */
    subject: text().notNull(),
    encryptedKey: jsonb().$type<StoredKey>().notNull(),
    /** base64 of DER, the own certificate first, without the root */
    chain: jsonb().$type<string[]>().notNull(),
    certificateSha256: text().notNull(),
    validFrom: instant().notNull(),
    validTo: instant().notNull(),
    status: text({ enum: ['active', 'locked', 'revoked'] })
      .notNull()
      .default('active'),
    pinAttempts: integer().notNull().default(0),
    revokedAt: instant(),
    demo: boolean().notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('signing_keys_certificate_key').on(t.certificateSha256),
    uniqueIndex('signing_keys_user_key').on(t.userId).where(sql`${t.status} <> 'revoked'`),
    uniqueIndex('signing_keys_organisation_key').on(t.organisationId).where(sql`${t.status} <> 'revoked'`),
    check('signing_keys_owner_check', sql`(${t.userId} is null) <> (${t.organisationId} is null)`),
  ],
);

/** Roots believed for a purpose: officials' certificates (Decree 68/2024) have others than the public's. */
export const trustAnchors = pgTable(
  'trust_anchors',
  {
    id: id(),
    purpose: text({ enum: ['officials', 'public'] }).notNull(),
    name: text().notNull(),
    certificate: bytea().notNull(),
    sha256: text().notNull(),
    /** signatures below this root are made by this system in its one exact form */
    exactForm: boolean().notNull(),
    demo: boolean().notNull().default(false),
    createdAt: createdAt(),
    withdrawnAt: instant(),
  },
  (t) => [uniqueIndex('trust_anchors_certificate_key').on(t.purpose, t.sha256)],
);

/** A document that is signed here: what it says, how far it has come, and whether it holds. */
export const signedDocuments = pgTable(
  'signed_documents',
  {
    id: id(),
    kind: text().notNull(),
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    subjectType: text().notNull(),
    subjectId: uuid().notNull(),
    title: text().notNull(),
    /** register the number comes from, e.g. ĐKKDD */
    numberType: text().notNull(),
    layout: jsonb().$type<Record<string, unknown>>().notNull(),
    layoutSha256: text().notNull(),
    verifyCode: text().notNull(),
    state: text({ enum: ['draft', 'initialled', 'signed', 'issued', 'returned', 'cancelled'] })
      .notNull()
      .default('draft'),
    expectedFields: text().array().notNull(),
    draftedBy: uuid(),
    /** as printed, with what stands behind the number */
    number: text(),
    numberYear: integer(),
    issuedOn: date(),
    /** null until issued */
    status: text({ enum: ['inForce', 'suspended', 'revoked', 'superseded'] }),
    statusSince: instant(),
    statusReason: text(),
    /** last day it holds; null: unlimited */
    validTo: date(),
    closedReason: text(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('signed_documents_verify_code_key').on(t.verifyCode),
    index('signed_documents_number_idx').on(t.number),
    index('signed_documents_subject_idx').on(t.subjectType, t.subjectId),
    index('signed_documents_work_idx').on(t.organisationId, t.state),
    check('signed_documents_issued_check', sql`(${t.state} = 'issued') = (${t.status} is not null)`),
  ],
);

/** Every stored version of a document, each the exact beginning of the next. */
export const signedRevisions = pgTable(
  'signed_revisions',
  {
    id: id(),
    documentId: uuid()
      .notNull()
      .references(() => signedDocuments.id),
    ordinal: integer().notNull(),
    fileId: uuid()
      .notNull()
      .references(() => files.id),
    sha256: text().notNull(),
    /** the signature field this revision signed; null: as drawn */
    field: text(),
    signerUserId: uuid(),
    signingKeyId: uuid().references(() => signingKeys.id),
    /** name and title as they were then */
    signerName: text(),
    signerTitle: text(),
    idempotencyKey: text(),
    at: instant().notNull(),
  },
  (t) => [
    uniqueIndex('signed_revisions_ordinal_key').on(t.documentId, t.ordinal),
    uniqueIndex('signed_revisions_field_key').on(t.documentId, t.field),
    uniqueIndex('signed_revisions_idempotency_key').on(t.documentId, t.idempotencyKey),
    uniqueIndex('signed_revisions_file_key').on(t.fileId),
    index('signed_revisions_sha256_idx').on(t.sha256),
  ],
);

/** The register of numbers: per organisation, year and type, without gaps. A cancelled number stays, with the reason. */
export const documentNumbers = pgTable(
  'document_numbers',
  {
    id: id(),
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    year: integer().notNull(),
    numberType: text().notNull(),
    value: integer().notNull(),
    documentId: uuid()
      .notNull()
      .references(() => signedDocuments.id),
    takenBy: uuid(),
    takenAt: instant().notNull(),
    cancelledAt: instant(),
    cancelledReason: text(),
  },
  (t) => [
    uniqueIndex('document_numbers_value_key').on(t.organisationId, t.year, t.numberType, t.value),
    uniqueIndex('document_numbers_document_key').on(t.documentId),
  ],
);
