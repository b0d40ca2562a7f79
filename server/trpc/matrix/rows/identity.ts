import { testPassword } from '#server/identity/testing.ts';
import { about, open, type Row } from '../row.ts';

const signedIn = { all: 'ok', anonymous: 'unauthenticated' } as const;
/** Administration of Hà Nội: its own administrator and the ministry's. */
const administration = { all: 'forbidden', anonymous: 'unauthenticated', admin: 'ok', ministry: 'ok' } as const;
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
  'identity.demoAccounts': open(() => ({}), { all: 'ok' }),
  'identity.viewer': open(() => ({}), { all: 'ok' }),
  'identity.myProfile': open(() => ({}), signedIn),
  'identity.mySessions': open(() => ({}), signedIn),
  'identity.myOrganisations': open(() => ({}), signedIn),
  'identity.myOrganisation': about((at) => ({ organisationId: at.world.business }), members),
  'identity.updateProfile': open(() => ({ name: 'Nguyễn Văn Mới', locale: 'vi' }), signedIn),
  'identity.changePassword': open(
    () => ({ currentPassword: testPassword, password: 'mười hai con trâu đi cày' }),
    signedIn,
  ),
  'identity.revokeSession': about((at) => ({ sessionId: at.session }), {
    all: 'notFound',
    anonymous: 'unauthenticated',
    owner: 'ok',
  }),
  'identity.actFor': about((at) => ({ organisationId: at.world.business }), members),
  'identity.createBusiness': open(() => ({ taxCode: '0312345678', ...business }), {
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
  'identity.officials': open((at) => ({ organisationId: at.world.hanoi }), administration),
  'identity.official': open((at) => ({ userId: at.official }), administration),
  'identity.authorities': open(() => ({}), administration),
  'identity.authority': open((at) => ({ organisationId: at.world.hanoi }), administration),
  'identity.createOfficial': open(
    (at) => ({ name: 'Người Mới', email: 'moi@example.vn', ...post(at) }),
    administration,
  ),
  'identity.updateOfficial': open((at) => ({ userId: at.official, name: 'Tên Mới' }), administration),
  'identity.inviteAgain': open((at) => ({ userId: at.official }), administration),
  'identity.disableOfficial': open((at) => ({ userId: at.official }), administration),
  'identity.enableOfficial': open((at) => ({ userId: at.official }), administration),
  'identity.assignPost': open((at) => ({ userId: at.official, ...post(at) }), administration),
  'identity.grantRole': open(
    (at) => ({ userId: at.official, role: 'head', organisationId: at.world.hanoi }),
    administration,
  ),
  'identity.revokeGrant': open((at) => ({ grantId: at.grant }), administration),
  'identity.createAuthority': open(() => authority, { ...administration, admin: 'forbidden' }),
  'identity.updateAuthority': open((at) => ({ organisationId: at.world.hanoi, ...authority }), administration),
  'identity.createUnit': open((at) => ({ organisationId: at.world.hanoi, name: 'Phòng Mới' }), administration),
  'identity.renameUnit': open((at) => ({ unitId: at.unit, name: 'Phòng Tên Mới' }), administration),
};
