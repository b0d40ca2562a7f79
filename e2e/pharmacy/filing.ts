import type { Locator, Page } from '@playwright/test';
import { type PickedFile, pdfFile, pngFile } from '../files.ts';
import { expect } from '../fixtures.ts';
import { procedure } from '../texts.ts';
import type { Answers } from './answers.ts';
import { answerPage, openPageId, saveAndContinue } from './question-page.ts';
import type { Stage } from './stage.ts';

/** A filed dossier, as its applicant knows it. */
export interface Filed {
  id: string;
  code: string;
  secret: string;
  name: string;
}

/** A new draft for a business, by default that of the demo account, on the page that asks for whom one files. */
export async function startDraft({ t, account }: Stage, page: Page, business?: string): Promise<string> {
  const organisation = business ?? (await account('business')).organisation!;
  await page.getByRole('radio', { name: organisation, exact: true }).check();
  await page.getByRole('button', { name: t('dossiers.start.begin') }).click();
  await page.waitForURL(/\/my\/dossiers\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname.split('/').at(-1)!;
}

/**
 * Answers page after page until the task list is back, or the page `until` is open. `each` is called on every page that
 * is answered, before it is sent. Returns the pages answered.
 */
export async function answerAll(
  stage: Stage,
  page: Page,
  answers: Answers,
  { until, each = async () => {} }: { until?: string; each?: (pageId: string) => Promise<void> } = {},
): Promise<string[]> {
  const asked: string[] = [];
  while (page.url().includes('/questions/')) {
    const id = openPageId(page);
    if (id === until) break;
    if (asked.includes(id)) throw new Error(`The page ${id} is asked twice.`);
    asked.push(id);
    await answerPage(stage, page, answers);
    await each(id);
    await saveAndContinue(stage, page);
  }
  return asked;
}

/** Hands in one file on the page of a paper that is open. */
export async function upload({ t }: Stage, page: Page, file: PickedFile): Promise<void> {
  await page.locator('main input[type=file]').setInputFiles(file);
  await page.getByRole('button', { name: t('dossiers.paper.upload'), exact: true }).click();
}

/** Among the files of the paper, not among those that are offered for it. */
export const handedIn = ({ t }: Stage, page: Page, name: string): Locator =>
  page.getByRole('form', { name: t('dossiers.paper.removeOf', { name }), exact: true });

/** From the task list through every paper that is asked for, and back. Returns the keys of the papers handed in. */
export async function handInPapers(
  stage: Stage,
  page: Page,
  dossierId: string,
  each: (key: string) => Promise<void> = async () => {},
): Promise<string[]> {
  const { t } = stage;
  await page.getByRole('link', { name: t('dossiers.draft.continue') }).click();
  const keys: string[] = [];
  while (page.url().includes('/papers/')) {
    const key = openPageId(page);
    const paper = procedure.papers.find((each) => each.key === key)!;
    if (keys.includes(key)) throw new Error(`The paper ${key} is asked twice.`);
    keys.push(key);
    await expect(page.getByRole('heading', { level: 1, name: paper.title[stage.locale] })).toBeVisible();
    await each(key);
    const file = paper.accepts.includes('png')
      ? pngFile(`${key}.png`, [240, 240 - keys.length, 235])
      : await pdfFile(`${key}.pdf`, `${key} ${dossierId}`);
    await upload(stage, page, file);
    await expect(handedIn(stage, page, file.name)).toBeVisible();
    const next = page.getByRole('link', { name: t('dossiers.paper.next') });
    // one of the two ends the page, which may still be coming
    await next.or(page.getByRole('link', { name: t('dossiers.paper.back') })).click();
    await page.waitForURL((url) => !url.pathname.endsWith(`/${key}`));
  }
  return keys;
}

/** Declares and files from the page of answers; returns what the confirmation says. */
export async function declareAndFile({ t }: Stage, page: Page): Promise<{ code: string; secret: string }> {
  await page.getByRole('checkbox', { name: t('dossiers.check.declare') }).check();
  await page.getByRole('button', { name: t('dossiers.check.fileAndPay') }).click();
  await expect(page.getByRole('heading', { level: 1, name: t('dossiers.filed.title') })).toBeVisible();
  const text = (await page.locator('main').allInnerTexts()).join('\n');
  const code = /\b[\d.]+H26-\d{6}-\d{4,}\b/.exec(text)?.[0];
  const secret = text.split(t('dossiers.filed.secret'))[1]?.trim().split(/\s/)[0];
  if (!code || !secret) throw new Error(`The confirmation names no code and secret: ${text}`);
  return { code, secret };
}

/** Pays in full at the demo bank, from a page that asks for the fee, and comes back to the dossier. */
export async function pay(
  { t }: Stage,
  page: Page,
  look: (name: string) => Promise<void> = async () => {},
): Promise<{ reference: string }> {
  await page.getByRole('link', { name: t('payments.panel.demoBank') }).click();
  await page.waitForURL(/\/demo\/bank\//);
  const reference = new URL(page.url()).pathname.split('/').at(-1)!;
  await look('demo-bank');
  await page.getByRole('button', { name: new RegExp(`^${t('demo.bank.payExact', { amount: '' })}[\\d.]+`) }).click();
  await expect(page.getByText(t('demo.bank.sent'))).toBeVisible();
  await page.getByRole('link', { name: t('demo.bank.backToDossier') }).click();
  await page.waitForURL(/\/my\/dossiers\//);
  return { reference };
}

/** Files a dossier without looking left or right: for journeys that are about what comes after. */
export async function fileAndPay(stage: Stage, page: Page, answers: Answers): Promise<Filed & { payment: string }> {
  const { t } = stage;
  await page.goto(stage.at('/procedures/pharmacy-eligibility'));
  await page.getByRole('link', { name: t('public.procedure.start') }).click();
  const id = await startDraft(stage, page);
  await page.getByRole('link', { name: t('dossiers.draft.continue') }).click();
  await answerAll(stage, page, answers);
  await handInPapers(stage, page, id);
  await page.goto(stage.at(`/my/dossiers/${id}/check`));
  const filed = await declareAndFile(stage, page);
  const { reference } = await pay(stage, page);
  return { id, ...filed, name: String(answers['facility.name']), payment: reference };
}
