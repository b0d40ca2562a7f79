import type { JsonObject } from '#server/procedures/index.ts';

/** Complete answers of an invented pharmacy, for tests and demonstration. */
export const fullAnswers: JsonObject = {
  applicant: {
    name: 'Công ty TNHH Dược phẩm Minh Châu',
    taxCode: '0101234567',
    address: '12 Trần Hưng Đạo, phường Hoàn Kiếm, thành phố Hà Nội',
    representative: 'Nguyễn Minh Châu',
  },
  facility: {
    name: 'Nhà thuốc Minh Châu',
    kind: 'pharmacy',
    compounding: false,
    vaccines: false,
    address: { province: '01', ward: '00070', street: '12 Trần Hưng Đạo' },
    location: { latitude: 21.0245, longitude: 105.8542 },
    phone: '02438222222',
    email: 'minhchau@example.vn',
  },
  hours: { same: true, all: { opens: '07:30', closes: '21:30' } },
  premises: { area: 32.5, ownership: 'rented', leaseUntil: '2031-12-31' },
  storage: {
    equipment: ['cabinets', 'air-conditioning', 'thermo-hygrometer'],
    maxTemperature: 28,
    coldChain: true,
    fridges: 1,
    alarm: true,
  },
  controlled: { sells: true, kinds: ['narcotic', 'psychotropic'], keeper: 'Phạm Thị Hoa', safe: true },
  chief: {
    name: 'Lê Thị Hường',
    citizenId: '001085012345',
    qualification: 'university',
    certificate: { number: '1234/CCHN-D-SYT-HNO', issuedOn: '2019-05-20', issuer: 'Sở Y tế thành phố Hà Nội' },
  },
  staff: [
    {
      name: 'Phạm Thị Hoa',
      role: 'pharmacist',
      qualification: 'Dược sĩ cao đẳng',
      certificateNumber: '2345/CCHN-D-SYT-HNO',
    },
    { name: 'Đỗ Văn Nam', role: 'seller', qualification: 'Dược sĩ trung cấp' },
  ],
  gpp: { status: 'together' },
  delivery: { method: 'online' },
};
