export { type Authority, createAuthority, type IssuedKey, type Subject } from './authority/create-authority.ts';
export { type DemoSigners, ensureDemoAuthority } from './authority/demo-authority.ts';
export { type ProtectedKey, protectKey } from './authority/protect-key.ts';
export { cancelDocument, changeDocumentStatus, returnDocument } from './commands/close-document.ts';
export { enrolKey } from './commands/enrol-key.ts';
export { issueDocument } from './commands/issue-document.ts';
export { changePin, releaseKey } from './commands/keep-keys.ts';
export { prepareDocument } from './commands/prepare-document.ts';
export { initialDocument, signDocument } from './commands/sign-document.ts';
export {
  DocumentLayout,
  type DocumentTemplate,
  fieldNames,
  LayoutBlock,
  RichText,
} from './layout/document-layout.ts';
export { fillTemplate } from './layout/fill-template.ts';
export {
  type DocumentView,
  documentsToSign,
  findDocumentByVerifyCode,
  findDocumentsByNumber,
  getDocument,
  type IssuedDocument,
  previewDocument,
  signersOf,
} from './queries/documents.ts';
export { keysUnderFormerSecrets } from './queries/former-secrets.ts';
export { mayReadDocumentFile } from './queries/may-read-file.ts';
export { officialCertificates } from './queries/official-certificates.ts';
export { type UploadVerdict, verifyUpload } from './queries/verify-upload.ts';
export { renderDocument } from './render/render-document.ts';
export type { Appearance } from './signing/appearance.ts';
export { fillFields } from './signing/fill-fields.ts';
export { type Lock, locks } from './signing/locks.ts';
export { type PreparedSignature, prepareSignature, type SignatureRequest } from './signing/prepare-signature.ts';
export { embedSignature, signField } from './signing/sign-field.ts';
export { type Signer, type SigningRequest, softwareSigner } from './signing/signer.ts';
export { timestampToken } from './signing/timestamp.ts';
export { fingerprintOf, type SystemKey, systemKey } from './system-key.ts';
export type { Anchor } from './verify/verify-cms.ts';
export {
  type CertificateVerdict,
  type DocumentReason,
  type PdfVerdict,
  type SignatureVerdict,
  type VerifyOptions,
  verifyPdf,
} from './verify/verify-pdf.ts';
