/**
 * A sheet of 100,000 facilities compared with the register and written, and a register of 1,000,000 drugs written to files; each step in a
 * process of its own, whose peak memory is told. BENCH_ROWS and BENCH_ENTRIES make it smaller.
 */
import { spawn } from 'node:child_process';
import { sql } from 'drizzle-orm';
import { connect, type Database } from '#db/client.ts';
import { appRole, openEmbedded } from '#db/embedded/index.ts';
import { migrate } from '#db/migrate.ts';
import { registerExports, registerImports } from '#db/schema/registers.ts';
import { insertAuthority, insertPlaces } from '#server/facilities/testing.ts';
import {
  csvLine,
  newContext,
  newId,
  sheetTypes,
  storeFile,
  systemActor,
  transaction,
  xlsxStream,
} from '#server/platform/index.ts';
import { removeData, scratchData } from '../scripts/ops/instance.ts';
import { type Measure, report } from './report.ts';

const rowCount = Number(process.env.BENCH_ROWS ?? 100_000);
const entryCount = Number(process.env.BENCH_ENTRIES ?? 1_000_000);
const goal = 500;

const headings = ['name', 'kind', 'ownerName', 'addressLine', 'provinceCode', 'insuranceCode', 'latitude', 'longitude'];
const facilityOf = (n: number): string[] => [
  `Nhà thuốc số ${n}`,
  'pharmacy',
  `Công ty ${n % 900}`,
  `${n} đường Láng`,
  '01',
  n.toString(36).toUpperCase().padStart(5, '0'),
  (20.98 + (n % 300) / 10_000).toFixed(4),
  (105.8 + (n % 311) / 10_000).toFixed(4),
];

async function* facilities(): AsyncGenerator<string[]> {
  for (let n = 0; n < rowCount; n += 1) yield facilityOf(n);
}

async function sheetOf(format: 'csv' | 'xlsx'): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  if (format === 'xlsx') for await (const piece of xlsxStream('Sổ', headings, facilities())) pieces.push(piece);
  else {
    pieces.push(Buffer.from(csvLine(headings)));
    for await (const cells of facilities()) pieces.push(Buffer.from(csvLine(cells)));
  }
  return Buffer.concat(pieces);
}

let settings: Record<string, string> = {};
async function step(name: string, id: string): Promise<{ ms: number; peak: number }> {
  const child = spawn(process.execPath, ['bench/load/sheet-steps.ts', name, id], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  for await (const chunk of child.stdout) said += String(chunk);
  return JSON.parse(said.trim().split('\n').at(-1)!) as { ms: number; peak: number };
}

const memory = (id: string, peak: number): Measure => ({
  id: `${id}: peak memory`,
  value: peak,
  unit: 'MB',
  goal: `under ${goal} MB`,
  met: peak < goal,
});
const speed = (id: string, count: number, ms: number): Measure => ({ id, value: (count * 1000) / ms, unit: 'rows/s' });

async function importOf(db: Database, format: 'csv' | 'xlsx'): Promise<string> {
  const ctx = newContext(db, systemActor('bench'), () => new Date());
  const bytes = await sheetOf(format);
  const importId = newId();
  const [keeper] = await db.execute<{ id: string }>(
    sql`select id from organisations where kind = 'authority' and province_code = '01'`,
  );
  await transaction(ctx, async (tx) => {
    const file = await storeFile(tx, { name: `a.${format}`, mediaType: sheetTypes[format], bytes });
    await tx.tx.insert(registerImports).values({
      id: importId,
      register: 'facilities',
      organisationId: keeper!.id,
      fileId: file.id,
      fileName: file.name,
      headings,
      mapping: Object.fromEntries(headings.map((name, index) => [name, index])),
      validFrom: new Date().toISOString().slice(0, 10),
      state: 'reading',
      createdBy: newId(),
    });
  });
  return importId;
}

async function imports(db: Database): Promise<Measure[]> {
  const measures: Measure[] = [];
  const first = await importOf(db, 'xlsx');
  const preview = await step('read', first);
  measures.push(speed(`XLSX of ${rowCount} rows: preview`, rowCount, preview.ms), memory('XLSX preview', preview.peak));
  await db.execute(sql`update register_imports set state = 'writing' where id = ${first}`);
  const commit = await step('write', first);
  measures.push(speed('commit', rowCount, commit.ms), memory('commit', commit.peak));
  const second = await importOf(db, 'csv');
  const again = await step('read', second);
  const [row] = await db.execute<{ counts: Record<string, number> }>(
    sql`select counts from register_imports where id = ${second}`,
  );
  measures.push(speed('the same rows again as CSV: preview', rowCount, again.ms), memory('CSV preview', again.peak), {
    id: 'rows of it that would change anything',
    value: rowCount - (row!.counts.same ?? 0),
    unit: `of ${rowCount}`,
    goal: 'none',
    met: row!.counts.same === rowCount,
  });
  return measures;
}

async function fillDrugs(owner: Database): Promise<void> {
  await owner.execute(sql`set statement_timeout = 0`);
  await owner.execute(sql`
    insert into register_entries (id, register, organisation_id, created_at)
    select md5('drug' || n)::uuid, 'drugs', null, now() from generate_series(1, ${entryCount}::int) n`);
  await owner.execute(sql`
    insert into register_versions (entry_id, action, valid_from, recorded_at, recorded_by, content)
    select md5('drug' || n)::uuid, 'imported', '2026-01-01', now(), 'system:bench', jsonb_build_object(
      'name', 'Thuốc số ' || n, 'registrationNumber', 'VD-' || n || '-20', 'prescription', 'prescription',
      'ingredients', jsonb_build_array(jsonb_build_object('name', 'Paracetamol', 'strength', (n % 9) * 100 || ' mg')),
      'manufacturer', 'Công ty cổ phần Dược phẩm ' || n % 500, 'dosageForm', 'Viên nén', 'country', 'Việt Nam')
    from generate_series(1, ${entryCount}::int) n`);
  await owner.execute(sql`analyze register_entries`);
  await owner.execute(sql`analyze register_versions`);
}

async function exports(db: Database): Promise<Measure[]> {
  const measures: Measure[] = [];
  for (const format of ['csv', 'xlsx'] as const) {
    const id = newId();
    await db.insert(registerExports).values({ id, register: 'drugs', format, total: entryCount, createdBy: newId() });
    const made = await step('export', id);
    const name = format.toUpperCase();
    measures.push(speed(`${name} of ${entryCount} entries`, entryCount, made.ms), memory(`${name} export`, made.peak));
  }
  return measures;
}

const dataDir = await scratchData();
try {
  const { url, ownerUrl } = await openEmbedded(dataDir);
  await migrate({ ownerUrl, appRole });
  settings = { DATA_DIR: dataDir, DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl, DEMO: '1' };
  const db = connect(url, { max: 2, settings: { 'app.actor_kind': 'system' } });
  const owner = connect(ownerUrl, { max: 1 });
  await insertPlaces(db);
  await insertAuthority(db);
  const measures = await imports(db);
  await fillDrugs(owner);
  measures.push(...(await exports(db)));
  await db.$client.end();
  await owner.$client.end();
  await report('import', measures);
} finally {
  await removeData(dataDir);
}
