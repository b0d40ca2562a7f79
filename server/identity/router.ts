import { procedure, router, shape } from '#server/trpc/init.ts';
import { createAuthority, createUnit, renameUnit, updateAuthority } from './commands/authorities.ts';
import {
  actFor,
  addRepresentative,
  createBusiness,
  removeRepresentative,
  updateBusiness,
} from './commands/businesses.ts';
import { beginEnrolment, keepBackupCodes, renewBackupCodes } from './commands/enrol-authenticator.ts';
import { grantRole, revokeGrant } from './commands/grants.ts';
import {
  assignPost,
  createOfficial,
  disableOfficial,
  enableOfficial,
  inviteAgain,
  updateOfficial,
} from './commands/officials.ts';
import { removePasskey } from './commands/register-passkey.ts';
import { resetSecondFactor } from './commands/reset-second-factor.ts';
import { revokeSession } from './commands/sign-out.ts';
import { unlinkIdentity } from './commands/unlink-identity.ts';
import { changePassword, updateProfile } from './commands/update-profile.ts';
import {
  ActFor,
  AddRepresentative,
  AssignPost,
  ChangePassword,
  CreateAuthority,
  CreateBusiness,
  CreateOfficial,
  CreateUnit,
  GrantRole,
  IdentityLinkRef,
  ListOfficials,
  Nothing,
  OfficialRef,
  OrganisationRef,
  PasskeyRef,
  RemoveRepresentative,
  RenameUnit,
  RevokeGrant,
  RevokeSession,
  UpdateAuthority,
  UpdateBusiness,
  UpdateOfficial,
  UpdateProfile,
} from './inputs.ts';
import { getAuthority, getOfficial, listAuthorities, listOfficials } from './queries/administration.ts';
import { demoAccounts } from './queries/demo.ts';
import { myOrganisation, myOrganisations, myProfile, mySessions, viewer } from './queries/me.ts';
import { myIdentityLinks } from './queries/my-identity-links.ts';
import { mySecondFactor } from './queries/second-factor.ts';

/**
 * Signing up, in and out and resetting a password are not here: they set cookies and count attempts by the address of
 * the caller, and go through `app/_server/session.ts`.
 */
export const identityRouter = router({
  demoAccounts: procedure.input(shape(Nothing)).query(({ ctx, input }) => demoAccounts(ctx, input)),
  viewer: procedure.input(shape(Nothing)).query(({ ctx, input }) => viewer(ctx, input)),
  myProfile: procedure.input(shape(Nothing)).query(({ ctx, input }) => myProfile(ctx, input)),
  myIdentityLinks: procedure.input(shape(Nothing)).query(({ ctx, input }) => myIdentityLinks(ctx, input)),
  mySessions: procedure.input(shape(Nothing)).query(({ ctx, input }) => mySessions(ctx, input)),
  myOrganisations: procedure.input(shape(Nothing)).query(({ ctx, input }) => myOrganisations(ctx, input)),
  myOrganisation: procedure.input(shape(OrganisationRef)).query(({ ctx, input }) => myOrganisation(ctx, input)),
  updateProfile: procedure.input(shape(UpdateProfile)).mutation(({ ctx, input }) => updateProfile(ctx, input)),
  changePassword: procedure.input(shape(ChangePassword)).mutation(({ ctx, input }) => changePassword(ctx, input)),
  revokeSession: procedure.input(shape(RevokeSession)).mutation(({ ctx, input }) => revokeSession(ctx, input)),
  actFor: procedure.input(shape(ActFor)).mutation(({ ctx, input }) => actFor(ctx, input)),
  createBusiness: procedure.input(shape(CreateBusiness)).mutation(({ ctx, input }) => createBusiness(ctx, input)),
  updateBusiness: procedure.input(shape(UpdateBusiness)).mutation(({ ctx, input }) => updateBusiness(ctx, input)),
  addRepresentative: procedure
    .input(shape(AddRepresentative))
    .mutation(({ ctx, input }) => addRepresentative(ctx, input)),
  removeRepresentative: procedure
    .input(shape(RemoveRepresentative))
    .mutation(({ ctx, input }) => removeRepresentative(ctx, input)),
  officials: procedure.input(shape(ListOfficials)).query(({ ctx, input }) => listOfficials(ctx, input)),
  official: procedure.input(shape(OfficialRef)).query(({ ctx, input }) => getOfficial(ctx, input)),
  authorities: procedure.input(shape(Nothing)).query(({ ctx, input }) => listAuthorities(ctx, input)),
  authority: procedure.input(shape(OrganisationRef)).query(({ ctx, input }) => getAuthority(ctx, input)),
  createOfficial: procedure.input(shape(CreateOfficial)).mutation(({ ctx, input }) => createOfficial(ctx, input)),
  updateOfficial: procedure.input(shape(UpdateOfficial)).mutation(({ ctx, input }) => updateOfficial(ctx, input)),
  inviteAgain: procedure.input(shape(OfficialRef)).mutation(({ ctx, input }) => inviteAgain(ctx, input)),
  disableOfficial: procedure.input(shape(OfficialRef)).mutation(({ ctx, input }) => disableOfficial(ctx, input)),
  enableOfficial: procedure.input(shape(OfficialRef)).mutation(({ ctx, input }) => enableOfficial(ctx, input)),
  assignPost: procedure.input(shape(AssignPost)).mutation(({ ctx, input }) => assignPost(ctx, input)),
  grantRole: procedure.input(shape(GrantRole)).mutation(({ ctx, input }) => grantRole(ctx, input)),
  revokeGrant: procedure.input(shape(RevokeGrant)).mutation(({ ctx, input }) => revokeGrant(ctx, input)),
  resetSecondFactor: procedure.input(shape(OfficialRef)).mutation(({ ctx, input }) => resetSecondFactor(ctx, input)),
  mySecondFactor: procedure.input(shape(Nothing)).query(({ ctx, input }) => mySecondFactor(ctx, input)),
  beginEnrolment: procedure.input(shape(Nothing)).mutation(({ ctx, input }) => beginEnrolment(ctx, input)),
  renewBackupCodes: procedure.input(shape(Nothing)).mutation(({ ctx, input }) => renewBackupCodes(ctx, input)),
  unlinkIdentity: procedure.input(shape(IdentityLinkRef)).mutation(({ ctx, input }) => unlinkIdentity(ctx, input)),
  removePasskey: procedure.input(shape(PasskeyRef)).mutation(({ ctx, input }) => removePasskey(ctx, input)),
  keepBackupCodes: procedure.input(shape(Nothing)).mutation(({ ctx, input }) => keepBackupCodes(ctx, input)),
  createAuthority: procedure.input(shape(CreateAuthority)).mutation(({ ctx, input }) => createAuthority(ctx, input)),
  updateAuthority: procedure.input(shape(UpdateAuthority)).mutation(({ ctx, input }) => updateAuthority(ctx, input)),
  createUnit: procedure.input(shape(CreateUnit)).mutation(({ ctx, input }) => createUnit(ctx, input)),
  renameUnit: procedure.input(shape(RenameUnit)).mutation(({ ctx, input }) => renameUnit(ctx, input)),
});
