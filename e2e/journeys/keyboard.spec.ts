import type { Locator, Page } from '@playwright/test';
import { pdfFile } from '../files.ts';
import { expect, test } from '../fixtures.ts';
import { type Answers, shortAnswers } from '../pharmacy/answers.ts';
import { openPageId } from '../pharmacy/question-page.ts';
import { type Stage, stageOf } from '../pharmacy/stage.ts';
import { form, procedure } from '../texts.ts';

test.describe.configure({ timeout: 300_000 });

/** Presses Tab until the focus is where it is wanted, and sees that it shows. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted).toBeVisible();
  for (let presses = 0; presses < 80; presses++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) {
      await expect(wanted).toBeInViewport();
      const outline = await wanted.evaluate((element) => getComputedStyle(element).outlineStyle);
      expect(outline, 'the focus shows').not.toBe('none');
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error('Tab does not lead there.');
}

async function press(page: Page, wanted: Locator): Promise<void> {
  await tabTo(page, wanted);
  await page.keyboard.press('Enter');
}

async function type(page: Page, wanted: Locator, text: string): Promise<void> {
  await tabTo(page, wanted);
  await page.keyboard.insertText(text);
}

/** Tab reaches the chosen or the first of a group; the arrows choose. */
async function choose(page: Page, group: Locator, wanted: Locator): Promise<void> {
  const radios = group.getByRole('radio');
  const chosen = group.getByRole('radio', { checked: true });
  await tabTo(page, (await chosen.count()) > 0 ? chosen : radios.first());
  await page.keyboard.press('Space');
  for (let presses = 0; presses < 10 && !(await wanted.isChecked()); presses++) await page.keyboard.press('ArrowDown');
  await expect(wanted).toBeChecked();
}

/** The arrow keys go down a list until the words are chosen. */
async function pick(page: Page, list: Locator, words: string): Promise<void> {
  await expect(list.getByRole('option', { name: words, exact: true })).toBeAttached();
  await tabTo(page, list);
  const chosen = () => list.evaluate((element) => (element as HTMLSelectElement).selectedOptions[0]?.label);
  for (let presses = 0; presses < 40 && (await chosen()) !== words; presses++) await page.keyboard.press('ArrowDown');
  expect(await chosen()).toBe(words);
}

/** Answers the questions of the page that is open. */
async function answer({ t, locale }: Stage, page: Page, answers: Answers): Promise<void> {
  const main = page.locator('main');
  for (const path of form.pages.find((one) => one.id === openPageId(page))!.fields) {
    const value = answers[path];
    const { label, control, options } = form.fields[path]!;
    if (value === undefined) continue;
    const group = main.getByRole('group', { name: label[locale] });
    const words =
      typeof value === 'boolean'
        ? t(value ? 'dossiers.form.yes' : 'dossiers.form.no')
        : (options?.find((one) => one.value === value)?.label[locale] ?? String(value));
    if (control === 'radio' || control === 'yesNo') {
      await choose(page, group, group.getByRole('radio', { name: words, exact: true }));
    } else if (control === 'province' || control === 'ward') {
      await pick(page, main.getByLabel(label[locale], { exact: true }), words);
    } else {
      await type(page, main.getByLabel(label[locale], { exact: true }), words);
    }
  }
}

test('a dossier is begun, answered and given its first paper with the keyboard alone', async ({
  account,
  openWindow,
  artifacts,
}) => {
  const stage = stageOf({ account, openWindow, artifacts }, 'vi', []);
  const { t, at } = stage;
  const page = await openWindow();
  const { email, password } = await account('business');
  const answers = shortAnswers('Quầy thuốc Bàn Phím');
  const application = procedure.papers.find((paper) => paper.key === 'application')!.title.vi;

  await page.goto(at('/procedures/pharmacy-eligibility'));
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: t('ui.skip') })).toBeFocused();
  await page.keyboard.press('Enter');
  await press(page, page.getByRole('link', { name: t('public.procedure.start') }));
  await type(page, page.getByLabel(t('identity.fields.email'), { exact: true }), email);
  await type(page, page.getByLabel(t('identity.fields.password'), { exact: true }), password);
  await page.keyboard.press('Enter');
  await press(page, page.getByRole('button', { name: t('dossiers.start.begin') }));
  await press(page, page.getByRole('link', { name: t('dossiers.draft.continue') }));
  await page.waitForURL(/\/questions\//);

  while (openPageId(page) !== 'facility-location') {
    const before = page.url();
    await answer(stage, page, answers);
    await press(page, page.getByRole('button', { name: t('dossiers.question.continue') }));
    await page.waitForURL((url) => url.href !== before);
  }

  await press(page, page.locator('nav').getByRole('link', { name: String(answers['facility.name']) }));
  await press(page, page.getByRole('link', { name: application }));
  const input = page.locator('main input[type=file]');
  await tabTo(page, input);
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')]);
  await chooser.setFiles(await pdfFile('don.pdf', 'Application by keyboard'));
  await press(page, page.getByRole('button', { name: t('dossiers.paper.upload'), exact: true }));
  await expect(page.getByRole('link', { name: 'don.pdf' })).toBeVisible();
});
