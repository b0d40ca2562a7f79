import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { posts } from '#db/schema/identity.ts';
import { auditEntries } from '#db/schema/platform.ts';
import { insertPost } from '#server/identity/testing.ts';
import type { AppError } from '#server/platform/index.ts';
import { removeQueueView, saveQueueView } from './commands/queue-views.ts';
import { releaseStep } from './commands/release-step.ts';
import { claimStep } from './commands/small-acts.ts';
import { Inbox, InboxSort } from './inputs.ts';
import { countsQuery, inbox, inboxCounts, inboxQueries } from './queries/inbox.ts';
import { myQueueViews } from './queries/queue-views.ts';
import { myTeam } from './queries/team.ts';
import { bringTo, completeDraft, copyDraft, timeline } from './testing/journey.ts';
import { insertManyTasks } from './testing/many-tasks.ts';
import { openWorld, type Who, type World } from './testing/world.ts';

const open = 4_000;
const closed = 12_000;

let world: World;
let received: string;
let other: string;
beforeAll(async () => {
  world = await openWorld();
  const template = await completeDraft(world);
  received = await bringTo(world, 'received', await copyDraft(world, template));
  other = await bringTo(world, 'received', await copyDraft(world, template));
  await insertManyTasks(
    world.own.ownerDb,
    { dossierId: received, officerIds: [world.id('officer'), world.id('otherOfficer')], now: world.clock.at },
    { open, closed },
  );
});
afterAll(() => world.close());

type Filters = Partial<Inbox>;

/** Ids of every task of every page, in order. */
async function everyPage(who: Who, filters: Filters): Promise<{ ids: string[]; total: number }> {
  const ids: string[] = [];
  for (let page = 1; ; page++) {
    const list = await inbox(world.as(who), { ...filters, size: 100, page });
    ids.push(...list.items.map((row) => row.taskId));
    if (list.items.length < 100) return { ids, total: list.total };
  }
}

describe('a queue of thousands of tasks', () => {
  const narrowed: [string, Who, Filters][] = [
    ['whole unit', 'officer', { scope: 'unit' }],
    ['mine', 'officer', { scope: 'mine' }],
    ['of everybody with every role', 'allRounder', { scope: 'mine', step: 'inspect', sort: 'title' }],
    ['late', 'officer', { scope: 'late' }],
    ['one step', 'officer', { scope: 'unit', step: 'inspect' }],
    ['one procedure', 'officer', { scope: 'unit', procedure: 'pharmacy-eligibility', step: 'receive' }],
    ['past their date', 'officer', { scope: 'unit', due: 'late' }],
    ['due today', 'officer', { scope: 'unit', due: 'today' }],
    ['due in seven days', 'officer', { scope: 'unit', due: 'week' }],
    ['taken by me', 'officer', { scope: 'unit', taken: 'me' }],
    ['taken by nobody', 'officer', { scope: 'unit', taken: 'nobody' }],
    ['taken by a colleague', 'officer', { scope: 'unit', taken: 'colleague' }],
    ['by words without marks', 'officer', { scope: 'unit', q: 'DUC ai' }],
    [
      'everything at once',
      'officer',
      { scope: 'mine', step: 'assess', due: 'week', taken: 'nobody', q: 'nha', sort: '-due' },
    ],
    ['nothing', 'officer', { scope: 'unit', procedure: 'none' }],
  ];

  test.each(narrowed)('counts what it lists: %s', async (_name, who, filters) => {
    const { ids, total } = await everyPage(who, filters);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(total);
  });

  test('is split by each filter without rest or overlap', async () => {
    const total = async (filters: Filters) => (await inbox(world.as('officer'), { scope: 'unit', ...filters })).total;
    const all = await total({});
    expect(all).toBe(open + 2);
    const taken = [await total({ taken: 'me' }), await total({ taken: 'nobody' }), await total({ taken: 'colleague' })];
    expect(taken.every((part) => part > 0)).toBe(true);
    expect(taken.reduce((a, b) => a + b)).toBe(all);
    const steps = await Promise.all(
      ['receive', 'assess', 'plan-inspection', 'inspect', 'draft-result'].map((step) => total({ step })),
    );
    expect(steps.reduce((a, b) => a + b)).toBe(all);
    expect(await total({ due: 'late' })).toBeGreaterThan(0);
    expect(await total({ due: 'today' })).toBeLessThan(await total({ due: 'week' }));
  });

  test('has the numbers of the rail', async () => {
    for (const who of ['officer', 'inspector', 'allRounder', 'elsewhere'] as const) {
      const counts = await inboxCounts(world.as(who), {});
      for (const scope of ['mine', 'unit', 'late'] as const)
        expect(`${who} ${scope} ${(await inbox(world.as(who), { scope })).total}`).toBe(
          `${who} ${scope} ${counts[scope]}`,
        );
    }
  });

  test('is sorted as asked, names as Vietnamese has them', async () => {
    const page = async (sort: Inbox['sort']) =>
      (await inbox(world.as('officer'), { scope: 'unit', sort, size: 100 })).items;
    const due = (await page('due')).map((row) => row.stepDueAt!.getTime());
    expect(due).toEqual([...due].sort((a, b) => a - b));
    const reversed = (await page('-due')).map((row) => row.stepDueAt!.getTime());
    expect(reversed).toEqual([...reversed].sort((a, b) => b - a));
    expect((await page('title'))[0]!.title).toMatch(/Ái Mộ/);
    expect((await page('-title'))[0]!.title).toMatch(/Ông Tạ/);
    for (const sort of InboxSort.options) expect(await page(sort)).toHaveLength(100);
  });

  test('is read without going through what is done', async () => {
    for (const [name, who, filters] of narrowed) {
      const { rows, total } = inboxQueries(world.db, world.as(who).actor, Inbox.parse(filters), world.clock.at);
      for (const query of [rows, total]) expect(`${name}: ${await fullScans(query)}`).toBe(`${name}: `);
    }
    expect(await fullScans(countsQuery(world.db, world.as('officer').actor, world.clock.at))).toBe('');
  });
});

/** Tables a query goes through from the first row to the last, by its plan. */
async function fullScans(query: { getSQL(): ReturnType<typeof sql> }): Promise<string> {
  const rows = await world.db.execute<{ 'QUERY PLAN': string }>(sql`explain ${query.getSQL()}`);
  return rows
    .map((row) => row['QUERY PLAN'])
    .filter((line) => /Seq Scan on (tasks|dossiers)\b/.test(line))
    .join('; ');
}

const refused = async (work: Promise<unknown>) => ((await work.catch((error: unknown) => error)) as AppError).reason;
const lastAudit = async (subjectId: string) =>
  (
    await world.db
      .select({ action: auditEntries.action, outcome: auditEntries.outcome })
      .from(auditEntries)
      .where(eq(auditEntries.subjectId, subjectId))
      .orderBy(sql`${auditEntries.id} desc`)
      .limit(1)
  )[0];

describe('a task one has taken', () => {
  test('is given back, and is everybody’s again', async () => {
    await claimStep(world.as('officer'), { dossierId: received });
    expect(await refused(claimStep(world.as('otherOfficer'), { dossierId: received }))).toBe(
      'dossiers.errors.takenByColleague',
    );
    await releaseStep(world.as('officer'), { dossierId: received });
    expect(await lastAudit(received)).toEqual({ action: 'dossier.release', outcome: 'done' });
    expect((await timeline(world, received, 'office')).slice(-2)).toEqual(['taskTaken', 'taskReleased']);
    await claimStep(world.as('otherOfficer'), { dossierId: received });
  });

  test('is not given back by a colleague, another role, the applicant, or when nobody has it', async () => {
    expect(await refused(releaseStep(world.as('officer'), { dossierId: received }))).toBe(
      'dossiers.errors.takenByColleague',
    );
    expect(await lastAudit(received)).toEqual({ action: 'dossier.release', outcome: 'refused' });
    expect(await refused(releaseStep(world.as('inspector'), { dossierId: other }))).toBe('dossiers.errors.roleMissing');
    expect(await refused(releaseStep(world.as('owner'), { dossierId: other }))).toBe('dossiers.errors.officialsOnly');
    expect(await refused(releaseStep(world.as('elsewhere'), { dossierId: other }))).toBe('errors.notFound');
    expect(await refused(releaseStep(world.as('officer'), { dossierId: other }))).toBe('dossiers.errors.nobodyTookIt');
  });
});

describe('the people a head may give tasks to', () => {
  test('are those of the own authority who do steps, each once with their roles; nobody else has such people', async () => {
    const team = await myTeam(world.as('head'), {});
    const of = (who: Who) => team.find(({ id }) => id === world.id(who));
    expect(of('officer')).toEqual({ id: world.id('officer'), name: 'Người officer', roles: ['officer'] });
    expect(of('allRounder')!.roles).toEqual(['one-stop', 'officer', 'leader', 'inspector', 'head', 'clerk']);
    for (const who of ['registrar', 'elsewhere', 'owner', 'citizen'] as const) expect(of(who)).toBeUndefined();
    expect(team.map(({ name }) => name)).toEqual(team.map(({ name }) => name).sort((a, b) => a.localeCompare(b, 'vi')));
    for (const who of ['officer', 'leader', 'clerk'] as const) expect(await myTeam(world.as(who), {})).toEqual([]);
    expect((await myTeam(world.as('elsewhere'), {})).map(({ id }) => id)).toEqual([world.id('elsewhere')]);
    expect(await refused(myTeam(world.as('owner'), {}))).toBe('dossiers.errors.officialsOnly');
  });
});

describe('a saved view', () => {
  const view = { name: 'Thẩm định tuần này', scope: 'unit', filters: { step: 'assess', due: 'week' } } as const;
  const names = async (who: Who) => (await myQueueViews(world.as(who), {})).map((one) => one.name);
  /** everybody of the unit in which the officer has a post */
  const moveToUnitOfOfficer = async (who: Who) => {
    const [post] = await world.db
      .select()
      .from(posts)
      .where(eq(posts.userId, world.id('officer')));
    await world.db.delete(posts).where(eq(posts.userId, world.id(who)));
    await insertPost(world.db, world.id(who), post!.unitId);
  };

  test('is one’s own until it is shared with the unit, and replaced under its name', async () => {
    await moveToUnitOfOfficer('otherOfficer');
    const { viewId } = await saveQueueView(world.as('officer'), view);
    expect(await names('officer')).toEqual([view.name]);
    expect(await names('otherOfficer')).toEqual([]);
    const again = await saveQueueView(world.as('officer'), { ...view, filters: { q: 'an bình' }, shared: true });
    expect(again.viewId).toBe(viewId);
    expect(await lastAudit(viewId)).toEqual({ action: 'queueView.save', outcome: 'done' });
    expect(await myQueueViews(world.as('otherOfficer'), {})).toEqual([
      {
        id: viewId,
        name: view.name,
        scope: 'unit',
        filters: { q: 'an bình', sort: 'due' },
        own: false,
        shared: true,
        by: 'Người officer',
      },
    ]);
    expect(await names('inspector')).toEqual([]);
    expect(await names('elsewhere')).toEqual([]);
  });

  test('is removed by its owner alone', async () => {
    const { viewId } = await saveQueueView(world.as('officer'), { ...view, name: 'Tạm', shared: true });
    expect(await refused(removeQueueView(world.as('otherOfficer'), { viewId }))).toBe('errors.notFound');
    expect(await lastAudit(viewId)).toEqual({ action: 'queueView.remove', outcome: 'refused' });
    await removeQueueView(world.as('officer'), { viewId });
    expect(await lastAudit(viewId)).toEqual({ action: 'queueView.remove', outcome: 'done' });
    expect(await names('officer')).not.toContain('Tạm');
  });

  test('is refused to applicants, without a post to share from, with an unknown filter, and beyond a number', async () => {
    expect(await refused(saveQueueView(world.as('owner'), view))).toBe('dossiers.errors.officialsOnly');
    expect(await refused(myQueueViews(world.as('owner'), {}))).toBe('dossiers.errors.officialsOnly');
    await world.db.delete(posts).where(eq(posts.userId, world.id('inspector')));
    expect(await refused(saveQueueView(world.as('inspector'), { ...view, shared: true }))).toBe('queue.errors.noUnit');
    await expect(
      saveQueueView(world.as('officer'), { ...view, filters: { sort: 'secret' } as never }),
    ).rejects.toMatchObject({ code: 'invalidInput' });
    for (let n = 1; n <= 30; n++) await saveQueueView(world.as('inspector'), { ...view, name: `Bộ ${n}` });
    expect(await refused(saveQueueView(world.as('inspector'), { ...view, name: 'Bộ 31' }))).toBe(
      'queue.errors.tooMany',
    );
    expect(await names('inspector')).toHaveLength(30);
  });
});
