import { connect, type Database } from '#db/client.ts';
import { dossiers } from '#db/schema/dossiers.ts';
import { type OwnDatabase, ownDatabase } from '#db/testing/index.ts';
import { contextOf, insertGrant, insertMembership, insertOrganisation, insertUser } from '#server/identity/testing.ts';
import { type Actor, anonymous, type Context, newContext, newId, systemActor } from '#server/platform/index.ts';

export const at = new Date('2026-11-23T09:00:00+07:00');

export interface Side {
  actor: Actor;
  organisationId: string;
  /** one filed, one draft */
  dossierIds: string[];
}

/** Two businesses with a dossier each at two authorities, an official of each, and a pool as strict as in production. */
export interface TwoBusinesses {
  own: OwnDatabase;
  /** says nothing by itself: what `database()` gives */
  pool: Database;
  left: Side;
  right: Side;
  officialOfLeft: Actor;
  as: (actor: Actor) => Context;
  system: Context;
  nobody: Context;
  close: () => Promise<void>;
}

export const aDossier = (
  applicantUserId: string,
  organisationId: string,
  values = {},
): typeof dossiers.$inferInsert => ({
  id: newId(),
  procedureKey: 'pharmacy-eligibility',
  procedureVersionId: newId(),
  applicantUserId,
  organisationId,
  createdAt: at,
  ...values,
});

async function sideOf(db: Database, authorityId: string, code: string): Promise<Side> {
  const userId = await insertUser(db);
  const organisationId = await insertOrganisation(db, { kind: 'business', name: `Công ty ${code}`, taxCode: code });
  await insertMembership(db, userId, organisationId);
  const filed = aDossier(userId, organisationId, {
    state: 2,
    authorityId,
    code: `000.00.01.H26-261123-${code.slice(-4)}`,
    trackingSecret: `SECRET${code}`,
    filedAt: at,
  });
  const draft = aDossier(userId, organisationId);
  await db.insert(dossiers).values([filed, draft]);
  const { actor } = await contextOf(db, userId, false, () => at);
  return { actor, organisationId, dossierIds: [filed.id!, draft.id!] };
}

export async function twoBusinesses(): Promise<TwoBusinesses> {
  const own = await ownDatabase();
  const pool = connect(own.url, { max: 5 });
  const authority = await insertOrganisation(own.db, { name: 'Sở Y tế Trái' });
  const other = await insertOrganisation(own.db, { name: 'Sở Y tế Phải' });
  const left = await sideOf(own.db, authority, '0100000001');
  const right = await sideOf(own.db, other, '0100000002');
  const official = await insertUser(own.db, { official: true });
  await insertGrant(own.db, official, 'officer', authority);
  const { actor: officialOfLeft } = await contextOf(own.db, official, true, () => at);
  const as = (actor: Actor) => newContext(pool, actor, () => at);
  return {
    own,
    pool,
    left,
    right,
    officialOfLeft,
    as,
    system: as(systemActor('test')),
    nobody: as(anonymous),
    close: async () => {
      await pool.$client.end({ timeout: 1 });
      await own.close();
    },
  };
}
