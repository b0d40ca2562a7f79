import type { Page } from '@playwright/test';
import { expect, inLocale, type Locale, test } from '../fixtures.ts';
import { type Made, pages, type State } from '../pages/list.ts';
import { expectAccessibleIn, expectThumbSized, expectToFit, widths } from '../pages/look.ts';
import { expectPrinted, textOfPdf } from '../pages/print.ts';
import { routes } from '../pages/routes.ts';
import { shortAnswers } from '../pharmacy/answers.ts';
import { downloadSlip } from '../pharmacy/applicant.ts';
import { fileAndPay, startDraft } from '../pharmacy/filing.ts';
import { receive } from '../pharmacy/office.ts';
import { type Stage, stageOf } from '../pharmacy/stage.ts';
import { procedure } from '../texts.ts';

test.describe.configure({ timeout: 900_000 });
test.use({ expectedErrors: [/status of 40[34] /] });

/** All colours and both languages at every width; else each page is seen light in Vietnamese and dark in English. */
const full = process.env.DRILL === '1';

/** As long as names of facilities get, in words without a place to break and with every mark. */
const longName = (run: string) =>
  `Quầy thuốc Nguyễn Thị Tường Vi – Chuyên doanh dược liệu, thuốc dược liệu, thuốc cổ truyền Nghiêngngảkhúckhuỷu-Đườngđitrườnghọcnguyễnbỉnhkhiêm ${run}`;

/** What the pages of a group hang on; the public pages hang on nothing. */
async function prepare(stage: Stage): Promise<Made> {
  const { at, t } = stage;
  const applicant = await stage.desk('business');
  const filed = await fileAndPay(stage, applicant, shortAnswers(longName(Date.now().toString(36))));
  await receive(stage, filed);
  await applicant.goto(at('/procedures/pharmacy-eligibility'));
  await applicant.getByRole('link', { name: t('public.procedure.start') }).click();
  const draft = await startDraft(stage, applicant);
  const lastOf = async (page: Page, path: string, link: RegExp) => {
    await page.goto(at(path));
    const href = await page.locator(`main a`).evaluateAll((links) => links.map((each) => each.getAttribute('href')));
    const found = href.map((each) => link.exec(each ?? '')?.[1]).find(Boolean);
    if (!found) throw new Error(`${path} has no link like ${link}.`);
    return found;
  };
  const admin = await stage.desk('admin');
  const id = '([0-9a-f-]{36})';
  return {
    draft,
    dossier: filed.id,
    name: filed.name,
    code: filed.code,
    organisation: await lastOf(applicant, '/my/organisations', new RegExp(`/my/organisations/${id}`)),
    authority: await lastOf(admin, '/office/administration/authorities', new RegExp(`/authorities/${id}`)),
    official: await lastOf(admin, '/office/administration', new RegExp(`/officials/${id}`)),
    payment: filed.payment,
    mail: await lastOf(applicant, '/demo/mailbox', /\/demo\/mailbox\/([^/?#]+)/),
  };
}

async function look(page: Page, state: State, made: Made, locale: Locale, what: string): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 900 });
  const answer = await page.goto(inLocale(locale, state.path(made)));
  expect(answer?.status(), what).toBe(state.status ?? 200);
  await expect(page.locator('h1'), what).toHaveCount(1);
  await expect(page.locator('html')).toHaveAttribute('lang', locale);
  await state.act?.(page);
  await test.step(what, async () => {
    if (full || locale === 'vi') await expectAccessibleIn(page, { colorScheme: 'light' });
    for (const width of [...widths].reverse()) await expectToFit(page, width, what);
    await page.setViewportSize({ width: 320, height: 800 });
    await expectThumbSized(page, what);
    if (full || locale === 'en') await expectAccessibleIn(page, { colorScheme: 'dark' });
    if (!full) return;
    await expectAccessibleIn(page, { colorScheme: 'light' });
    await expectAccessibleIn(page, { colorScheme: 'dark', contrast: 'more' });
    await expectAccessibleIn(page, { colorScheme: 'light', contrast: 'more' });
    await expectAccessibleIn(page, { colorScheme: 'light', forcedColors: 'active' });
  });
}

const nothing: Made = {
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
  test(`every ${group} is accessible and fits in all its states, light and dark, in both languages`, async ({
    account,
    openWindow,
    artifacts,
  }) => {
    const stage = stageOf({ account, openWindow, artifacts }, 'vi', []);
    const visitor = await openWindow();
    const made = has('visitor') ? nothing : await prepare(stage);
    const existing = routes();
    const faults: string[] = [];
    for (const [route, states] of Object.entries(pages).filter(([each]) => existing.includes(each)))
      for (const [name, state] of Object.entries(states).filter(([, each]) => has(each.who))) {
        const page = state.who === 'visitor' ? visitor : await stage.desk(state.who);
        for (const locale of ['vi', 'en'] as const) {
          const what = `${route} ${name} as ${state.who} (${locale})`;
          // one page with a fault does not hide those after it
          await look(page, state, made, locale, what).catch((error: Error) => {
            faults.push(`${what}: ${error.message}`);
          });
        }
      }
    expect(faults).toEqual([]);
    if (has('officer')) await expectSheets(stage, made, visitor);
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
