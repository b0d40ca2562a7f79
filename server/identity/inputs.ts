import { z } from 'zod';
import { roles } from '#db/enums/roles.ts';
import { Id, line } from '#server/platform/input.ts';
import { canonicalEmail, canonicalPhone, canonicalTaxCode, digitsOf } from './rules.ts';

/** Written in any form, kept in one; see `rules.ts`. */
const kept = (canonical: (text: string) => string | null, reason: string) =>
  z.string().transform((text, ctx) => {
    const value = canonical(text);
    if (value === null) ctx.addIssue({ code: 'custom', message: reason });
    return value ?? z.NEVER;
  });
/** A field left empty in a form is a field not given. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .preprocess((value) => (typeof value === 'string' && value.trim() === '' ? null : value), schema.nullish())
    .transform((value) => value ?? null);

export const Email = z.string().transform(canonicalEmail).pipe(z.string().min(1).max(254).pipe(z.email()));
export type Email = z.output<typeof Email>;
/** Any characters, unmodified; the list of common ones is asked where it is chosen. */
export const NewPassword = z
  .string()
  .min(1)
  .refine((text) => [...text].length >= 12, {
    error: 'identity.errors.passwordTooShort',
    // a refinement with `when` is asked even after the type was refused
    when: ({ value }) => typeof value === 'string' && value !== '',
  })
  .refine((text) => [...text].length <= 128, 'identity.errors.passwordTooLong');
export const Phone = kept(canonicalPhone, 'identity.errors.phone');
export const TaxCode = kept(canonicalTaxCode, 'identity.errors.taxCode');
/** 12 digits (Law 26/2023/QH15 on identification). */
export const CitizenId = kept(
  (text) => (/^\d{12}$/.test(digitsOf(text)) ? digitsOf(text) : null),
  'identity.errors.citizenId',
);
export const Locale = z.enum(['vi', 'en']);
const Token = z.string().min(1).max(100);
const ProvinceCode = z.string().regex(/^\d{2}$/);
const WardCode = z.string().regex(/^\d{5}$/);

export const SignUp = z.strictObject({
  kind: z.enum(['business', 'citizen']),
  name: line(100),
  email: Email,
  phone: optional(Phone),
  citizenId: optional(CitizenId),
  password: NewPassword,
  locale: Locale.default('vi'),
});
export type SignUp = z.output<typeof SignUp>;

export const SignIn = z.strictObject({ email: z.string().min(1).max(254), password: z.string().min(1).max(1000) });
export type SignIn = z.output<typeof SignIn>;

/** A code of an authenticator, or a backup code, with or without spaces and dashes. */
export const GiveCode = z.strictObject({
  otp: z
    .string()
    .transform((text) => text.normalize('NFKC').replace(/[\s\-–]/g, ''))
    .pipe(z.string().min(1).max(40)),
});
export type GiveCode = z.output<typeof GiveCode>;

const Base64Url = z
  .string()
  .regex(/^[\w-]*$/)
  .max(20_000);
/** What `PublicKeyCredential.toJSON()` gives: an answer of a passkey, or a new one (WebAuthn level 3, section 5.1). */
export const PasskeyAnswer = z.object({
  id: Base64Url.min(1).max(1400),
  rawId: Base64Url.min(1).max(1400),
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: Base64Url.min(1),
    authenticatorData: Base64Url.optional(),
    signature: Base64Url.optional(),
    userHandle: Base64Url.optional(),
    attestationObject: Base64Url.optional(),
    transports: z.array(z.string().max(30)).max(20).optional(),
  }),
});
export type PasskeyAnswer = z.output<typeof PasskeyAnswer>;
export const NamePasskey = z.strictObject({ name: line(60) });
export type NamePasskey = z.output<typeof NamePasskey>;
export const PasskeyRef = z.strictObject({ passkeyId: Id });
export type PasskeyRef = z.output<typeof PasskeyRef>;
export const IdentityLinkRef = z.strictObject({ linkId: Id });
export type IdentityLinkRef = z.output<typeof IdentityLinkRef>;

export const ConfirmEmail = z.strictObject({ token: Token });
export type ConfirmEmail = z.output<typeof ConfirmEmail>;
export const RequestPasswordReset = z.strictObject({ email: Email });
export type RequestPasswordReset = z.output<typeof RequestPasswordReset>;
export const ResetPassword = z.strictObject({ token: Token, password: NewPassword });
export type ResetPassword = z.output<typeof ResetPassword>;

export const UpdateProfile = z.strictObject({
  name: line(100),
  phone: optional(Phone),
  citizenId: optional(CitizenId),
  locale: Locale,
});
export type UpdateProfile = z.output<typeof UpdateProfile>;
export const ChangePassword = z.strictObject({ currentPassword: z.string().min(1).max(1000), password: NewPassword });
export type ChangePassword = z.output<typeof ChangePassword>;
export const RevokeSession = z.strictObject({ sessionId: Id });
export type RevokeSession = z.output<typeof RevokeSession>;
/** null: for oneself */
export const ActFor = z.strictObject({ organisationId: optional(Id) });
export type ActFor = z.output<typeof ActFor>;

const businessFields = {
  name: line(200),
  nameEn: optional(line(200)),
  representativeName: line(100),
  provinceCode: ProvinceCode,
  wardCode: optional(WardCode),
  address: line(200),
  phone: optional(Phone),
  email: optional(Email),
};
export const CreateBusiness = z.strictObject({ taxCode: TaxCode, ...businessFields });
export type CreateBusiness = z.output<typeof CreateBusiness>;
export const UpdateBusiness = z.strictObject({ organisationId: Id, ...businessFields });
export type UpdateBusiness = z.output<typeof UpdateBusiness>;
export const AddRepresentative = z.strictObject({ organisationId: Id, email: Email });
export type AddRepresentative = z.output<typeof AddRepresentative>;
export const RemoveRepresentative = z.strictObject({ organisationId: Id, userId: Id });
export type RemoveRepresentative = z.output<typeof RemoveRepresentative>;

const authorityFields = {
  name: line(200),
  nameEn: line(200),
  /** e.g. 000.00.10.H26 */
  agencyCode: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^\d{3}\.\d{2}\.\d{2}\.[GH]\d{2}$/, 'identity.errors.agencyCode'),
  documentCode: line(20),
  placeCode: optional(line(10)),
  superiorName: optional(line(200)),
  provinceCode: optional(ProvinceCode),
  address: optional(line(200)),
  phone: optional(Phone),
  email: optional(Email),
};
export const CreateAuthority = z.strictObject(authorityFields);
export type CreateAuthority = z.output<typeof CreateAuthority>;
export const UpdateAuthority = z.strictObject({ organisationId: Id, ...authorityFields });
export type UpdateAuthority = z.output<typeof UpdateAuthority>;
export const CreateUnit = z.strictObject({
  organisationId: Id,
  parentId: optional(Id),
  name: line(200),
  nameEn: optional(line(200)),
});
export type CreateUnit = z.output<typeof CreateUnit>;
export const RenameUnit = z.strictObject({ unitId: Id, name: line(200), nameEn: optional(line(200)) });
export type RenameUnit = z.output<typeof RenameUnit>;

const postFields = {
  unitId: Id,
  title: line(100),
  titleEn: optional(line(100)),
  /** the lines above a signature, e.g. `KT. GIÁM ĐỐC` and `PHÓ GIÁM ĐỐC` */
  signatureTitle: optional(
    z
      .string()
      .transform((text) => text.normalize('NFC').replace(/\r\n?/g, '\n').trim())
      .pipe(z.string().max(200)),
  ),
};
export const CreateOfficial = z.strictObject({
  name: line(100),
  email: Email,
  phone: optional(Phone),
  locale: Locale.default('vi'),
  ...postFields,
  /** over the whole organisation of the unit; narrower grants are given one by one */
  roles: z.array(z.enum(roles)).max(roles.length).default([]),
});
export type CreateOfficial = z.output<typeof CreateOfficial>;
export const UpdateOfficial = z.strictObject({ userId: Id, name: line(100), phone: optional(Phone) });
export type UpdateOfficial = z.output<typeof UpdateOfficial>;
export const OfficialRef = z.strictObject({ userId: Id });
export type OfficialRef = z.output<typeof OfficialRef>;
export const AssignPost = z.strictObject({ userId: Id, ...postFields });
export type AssignPost = z.output<typeof AssignPost>;
export const GrantRole = z.strictObject({
  userId: Id,
  role: z.enum(roles),
  organisationId: Id,
  unitId: optional(Id),
  provinceCode: optional(ProvinceCode),
});
export type GrantRole = z.output<typeof GrantRole>;
export const RevokeGrant = z.strictObject({ grantId: Id });
export type RevokeGrant = z.output<typeof RevokeGrant>;

export const ListOfficials = z.strictObject({
  organisationId: optional(Id),
  q: z.string().max(100).default(''),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});
export type ListOfficials = z.output<typeof ListOfficials>;
export const OrganisationRef = z.strictObject({ organisationId: Id });
export type OrganisationRef = z.output<typeof OrganisationRef>;
export const Nothing = z.strictObject({});
