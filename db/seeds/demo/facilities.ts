import { eq, sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { facilities, facilityChanges, facilityLicences } from '#db/schema/facilities.ts';
import { organisations } from '#db/schema/identity.ts';
import { settings } from '#db/schema/platform.ts';
import { territoryUnits } from '#db/schema/territory.ts';
import { instant, localDate } from '#server/calendar/index.ts';
import { facilitiesRegister } from '#server/facilities/index.ts';
import { newContext, newId, now, searchable, systemActor, transaction } from '#server/platform/index.ts';
import { type Content, recordVersions } from '#server/registers/index.ts';
import { type DemoFacility, inventFacilities } from './invent-facilities.ts';

const settingKey = 'demo.facilities';
/** Goes up when the same numbers give other facilities. */
const version = 1;
const count = 640;

/** Enters the demo's facilities, once; each is marked as demo. A second start changes nothing. */
export async function seedDemoFacilities(db: Database, say: (line: string) => void): Promise<void> {
  const [done] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, settingKey));
  if (done?.value === version) return;
  const ctx = newContext(db, systemActor('demo'), now);
  const entered = await transaction(ctx, async (inside) => {
    const { tx } = inside;
    // two processes that start at once do not enter everything twice
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${settingKey}))`);
    const authorities = await tx.select().from(organisations).where(eq(organisations.kind, 'authority'));
    const units = await tx.select().from(territoryUnits);
    const placeName = (level: string, code: string | null) =>
      units.find((unit) => unit.level === level && unit.code === code && unit.validTo === null)?.fullName ?? '';
    const made = misplaced(inventFacilities(count)).map((each) => ({ ...each, id: newId() }));
    const rows = made.map((each) => {
      const places = [placeName('ward', each.wardCode), placeName('province', each.provinceCode)];
      return rowOf(each, places.join(' '));
    });
    const added = await tx.insert(facilities).values(rows).onConflictDoNothing().returning({ id: facilities.id });
    const ids = new Set(added.map(({ id }) => id));
    const fresh = made.filter(({ id }) => ids.has(id));
    const licences = fresh.map((each) => {
      const issuer = authorities.find((one) => one.provinceCode === each.provinceCode) ?? authorities[0]!;
      return licenceOf(each, issuer, ctx.now());
    });
    if (licences.length > 0) {
      await tx.insert(facilityLicences).values(licences);
      await tx.insert(facilityChanges).values(
        licences.map((licence) => ({
          facilityId: licence.facilityId,
          action: 'registered',
          validFrom: licence.validFrom,
          recordedBy: 'demo',
          after: { licence: { id: licence.id, number: licence.number } },
        })),
      );
    }
    await recordVersions(
      inside,
      facilitiesRegister,
      fresh.map((each, index) => ({
        entryId: each.id,
        isNew: true,
        action: 'registered',
        content: contentOf(each),
        validFrom: licences[index]!.validFrom,
        decisionNumber: licences[index]!.number,
        demo: true,
      })),
    );
    await tx
      .insert(settings)
      .values({ key: settingKey, value: version })
      .onConflictDoUpdate({ target: settings.key, set: { value: version, updatedAt: sql`now()` } });
    return fresh.length;
  });
  if (entered > 0) say(`Entered ${entered} demo facilities`);
}

/** Two of the capital whose coordinates were mixed up with those of another city, so that the queue of places has something to show. */
function misplaced(made: DemoFacility[]): DemoFacility[] {
  const capital = made
    .filter(({ provinceCode, facts }) => provinceCode === '01' && facts.kind === 'clinic')
    .slice(0, 2);
  return made.map((each) => (capital.includes(each) ? { ...each, latitude: 10.7769, longitude: 106.7009 } : each));
}

function rowOf(each: DemoFacility & { id: string }, places: string) {
  const { facts, licence: _licence, age: _age, ...row } = each;
  return {
    ...row,
    kind: facts.kind,
    insurance: facts.insurance,
    level: facts.level,
    ownership: facts.ownership,
    professionalLead: each.staff[0]?.name,
    ownerName: facts.ownership === 'public' ? `Sở Y tế` : `Công ty TNHH ${each.name}`,
    searchName: searchable(each.name),
    searchText: searchable(`${each.name} ${each.code} ${each.addressLine} ${places} ${each.code.replaceAll('-', '')}`),
    demo: true,
  };
}

/** What the register says of it. */
function contentOf(each: DemoFacility & { id: string }): Content {
  const { searchName: _name, searchText: _text, demo: _demo, id: _id, code: _code, ...facts } = rowOf(each, '');
  return facilitiesRegister.content.parse(facts);
}

const sellsMedicines = new Set(['pharmacy', 'drug-counter', 'drug-wholesaler', 'herbal-shop', 'commune-cabinet']);

function licenceOf(
  each: DemoFacility & { id: string },
  issuer: { id: string; placeCode: string | null },
  at: Date,
): typeof facilityLicences.$inferInsert & { id: string; facilityId: string; number: string; validFrom: string } {
  const today = localDate(at);
  const shifted = (days: number) =>
    new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
  const from = shifted(-365 * each.age);
  const ends = { inForce: null, expiring: shifted(45), expired: shifted(-20), suspended: null, revoked: null }[
    each.licence
  ];
  const since = instant(shifted(-10), '09:00');
  const medicines = sellsMedicines.has(each.facts.kind);
  const number = each.code.split('-').at(-1)!.slice(1);
  return {
    id: newId(),
    facilityId: each.id,
    kind: medicines ? 'pharmacy-eligibility' : 'operating-licence',
    number: `MH-${each.facts.kind === 'hospital' ? 'BV' : each.code.split('-')[1]}${number}/${issuer.placeCode ?? 'BYT'}-${medicines ? 'ĐKKDD' : 'GPHĐ'}`,
    issuedBy: issuer.id,
    issuedOn: from,
    validFrom: from,
    validTo: ends,
    suspendedAt: each.licence === 'suspended' ? since : null,
    revokedAt: each.licence === 'revoked' ? since : null,
  };
}
