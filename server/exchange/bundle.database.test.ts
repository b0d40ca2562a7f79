import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { auditEntries, auditHeads } from '#db/schema/platform.ts';
import { receiveDossier } from '#server/dossiers/commands/receive-dossier.ts';
import { addNote } from '#server/dossiers/commands/small-acts.ts';
import { completeDraft, file, pay } from '#server/dossiers/testing/journey.ts';
import { nobody, openWorld, type World } from '#server/dossiers/testing/world.ts';
import { type Context, newContext, systemActor } from '#server/platform/index.ts';
import { auditHead, auditHeadList } from './api/audit-heads.ts';
import { verifyHeads } from './audit/heads.ts';
import { sealHead } from './audit/seal-head.ts';
import { exportBundle } from './bundle/export-bundle.ts';
import { zipOf } from './bundle/zip.ts';

const run = promisify(execFile);
let world: World;
let id: string;
let folder: string;
let system: Context;
const internalNote = 'Ghi chú nội bộ: nghi ngờ giấy tờ';

beforeAll(async () => {
  world = await openWorld();
  folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  system = newContext(world.db, systemActor('audit.seal-head'), () => world.clock.at);
  id = await completeDraft(world);
  await file(world, id);
  await world.work();
  await pay(world, id);
  await world.work();
  await receiveDossier(world.as('oneStop'), { dossierId: id });
  await world.work();
  await addNote(world.as('officer'), { dossierId: id, text: internalNote });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await world.close();
});

/** What the offline checker says: exit code and words. */
async function check(zip: Uint8Array, ...options: string[]): Promise<{ code: number; text: string }> {
  const path = join(folder, 'bundle.zip');
  writeFileSync(path, zip);
  const started = run(process.execPath, ['public/verify-bundle.mjs', path, ...options]);
  return started.then(
    ({ stdout }) => ({ code: 0, text: stdout }),
    (error: { code: number; stdout: string }) => ({ code: error.code, text: error.stdout }),
  );
}

/** Two processes that have both read the second head when the first of them may write the third. */
async function sealTwiceAtOnce() {
  const both: ReturnType<typeof sealHead>[] = [];
  const waiting = sql`select count(*)::int as count from pg_locks where locktype = 'advisory' and not granted
    and database = (select oid from pg_database where datname = current_database())`;
  await world.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('audit_heads'))`);
    both.push(sealHead(system), sealHead(system));
    const held = async () => (await tx.execute<{ count: number }>(waiting))[0]?.count;
    await vi.waitFor(async () => expect(await held()).toBe(2), 20_000);
  });
  return Promise.all(both);
}

describe('the heads of the audit log', () => {
  test('follow one another, cover every row once and are published with the key that signs them', async () => {
    const first = await sealHead(system);
    expect(first).toMatchObject({ ordinal: 1, firstRow: 1, previous: null });
    const second = await sealHead(system);
    expect(second).toMatchObject({ ordinal: 2, firstRow: first!.lastRow + 1 });
    const both = await sealTwiceAtOnce();
    expect(both.map((head) => head?.ordinal)).toEqual([3, 3]);
    expect(await verifyHeads(world.db)).toEqual({ heads: 3, firstBad: null, reason: null });
    const answer = await auditHeadList(nobody(world), new Request('http://localhost/api/v1/audit-heads'), {});
    const list = (await answer.json()) as { key: { fingerprint: string }; items: { statement: { ordinal: number } }[] };
    expect(list.items.map((head) => head.statement.ordinal)).toEqual([3, 2, 1]);
    expect(list.key.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(list)).not.toContain('secret');
  });

  test('are made by the system alone, and stay as they are', async () => {
    // to anybody else the log is empty
    expect(await sealHead(world.as('leader'))).toBeNull();
    await expect(world.db.update(auditHeads).set({ secret: 'x' })).rejects.toThrow();
    await expect(world.db.delete(auditHeads)).rejects.toThrow();
  });

  test('tell a changed row, a removed end and an exchanged head', async () => {
    const { ownerDb } = world.own;
    const broken = async (change: ReturnType<typeof sql>) => {
      let verdict: unknown;
      await ownerDb
        .transaction(async (tx) => {
          await tx.execute(sql`alter table audit_entries disable trigger user`);
          await tx.execute(sql`alter table audit_heads disable trigger user`);
          await tx.execute(change);
          verdict = await verifyHeads(tx);
          throw new Error('undo');
        })
        .catch((error: Error) => {
          if (error.message !== 'undo') throw error;
        });
      return verdict;
    };
    expect(await broken(sql`update audit_entries set outcome = 'refused' where id = 2`)).toMatchObject({
      firstBad: 1,
      reason: 'rows',
    });
    expect(
      await broken(sql`delete from audit_entries where id >= (select last_row from audit_heads where ordinal = 2)`),
    ).toMatchObject({ firstBad: 2, reason: 'chain' });
    expect(await broken(sql`update audit_heads set jws = jws || 'A' where ordinal = 2`)).toMatchObject({
      firstBad: 2,
      reason: 'signature',
    });
    expect(await broken(sql`delete from audit_heads where ordinal = 2`)).toMatchObject({
      firstBad: 3,
      reason: 'order',
    });
  });
});

describe('the bundle of a dossier', () => {
  test('is found genuine without the server, against the published head and key', async () => {
    await sealHead(system);
    const { bytes, name } = await exportBundle(world.as('owner'), { dossierId: id });
    expect(name).toMatch(/^ho-so-.*\.zip$/);
    const list = await (
      await auditHeadList(nobody(world), new Request('http://localhost/api/v1/audit-heads'), {})
    ).json();
    const head = await auditHead(nobody(world), new Request('http://localhost/'), { ordinal: '1' });
    writeFileSync(join(folder, 'head.json'), await head.text());
    const options = ['--key', (list as { key: { fingerprint: string } }).key.fingerprint];
    const said = await check(bytes, ...options, '--head', join(folder, 'head.json'));
    expect(said.text).toContain('Head 1 is the one that was published.');
    expect(said).toMatchObject({ code: 0 });
    expect(said.text).toContain('The bundle is genuine and whole.');
  });

  test('tells the applicant nothing internal and nobody else, and officials who did what', async () => {
    const mine = (await exportBundle(world.as('owner'), { dossierId: id })).bytes.toString('utf8');
    const office = (await exportBundle(world.as('officer'), { dossierId: id })).bytes.toString('utf8');
    expect(office).toContain(internalNote);
    expect(office).toContain(`person:${world.id('oneStop')}`);
    expect(office).toContain('dossier.addNote');
    for (const hidden of [internalNote, 'dossier.addNote', world.id('officer'), world.id('oneStop')])
      expect(mine).not.toContain(hidden);
    expect(mine).toContain(`person:${world.id('owner')}`);
    expect(mine).toContain('dossier.receive');
  });

  test('is for its readers alone, and every export is on record', async () => {
    for (const who of ['stranger', 'elsewhere'] as const)
      await expect(exportBundle(world.as(who), { dossierId: id })).rejects.toMatchObject({ code: 'notFound' });
    await expect(exportBundle(nobody(world), { dossierId: id })).rejects.toMatchObject({ code: 'unauthenticated' });
    const rows = await world.db.select().from(auditEntries);
    const exports = rows.filter((row) => row.action === 'dossier.export');
    expect(exports.map((row) => row.outcome)).toEqual(expect.arrayContaining(['done', 'refused']));
  });

  test('is refused when any byte anywhere was changed', async () => {
    const { bytes } = await exportBundle(world.as('owner'), { dossierId: id });
    const step = Math.floor(bytes.length / 24);
    for (let at = 0; at < bytes.length; at += step) {
      const changed = Buffer.from(bytes);
      changed[at] = changed[at]! ^ 1;
      const said = await check(changed);
      expect(`${at} ${said.code}`).toBe(`${at} 1`);
    }
    for (const at of [bytes.length - 1, bytes.indexOf('manifest.jws') - 1, bytes.lastIndexOf('manifest.jws')]) {
      const changed = Buffer.from(bytes);
      changed[at] = changed[at]! ^ 1;
      expect((await check(changed)).code).toBe(1);
    }
    expect((await check(Buffer.concat([bytes, Buffer.from('x')]))).code).toBe(1);
    expect((await check(Buffer.from('no zip'))).text).toContain('DO NOT TRUST');
  });

  test('signed by another key says so where the key was named', async () => {
    const { bytes } = await exportBundle(world.as('owner'), { dossierId: id });
    const said = await check(bytes, '--key', '0'.repeat(64));
    expect(said.code).toBe(1);
    expect(said.text).toContain('another key than the one you named');
  });
});

test('an archive is the same whenever it is made, and any unpacker reads it', async () => {
  const entries = [
    { name: 'giấy tờ/đơn.txt', bytes: Buffer.from('Đơn đề nghị') },
    { name: 'empty.txt', bytes: Buffer.alloc(0) },
  ];
  expect(zipOf(entries).equals(zipOf(entries))).toBe(true);
  const path = join(folder, 'two.zip');
  writeFileSync(path, zipOf(entries));
  const script =
    'import sys,zipfile;z=zipfile.ZipFile(sys.argv[1]);print(z.testzip(),z.read(z.namelist()[0]).decode())';
  const { stdout } = await run('python3', ['-c', script, path]);
  expect(stdout.trim()).toBe('None Đơn đề nghị');
});
