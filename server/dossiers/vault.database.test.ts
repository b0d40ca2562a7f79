import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dossierPapers } from '#db/schema/dossiers.ts';
import { auditEntries, files } from '#db/schema/platform.ts';
import { insertMembership, insertOrganisation } from '#server/identity/testing.ts';
import { getReadableFile } from '#server/platform/file-access.ts';
import { type Person, readFile } from '#server/platform/index.ts';
import { removePaper } from './commands/papers.ts';
import { addVaultPaper, editVaultPaper, removeVaultPaper, reusePaper } from './commands/vault.ts';
import { getDraft } from './queries/draft.ts';
import { myVault, reusablePapers } from './queries/vault.ts';
import { begin, completeDraft, file } from './testing/journey.ts';
import { samplePdf } from './testing/sample-files.ts';
import { nobody, openWorld, type Who, type World } from './testing/world.ts';

let world: World;
let filed: string;
const paperKey = 'technical-dossier';
beforeAll(async () => {
  world = await openWorld();
  filed = await completeDraft(world);
  await file(world, filed);
});
afterAll(() => world.close());

const vault = (who: Who) => myVault(world.as(who), {});
const offered = (who: Who, dossierId: string) => reusablePapers(world.as(who), { dossierId, paperKey });
const kept = async () => (await vault('owner')).papers.find((paper) => paper.kind === paperKey)!;
const reuse = (dossierId: string, sourceId: string, who: Who = 'owner', key = paperKey) =>
  reusePaper(world.as(who), { dossierId, paperKey: key, from: 'vault', sourceId });

describe('a paper handed in once', () => {
  test('is in the vault of the business, for everybody who acts for it and nobody else', async () => {
    expect((await vault('owner')).papers.map((paper) => paper.kind)).toContain(paperKey);
    expect((await vault('partner')).papers).toEqual((await vault('owner')).papers);
    expect((await vault('stranger')).papers).toEqual([]);
    expect(await kept()).toMatchObject({ organisationId: world.business, dossiers: 1, validTo: null, expired: false });
    await expect(myVault(nobody(world), {})).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('is offered for the same paper of a new dossier and handed in as the same stored file, pinned by its digest', async () => {
    const { id } = await begin(world);
    const [first] = await offered('partner', id);
    expect(first).toMatchObject({ from: 'vault', sameKind: true, sourceId: (await kept()).id });
    const before = (await world.db.select().from(files)).length;
    const added = await reuse(id, first!.sourceId, 'partner');
    expect((await world.db.select().from(files)).length).toBe(before);
    const [row] = await world.db.select().from(dossierPapers).where(eq(dossierPapers.id, added.id));
    expect(row).toMatchObject({ fileId: (await kept()).fileId, sha256: (await kept()).sha256 });
    expect(Buffer.from(await readFile(world.db, row!.fileId)).equals(Buffer.from(samplePdf(paperKey)))).toBe(true);
    expect(
      (await getDraft(world.as('owner'), { dossierId: id })).papers.find((p) => p.key === paperKey)!.files,
    ).toHaveLength(1);
    expect((await offered('owner', id)).some((each) => each.sameKind)).toBe(false);
    await expect(reuse(id, first!.sourceId)).rejects.toMatchObject({ reason: 'dossiers.errors.sameFileTwice' });
    expect((await kept()).dossiers).toBe(2);
    await removePaper(world.as('owner'), { dossierId: id, paperId: added.id });
  });

  test('is not offered and not taken after the last day it holds', async () => {
    const { id } = await begin(world);
    const paper = await kept();
    const input = { vaultPaperId: paper.id, name: 'Hồ sơ kỹ thuật 2026' };
    await editVaultPaper(world.as('owner'), { ...input, validTo: '2026-11-22' });
    expect(await kept()).toMatchObject({ name: 'Hồ sơ kỹ thuật 2026', expired: true });
    expect((await offered('owner', id)).some((each) => each.sourceId === paper.id)).toBe(false);
    await expect(reuse(id, paper.id)).rejects.toMatchObject({ reason: 'vault.errors.expired' });
    await editVaultPaper(world.as('owner'), { ...input, validTo: '2026-11-23' });
    expect(await kept()).toMatchObject({ expired: false });
    expect((await reuse(id, paper.id)).fileId).toBe(paper.fileId);
  });

  test('stays in the dossier that was filed with it when it is taken out of the vault', async () => {
    const paper = await kept();
    await removeVaultPaper(world.as('partner'), { vaultPaperId: paper.id });
    expect(await kept()).toBeUndefined();
    expect((await getReadableFile(world.as('oneStop'), paper.fileId)).sha256).toBe(paper.sha256);
    expect((await getReadableFile(world.as('owner'), paper.fileId)).id).toBe(paper.fileId);
  });
});

test('of one business is no paper for a dossier of another, even for who acts for both', async () => {
  const { id } = await begin(world);
  const other = await insertOrganisation(world.db, { kind: 'business', name: 'Công ty Kia' });
  await insertMembership(world.db, world.id('owner'), other);
  const owner = world.as('owner').actor as Person;
  const both = world.asActor({ ...owner, memberships: [...owner.memberships, other] });
  const { id: theirs } = await addVaultPaper(both, {
    organisationId: other,
    kind: paperKey,
    fileName: 'của công ty kia.pdf',
    validTo: null,
    bytes: samplePdf('of the other business'),
  });
  const offer = await reusablePapers(both, { dossierId: id, paperKey });
  expect(offer.some((each) => each.sourceId === theirs)).toBe(false);
  await expect(reusePaper(both, { dossierId: id, paperKey, from: 'vault', sourceId: theirs })).rejects.toMatchObject({
    code: 'notFound',
  });
});

describe('a paper put into the vault by itself', () => {
  const add = (who: Who, over: Partial<Parameters<typeof addVaultPaper>[1]> = {}) =>
    addVaultPaper(world.as(who), {
      organisationId: null,
      kind: paperKey,
      fileName: 'của tôi.pdf',
      validTo: '2027-01-31',
      bytes: samplePdf(`of ${who}`),
      ...over,
    });

  test('belongs to the person alone, and its bytes are erased when nothing holds it any more', async () => {
    const { id, fileId } = await add('stranger');
    expect((await vault('stranger')).papers).toMatchObject([{ id, name: 'của tôi.pdf', validTo: '2027-01-31' }]);
    expect((await getReadableFile(world.as('stranger'), fileId)).id).toBe(fileId);
    for (const who of ['owner', 'officer'] as const)
      await expect(getReadableFile(world.as(who), fileId)).rejects.toMatchObject({ code: 'notFound' });
    await removeVaultPaper(world.as('stranger'), { vaultPaperId: id });
    expect(await world.db.select().from(files).where(eq(files.id, fileId))).toEqual([]);
  });

  test('is checked as every upload, and taken once', async () => {
    await expect(add('stranger', { bytes: Buffer.from('MZ') })).rejects.toMatchObject({
      reason: 'uploads.errors.program',
    });
    await expect(add('stranger', { kind: 'no-such-paper' })).rejects.toMatchObject({ code: 'invalidInput' });
    await expect(add('stranger', { organisationId: world.business })).rejects.toMatchObject({ code: 'notFound' });
    await add('stranger');
    await expect(add('stranger')).rejects.toMatchObject({ reason: 'vault.errors.sameTwice' });
  });

  test('of another does not exist: neither to change, nor to remove, nor to hand in', async () => {
    const [own] = (await vault('stranger')).papers;
    const refused = { code: 'notFound' };
    const { id } = await begin(world);
    await expect(reuse(id, own!.id)).rejects.toMatchObject(refused);
    await expect(removeVaultPaper(world.as('owner'), { vaultPaperId: own!.id })).rejects.toMatchObject(refused);
    const change = { vaultPaperId: own!.id, name: 'x', validTo: null };
    await expect(editVaultPaper(world.as('owner'), change)).rejects.toMatchObject(refused);
    await expect(reusablePapers(world.as('stranger'), { dossierId: id, paperKey })).rejects.toMatchObject(refused);
    await expect(reuse(filed, own!.id, 'stranger')).rejects.toMatchObject(refused);
  });
});

test('each act leaves an audit row', async () => {
  const rows = await world.db.select({ action: auditEntries.action, outcome: auditEntries.outcome }).from(auditEntries);
  for (const action of ['vault.add', 'vault.edit', 'vault.remove', 'dossier.reusePaper'])
    for (const outcome of ['done', 'refused'] as const) expect(rows).toContainEqual({ action, outcome });
});
