import type { Role } from '#db/enums/roles.ts';

/** The demo authority: Hà Nội's health department. */
export const demoAgencyCode = '000.00.10.H26';

/** Where a demo official works. */
export type DemoPlace = 'department' | 'ministry';

export interface DemoUnit {
  key: string;
  parent?: string;
  name: string;
  nameEn: string;
}

export const demoUnits: DemoUnit[] = [
  { key: 'board', name: 'Ban Giám đốc', nameEn: 'Board of Directors' },
  { key: 'office', name: 'Văn phòng Sở', nameEn: 'Office' },
  { key: 'one-stop', parent: 'office', name: 'Bộ phận Một cửa', nameEn: 'One-stop Section' },
  { key: 'pharmacy', name: 'Phòng Nghiệp vụ Dược', nameEn: 'Pharmacy Division' },
  { key: 'inspectorate', name: 'Thanh tra Sở', nameEn: 'Inspectorate' },
  { key: 'personnel', name: 'Phòng Tổ chức cán bộ', nameEn: 'Personnel Division' },
];

/** The ministry itself: who works here administers every authority. */
export const demoMinistryUnits: DemoUnit[] = [{ key: 'ministry', name: 'Văn phòng Bộ', nameEn: 'Ministry Office' }];

export interface DemoOfficial {
  /** the name of the account; also its address, `<account>@demo.example` */
  account: Role | `ministry-${'admin' | 'registrar' | 'leader'}`;
  /** left out: the account's name says it */
  role?: Role;
  /** left out: the department */
  at?: DemoPlace;
  name: string;
  unit: string;
  title: string;
  titleEn: string;
  signatureTitle?: string;
  /** over the unit and what is below it; left out: over the whole department */
  within?: string;
  /** signs, initials or seals with a key that a PIN unlocks */
  signs?: true;
}

export const demoOfficials: DemoOfficial[] = [
  { account: 'one-stop', name: 'Lê Thu Hà', unit: 'one-stop', title: 'Cán bộ một cửa', titleEn: 'One-stop officer' },
  {
    account: 'officer',
    name: 'Trần Minh Đức',
    unit: 'pharmacy',
    title: 'Chuyên viên',
    titleEn: 'Case officer',
    within: 'pharmacy',
  },
  { account: 'inspector', name: 'Đỗ Quang Huy', unit: 'inspectorate', title: 'Thanh tra viên', titleEn: 'Inspector' },
  {
    account: 'head',
    name: 'Phạm Quốc Bảo',
    unit: 'pharmacy',
    title: 'Trưởng phòng',
    titleEn: 'Head of division',
    signatureTitle: 'TRƯỞNG PHÒNG',
    within: 'pharmacy',
    signs: true,
  },
  {
    account: 'leader',
    name: 'Vũ Hải Yến',
    unit: 'board',
    title: 'Phó Giám đốc',
    titleEn: 'Deputy director',
    signatureTitle: 'KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC',
    signs: true,
  },
  { account: 'clerk', name: 'Nguyễn Thị Thanh Tâm', unit: 'office', title: 'Văn thư', titleEn: 'Clerk', signs: true },
  {
    account: 'registrar',
    name: 'Hoàng Văn Sơn',
    unit: 'pharmacy',
    title: 'Chuyên viên quản lý sổ đăng ký',
    titleEn: 'Registrar',
  },
  {
    account: 'hr',
    name: 'Bùi Thị Lan Anh',
    unit: 'personnel',
    title: 'Chuyên viên tổ chức cán bộ',
    titleEn: 'Personnel officer',
  },
  {
    account: 'scheme',
    name: 'Đặng Tuấn Kiệt',
    unit: 'office',
    title: 'Chuyên viên theo dõi đề án',
    titleEn: 'Scheme officer',
  },
  {
    account: 'admin',
    name: 'Ngô Minh Châu',
    unit: 'office',
    title: 'Quản trị hệ thống',
    titleEn: 'System administrator',
  },
  {
    account: 'ministry-admin',
    role: 'admin',
    at: 'ministry',
    name: 'Lương Gia Khải',
    unit: 'ministry',
    title: 'Quản trị hệ thống của Bộ',
    titleEn: 'Ministry system administrator',
  },
  {
    account: 'ministry-registrar',
    role: 'registrar',
    at: 'ministry',
    name: 'Tạ Thị Hồng Nhung',
    unit: 'ministry',
    title: 'Chuyên viên quản lý sổ đăng ký của Bộ',
    titleEn: 'Ministry registrar',
  },
  {
    account: 'ministry-leader',
    role: 'leader',
    at: 'ministry',
    name: 'Đinh Công Thành',
    unit: 'ministry',
    title: 'Phó Cục trưởng',
    titleEn: 'Deputy director-general',
  },
];

/** Colleagues without an account to sign in with: they fill an inspection team, and a head has somebody to give tasks to. */
export const demoColleagues: (Omit<DemoOfficial, 'account' | 'at'> & { role: Role; address: string })[] = [
  {
    role: 'officer',
    address: 'officer-2@demo.example',
    name: 'Lưu Thu Trang',
    unit: 'pharmacy',
    title: 'Chuyên viên',
    titleEn: 'Case officer',
    within: 'pharmacy',
  },
  {
    role: 'inspector',
    address: 'inspector-2@demo.example',
    name: 'Nguyễn Hữu Phước',
    unit: 'inspectorate',
    title: 'Thanh tra viên',
    titleEn: 'Inspector',
  },
  {
    role: 'inspector',
    address: 'inspector-3@demo.example',
    name: 'Phan Thị Mai',
    unit: 'pharmacy',
    title: 'Chuyên viên',
    titleEn: 'Officer',
  },
];

export const demoApplicants = [
  { account: 'business', name: 'Nguyễn Thị Ánh Nguyệt', phone: '0912000001', citizenId: '001090000001' },
  { account: 'citizen', name: 'Trịnh Khánh Linh', phone: '0912000002', citizenId: '001095000002' },
] as const;

/** The business account acts for either. The tax codes are well-formed and given to nobody we know of. */
export const demoBusinesses = [
  {
    taxCode: '0109999100',
    name: 'Công ty TNHH Dược phẩm An Bình',
    nameEn: 'An Binh Pharmaceutical Co., Ltd.',
    address: '25 phố Lò Đúc',
    wardCode: '00256',
  },
  {
    taxCode: '0108888101',
    name: 'Công ty cổ phần Thiết bị y tế Sông Hồng',
    nameEn: 'Song Hong Medical Equipment JSC',
    address: '18 phố Trần Khánh Dư',
    wardCode: '00082',
  },
];
