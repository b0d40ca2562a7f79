import { eq, sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { grants, organisations, users } from '#db/schema/identity.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { type Context, newContext, newId, type Person, type Role, systemActor } from '#server/platform/index.ts';
import { signatureOf } from '../bank-provider.ts';
import type { BankNotice, RequestPayment } from '../inputs.ts';
import type { Intent } from '../records.ts';
import { bankSecret } from '../secret.ts';

export const testTime = new Date('2026-11-23T03:00:00Z');

export const contextOf = (db: Database, actor: Context['actor'] = systemActor('bank'), at: Date = testTime): Context =>
  newContext(db, actor, () => at);

/** One valid account. */
export async function addUser(db: Database): Promise<string> {
  const id = newId();
  await db.insert(users).values({ id, email: `${id}@example.vn`, passwordHash: '-', name: 'Nguyễn Thị Ánh Tuyết' });
  return id;
}

/** One valid organisation. */
export async function addOrganisation(db: Database, kind: 'authority' | 'business' = 'authority'): Promise<string> {
  const id = newId();
  const name = kind === 'authority' ? 'Sở Y tế Hà Nội' : 'Công ty TNHH Nhà thuốc An Bình';
  await db.insert(organisations).values({ id, kind, name, superiorName: 'UBND thành phố Hà Nội' });
  return id;
}

export const personOf = (userId: string, overrides: Partial<Person> = {}): Person => ({
  kind: 'person',
  userId,
  sessionId: newId(),
  name: 'Nguyễn Thị Ánh Tuyết',
  email: `${userId}@example.vn`,
  official: false,
  actingFor: null,
  memberships: [],
  grants: [],
  assurance: 2,
  ...overrides,
});

/** An official with one role; the row policies of the database look the grant up. */
export async function officialWith(db: Database, organisationId: string, role: Role): Promise<Person> {
  const userId = await addUser(db);
  await db.update(users).set({ official: true }).where(eq(users.id, userId));
  await db.insert(grants).values({ id: newId(), userId, role, organisationId });
  const held = [{ role, organisationId, unitPath: null, provinceCode: null }];
  return personOf(userId, { official: true, assurance: 2, grants: held });
}

/** A request that is valid as it stands. */
export const aRequest = (payeeOrganisationId: string, overrides: Partial<RequestPayment> = {}): RequestPayment => ({
  subjectType: 'test-subject',
  subjectId: newId(),
  subjectCode: '000.00.10.H26-261123-0001',
  purpose: 'Phí thẩm định hồ sơ',
  amount: 1_000_000,
  payerName: 'Công ty TNHH Nhà thuốc An Bình',
  payeeOrganisationId,
  idempotencyKey: `dossier-fee:${newId()}`,
  ...overrides,
});

export const subjectOf = ({ subjectType, subjectId }: Pick<Intent, 'subjectType' | 'subjectId'>) => ({
  subjectType,
  subjectId,
});

let transfers = 26_327_000_001;

/** What the bank would send about a transfer for a payment. */
export async function aCallback(ctx: Context, intent: Intent, overrides: Partial<BankNotice> = {}) {
  const notice: BankNotice = {
    eventId: newId(),
    bankReference: `FT${(transfers++).toString().padStart(11, '0')}`,
    accountNumber: intent.payeeAccount.accountNumber,
    amount: intent.amount,
    currency: 'VND',
    content: `${intent.reference} nop phi`,
    transferredAt: ctx.now().toISOString(),
    ...overrides,
  };
  const rawBody = Buffer.from(JSON.stringify(notice));
  const timestamp = String(Math.floor(ctx.now().getTime() / 1000));
  return { timestamp, signature: signatureOf(await bankSecret(ctx), timestamp, rawBody), rawBody };
}

/** Rows of the audit log as `action outcome`, oldest first. */
export async function auditLog(db: Database): Promise<string[]> {
  const rows = await db.select().from(auditEntries).orderBy(auditEntries.id);
  return rows.map((row) => `${row.action} ${row.outcome}`);
}

/** Names of the jobs that wait, oldest first; only the owner may look. */
export async function waitingJobs(ownerDb: Database): Promise<string[]> {
  const rows = await ownerDb.execute<{ task_identifier: string }>(
    sql`select task_identifier from graphile_worker.jobs order by id`,
  );
  return rows.map((row) => row.task_identifier);
}
