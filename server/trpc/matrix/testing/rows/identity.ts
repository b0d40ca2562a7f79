import { testPassword } from '#server/identity/testing.ts';
import { about, ofNobody, type Row } from '../row.ts';

const signedIn = { all: 'ok', anonymous: 'unauthenticated' } as const;
/** Administration of Hà Nội: its own administrator and the ministry's. */
const administration = { all: 'notFound', anonymous: 'unauthenticated', admin: 'ok', ministry: 'ok' } as const;
const officialsOnly = { all: 'forbidden', anonymous: 'unauthenticated', officials: 'ok' } as const;
const members = { all: 'notFound', anonymous: 'unauthenticated', applicants: 'ok' } as const;
const business = {
  name: 'Công ty Mới',
  representativeName: 'Lê Thị Hường',
  provinceCode: '01',
  address: '12 Trần Hưng Đạo',
};
const authority = {
  name: 'Sở Y tế Mới',
  nameEn: 'New Department of Health',
  agencyCode: '000.00.77.H77',
  documentCode: 'SYT',
};
const post = (at: { unit: string }) => ({ unitId: at.unit, title: 'Chuyên viên' });

export const identityRows: Record<string, Row> = {
  'identity.demoAccounts': ofNobody(() => ({}), { all: 'ok' }),
  'identity.viewer': ofNobody(() => ({}), { all: 'ok' }),
  'identity.myProfile': ofNobody(() => ({}), signedIn),
  'identity.mySessions': ofNobody(() => ({}), signedIn),
  'identity.myOrganisations': ofNobody(() => ({}), { ...signedIn, officials: 'forbidden' }),
  'identity.myOrganisation': about((at) => ({ organisationId: at.world.business }), members),
  'identity.updateProfile': ofNobody(() => ({ name: 'Nguyễn Văn Mới', locale: 'vi' }), signedIn),
  'identity.changePassword': ofNobody(
    () => ({ currentPassword: testPassword, password: 'mười hai con trâu đi cày' }),
    signedIn,
  ),
  'identity.revokeSession': about((at) => ({ sessionId: at.session }), {
    all: 'notFound',
    anonymous: 'unauthenticated',
    owner: 'ok',
  }),
  'identity.actFor': about((at) => ({ organisationId: at.world.business }), { ...members, officials: 'forbidden' }),
  'identity.createBusiness': ofNobody(() => ({ taxCode: '0312345678', ...business }), {
    all: 'ok',
    officials: 'forbidden',
    anonymous: 'unauthenticated',
  }),
  'identity.updateBusiness': about((at) => ({ organisationId: at.world.business, ...business }), {
    ...members,
    partner: 'forbidden',
  }),
  'identity.addRepresentative': about((at) => ({ organisationId: at.world.business, email: 'citizen@example.vn' }), {
    ...members,
    partner: 'forbidden',
  }),
  'identity.removeRepresentative': about(
    (at) => ({ organisationId: at.world.business, userId: at.partnerId }),
    members,
  ),
  'identity.officials': ofNobody((at) => ({ organisationId: at.world.hanoi }), administration),
  'identity.official': ofNobody((at) => ({ userId: at.official }), administration),
  'identity.authorities': ofNobody(() => ({}), administration),
  'identity.authority': ofNobody((at) => ({ organisationId: at.world.hanoi }), administration),
  'identity.createOfficial': ofNobody(
    (at) => ({ name: 'Người Mới', email: 'moi@example.vn', ...post(at) }),
    administration,
  ),
  'identity.updateOfficial': ofNobody((at) => ({ userId: at.official, name: 'Tên Mới' }), administration),
  'identity.inviteAgain': ofNobody((at) => ({ userId: at.official }), {
    ...administration,
    admin: 'invalidState',
    ministry: 'invalidState',
  }),
  'identity.disableOfficial': ofNobody((at) => ({ userId: at.official }), administration),
  'identity.enableOfficial': ofNobody((at) => ({ userId: at.official }), administration),
  'identity.assignPost': ofNobody((at) => ({ userId: at.official, ...post(at) }), administration),
  'identity.grantRole': ofNobody(
    (at) => ({ userId: at.official, role: 'head', organisationId: at.world.hanoi }),
    administration,
  ),
  'identity.revokeGrant': ofNobody((at) => ({ grantId: at.grant }), administration),
  'identity.createAuthority': ofNobody(() => authority, { ...administration, admin: 'forbidden' }),
  'identity.updateAuthority': ofNobody((at) => ({ organisationId: at.world.hanoi, ...authority }), {
    ...administration,
    admin: 'forbidden',
  }),
  'identity.createUnit': ofNobody((at) => ({ organisationId: at.world.hanoi, name: 'Phòng Mới' }), administration),
  'identity.renameUnit': ofNobody((at) => ({ unitId: at.unit, name: 'Phòng Tên Mới' }), administration),
  'identity.resetSecondFactor': ofNobody((at) => ({ userId: at.official }), administration),
  'identity.mySecondFactor': ofNobody(() => ({}), officialsOnly),
  'identity.beginEnrolment': ofNobody(() => ({}), officialsOnly),
  'identity.renewBackupCodes': ofNobody(() => ({}), officialsOnly),
  'identity.keepBackupCodes': ofNobody(() => ({}), officialsOnly),
  'identity.removePasskey': ofNobody(() => ({ passkeyId: '01900000-0000-7000-8000-000000000000' }), {
    all: 'notFound',
    anonymous: 'unauthenticated',
  }),
  'identity.myIdentityLinks': ofNobody(() => ({}), signedIn),
  'identity.unlinkIdentity': ofNobody(() => ({ linkId: '01900000-0000-7000-8000-000000000000' }), {
    all: 'notFound',
    anonymous: 'unauthenticated',
  }),
  'operations.parkedJobs': ofNobody(() => ({}), { ...administration, admin: 'forbidden' }),
  'operations.retryJob': ofNobody(() => ({ jobId: '999999' }), { all: 'notFound', anonymous: 'unauthenticated' }),
  'operations.discardJob': ofNobody(() => ({ jobId: '999999', reason: 'Không cần nữa' }), {
    all: 'notFound',
    anonymous: 'unauthenticated',
  }),
};
