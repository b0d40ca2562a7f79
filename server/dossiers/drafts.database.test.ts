import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dossiers } from '#db/schema/dossiers.ts';
import { organisations } from '#db/schema/identity.ts';
import type { AppError } from '#server/platform/index.ts';
import { fileDossier } from './commands/file-dossier.ts';
import { savePage } from './commands/save-page.ts';
import { getDraft } from './queries/draft.ts';
import { getDossier } from './records.ts';
import { begin, completeDraft, copyDraft, file } from './testing/journey.ts';
import { openWorld, type World } from './testing/world.ts';

let world: World;
let template: string;
beforeAll(async () => {
  world = await openWorld();
  template = await completeDraft(world);
});
afterAll(() => world.close());

const save = (
  id: string,
  pageId: string,
  values: Record<string, string | string[]>,
  mode: 'autosave' | 'continue' = 'continue',
) => savePage(world.as('owner'), { dossierId: id, pageId, values, mode });
const answersOf = async (id: string) => (await getDossier(world.db, id)).answers;
const view = (id: string) => getDraft(world.as('owner'), { dossierId: id });

describe('a new draft', () => {
  test('knows what the profile knows, and for whom it is', async () => {
    await world.db
      .update(organisations)
      .set({ representativeName: 'Nguyễn Minh Châu', address: '12 Trần Hưng Đạo' })
      .where(eq(organisations.id, world.business));
    const { id } = await begin(world);
    expect(await answersOf(id)).toMatchObject({
      applicant: {
        name: 'Công ty TNHH Dược phẩm Minh Châu',
        taxCode: '0101234567',
        representative: 'Nguyễn Minh Châu',
      },
      facility: { email: 'owner@example.vn' },
    });
    expect(await getDossier(world.db, id)).toMatchObject({ organisationId: world.business, state: 0, code: null });
    expect(await view(id)).toMatchObject({ limitDays: 20, authorityName: null, fee: { amount: 0 } });
  });

  test('of a procedure for businesses is not begun for oneself', async () => {
    await expect(begin(world, 'citizen')).rejects.toMatchObject({
      code: 'invalidInput',
      details: { fields: [{ path: 'for', reason: 'dossiers.errors.businessOnly' }] },
    });
  });
});

describe('a page', () => {
  test('is kept as typed even when wrong, and says what is wrong only on the way on', async () => {
    const { id } = await begin(world);
    const values = { 'facility.phone': '12', 'facility.email': 'khong-phai-thu' };
    expect((await save(id, 'facility-contact', values, 'autosave')).errors).toEqual([]);
    expect((await save(id, 'facility-contact', values)).errors.map((error) => error.path)).toEqual([
      'facility.phone',
      'facility.email',
    ]);
    expect(await answersOf(id)).toMatchObject({ facility: { phone: '12', email: 'khong-phai-thu' } });
    expect((await view(id)).pages.find((page) => page.id === 'facility-contact')).toMatchObject({
      status: 'started',
      errors: 2,
    });
    await expect(save(id, 'no-such-page', {})).rejects.toMatchObject({ code: 'notFound' });
  });

  test('reveals the next by its answers, and takes away a removed row and what was unticked', async () => {
    const id = await copyDraft(world, template);
    expect((await save(id, 'controlled-drugs', { 'controlled.sells': 'no' })).nextPageId).toBe('chief-pharmacist');
    expect((await save(id, 'controlled-drugs', { 'controlled.sells': 'yes' })).nextPageId).toBe('controlled-details');
    await save(id, 'staff', { 'staff.count': '1' });
    expect((await answersOf(id)).staff).toMatchObject([{ name: 'Phạm Thị Hoa' }]);
    await save(id, 'storage', {
      'storage.equipment.shown': '1',
      'storage.maxTemperature': '30',
      'storage.coldChain': 'no',
    });
    expect((await answersOf(id)).storage).not.toHaveProperty('equipment');
    expect((await answersOf(id)).storage).toMatchObject({ maxTemperature: 30, coldChain: false });
    expect((await view(id)).papers.map((paper) => paper.key)).not.toContain('cold-chain');
  });

  test('takes a date in its three fields and names with combining marks as one and the same', async () => {
    const id = await copyDraft(world, template);
    const date = {
      'premises.leaseUntil.day': '1',
      'premises.leaseUntil.month': '2',
      'premises.leaseUntil.year': '2030',
    };
    await save(id, 'premises', { 'premises.area': '40', 'premises.ownership': 'rented', ...date });
    expect((await answersOf(id)).premises).toEqual({ area: 40, ownership: 'rented', leaseUntil: '2030-02-01' });
    await save(id, 'facility-name', { 'facility.name': 'Nhà thuốc Bình An'.normalize('NFD') });
    expect((await view(id)).title).toBe('Nhà thuốc Bình An');
  });

  test('changes nothing on other pages, whatever is sent', async () => {
    const id = await copyDraft(world, template);
    const before = await answersOf(id);
    await save(id, 'gpp', {
      'gpp.status': 'together',
      'facility.kind': 'drug-counter',
      'facility.name': 'Khác',
      state: '10',
    });
    expect(await answersOf(id)).toEqual(before);
  });
});

describe('a place', () => {
  const fault = (path: string) => ({ path, reason: 'dossiers.errors.unknownPlace' });

  test('whose ward lies in another province is named on its page, in the list and at filing', async () => {
    const id = await copyDraft(world, template);
    const saved = await save(id, 'facility-address', { 'facility.address.province': '48' });
    expect(saved.errors).toEqual([fault('facility.address.ward')]);
    const draft = await view(id);
    expect(draft.problems).toEqual([fault('facility.address.ward')]);
    expect(draft.authorityName).toBe('Sở Y tế Đà Nẵng');
    expect(draft.pages.find((page) => page.id === 'facility-address')).toMatchObject({ status: 'started', errors: 1 });
    const error = await file(world, id).catch((thrown: AppError) => thrown);
    expect(error).toMatchObject({
      reason: 'dossiers.errors.incomplete',
      details: { fields: [fault('facility.address.ward')] },
    });
    expect((await save(id, 'facility-address', { 'facility.address.ward': '20242' })).errors).toEqual([]);
    expect((await file(world, id)) as { code: string }).toMatchObject({ code: expect.stringContaining('.H17-') });
  });

  test('that does not exist keeps nobody out of their draft', async () => {
    const id = await copyDraft(world, template);
    await save(id, 'facility-address', { 'facility.address.province': '99' });
    const draft = await view(id);
    expect(draft.authorityName).toBeNull();
    expect(draft.problems).toEqual([fault('facility.address.province'), fault('facility.address.ward')]);
    const filing = fileDossier(world.as('owner'), {
      dossierId: id,
      submissionKey: 'a-forged-province',
      declared: true,
    });
    await expect(filing).rejects.toMatchObject({ code: 'invalidInput', reason: 'dossiers.errors.incomplete' });
    expect((await world.db.select().from(dossiers).where(eq(dossiers.id, id)))[0]!.state).toBe(0);
  });
});
