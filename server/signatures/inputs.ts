import { z } from 'zod';
import { DocumentLayout } from './layout/document-layout.ts';

const Id = z.uuid();
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const Key = z.string().min(8).max(100).optional();
/** Unlocks a key. Never stored, never logged, never part of a job. */
export const Pin = z.string().regex(/^\d{6,12}$/, 'signatures.errors.pinFormat');
const Bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
/** A PKCS#12 file, whose it is to be, and the PIN its holder chose. `roots`: accepted roots in DER. */
export const EnrolKey = z.strictObject({
  owner: z.union([
    z.strictObject({ agencyCode: z.string().min(1).max(60) }),
    z.strictObject({ email: z.string().trim().toLowerCase().max(320) }),
  ]),
  keystore: Bytes,
  password: z.string().max(500),
  roots: z.array(Bytes).max(20).default([]),
  pin: Pin,
});
export const KeyId = z.strictObject({ keyId: Id });
export const ChangePin = z.strictObject({ keyId: Id, pin: Pin, newPin: Pin });
export const ListKeys = z.strictObject({});
const Reason = z
  .string()
  .transform((text) => text.normalize('NFC').trim())
  .pipe(z.string().min(1).max(2000));

export const PrepareDocument = z.strictObject({
  /** certificate, refusal, slip … */
  kind: z.string().min(1).max(60),
  organisationId: Id,
  subjectType: z.string().min(1).max(60),
  subjectId: Id,
  title: z.string().min(1).max(300),
  /** register of numbers, e.g. ĐKKDD */
  numberType: z.string().min(1).max(30),
  /** template; `{verifyUrl}` and `{verifyCode}` are filled in here */
  layout: DocumentLayout,
  data: z.record(z.string(), z.unknown()),
  /** last day it will hold, yyyy-mm-dd */
  validTo: z.iso.date().nullish(),
});
export const DocumentId = z.strictObject({ documentId: Id });
/** `sha256` is that of the bytes the signer was shown: what is signed is what was seen. */
export const SignDocument = z.strictObject({ documentId: Id, pin: Pin, sha256: Sha256, idempotencyKey: Key });
export const IssueDocument = z.strictObject({ documentId: Id, pin: Pin, idempotencyKey: Key });
export const ReturnDocument = z.strictObject({ documentId: Id, reason: Reason });
export const CancelDocument = ReturnDocument;
export const ChangeDocumentStatus = z.strictObject({
  documentId: Id,
  status: z.enum(['inForce', 'suspended', 'revoked', 'superseded']),
  reason: Reason,
});
export const VerifyCode = z.strictObject({ code: z.string().min(4).max(40) });
export const DocumentNumber = z.strictObject({ number: z.string().min(1).max(100) });
export const DocumentsToSign = z.strictObject({});
