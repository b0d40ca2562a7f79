import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { desc, eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Database } from '#db/client.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { webhookDeliveries } from '#db/schema/webhooks.ts';
import type { OwnDatabase } from '#db/testing/index.ts';
import { insertAuthority, insertPlaces } from '#server/facilities/testing.ts';
import { contextOf, insertGrant, insertUser } from '#server/identity/testing.ts';
import { type Context, newContext, type Role, systemActor } from '#server/platform/index.ts';
import { wire } from '#server/wiring.ts';
import { announce } from '../announce.ts';
import { addWebhook, pingWebhook } from '../commands.ts';

const noon = '2026-11-23T12:00:00+07:00';

/** A receiver on this machine for the tests of a file: answers what it is told to, else 204, and keeps what it was sent. */
class Hall {
  clock = new Date(noon);
  answers: (number | 'silent')[] = [];
  got: { headers: IncomingHttpHeaders; body: string; path: string }[] = [];
  address = '';
  at = () => this.clock;
  system = (db: Database): Context => newContext(db, systemActor('webhook'), this.at);

  readonly server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      this.got.push({ headers: request.headers, body: Buffer.concat(pieces).toString(), path: request.url! });
      const status = this.answers.shift() ?? 204;
      if (status === 'silent') return;
      response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
    });
  });

  /** Lets minutes pass. */
  pass(minutes: number): void {
    this.clock = new Date(this.clock.getTime() + minutes * 60_000);
  }

  forget(): void {
    this.clock = new Date(noon);
    this.answers = [];
    this.got = [];
  }

  async appoint(db: Database, role: Role, organisationId: string): Promise<Context> {
    const userId = await insertUser(db, { official: true });
    await insertGrant(db, userId, role, organisationId);
    return contextOf(db, userId, true, this.at);
  }

  /** Two authorities with an administrator each, and what the first would ask to be told. */
  async desk(db: Database) {
    await insertPlaces(db);
    const authority = await insertAuthority(db);
    const other = await insertAuthority(db, { placeCode: 'HCM', provinceCode: '79' });
    const admin = await this.appoint(db, 'admin', authority.id);
    const elsewhere = await this.appoint(db, 'admin', other.id);
    const asked = {
      organisationId: authority.id,
      url: this.address,
      registers: ['facilities' as const],
      kinds: ['added' as const, 'changed' as const, 'licence' as const],
    };
    return { authority, admin, elsewhere, asked };
  }

  /** Jobs of a name that stand in the outbox, in the order they were written. */
  async outbox({ ownerDb }: OwnDatabase, name: string): Promise<Record<string, never>[]> {
    const rows = await ownerDb.execute<{
      payload: Record<string, never>;
    }>(sql`select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier = ${name} order by j.id`);
    return rows.map(({ payload }) => payload);
  }

  /** Carries out what was announced, and gives the deliveries that came of it. */
  async carryOut(own: OwnDatabase) {
    const { db } = own;
    for (const payload of await this.outbox(own, 'webhook.announce'))
      await announce.handler(this.system(db), announce.payload.parse(payload), { number: 1, last: false });
    return db.select().from(webhookDeliveries).orderBy(webhookDeliveries.createdAt, webhookDeliveries.id);
  }

  /** A receiver with one delivery that waits for it. */
  async waiting(own: OwnDatabase) {
    const { admin, elsewhere, asked } = await this.desk(own.db);
    const { webhookId } = await addWebhook(admin, asked);
    await pingWebhook(admin, { webhookId });
    const [delivery] = await this.carryOut(own);
    return { admin, elsewhere, webhookId, id: delivery!.id };
  }
}

/** Opens the receiver before the first test of a file and closes it after the last. */
export function openReceiver(): Hall {
  const hall = new Hall();
  const names = ['OUTGOING_HOSTS', 'OUTGOING_PRIVATE'] as const;
  const before = names.map((name) => process.env[name]);
  beforeAll(async () => {
    await new Promise<void>((done) => hall.server.listen(0, '127.0.0.1', done));
    const host = `127.0.0.1:${(hall.server.address() as AddressInfo).port}`;
    hall.address = `http://${host}/hook`;
    process.env.OUTGOING_HOSTS = host;
    process.env.OUTGOING_PRIVATE = '127.0.0.0/8';
    wire();
  });
  afterEach(() => hall.forget());
  afterAll(() => {
    hall.server.closeAllConnections();
    hall.server.close();
    for (const [index, name] of names.entries())
      if (before[index] === undefined) delete process.env[name];
      else process.env[name] = before[index];
  });
  return hall;
}

export const lastAudit = async (db: Database) =>
  (await db.select().from(auditEntries).orderBy(desc(auditEntries.id)).limit(1))[0]!;

export const stateOf = async (db: Database, id: string) =>
  (await db.select().from(webhookDeliveries).where(eq(webhookDeliveries.id, id)))[0]!;
