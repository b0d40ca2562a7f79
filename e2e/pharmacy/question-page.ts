import type { Locator, Page } from '@playwright/test';
import { expect } from '../fixtures.ts';
import { form } from '../texts.ts';
import type { Answers } from './answers.ts';
import type { Stage } from './stage.ts';

const patternOf = (path: string) => path.replace(/\.\d+(?=\.|$)/g, '.*');

/** The id of the question page that is open. */
export const openPageId = (page: Page): string => new URL(page.url()).pathname.split('/').at(-1)!;

/** Goes on, and waits for the page after this one. */
export async function saveAndContinue({ t }: Stage, page: Page): Promise<void> {
  const before = page.url();
  await page.getByRole('button', { name: t('dossiers.question.continue') }).click();
  await page.waitForURL((url) => url.href !== before);
}

/** Answers every question of the page that is open, as a person does: by its words. */
export async function answerPage(stage: Stage, page: Page, answers: Answers): Promise<void> {
  const definition = form.pages.find((each) => each.id === openPageId(page));
  if (!definition) throw new Error(`No question page: ${page.url()}`);
  if (definition.repeat) return answerGroups(stage, page, definition.repeat, answers);
  for (const path of definition.fields) {
    const value = answers[path];
    if (value === undefined) continue;
    await openQuestion(stage, page, page.locator('main'), path);
    await answerField(stage, page.locator('main'), path, value);
  }
}

/**
 * A question that hangs on another of its page comes up when that one is sent; without script so do the wards of a
 * province.
 */
async function openQuestion({ t, locale, script }: Stage, page: Page, within: Locator, path: string): Promise<void> {
  const field = form.fields[patternOf(path)]!;
  const label = field.label[locale];
  if (!script && field.control === 'ward') {
    const wards = within.getByLabel(label, { exact: true }).getByRole('option');
    if ((await wards.count()) > 1) return;
    await page.getByRole('button', { name: t('dossiers.question.continue') }).click();
    await expect(wards).not.toHaveCount(1);
    return;
  }
  if (field.when === undefined) return;
  const question = within
    .getByRole('group', { name: label })
    .or(within.getByLabel(label, { exact: true }))
    .first();
  if (await question.isVisible()) return;
  await page.getByRole('button', { name: t('dossiers.question.continue') }).click();
  await expect(question).toBeVisible();
}

/** One group after the other, each added with the button of the page. */
async function answerGroups(
  stage: Stage,
  page: Page,
  repeat: { path: string; item: Record<string, string>; add: Record<string, string> },
  answers: Answers,
): Promise<void> {
  const { locale } = stage;
  const paths = Object.keys(answers).filter((path) => path.startsWith(`${repeat.path}.`));
  const count = new Set(paths.map((path) => path.split('.')[1])).size;
  for (let index = 0; index < count; index++) {
    const group = page.getByRole('group', { name: `${repeat.item[locale]} ${index + 1}` });
    if (index > 0) await page.getByRole('button', { name: repeat.add[locale]! }).click();
    await expect(group).toBeVisible();
    for (const path of paths.filter((each) => each.startsWith(`${repeat.path}.${index}.`))) {
      await openQuestion(stage, page, group, path);
      await answerField(stage, group, path, answers[path]!);
    }
  }
}

/** Types, ticks or chooses one answer by the question's words. */
export async function answerField(
  { t, locale }: Stage,
  within: Locator,
  path: string,
  value: string | boolean | string[],
): Promise<void> {
  const field = form.fields[patternOf(path)];
  if (!field) throw new Error(`No question: ${path}`);
  const label = field.label[locale];
  const words = (option: string) => field.options?.find((each) => each.value === option)?.label[locale] ?? option;
  const group = within.getByRole('group', { name: label });
  if (typeof value === 'boolean') {
    await group.getByRole('radio', { name: t(value ? 'dossiers.form.yes' : 'dossiers.form.no'), exact: true }).check();
  } else if (Array.isArray(value)) {
    for (const option of value) await group.getByRole('checkbox', { name: words(option), exact: true }).check();
  } else if (field.control === 'radio') {
    await group.getByRole('radio', { name: words(value), exact: true }).check();
  } else if (field.control === 'date') {
    await typeDate({ t }, group, value);
  } else if (['select', 'province', 'ward'].includes(field.control)) {
    const list = within.getByLabel(label, { exact: true });
    await expect(list.getByRole('option', { name: words(value), exact: true })).toBeAttached();
    await list.selectOption({ label: words(value) });
  } else {
    await within.getByLabel(label, { exact: true }).fill(value);
  }
}

/** A date, `yyyy-mm-dd`, in its three inputs. */
export async function typeDate({ t }: Pick<Stage, 't'>, group: Locator, date: string): Promise<void> {
  const [year = '', month = '', day = ''] = date.split('-');
  await group.getByLabel(t('ui.client.day'), { exact: true }).fill(String(Number(day)));
  await group.getByLabel(t('ui.client.month'), { exact: true }).fill(String(Number(month)));
  await group.getByLabel(t('ui.client.year'), { exact: true }).fill(year);
}
