export { type Authority, createAuthority, type IssuedKey, type Subject } from './authority/create-authority.ts';
export { type ProtectedKey, protectKey, unlockKey } from './authority/protect-key.ts';
export {
  DocumentLayout,
  type DocumentTemplate,
  fieldNames,
  LayoutBlock,
  RichText,
} from './layout/document-layout.ts';
export { fillTemplate } from './layout/fill-template.ts';
export { renderDocument } from './render/render-document.ts';
export type { Appearance } from './signing/appearance.ts';
export { fillFields } from './signing/fill-fields.ts';
export { type Lock, locks } from './signing/locks.ts';
export { type PreparedSignature, prepareSignature, type SignatureRequest } from './signing/prepare-signature.ts';
export { embedSignature, signField } from './signing/sign-field.ts';
export { type Signer, type SigningRequest, softwareSigner } from './signing/signer.ts';
export type { Anchor } from './verify/verify-cms.ts';
export {
  type CertificateVerdict,
  type DocumentReason,
  type PdfVerdict,
  type SignatureVerdict,
  type VerifyOptions,
  verifyPdf,
} from './verify/verify-pdf.ts';
