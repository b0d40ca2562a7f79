import { desc, eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { facilityChanges } from '#db/schema/facilities.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { anonymous, newContext } from '#server/platform/index.ts';
import { getFacility, registerFacility } from './index.ts';
import { certificate, insertAuthority, insertPlaces, noon, official, systemContext } from './testing.ts';

describe('registering a facility', () => {
  test('gives it the next code of its province and kind, its licence and a line of history', async ({ db }) => {
    const authority = await insertAuthority(db);
    await insertPlaces(db);
    const ctx = systemContext(db);
    const input = certificate(authority.id, { name: 'Nhà thuốc Kim Liên', professionalLead: 'DS. Trần Văn Bình' });
    const first = await registerFacility(ctx, input);
    const second = await registerFacility(ctx, certificate(authority.id));
    const counter = await registerFacility(ctx, certificate(authority.id, { kind: 'drug-counter' }));
    expect([first.code, second.code, counter.code]).toEqual(['HNO-NT-000001', 'HNO-NT-000002', 'HNO-QT-000001']);

    const view = await getFacility(
      newContext(db, anonymous, () => noon),
      { id: first.facilityId },
    );
    expect(view).toMatchObject({
      name: 'Nhà thuốc Kim Liên',
      professionalLead: 'DS. Trần Văn Bình',
      ward: { name: 'Phường Kim Liên' },
      province: { name: 'Thành phố Hà Nội', nameEn: 'Hanoi City' },
      licence: { number: input.licence.number, status: 'inForce', validTo: null, documentId: input.documentId },
    });
    expect(view.licence?.issuedBy.name).toBe('Sở Y tế thành phố Hà Nội');
    expect(view.history).toHaveLength(1);
    expect(view.history[0]).toMatchObject({ action: 'registered', documentId: input.documentId });
  });

  test('by the same dossier again changes nothing and answers the same', async ({ db }) => {
    const authority = await insertAuthority(db);
    const ctx = systemContext(db);
    const input = certificate(authority.id);
    const first = await registerFacility(ctx, input);
    const again = await registerFacility(ctx, { ...input, name: 'Tên khác' });
    expect(again).toEqual({ ...first, created: false });
    const next = await registerFacility(ctx, certificate(authority.id));
    expect(next.code).toBe('HNO-NT-000002');
    const changes = await db.select().from(facilityChanges).where(eq(facilityChanges.facilityId, first.facilityId));
    expect(changes).toHaveLength(1);
  });

  test('is refused to everybody but the system, and the refusal is on record', async ({ db }) => {
    const authority = await insertAuthority(db);
    const ctx = newContext(db, official('registrar', authority.id), () => noon);
    await expect(registerFacility(ctx, certificate(authority.id))).rejects.toMatchObject({ code: 'forbidden' });
    const [entry] = await db.select().from(auditEntries).orderBy(desc(auditEntries.id)).limit(1);
    expect(entry).toMatchObject({ action: 'facility.register', outcome: 'refused' });
  });

  test('leaves an audit row with its code and documents', async ({ db }) => {
    const authority = await insertAuthority(db);
    const input = certificate(authority.id);
    const { facilityId, code } = await registerFacility(systemContext(db), input);
    const [entry] = await db.select().from(auditEntries).orderBy(desc(auditEntries.id)).limit(1);
    expect(entry).toMatchObject({ action: 'facility.register', outcome: 'done', subjectId: facilityId });
    expect(entry?.details).toMatchObject({ code, dossierId: input.dossierId, documentId: input.documentId });
  });

  test('at the same time from two runs of one step gives one facility and no gap', async ({ own }) => {
    const authority = await insertAuthority(own.db);
    const input = certificate(authority.id);
    const ctx = systemContext(own.db);
    const runs = await Promise.all([registerFacility(ctx, input), registerFacility(ctx, input)]);
    expect(runs.map((run) => run.code)).toEqual(['HNO-NT-000001', 'HNO-NT-000001']);
    expect(runs.filter((run) => run.created)).toHaveLength(1);
    const others = await Promise.all([1, 2, 3, 4].map(() => registerFacility(ctx, certificate(authority.id))));
    expect(others.map((run) => run.code).sort()).toEqual([2, 3, 4, 5].map((n) => `HNO-NT-00000${n}`));
  });

  test('of what the public may not see, the owner account and e-mail, shows nothing', async ({ db }) => {
    const authority = await insertAuthority(db);
    const { facilityId } = await registerFacility(
      systemContext(db),
      certificate(authority.id, { email: 'chu.nha.thuoc@example.vn' }),
    );
    const view = await getFacility(
      newContext(db, anonymous, () => noon),
      { id: facilityId },
    );
    expect(JSON.stringify(view)).not.toContain('chu.nha.thuoc');
    expect(Object.keys(view)).not.toContain('organisationId');
    expect(JSON.stringify(view.history)).not.toContain('recordedBy');
  });
});
