import type { Database } from '#db/client.ts';
import { organisations } from '#db/schema/identity.ts';
import { territoryUnits } from '#db/schema/territory.ts';
import { type Context, newContext, newId, type Person, type Role, systemActor } from '#server/platform/index.ts';
import { placeAt } from '#server/territory/index.ts';
import { registerFacility } from './commands/register-facility.ts';
import type { RegisterFacility } from './inputs.ts';

/** Noon of a Monday in Vietnam. */
export const noon = new Date('2026-11-23T12:00:00+07:00');

export const systemContext = (db: Database, at: Date = noon): Context =>
  newContext(db, systemActor('facility.register'), () => at);

/** An authority of Hà Nội, whose codes begin with HNO. */
export async function insertAuthority(db: Database, overrides: Partial<typeof organisations.$inferInsert> = {}) {
  const row = {
    id: newId(),
    kind: 'authority' as const,
    name: 'Sở Y tế thành phố Hà Nội',
    nameEn: 'Hanoi Department of Health',
    agencyCode: `T${newId().slice(-8)}`,
    placeCode: 'HNO',
    provinceCode: '01',
    ...overrides,
  };
  await db.insert(organisations).values(row);
  return row;
}

/** Hà Nội and its ward Kim Liên. */
export async function insertPlaces(db: Database): Promise<void> {
  const base = { validFrom: '2025-07-01' };
  await db
    .insert(territoryUnits)
    .values([
      {
        ...base,
        id: newId(),
        level: 'province',
        code: '01',
        name: 'Hà Nội',
        fullName: 'Thành phố Hà Nội',
        nameEn: 'Hanoi',
        fullNameEn: 'Hanoi City',
        searchName: 'ha noi',
      },
      {
        ...base,
        id: newId(),
        level: 'ward',
        code: '00229',
        name: 'Kim Liên',
        fullName: 'Phường Kim Liên',
        nameEn: 'Kim Lien',
        fullNameEn: 'Kim Lien Ward',
        parentCode: '01',
        searchName: 'kim lien',
      },
    ])
    .onConflictDoNothing();
}

/** Thành phố Hồ Chí Minh, where another province is needed. */
export const insertOtherProvince = (db: Database): Promise<unknown> =>
  db
    .insert(territoryUnits)
    .values({
      id: newId(),
      level: 'province',
      code: '79',
      name: 'Hồ Chí Minh',
      fullName: 'Thành phố Hồ Chí Minh',
      nameEn: 'Ho Chi Minh City',
      fullNameEn: 'Ho Chi Minh City',
      searchName: 'ho chi minh',
      validFrom: '2025-07-01',
    })
    .onConflictDoNothing();

type Overrides = Partial<Omit<RegisterFacility, 'licence'>> & { licence?: Partial<RegisterFacility['licence']> };
let ordinal = 0;

/** What a certificate says: valid, with every field its own. */
export function certificate(issuedBy: string, { licence, ...overrides }: Overrides = {}): RegisterFacility {
  ordinal += 1;
  return {
    dossierId: newId(),
    documentId: newId(),
    kind: 'pharmacy',
    name: `Nhà thuốc số ${ordinal}`,
    ownerName: 'Công ty TNHH Dược phẩm Minh Châu',
    addressLine: '78 Giải Phóng',
    wardCode: '00229',
    provinceCode: '01',
    licence: {
      kind: 'pharmacy-eligibility',
      number: `${ordinal}/ĐKKDD-HNO`,
      issuedBy,
      issuedOn: '2026-11-02',
      validFrom: '2026-11-02',
      ...licence,
    },
    ...overrides,
  };
}

/** A point with the province it lies in: coordinates elsewhere than stated would be held back. */
export const standingAt = (point: { latitude: number; longitude: number }) => ({
  ...point,
  provinceCode: placeAt(point.latitude, point.longitude).provinceCode ?? '01',
  wardCode: null,
});

/** Puts a facility in the register through its front door. */
export const insertFacility = (db: Database, issuedBy: string, overrides: Overrides = {}, at: Date = noon) =>
  registerFacility(systemContext(db, at), certificate(issuedBy, overrides));

/** An official with one role. */
export function official(role: Role, organisationId: string, provinceCode: string | null = null): Person {
  return {
    kind: 'person',
    userId: newId(),
    sessionId: newId(),
    name: 'Nguyễn Thị Ánh Nguyệt',
    email: 'nguyet@example.vn',
    official: true,
    actingFor: null,
    memberships: [],
    grants: [{ role, organisationId, unitPath: null, provinceCode }],
    assurance: 2,
  };
}
