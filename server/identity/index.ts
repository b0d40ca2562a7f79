export type { Client } from './attempts.ts';
export { askPasskey, offerPasskey } from './commands/ask-passkey.ts';
export { createAuthority, createUnit, renameUnit, updateAuthority } from './commands/authorities.ts';
export {
  actFor,
  addRepresentative,
  createBusiness,
  removeRepresentative,
  updateBusiness,
} from './commands/businesses.ts';
export { confirmEmail } from './commands/confirm-email.ts';
export { createFirstAdministrator } from './commands/create-first-administrator.ts';
export { confirmEnrolment } from './commands/enrol-authenticator.ts';
export { giveCode, type SessionRef } from './commands/give-code.ts';
export { givePasskey } from './commands/give-passkey.ts';
export { grantRole, revokeGrant } from './commands/grants.ts';
export { linkIdentity, signUpByProvider } from './commands/link-identity.ts';
export {
  assignPost,
  createOfficial,
  disableOfficial,
  enableOfficial,
  inviteAgain,
  updateOfficial,
} from './commands/officials.ts';
export { registerPasskey } from './commands/register-passkey.ts';
export { renewAuthenticatorKeys } from './commands/renew-authenticator-keys.ts';
export { requestPasswordReset, resetPassword } from './commands/reset-password.ts';
export { signIn } from './commands/sign-in.ts';
export { signInByProvider, startAtProvider } from './commands/sign-in-by-provider.ts';
export { revokeSession, signOut, signOutEverywhere } from './commands/sign-out.ts';
export { signUp } from './commands/sign-up.ts';
export { changePassword, updateProfile } from './commands/update-profile.ts';
export {
  authorities,
  findOrganisation,
  getOrganisation,
  getPerson,
  healthDepartmentOf,
  membersOf,
  ministry,
  type OfficialView,
  type OrganisationView,
  officialsOf,
  organisationsById,
  type PersonView,
  type PostView,
  peopleById,
  postOf,
  usersWithRole,
} from './directory.ts';
export { identityJobs } from './jobs.ts';
export { forgetForm, keepForm, keptForm, keptMinutes } from './kept-forms.ts';
export { authHandler } from './next-auth.ts';
export { hashPassword, passwordMatches } from './passwords.ts';
export { canAdministerMinistry } from './policy.ts';
export { providerLabel } from './provider.ts';
export { tripCookieName, tripIn, unknownCookieName, unknownIn } from './provider-cookies.ts';
export { type EnrolmentView, type WaitingView, waitingSession } from './queries/second-factor.ts';
export { type UnknownIdentityView, unknownIdentity } from './queries/unknown-identity.ts';
export { ministryId } from './records.ts';
export { storeAuthenticator } from './second-factor.ts';
export { actorOfRequest, actorOfToken, leftOfSession } from './session.ts';
export {
  cookieNamed,
  deviceCookieName,
  type SessionCookie,
  secureCookies,
  sessionCookieName,
} from './session-cookie.ts';
export { newTotpSecret } from './totp.ts';
