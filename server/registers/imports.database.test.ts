import { and, asc, desc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { registerImportRows, registerVersions } from '#db/schema/registers.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { searchFacilities } from '#server/facilities/index.ts';
import { insertAuthority, insertFacility, insertOtherProvince, insertPlaces } from '#server/facilities/testing.ts';
import { anonymousContext, contextOf, insertGrant, insertUser } from '#server/identity/testing.ts';
import { type Context, newContext, type Role, systemActor, xlsxStream } from '#server/platform/index.ts';
import { zipStream } from '#server/platform/sheets/zip-stream.ts';
import { wire } from '#server/wiring.ts';
import { readImport } from './imports/read-import.ts';
import { undoImport } from './imports/undo-import.ts';
import { writeImport } from './imports/write-import.ts';
import {
  chooseSheet,
  decideImport,
  decideRows,
  discardImport,
  entryAsOf,
  mapImport,
  proposeImport,
  proposeUndo,
  uploadImport,
} from './index.ts';
import { getImportView, listImportRows, listImports } from './queries/imports.ts';

beforeAll(wire);

/** A workbook of another program, its texts in the cells themselves. */
async function workbook(sheets: Record<string, string[][]>): Promise<Buffer> {
  const names = Object.keys(sheets);
  const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
  const parts: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<workbook xmlns:r="r"><sheets>${names.map((name, n) => `<sheet name="${name}" r:id="s${n}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${names.map((_, n) => `<Relationship Id="s${n}" Type="t/worksheet" Target="worksheets/s${n}.xml"/>`).join('')}</Relationships>`,
  };
  for (const [n, name] of names.entries())
    parts[`xl/worksheets/s${n}.xml`] =
      `<worksheet><sheetData>${sheets[name]!.map((cells, r) => `<row r="${r + 1}">${cells.map(cell).join('')}</row>`).join('')}</sheetData></worksheet>`;
  const pieces: Uint8Array[] = [];
  for await (const piece of zipStream(
    each(Object.entries(parts).map(([name, text]) => ({ name, content: each([text]) }))),
  ))
    pieces.push(piece);
  return Buffer.concat(pieces);
}
async function* each<T>(items: readonly T[]) {
  yield* items;
}

const clock = () => new Date('2026-11-23T09:00:00+07:00');
const system = (db: Database) => newContext(db, systemActor('registerImport'), clock);

async function appoint(db: Database, role: Role, organisationId: string): Promise<Context> {
  const userId = await insertUser(db, { official: true });
  await insertGrant(db, userId, role, organisationId);
  return contextOf(db, userId, true, clock);
}

async function desk(db: Database) {
  await insertPlaces(db);
  await insertOtherProvince(db);
  const authority = await insertAuthority(db);
  const other = await insertAuthority(db, { provinceCode: '79', placeCode: 'HCM' });
  const { facilityId } = await insertFacility(db, authority.id, {
    name: 'Nhà thuốc An Khang',
    phone: '024 3826 1111',
    addressLine: '12 Lê Lợi',
  });
  return {
    authority,
    facilityId,
    officer: await appoint(db, 'officer', authority.id),
    head: await appoint(db, 'head', authority.id),
    elsewhere: await appoint(db, 'registrar', other.id),
  };
}

const head = 'Ten co so;Loại hình;Owner;Số nhà, đường;Mã xã, phường;Mã tỉnh, thành phố;Mã BHYT;Điện thoại';
const columns = {
  name: 0,
  kind: 1,
  ownerName: 2,
  addressLine: 3,
  wardCode: 4,
  provinceCode: 5,
  insuranceCode: 6,
  phone: 7,
};
const row = (name: string, code = '', phone = '', address = '1 Phố Huế', rest = '00229;01') =>
  `${name};Nhà thuốc;Công ty A;${address};${rest};${code};${phone}`;
const upload = (ctx: Context, text: string, fileName = 'danh-sach.csv') =>
  uploadImport(ctx, { register: 'facilities', fileName, bytes: Buffer.from(text) });

async function preview(db: Database, ctx: Context, text: string) {
  const { importId } = await upload(ctx, text);
  await mapImport(ctx, { importId, mapping: columns, validFrom: '2026-11-23' });
  await readImport(system(db), importId);
  const rows = async () => (await listImportRows(ctx, { importId })).items;
  return { importId, rows, view: () => getImportView(ctx, { importId }) };
}

const lastAudit = async (db: Database) =>
  (await db.select().from(auditEntries).orderBy(desc(auditEntries.id)).limit(1))[0]!;

describe('a sheet that is taken in', () => {
  test('suggests its columns from headings in either language, with or without accents, and remembers what was said', async ({
    db,
  }) => {
    const { officer, elsewhere } = await desk(db);
    const { importId } = await upload(officer, `${head}\n${row('A')}`);
    expect(await lastAudit(db)).toMatchObject({
      action: 'registerImport.upload',
      outcome: 'done',
      subjectId: importId,
    });
    const first = await getImportView(officer, { importId });
    expect(first.mapping).toMatchObject({ name: 0, kind: 1, addressLine: 3, wardCode: 4, provinceCode: 5, phone: 7 });
    expect(first.remembered).toBe(false);
    await mapImport(officer, { importId, mapping: columns, validFrom: '2026-11-23' });
    expect(await lastAudit(db)).toMatchObject({ action: 'registerImport.map', outcome: 'done' });
    const again = await upload(officer, `${head}\n${row('B')}`);
    expect(await getImportView(officer, again)).toMatchObject({ remembered: true, mapping: columns });
    const theirs = await uploadImport(elsewhere, {
      register: 'facilities',
      fileName: 'a.csv',
      bytes: Buffer.from(head),
    });
    expect((await getImportView(elsewhere, theirs)).remembered).toBe(false);
  });

  test('names each bad row with its column, its value and the remedy, and writes nothing', async ({ db }) => {
    const { officer, facilityId } = await desk(db);
    const text = [
      head,
      row('Nhà thuốc Tốt', '01001'),
      row('Mã sai', '12'),
      row('', '01003'),
      row('Phường lạ', '01004', '', '1 Phố Huế', '99999;01'),
      row('Tỉnh khác', '01005', '', '1 Phố Huế', ';79'),
      row('Lặp lại', '01001'),
      row('#N/A', '01006'),
      row('Tỉnh không có', '01007', '', '1 Phố Huế', ';99'),
    ].join('\r\n');
    const { rows, view } = await preview(db, officer, text);
    const found = (await rows()).map(({ line, outcome, errors }) => [
      line,
      outcome,
      errors[0]?.reason,
      errors[0]?.heading,
    ]);
    expect(found).toEqual([
      [2, 'new', undefined, undefined],
      [3, 'bad', 'facilities.errors.insuranceCode', 'Mã BHYT'],
      [4, 'bad', 'errors.field.required', 'Ten co so'],
      [5, 'bad', 'facilities.errors.otherWardCode', 'Mã xã, phường'],
      [6, 'bad', 'registers.imports.errors.otherKeeper', 'Mã tỉnh, thành phố'],
      [7, 'bad', 'registers.imports.errors.sameAsLine', null],
      [8, 'bad', 'registers.imports.errors.cell', 'Ten co so'],
      [9, 'bad', 'facilities.errors.noProvince', 'Mã tỉnh, thành phố'],
    ]);
    // of a province that is none nobody says that another authority keeps it
    expect((await rows())[7]!.errors).toHaveLength(1);
    expect((await rows())[1]!.errors[0]).toMatchObject({ value: '12' });
    expect(await view()).toMatchObject({ state: 'previewed', counts: { new: 1, bad: 7 }, changes: 1 });
    expect((await searchFacilities(officer, {})).total).toBe(1);
    expect((await entryAsOf(officer, { register: 'facilities', id: facilityId })).history).toHaveLength(1);
  });

  test('names every fault of a row at once: of cells, of fields, of places and of whose it is', async ({ db }) => {
    const { officer } = await desk(db);
    const text = [
      head,
      row('', '12', '#N/A', '1 Phố Huế', '99999;01'),
      row('Tỉnh khác', '1', '', '1 Phố Huế', ';79'),
    ].join('\n');
    const { rows } = await preview(db, officer, text);
    const found = (await rows()).map(({ errors }) => errors.map(({ path }) => path).sort());
    expect(found).toEqual([
      ['insuranceCode', 'name', 'phone', 'wardCode'],
      ['insuranceCode', 'provinceCode'],
    ]);
  });

  test('of a workbook: the sheet whose headings fit is read, below its title, and another one may be chosen', async ({
    db,
  }) => {
    const { officer, elsewhere } = await desk(db);
    const { importId } = await uploadImport(officer, {
      register: 'facilities',
      fileName: 'a.xlsx',
      bytes: await workbook({
        'Hướng dẫn': [['Điền trang sau'], ['Tên', 'bắt buộc']],
        'Danh sách': [['DANH SÁCH NHÀ THUỐC NĂM 2026'], [], head.split(';'), row('Từ trang hai', '01001').split(';')],
        'Năm trước': [head.split(';'), row('Từ trang ba', '01002').split(';')],
        Trống: [],
      }),
    });
    const view = () => getImportView(officer, { importId });
    expect(await view()).toMatchObject({
      sheets: ['Hướng dẫn', 'Danh sách', 'Năm trước', 'Trống'],
      sheet: 1,
      headingLine: 3,
      mapping: { name: 0, kind: 1 },
    });
    const titles = async () => {
      await mapImport(officer, { importId, mapping: columns, validFrom: '2026-11-23' });
      await readImport(system(db), importId);
      return (await listImportRows(officer, { importId })).items.map(({ line, title }) => [line, title]);
    };
    expect(await titles()).toEqual([[4, 'Từ trang hai']]);
    await chooseSheet(officer, { importId, sheet: 2 });
    expect(await lastAudit(db)).toMatchObject({
      action: 'registerImport.chooseSheet',
      outcome: 'done',
      details: { sheet: 'Năm trước' },
    });
    expect(await view()).toMatchObject({ state: 'uploaded', sheet: 2, headingLine: 1 });
    expect(await titles()).toEqual([[2, 'Từ trang ba']]);
    for (const [sheet, reason] of [
      [3, 'registers.imports.errors.emptySheet'],
      [4, 'errors.field.choice'],
    ] as const)
      await expect(chooseSheet(officer, { importId, sheet })).rejects.toMatchObject({
        details: { fields: [{ path: 'sheet', reason }] },
      });
    await expect(chooseSheet(elsewhere, { importId, sheet: 1 })).rejects.toMatchObject({ code: 'notFound' });
  });

  test('is written when another person approves it, once: the same file a second time changes nothing', async ({
    db,
  }) => {
    const { officer, head: approver, elsewhere } = await desk(db);
    const text = [head, row('Nhà thuốc Một', '01001', '024 1'), row('Nhà thuốc Hai', '', '024 2', '2 Phố Huế')].join(
      '\n',
    );
    const { importId, view } = await preview(db, officer, text);
    await proposeImport(officer, { importId, reason: 'Danh sách tháng 11' });
    expect(await lastAudit(db)).toMatchObject({ action: 'registerImport.propose', outcome: 'done' });
    await expect(decideImport(officer, { importId, approve: true })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await lastAudit(db)).toMatchObject({ action: 'registerImport.decide', outcome: 'refused' });
    await expect(decideImport(elsewhere, { importId, approve: true })).rejects.toMatchObject({ code: 'notFound' });
    await decideImport(approver, { importId, approve: true });
    expect(await lastAudit(db)).toMatchObject({ action: 'registerImport.decide', outcome: 'done' });
    await writeImport(system(db), importId);
    await writeImport(system(db), importId);
    expect(await view()).toMatchObject({ state: 'written', counts: { written: 2, left: 0 } });
    const written = await db.select().from(registerVersions).where(eq(registerVersions.importId, importId));
    expect(written.map(({ action, validFrom }) => [action, validFrom])).toEqual([
      ['imported', '2026-11-23'],
      ['imported', '2026-11-23'],
    ]);
    expect((await searchFacilities(officer, { q: 'nha thuoc hai' })).items).toMatchObject([{ name: 'Nhà thuốc Hai' }]);
    const again = await preview(db, officer, text);
    const second = await again.view();
    expect(second).toMatchObject({ counts: { same: 2 }, changes: 0, writtenBefore: clock() });
    await expect(proposeImport(officer, { importId: again.importId, reason: 'Lại' })).rejects.toMatchObject({
      reason: 'registers.imports.errors.nothingToWrite',
    });
  });

  test('shows a changed row field by field, and is undone by versions: what changed since is left and named', async ({
    db,
  }) => {
    const { officer, head: approver } = await desk(db);
    const text = (phone: string) => [head, row('Một', '01001', phone), row('Hai', '01002', phone)].join('\n');
    const take = async (sheet: string) => {
      const { importId } = await preview(db, officer, sheet);
      await proposeImport(officer, { importId, reason: 'Nhập' });
      await decideImport(approver, { importId, approve: true });
      await writeImport(system(db), importId);
      return importId;
    };
    await take(text('024 1'));
    const { rows } = await preview(db, officer, text('024 2'));
    expect(await rows()).toMatchObject([
      { outcome: 'changed', changes: [{ name: 'phone', before: '024 1', after: '024 2' }] },
      { outcome: 'changed' },
    ]);
    const importId = await take(text('024 2'));
    await take([head, row('Hai', '01002', '024 3')].join('\n'));
    await proposeUndo(officer, { importId, reason: 'Nhập nhầm tệp' });
    expect(await lastAudit(db)).toMatchObject({ action: 'registerImport.proposeUndo', outcome: 'done' });
    await expect(decideImport(officer, { importId, approve: true })).rejects.toMatchObject({ code: 'forbidden' });
    await decideImport(approver, { importId, approve: true });
    await undoImport(system(db), importId);
    await undoImport(system(db), importId);
    expect(await getImportView(officer, { importId })).toMatchObject({
      state: 'undone',
      counts: { written: 2, undone: 1, left: 1 },
    });
    const left = await listImportRows(officer, { importId, left: true });
    expect(left.items).toMatchObject([
      { title: 'Hai', left: { reason: 'registers.imports.leftReasons.changedAfter' } },
    ]);
    const phones = (await searchFacilities(officer, {})).items.map(({ name, phone }) => [name, phone]);
    expect(phones).toContainEqual(['Một', '024 1']);
    expect(phones).toContainEqual(['Hai', '024 3']);
    const [one] = await db
      .select()
      .from(registerImportRows)
      .where(and(eq(registerImportRows.importId, importId), eq(registerImportRows.line, 2)));
    const history = await db
      .select({ action: registerVersions.action })
      .from(registerVersions)
      .where(eq(registerVersions.entryId, one!.entryId!))
      .orderBy(asc(registerVersions.id));
    expect(history.map(({ action }) => action)).toEqual(['imported', 'imported', 'importUndone']);
  });

  test('that added entries is undone by closing them; their pages and histories stay', async ({ db }) => {
    const { officer, head: approver } = await desk(db);
    const { importId } = await preview(db, officer, [head, row('Tạm', '01009')].join('\n'));
    await proposeImport(officer, { importId, reason: 'Nhập' });
    await decideImport(approver, { importId, approve: true });
    await writeImport(system(db), importId);
    await proposeUndo(officer, { importId, reason: 'Nhầm' });
    await decideImport(approver, { importId, approve: true });
    await undoImport(system(db), importId);
    expect((await searchFacilities(officer, { q: 'Tạm' })).items).toEqual([]);
    const [line] = await db.select().from(registerImportRows).where(eq(registerImportRows.importId, importId));
    const entry = await entryAsOf(officer, { register: 'facilities', id: line!.entryId! });
    expect(entry).toMatchObject({ closed: true, title: 'Tạm' });
    expect(entry.history.map(({ action }) => action)).toEqual(['importUndone', 'imported']);
  });

  test('asks a person about rows that look like an entry, and does what they say', async ({ db }) => {
    const { officer, elsewhere, head: approver, facilityId } = await desk(db);
    const text = [
      head,
      row('NT An Khang', '01001', '024 9', '12 Lê Lợi'),
      row('Nhà thuốc An Khang', '', '024 8', '12 lê lợi', ';01'),
    ].join('\n');
    const { importId, rows, view } = await preview(db, officer, text);
    expect(await rows()).toMatchObject([
      { outcome: 'duplicate', entryId: facilityId, decision: null },
      { outcome: 'duplicate', entryId: facilityId },
    ]);
    expect((await rows())[0]!.errors.map(({ reason }) => reason)).toContain('registers.alike.sameNameWard');
    expect((await view()).changes).toBe(0);
    const rowsOf = [
      { line: 2, decision: 'update' as const },
      { line: 3, decision: 'skip' as const },
    ];
    await expect(decideRows(elsewhere, { importId, rows: rowsOf })).rejects.toMatchObject({ code: 'notFound' });
    await decideRows(officer, { importId, rows: rowsOf });
    expect(await lastAudit(db)).toMatchObject({ action: 'registerImport.decideRows', outcome: 'done' });
    await proposeImport(officer, { importId, reason: 'Nhập' });
    await decideImport(approver, { importId, approve: true });
    await writeImport(system(db), importId);
    const { items, total } = await searchFacilities(officer, {});
    expect(total).toBe(1);
    expect(items[0]).toMatchObject({ id: facilityId, name: 'NT An Khang', phone: '024 9' });
  });

  test('leaves a row whose entry changed after it was looked at, and one whose number was taken meanwhile', async ({
    db,
  }) => {
    const { officer, head: approver } = await desk(db);
    const take = async (importId: string) => {
      await proposeImport(officer, { importId, reason: 'Nhập' });
      await decideImport(approver, { importId, approve: true });
      await writeImport(system(db), importId);
    };
    const first = await preview(db, officer, [head, row('Một', '01001', '1')].join('\n'));
    const late = await preview(
      db,
      officer,
      [head, row('Một khác', '01001', '2', '99 Phố Huế'), row('Ba', '01003')].join('\n'),
    );
    await take(first.importId);
    await take(late.importId);
    const left = await listImportRows(officer, { importId: late.importId, left: true });
    expect(left.items.map(({ line, left: why }) => [line, why?.reason])).toEqual([[2, 'registers.errors.keyTaken']]);
    expect(await late.view()).toMatchObject({ counts: { written: 1, left: 1 } });
  });

  test('may be a workbook; what is no sheet, and columns that are not named, are refused with the remedy', async ({
    db,
  }) => {
    const { officer } = await desk(db);
    async function* rows() {
      yield row('Từ Excel', '01001').split(';');
    }
    const pieces: Uint8Array[] = [];
    for await (const piece of xlsxStream('Sổ', head.split(';'), rows())) pieces.push(piece);
    const { importId } = await uploadImport(officer, {
      register: 'facilities',
      fileName: 'a.xlsx',
      bytes: Buffer.concat(pieces),
    });
    const { name: _name, ...rest } = columns;
    await expect(mapImport(officer, { importId, mapping: rest, validFrom: '2026-11-23' })).rejects.toMatchObject({
      details: { fields: [{ path: 'mapping.name', reason: 'registers.imports.errors.columnMissing' }] },
    });
    await mapImport(officer, { importId, mapping: columns, validFrom: '2026-11-23' });
    await readImport(system(db), importId);
    expect((await listImportRows(officer, { importId })).items).toMatchObject([{ outcome: 'new', title: 'Từ Excel' }]);
    await expect(upload(officer, '<html></html>')).rejects.toMatchObject({ reason: 'sheets.errors.notASheet' });
    await expect(upload(officer, '\n \n')).rejects.toMatchObject({ reason: 'sheets.errors.noRows' });
    await discardImport(officer, { importId });
    expect(await lastAudit(db)).toMatchObject({ action: 'registerImport.discard', outcome: 'done' });
    expect((await listImports(officer, {})).items).toEqual([]);
  });

  test('that cannot be read to its end fails with a sentence, and is for the authority alone', async ({ db }) => {
    const { officer, elsewhere } = await desk(db);
    const { importId, view } = await preview(db, officer, `${head}\n"${row('hở')}`);
    expect(await view()).toMatchObject({
      state: 'failed',
      fault: { reason: 'sheets.errors.openQuote', values: { line: 2 } },
    });
    const stranger = anonymousContext(db, clock);
    for (const [ctx, code] of [
      [elsewhere, 'notFound'],
      [stranger, 'unauthenticated'],
    ] as const) {
      await expect(getImportView(ctx, { importId })).rejects.toMatchObject({ code });
      await expect(listImportRows(ctx, { importId })).rejects.toMatchObject({ code });
      await expect(mapImport(ctx, { importId, mapping: columns, validFrom: '2026-11-23' })).rejects.toMatchObject({
        code,
      });
      await expect(proposeImport(ctx, { importId, reason: 'x' })).rejects.toMatchObject({ code });
      await expect(proposeUndo(ctx, { importId, reason: 'x' })).rejects.toMatchObject({ code });
      await expect(discardImport(ctx, { importId })).rejects.toMatchObject({ code });
    }
    await expect(upload(stranger, head)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect((await listImports(elsewhere, {})).items).toEqual([]);
  });
});
