import { desc, eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { auditEntries, files } from '#db/schema/platform.ts';
import { registerExports } from '#db/schema/registers.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { insertAuthority, insertFacility, insertPlaces } from '#server/facilities/testing.ts';
import { anonymousContext, contextOf, insertGrant, insertUser } from '#server/identity/testing.ts';
import { getReadableFile } from '#server/platform/file-access.ts';
import {
  type Context,
  newContext,
  type Role,
  readFile,
  rowsOfBytes,
  sheetTypes,
  systemActor,
  transaction,
} from '#server/platform/index.ts';
import { wire } from '#server/wiring.ts';
import { cancelExport } from './commands/cancel-export.ts';
import { dropExpired, writeExport } from './exports/write-export.ts';
import { readImport } from './imports/read-import.ts';
import { listExports, mapImport, startExport, uploadImport } from './index.ts';
import type { StartExport } from './inputs.ts';
import { getImportView } from './queries/imports.ts';

beforeAll(wire);
const at = (day: string) => () => new Date(`${day}T09:00:00+07:00`);
const clock = at('2026-11-25');
const system = (db: Database, now = clock) => newContext(db, systemActor('registerExport'), now);

async function appoint(db: Database, role: Role, organisationId: string, now = clock): Promise<Context> {
  const userId = await insertUser(db, { official: true });
  await insertGrant(db, userId, role, organisationId);
  return contextOf(db, userId, true, now);
}

async function desk(db: Database) {
  await insertPlaces(db);
  const authority = await insertAuthority(db);
  const facts = { latitude: 21.001, longitude: 105.84, email: 'a@example.vn' };
  await insertFacility(db, authority.id, { name: '=HYPERLINK("http://x")', ...facts });
  await insertFacility(db, authority.id, { name: 'Phòng khám Hòa Bình', kind: 'clinic' });
  return { authority, officer: await appoint(db, 'officer', authority.id) };
}

async function fileOf(ctx: Context, asked: Partial<StartExport> & Pick<StartExport, 'format'>) {
  const { exportId } = await startExport(ctx, { register: 'facilities', ...asked });
  const { items } = await listExports(ctx, {});
  const { fileId } = items.find(({ id }) => id === exportId)!;
  return { fileId: fileId!, bytes: Buffer.from(await readFile(ctx.db, fileId!)) };
}

describe('an export', () => {
  test('is a CSV or a workbook in which no cell is run, with the words of the reader, and can be taken in again', async ({
    db,
  }) => {
    const { officer } = await desk(db);
    const csv = (await fileOf(officer, { format: 'csv' })).bytes.toString();
    expect(csv.split('\r\n')[0]).toMatch(/^\uFEFFMã mục trong sổ,Tên cơ sở,Loại hình,/);
    expect(csv).toContain(`"'=HYPERLINK(""http://x"")",Nhà thuốc,`);
    expect(csv).not.toContain('a@example.vn');
    const { bytes } = await fileOf(officer, { format: 'xlsx', locale: 'en', own: true });
    const rows = [];
    for await (const { cells } of rowsOfBytes(bytes, sheetTypes.xlsx)) rows.push(cells);
    expect(rows[0]!.slice(0, 2)).toEqual(['Entry id', 'Name']);
    expect(rows.flat()).toEqual(expect.arrayContaining(['=HYPERLINK("http://x")', 'a@example.vn']));
    const { importId } = await uploadImport(officer, { register: 'facilities', fileName: 'a.xlsx', bytes });
    const { mapping } = await getImportView(officer, { importId });
    await mapImport(officer, { importId, mapping, validFrom: '2026-11-25' });
    await readImport(system(db), importId);
    expect(await getImportView(officer, { importId })).toMatchObject({ state: 'previewed', counts: { same: 2 } });
  });

  test('keeps the filters of its page and speaks of a day: JSON, and GeoJSON of what has a place', async ({ db }) => {
    const { officer } = await desk(db);
    const json = async (asked: Partial<StartExport>) =>
      JSON.parse((await fileOf(officer, { format: 'json', ...asked })).bytes.toString()) as {
        on: string;
        entries: { name: string }[];
      };
    expect((await json({ criteria: { q: 'hoa binh' } })).entries).toMatchObject([{ name: 'Phòng khám Hòa Bình' }]);
    expect((await json({ criteria: { kind: 'pharmacy', nothing: 'x' } })).entries).toHaveLength(1);
    expect((await json({})).entries).toHaveLength(2);
    expect(await json({ on: '2026-11-01' })).toMatchObject({ on: '2026-11-01', entries: [] });
    const { features } = JSON.parse((await fileOf(officer, { format: 'geojson' })).bytes.toString());
    expect(features).toMatchObject([{ geometry: { type: 'Point', coordinates: [105.84, 21.001] } }]);
    await expect(startExport(officer, { register: 'drugs', format: 'geojson' })).rejects.toMatchObject({
      details: { fields: [{ path: 'format', reason: 'registers.exports.errors.noPlaces' }] },
    });
    const [last] = await db.select().from(auditEntries).orderBy(desc(auditEntries.id)).limit(1);
    expect(last).toMatchObject({ action: 'registerExport.start', outcome: 'refused' });
  });

  test('is cancelled by who asked for it, before or while it is made: nothing of it stays', async ({ db }) => {
    const { authority, officer } = await desk(db);
    const other = await appoint(db, 'officer', authority.id);
    // a small register is written at once: these wait for their job
    const asked = async (state: 'waiting' | 'writing') => {
      const { exportId } = await startExport(officer, { register: 'facilities', format: 'csv' });
      await db.update(registerExports).set({ state, expiresAt: null, readyAt: null });
      return exportId;
    };
    const exportId = await asked('waiting');
    await expect(cancelExport(other, { exportId })).rejects.toMatchObject({ code: 'notFound' });
    await expect(cancelExport(anonymousContext(db, clock), { exportId })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    await cancelExport(officer, { exportId });
    const [entry] = await db.select().from(auditEntries).orderBy(desc(auditEntries.id)).limit(1);
    expect(entry).toMatchObject({ action: 'registerExport.cancel', outcome: 'done', subjectId: exportId });
    await expect(cancelExport(officer, { exportId })).rejects.toMatchObject({
      code: 'invalidState',
      reason: 'registers.exports.errors.over',
    });
    await writeExport(system(db), exportId);
    const line = async () => (await listExports(officer, {})).items[0];
    expect(await line()).toMatchObject({ state: 'cancelled', fileId: null, expiresAt: null });
    // the bytes of a writer that died go with those whose time is over
    expect(await dropExpired(system(db, at('2026-11-26')))).toBe(1);
    expect(await db.select().from(files)).toEqual([]);
  });

  test('that is cancelled while its job writes it ends there', async ({ own }) => {
    const { db } = own;
    const { officer } = await desk(db);
    const { exportId } = await startExport(officer, { register: 'facilities', format: 'csv' });
    await db.update(registerExports).set({ state: 'waiting', expiresAt: null });
    let writing: Promise<void> = Promise.resolve();
    // the job has read that it is to be made, and waits to say that it makes it, when the person says no
    await transaction(officer, async (ctx) => {
      await ctx.tx.update(registerExports).set({ state: 'cancelled' }).where(eq(registerExports.id, exportId));
      writing = writeExport(system(db), exportId);
      await ctx.tx.execute(sql`select pg_sleep(0.5)`);
    });
    await writing;
    expect((await listExports(officer, {})).items[0]).toMatchObject({ state: 'cancelled', fileId: null });
    expect(await db.select().from(files)).toEqual([]);
  });

  test('that breaks says so once it is tried no more', async ({ db }) => {
    const { officer } = await desk(db);
    const { exportId } = await startExport(officer, { register: 'facilities', format: 'csv' });
    await db.update(registerExports).set({ state: 'waiting', register: 'none' });
    await expect(writeExport(system(db), exportId)).rejects.toThrow();
    expect((await db.select().from(registerExports))[0]).toMatchObject({ state: 'waiting' });
    await expect(writeExport(system(db), exportId, { last: true })).rejects.toThrow();
    expect((await db.select().from(registerExports))[0]).toMatchObject({ state: 'failed' });
  });

  test('is for who asked for it alone, until its time is over and its bytes are taken away', async ({ db }) => {
    const { authority, officer } = await desk(db);
    const { fileId } = await fileOf(officer, { format: 'csv' });
    const [last] = await db.select().from(auditEntries).orderBy(desc(auditEntries.id)).limit(1);
    expect(last).toMatchObject({ action: 'registerExport.start', outcome: 'done' });
    expect((await getReadableFile(officer, fileId)).name).toBe('facilities-2026-11-25.csv');
    const colleague = await appoint(db, 'officer', authority.id);
    await expect(getReadableFile(colleague, fileId)).rejects.toMatchObject({ code: 'notFound' });
    expect((await listExports(colleague, {})).items).toEqual([]);
    const stranger = anonymousContext(db, clock);
    await expect(startExport(stranger, { register: 'facilities', format: 'csv' })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    const later = { ...officer, now: at('2026-12-03') };
    await expect(getReadableFile(later, fileId)).rejects.toMatchObject({ code: 'notFound' });
    expect(await dropExpired(system(db))).toBe(0);
    expect(await dropExpired(system(db, at('2026-12-03')))).toBe(1);
    expect((await listExports(later, {})).items).toMatchObject([{ state: 'expired', fileId: null }]);
    const [row] = await db.select().from(registerExports).where(eq(registerExports.register, 'facilities'));
    expect(row?.fileId).toBeNull();
  });
});
