import type { Locator, Page } from '@playwright/test';
import { pdfFile } from '../files.ts';
import { expect, test } from '../fixtures.ts';
import { choose, expectOrderSeen, pick, press, tabTo, type } from '../keyboard.ts';
import { type Answers, shortAnswers } from '../pharmacy/answers.ts';
import { openPageId } from '../pharmacy/question-page.ts';
import { type Stage, stageOf } from '../pharmacy/stage.ts';
import { form, procedure } from '../texts.ts';

test.describe.configure({ timeout: 600_000 });

/** Answers the questions of the page that is open, the first of a group of several. */
async function answer(stage: Stage, page: Page, answers: Answers): Promise<void> {
  const main = page.locator('main');
  const { fields, repeat } = form.pages.find((one) => one.id === openPageId(page))!;
  const paths = repeat ? Object.keys(answers).filter((path) => path.startsWith(`${repeat.path}.0.`)) : fields;
  for (const path of paths) if (answers[path] !== undefined) await answerOne(stage, page, main, path, answers[path]);
}

async function answerOne({ t, locale }: Stage, page: Page, main: Locator, path: string, value: Answers[string]) {
  const { label, control, options } = form.fields[path.replace('.0.', '.*.')]!;
  const group = main.getByRole('group', { name: label[locale] });
  const input = main.getByLabel(label[locale], { exact: true });
  const words = (one: string) => options?.find((option) => option.value === one)?.label[locale] ?? one;
  if (typeof value === 'boolean') {
    const name = t(value ? 'dossiers.form.yes' : 'dossiers.form.no');
    await choose(page, group, group.getByRole('radio', { name, exact: true }));
  } else if (Array.isArray(value)) {
    for (const one of value) {
      await tabTo(page, group.getByRole('checkbox', { name: words(one), exact: true }));
      await page.keyboard.press('Space');
    }
  } else if (control === 'radio') {
    await choose(page, group, group.getByRole('radio', { name: words(value), exact: true }));
  } else if (['select', 'province', 'ward'].includes(control)) {
    await pick(page, input, words(value));
  } else if (control === 'date') {
    const parts = { year: value.slice(0, 4), month: value.slice(5, 7), day: value.slice(8) };
    for (const part of ['day', 'month', 'year'] as const)
      await type(page, group.getByLabel(t(`ui.client.${part}`), { exact: true }), parts[part]);
  } else {
    await type(page, input, words(value));
  }
}

test('a dossier is begun, answered, given its papers, checked, filed and paid with the keyboard alone', async ({
  account,
  openWindow,
  artifacts,
}) => {
  const stage = stageOf({ account, openWindow, artifacts }, 'vi', []);
  const { t, at, locale } = stage;
  const page = await openWindow();
  // listened for all the while: switched on for one press only, the chooser of that press may be missed
  page.on('filechooser', () => {});
  const { email, password } = await account('business');
  const answers = shortAnswers(`Quầy thuốc Bàn Phím ${Date.now().toString(36)}`);

  await test.step('signs in on the way and begins', async () => {
    await page.goto(at('/procedures/pharmacy-eligibility'));
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: t('ui.skip') })).toBeFocused();
    await page.keyboard.press('Enter');
    await press(page, page.getByRole('link', { name: t('public.procedure.start') }));
    await type(page, page.getByLabel(t('identity.fields.email'), { exact: true }), email);
    await type(page, page.getByLabel(t('identity.fields.password'), { exact: true }), password);
    await page.keyboard.press('Enter');
    await press(page, page.getByRole('button', { name: t('dossiers.start.begin') }));
    // the page of the draft, not the one that was left
    await expect(page.getByRole('link', { name: t('dossiers.draft.continue') })).toBeVisible();
    await expectOrderSeen(page);
    await press(page, page.getByRole('link', { name: t('dossiers.draft.continue') }));
    await page.waitForURL(/\/questions\//);
  });

  await test.step('answers every question page', async () => {
    while (page.url().includes('/questions/')) {
      const before = page.url();
      await answer(stage, page, answers);
      if (openPageId(page) === 'facility-address') await expectOrderSeen(page);
      await press(page, page.getByRole('button', { name: t('dossiers.question.continue') }));
      await page.waitForURL((url) => url.href !== before);
    }
  });

  await test.step('hands in every paper', async () => {
    await press(page, page.getByRole('link', { name: t('dossiers.draft.continue') }));
    await page.waitForURL(/\/papers\//);
    while (page.url().includes('/papers/')) {
      const key = openPageId(page);
      const { title } = procedure.papers.find((paper) => paper.key === key)!;
      await expect(page.getByRole('heading', { level: 1, name: title[locale] })).toBeVisible();
      await tabTo(page, page.locator('main input[type=file]'));
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')]);
      // a name that nothing in the vault has
      const name = `${key}-${Date.now()}.pdf`;
      await chooser.setFiles(await pdfFile(name, `${name} by keyboard`));
      await press(page, page.getByRole('button', { name: t('dossiers.paper.upload'), exact: true }));
      await expect(page.getByRole('link', { name })).toBeVisible();
      const next = page.getByRole('link', { name: t('dossiers.paper.next') });
      await press(page, (await next.count()) > 0 ? next : page.getByRole('link', { name: t('dossiers.paper.back') }));
      await page.waitForURL((url) => !url.pathname.endsWith(`/${key}`));
    }
  });

  await test.step('checks, is told what is missing, declares and files', async () => {
    await press(page, page.getByRole('link', { name: t('dossiers.draft.check') }));
    const file = page.getByRole('button', { name: t('dossiers.check.fileAndPay') });
    await press(page, file);
    const summary = page.getByRole('alert').filter({ hasText: t('ui.client.problem') });
    await expect(summary).toBeFocused();
    await press(page, summary.getByRole('link'));
    await expect(page.getByRole('checkbox', { name: t('dossiers.check.declare') })).toBeFocused();
    await page.keyboard.press('Space');
    await press(page, file);
    await expect(page.getByRole('heading', { level: 1, name: t('dossiers.filed.title') })).toBeVisible();
  });

  await test.step('pays at the bank and is back at the dossier', async () => {
    await expectOrderSeen(page);
    await press(page, page.getByRole('link', { name: t('payments.panel.demoBank') }));
    await press(
      page,
      page.getByRole('button', { name: new RegExp(`^${t('demo.bank.payExact', { amount: '' })}[\\d.]+`) }),
    );
    await expect(page.getByText(t('demo.bank.sent'))).toBeVisible();
    await press(page, page.getByRole('link', { name: t('demo.bank.backToDossier') }));
    await page.waitForURL(/\/my\/dossiers\//);
    await expectOrderSeen(page);
  });
});
