import type { Page } from '@playwright/test';
import { appFiles } from '../../scripts/ops/app-files.ts';
import { expect, inLocale, type Locale, test } from '../fixtures.ts';
import { pages } from '../pages/list.ts';
import {
  type Colours,
  colour,
  everyColours,
  expectReadableIn,
  expectThumbSized,
  expectToFit,
  expectWhole,
  widths,
} from '../pages/look.ts';
import { expectPrinted, textOfPdf } from '../pages/print.ts';
import type { Made, State } from '../pages/state.ts';
import { shortAnswers } from '../pharmacy/answers.ts';
import { downloadSlip } from '../pharmacy/applicant.ts';
import { fileAndPay, startDraft } from '../pharmacy/filing.ts';
import { receive } from '../pharmacy/office.ts';
import { type Stage, stageOf } from '../pharmacy/stage.ts';
import { procedure } from '../texts.ts';

/**
 * The whole (`DRILL=1`): every state of every page, in both languages, all colours, all widths. Otherwise a part of it:
 * of each page one state, once, in a language and colours that change from page to page.
 */
const full = process.env.DRILL === '1';

test.describe.configure({ timeout: full ? 2_400_000 : 600_000 });
// a recording of hundreds of pages takes longer than looking at them
test.use({ expectedErrors: [/status of 40[34] /], trace: 'off' });

/** As long as names of facilities get, in words without a place to break and with every mark. */
const longName = (run: string) =>
  `Quầy thuốc Nguyễn Thị Tường Vi – Chuyên doanh dược liệu, thuốc dược liệu, thuốc cổ truyền Nghiêngngảkhúckhuỷu-Đườngđitrườnghọcnguyễnbỉnhkhiêm ${run}`;

/** The first of a page's links like this one; what is in its brackets. */
async function lastOf({ at }: Stage, page: Page, path: string, link: RegExp): Promise<string> {
  await page.goto(at(path));
  const href = await page.locator(`main a`).evaluateAll((links) => links.map((each) => each.getAttribute('href')));
  const found = href.map((each) => link.exec(each ?? '')?.[1]).find(Boolean);
  if (!found) throw new Error(`${path} has no link like ${link}.`);
  return found;
}

const anId = '([0-9a-f-]{36})';

/** What public pages hang on: a recall of the demo and its drug. */
async function registered(stage: Stage, visitor: Page): Promise<Pick<Made, 'drug' | 'recall'>> {
  return {
    drug: await lastOf(stage, visitor, '/registers/recalls', new RegExp(`/registers/drugs/${anId}`)),
    recall: await lastOf(stage, visitor, '/registers/recalls', new RegExp(`/registers/recalls/${anId}`)),
  };
}

/** What the pages of applicants and officials hang on besides. */
async function prepare(stage: Stage): Promise<Omit<Made, 'drug' | 'recall'>> {
  const { at, t } = stage;
  const applicant = await stage.desk('business');
  const filed = await fileAndPay(stage, applicant, shortAnswers(longName(Date.now().toString(36))));
  await receive(stage, filed);
  await applicant.goto(at('/procedures/pharmacy-eligibility'));
  await applicant.getByRole('link', { name: t('public.procedure.start') }).click();
  const draft = await startDraft(stage, applicant);
  const admin = await stage.desk('admin');
  return {
    draft,
    dossier: filed.id,
    name: filed.name,
    code: filed.code,
    organisation: await lastOf(stage, applicant, '/my/organisations', new RegExp(`/my/organisations/${anId}`)),
    authority: await lastOf(stage, admin, '/office/administration/authorities', new RegExp(`/authorities/${anId}`)),
    official: await lastOf(stage, admin, '/office/administration', new RegExp(`/officials/${anId}`)),
    payment: filed.payment,
    mail: await lastOf(stage, applicant, '/demo/mailbox', /\/demo\/mailbox\/([^/?#]+)/),
  };
}

/** One look at a page: in a language, whole in the first of the colours, and readable in the others. */
interface Look {
  what: string;
  state: State;
  locale: Locale;
  colours: readonly Colours[];
}

/** The looks the pages of a group get. */
function looksAt(has: (who: string) => boolean): Look[] {
  const existing = appFiles('page.tsx').map(({ route }) => route);
  const looks: Look[] = [];
  for (const [index, [route, states]] of Object.entries(pages)
    .filter(([each]) => existing.includes(each))
    .entries()) {
    const own = Object.entries(states);
    for (const [name, state] of full ? own : [own[index % own.length]!]) {
      const what = `${route} ${name} as ${state.who}`;
      const [light, dark, ...others] = everyColours;
      if (!has(state.who)) continue;
      if (full) {
        looks.push({ what, state, locale: 'vi', colours: [light!, ...others] });
        looks.push({ what, state, locale: 'en', colours: [dark!] });
      } else {
        const locale = index % 2 === 0 ? 'vi' : 'en';
        // a number of colours without a factor in common with the languages: every pair is met
        looks.push({ what, state, locale, colours: [everyColours[index % 5]!] });
      }
    }
  }
  return looks;
}

async function look(page: Page, { what, state, locale, colours: [first, ...others] }: Look, made: Made): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 900 });
  await colour(page, first!);
  const answer = await page.goto(inLocale(locale, state.path(made)));
  expect(answer?.status(), what).toBe(state.status ?? 200);
  await expect(page.locator('h1'), what).toHaveCount(1);
  await expect(page.locator('html')).toHaveAttribute('lang', locale);
  // every window of the site under one name: nobody finds theirs again
  if (!state.status) await expect(page, what).not.toHaveTitle('Một Cửa');
  await state.act?.(page);
  await expectWhole(page, first!);
  for (const width of [...widths].reverse()) await expectToFit(page, width, what);
  await expectThumbSized(page, what);
  if (full) await expectWhole(page, first!);
  for (const colours of others) await test.step(JSON.stringify(colours), () => expectReadableIn(page, colours));
}

const nothing: Omit<Made, 'drug' | 'recall'> = {
  draft: '',
  dossier: '',
  name: '',
  code: '',
  organisation: '',
  authority: '',
  official: '',
  payment: '',
  mail: '',
};
const applicants = ['business', 'citizen'];
const groups: [string, (who: string) => boolean][] = [
  ['public page', (who) => who === 'visitor'],
  ['page of applicants', (who) => applicants.includes(who)],
  ['page of officials', (who) => who !== 'visitor' && !applicants.includes(who)],
];

for (const [group, has] of groups)
  test(`every ${group} is accessible and fits in ${full ? 'all its states, colours and languages' : 'one of its states'}`, async ({
    account,
    openWindow,
    artifacts,
  }) => {
    const stage = stageOf({ account, openWindow, artifacts }, 'vi', []);
    const visitor = await openWindow();
    const made = { ...(has('visitor') ? nothing : await prepare(stage)), ...(await registered(stage, visitor)) };
    const faults: string[] = [];
    for (const each of looksAt(has)) {
      const page = each.state.who === 'visitor' ? visitor : await stage.desk(each.state.who);
      // one page with a fault does not hide those after it
      await look(page, each, made).catch((error: Error) => {
        const fault = `${each.what} (${each.locale}, ${JSON.stringify(each.colours[0])}): ${error.message}`;
        process.stdout.write(`${fault}\n`);
        faults.push(fault);
      });
    }
    expect(faults).toEqual([]);
    if (full && has('officer')) await expectSheets(stage, made, visitor);
  });

/** The sheets of a dossier print on A4, numbered, without menus, every letter whole. */
async function expectSheets(stage: Stage, made: Made, visitor: Page): Promise<void> {
  const { t, at } = stage;
  const menus = [t('ui.skip'), t('ui.rail.unit'), t('ui.footer.about'), t('ui.demo.mailbox')];
  const sheets: [string, string, string[]][] = [
    ['business', `/my/dossiers/${made.dossier}`, [made.name, made.code]],
    ['business', `/my/dossiers/${made.dossier}/clock`, [made.name]],
    ['business', `/my/dossiers/${made.dossier}/filed`, [made.code, t('dossiers.filed.title')]],
    ['officer', `/office/dossiers/${made.dossier}`, [made.name, made.code]],
    ['visitor', '/procedures/pharmacy-eligibility', [procedure.title.vi]],
  ];
  for (const [who, path, there] of sheets) {
    const page = who === 'visitor' ? visitor : await stage.desk(who);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(at(path));
    await expectPrinted(page, { there, notThere: menus });
  }
  const applicant = await stage.desk('business');
  const slip = await downloadSlip(stage, applicant, { ...made, id: made.dossier, secret: '' }, '01');
  const words = textOfPdf(slip).join(' ').normalize('NFC').replace(/\s+/g, ' ');
  for (const word of [made.code, 'GIẤY TIẾP NHẬN', 'Tường Vi']) expect(words).toContain(word);
}
