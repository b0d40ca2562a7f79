import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { draftChanges, draftConflicts, draftPresence } from '#db/schema/drafts.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { newId } from '#server/platform/index.ts';
import { getAt, type JsonObject } from '#server/procedures/index.ts';
import { fullAnswers } from '#workflows/pharmacy-eligibility/sample-answers.ts';
import { resolveConflicts } from './commands/resolve-conflicts.ts';
import { savePage } from './commands/save-page.ts';
import { getDraft } from './queries/draft.ts';
import { getDraftPage } from './queries/draft-page.ts';
import { begin, completeDraft, file, formValues } from './testing/journey.ts';
import { openWorld, type Who, type World } from './testing/world.ts';

let world: World;
let id: string;
let pageId: string;
/** two questions of one page, answered with words */
let [first, second] = ['', ''];

beforeAll(async () => {
  world = await openWorld();
  const draft = await getDraft(world.as('owner'), { dossierId: (await begin(world)).id });
  const page = draft.form.pages.find(
    (each) => !each.repeat && each.fields.filter((path) => draft.form.fields[path]?.control === 'text').length >= 2,
  )!;
  pageId = page.id;
  [first, second] = page.fields.filter((path) => draft.form.fields[path]?.control === 'text') as [string, string];
});
afterAll(() => world.close());
beforeEach(async () => {
  id = (await begin(world)).id;
  await save('owner', { ...formValues(fullAnswers), [first]: 'một', [second]: 'hai' });
});

type Values = Record<string, string | string[]>;
const save = (
  who: Who,
  values: Values,
  base?: { version: number; formId: string },
  mode: 'continue' | 'autosave' = 'continue',
) => savePage(world.as(who), { dossierId: id, pageId, values, mode, ...(base ? { base } : {}) });
const page = (who: Who) => getDraftPage(world.as(who), { dossierId: id, pageId });
/** Somebody opens the page: from here on they see what stands there now. */
const open = async (who: Who) => ({ version: (await page(who)).version, formId: newId() });
const stands = async (path: string) =>
  getAt((await getDraft(world.as('owner'), { dossierId: id })).answers as JsonObject, path);

describe('two people of one business on one page', () => {
  test('who change different answers both keep theirs, without being asked', async () => {
    const [a, b] = [await open('owner'), await open('partner')];
    await save('partner', { [first]: 'một', [second]: 'HAI' }, b);
    const { conflicts } = await save('owner', { [first]: 'MỘT', [second]: 'hai' }, a);
    expect(conflicts).toEqual([]);
    expect([await stands(first), await stands(second)]).toEqual(['MỘT', 'HAI']);
  });

  test('who change the same answer: the first stays, the second sees both with name and time, and nothing typed is lost', async () => {
    const [a, b] = [await open('owner'), await open('partner')];
    await save('partner', { [first]: 'của cộng sự', [second]: 'hai' }, b);
    const at = world.clock.at;
    world.clock.at = new Date(at.getTime() + 60_000);
    const saved = await save('owner', { [first]: 'của tôi', [second]: 'HAI' }, a);
    expect(saved.conflicts).toEqual([first]);
    expect([await stands(first), await stands(second)]).toEqual(['của cộng sự', 'HAI']);
    expect((await page('owner')).conflicts).toEqual([
      { path: first, mine: 'của tôi', theirs: 'của cộng sự', byName: 'Người partner', at },
    ]);
    expect((await page('partner')).conflicts).toEqual([]);
    expect(await resolveConflicts(world.as('owner'), { dossierId: id, pageId, choices: { [first]: 'mine' } })).toEqual({
      open: [],
    });
    expect(await stands(first)).toBe('của tôi');
    expect((await page('owner')).conflicts).toEqual([]);
    world.clock.at = at;
  });

  test('may choose the other’s; what is not chosen waits', async () => {
    const [a, b] = [await open('owner'), await open('partner')];
    await save('partner', { [first]: 'P1', [second]: 'P2' }, b);
    expect((await save('owner', { [first]: 'O1', [second]: 'O2' }, a)).conflicts).toEqual([first, second]);
    const choose = (choices: Record<string, 'mine' | 'theirs'>) =>
      resolveConflicts(world.as('owner'), { dossierId: id, pageId, choices });
    expect(await choose({ [first]: 'theirs' })).toEqual({ open: [second] });
    expect((await page('owner')).conflicts.map((each) => [each.path, each.mine])).toEqual([[second, 'O2']]);
    expect(await choose({ [second]: 'mine' })).toEqual({ open: [] });
    expect([await stands(first), await stands(second)]).toEqual(['P1', 'O2']);
  });

  test('a choice that was overtaken is asked again with the newer answer', async () => {
    const [a, b] = [await open('owner'), await open('partner')];
    await save('partner', { [first]: 'P1', [second]: 'hai' }, b);
    await save('owner', { [first]: 'O1', [second]: 'hai' }, a);
    await save('partner', { [first]: 'P2', [second]: 'hai' }, b);
    const again = await resolveConflicts(world.as('owner'), { dossierId: id, pageId, choices: { [first]: 'mine' } });
    expect(again).toEqual({ open: [first] });
    expect(await stands(first)).toBe('P2');
    expect((await page('owner')).conflicts).toMatchObject([{ mine: 'O1', theirs: 'P2' }]);
  });

  test('see who types while they do, and no longer two minutes after', async () => {
    await save('partner', { [first]: 'một', [second]: 'hai' }, await open('partner'), 'autosave');
    expect((await page('owner')).others).toMatchObject([{ name: 'Người partner', pageId }]);
    const at = world.clock.at;
    world.clock.at = new Date(at.getTime() + 121_000);
    expect((await page('owner')).others).toEqual([]);
    world.clock.at = at;
  });
});

describe('one person', () => {
  test('on two devices is asked as two people are', async () => {
    const [desk, phone] = [await open('owner'), await open('owner')];
    await save('owner', { [first]: 'bàn', [second]: 'hai' }, desk);
    expect((await save('owner', { [first]: 'máy', [second]: 'hai' }, phone)).conflicts).toEqual([first]);
    expect((await page('owner')).conflicts).toMatchObject([{ byName: null, mine: 'máy', theirs: 'bàn' }]);
  });

  test('is never in conflict with what the same page kept while they typed', async () => {
    const here = await open('owner');
    await save('owner', { [first]: 'm', [second]: 'hai' }, here, 'autosave');
    await save('owner', { [first]: 'mo', [second]: 'hai' }, here, 'autosave');
    expect((await save('owner', { [first]: 'mot', [second]: 'hai' }, here)).conflicts).toEqual([]);
    expect(await stands(first)).toBe('mot');
  });

  test('typing on is told of a conflict by what is kept meanwhile, and the other’s answer stands', async () => {
    const [a, b] = [await open('owner'), await open('partner')];
    await save('partner', { [first]: 'P', [second]: 'hai' }, b);
    expect((await save('owner', { [first]: 'O', [second]: 'hai' }, a, 'autosave')).conflicts).toEqual([first]);
    expect(await stands(first)).toBe('P');
    expect((await page('owner')).conflicts).toMatchObject([{ path: first, mine: 'O', theirs: 'P' }]);
    expect((await save('owner', { [first]: 'Oa', [second]: 'hai' }, a)).conflicts).toEqual([first]);
    expect((await page('owner')).conflicts).toMatchObject([{ path: first, mine: 'Oa', theirs: 'P' }]);
  });

  test('who types what the other had typed, or a third answer later, is asked no more; what else waits stays', async () => {
    const [a, b] = [await open('owner'), await open('partner')];
    await save('partner', { [first]: 'P1', [second]: 'P2' }, b);
    await save('owner', { [first]: 'O1', [second]: 'O2' }, a, 'autosave');
    await save('owner', { [first]: 'P1', [second]: 'O2' }, a, 'autosave');
    expect((await page('owner')).conflicts).toMatchObject([{ path: second, mine: 'O2' }]);
    const later = await open('owner');
    expect((await save('owner', { [first]: 'third', [second]: 'P2' }, later)).conflicts).toEqual([]);
    expect((await page('owner')).conflicts).toMatchObject([{ path: second, mine: 'O2' }]);
    await save('owner', { [first]: 'third', [second]: 'fourth' }, later);
    expect((await page('owner')).conflicts).toEqual([]);
    expect(await stands(second)).toBe('fourth');
  });
});

test('a dossier is filed when its filer has chosen everywhere, and then keeps nothing of how it was typed', async () => {
  id = await completeDraft(world);
  const draft = await getDraft(world.as('owner'), { dossierId: id });
  const values = formValues(draft.answers as JsonObject);
  const [a, b] = [await open('owner'), await open('partner')];
  await save('partner', { ...values, [first]: 'P' }, b);
  expect((await save('owner', { ...values, [first]: 'O' }, a)).conflicts).toEqual([first]);
  await expect(file(world, id)).rejects.toMatchObject({
    code: 'invalidState',
    reason: 'editing.errors.chooseFirst',
    details: { values: { pageVi: draft.form.pages.find((each) => each.id === pageId)!.title.vi } },
  });
  await resolveConflicts(world.as('owner'), { dossierId: id, pageId, choices: { [first]: 'mine' } });
  await file(world, id);
  for (const table of [draftChanges, draftConflicts, draftPresence])
    expect(await world.db.select().from(table).where(eq(table.dossierId, id))).toEqual([]);
});

test('the page and the choice are for those who may edit the draft, and leave their rows', async () => {
  const refused = { code: 'notFound' };
  await expect(page('stranger')).rejects.toMatchObject(refused);
  await expect(resolveConflicts(world.as('officer'), { dossierId: id, pageId, choices: {} })).rejects.toMatchObject(
    refused,
  );
  await resolveConflicts(world.as('owner'), { dossierId: id, pageId, choices: {} });
  const rows = await world.db
    .select({ action: auditEntries.action, outcome: auditEntries.outcome })
    .from(auditEntries)
    .where(eq(auditEntries.subjectId, id));
  for (const outcome of ['done', 'refused'] as const)
    expect(rows).toContainEqual({ action: 'dossier.resolveConflicts', outcome });
});
