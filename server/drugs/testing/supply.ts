import { eq } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { facilities } from '#db/schema/facilities.ts';
import { insertAuthority, insertFacility, insertPlaces } from '#server/facilities/testing.ts';
import {
  contextOf,
  insertGrant,
  insertMembership,
  insertMinistry,
  insertOrganisation,
  insertUser,
} from '#server/identity/testing.ts';
import { type Context, newContext, type Role, systemActor, transaction } from '#server/platform/index.ts';
import { type Content, recordVersions } from '#server/registers/index.ts';
import { drugsRegister } from '../register.ts';

/** A clock that tests move: each look is a moment later. */
export function clockFrom(day: string): { now: () => Date; to(day: string): void } {
  let at = Date.parse(`${day}T09:00:00+07:00`);
  return {
    now: () => {
      at += 1;
      return new Date(at);
    },
    to: (later) => {
      at = Date.parse(`${later}T09:00:00+07:00`);
    },
  };
}

/** Enters a drug; its id. */
export async function enterDrug(db: Database, now: () => Date, over: Content = {}): Promise<string> {
  const content = {
    registrationNumber: '893110123424',
    formerNumbers: ['VD-4878-14'],
    name: 'Paracetamol Thử 500',
    ingredients: [{ name: 'Paracetamol', strength: '500 mg' }],
    prescription: 'otc',
    gtins: ['4006381333931'],
    ...over,
  };
  const version = { isNew: true, action: 'registered', content, validFrom: '2024-01-01' };
  const [id] = await transaction(newContext(db, systemActor('test'), now), (ctx) =>
    recordVersions(ctx, drugsRegister, [version]),
  );
  return id!;
}

export async function appoint(db: Database, role: Role, organisationId: string, now: () => Date): Promise<Context> {
  const userId = await insertUser(db, { official: true });
  await insertGrant(db, userId, role, organisationId);
  return contextOf(db, userId, true, now);
}

/** A pharmacy of a business with a person who acts for it. */
export async function enterPharmacy(db: Database, authorityId: string, now: () => Date, taxCode: string) {
  const business = await insertOrganisation(db, { kind: 'business', name: `Công ty ${taxCode}`, taxCode });
  const { facilityId } = await insertFacility(db, authorityId, { name: `Nhà thuốc ${taxCode}` });
  await db.update(facilities).set({ organisationId: business }).where(eq(facilities.id, facilityId));
  const userId = await insertUser(db);
  await insertMembership(db, userId, business);
  return { business, facilityId, userId, person: await contextOf(db, userId, false, now) };
}

/** The ministry with registrar and leader, two pharmacies of two businesses in Hà Nội, and a drug. */
export async function openSupply(db: Database, now: () => Date) {
  const ministry = await insertMinistry(db);
  await insertPlaces(db);
  const department = await insertAuthority(db);
  const elsewhere = await insertAuthority(db, { provinceCode: '79', placeCode: 'HCM' });
  return {
    drugId: await enterDrug(db, now),
    registrar: await appoint(db, 'registrar', ministry, now),
    leader: await appoint(db, 'leader', ministry, now),
    ofProvince: await appoint(db, 'registrar', department.id, now),
    ofElsewhere: await appoint(db, 'registrar', elsewhere.id, now),
    first: await enterPharmacy(db, department.id, now, '0101111111'),
    second: await enterPharmacy(db, department.id, now, '0102222222'),
  };
}
