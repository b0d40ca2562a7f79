import type { Page } from '@playwright/test';
import { expect } from '../fixtures.ts';
import { form, procedure } from '../texts.ts';
import type { Answers } from './answers.ts';
import type { Filed } from './filing.ts';
import type { Stage } from './stage.ts';

/** From the home page to the start page of the procedure, with words typed without accents. */
export async function findProcedure(stage: Stage, page: Page): Promise<void> {
  const { t, at, locale } = stage;
  await page.goto(at('/'));
  await stage.look(page, 'home');
  await page.getByRole('searchbox', { name: t('home.searchLabel') }).fill('nha thuoc');
  await page.getByRole('button', { name: t('ui.search.button') }).click();
  const found = page.getByRole('link', { name: procedure.title[locale] });
  await expect(found).toBeVisible();
  await stage.look(page, 'procedures');
  await found.click();
  await expect(page.getByRole('heading', { level: 1, name: procedure.title[locale] })).toBeVisible();
  await expect(
    page.getByText(t('public.procedures.days', { days: procedure.limitDays }), { exact: true }),
  ).toBeVisible();
  await stage.look(page, 'procedure');
}

/** Answers the guide and reads which papers apply; ends at its result. */
export async function followGuide(stage: Stage, page: Page, answers: Answers): Promise<void> {
  const { t, locale } = stage;
  await page.getByRole('link', { name: t('public.procedure.guide') }).click();
  for (const [index, { field, question }] of procedure.guide.questions.entries()) {
    const group = page.getByRole('group', { name: question[locale] });
    await expect(group).toBeVisible();
    if (index === 0) await stage.look(page, 'guide-question');
    const value = answers[field]!;
    const words =
      typeof value === 'boolean'
        ? t(value ? 'dossiers.form.yes' : 'dossiers.form.no')
        : form.fields[field]!.options!.find((option) => option.value === value)!.label[locale];
    await group.getByRole('radio', { name: words, exact: true }).check();
    await page.getByRole('button', { name: t('public.guide.next') }).click();
  }
  await expect(page.getByRole('heading', { level: 1, name: t('public.guide.title') })).toBeVisible();
  for (const key of ['lease', 'cold-chain', 'controlled-drugs']) {
    const { title } = procedure.papers.find((paper) => paper.key === key)!;
    await expect(page.getByText(title[locale], { exact: true })).toBeVisible();
  }
  await stage.look(page, 'guide-result');
}

/** Asks with code and secret where the dossier stands: nothing personal is shown, and a wrong secret shows nothing. */
export async function track(stage: Stage, page: Page, dossier: Filed, state: string): Promise<void> {
  const { t, at } = stage;
  const ask = async (secret: string) => {
    await page.goto(at('/track'));
    await stage.look(page, 'track');
    await page.getByLabel(t('public.track.code'), { exact: true }).fill(dossier.code);
    await page.getByLabel(t('public.track.secret'), { exact: true }).fill(secret);
    await page.getByRole('button', { name: t('public.track.submit') }).click();
  };
  await ask('WRONG123');
  await expect(page.getByText(t('dossiers.errors.trackingPair'))).toBeVisible();
  await stage.look(page, 'track-wrong-secret');
  await ask(dossier.secret.toLowerCase());
  await expect(page.getByRole('heading', { level: 1, name: dossier.code })).toBeVisible();
  await expect(page.locator('main').getByText(t(`dossiers.states.${state}`), { exact: true })).toBeVisible();
  await expect(page.locator('main')).not.toContainText(dossier.name);
  await expect(page.locator('main')).not.toContainText((await stage.account('business')).organisation!);
  await stage.look(page, `track-${state}`);
}

/** Finds the pharmacy in the register, without accents, and opens it. */
export async function findInRegister(stage: Stage, page: Page, name: string): Promise<void> {
  const { t, at } = stage;
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D').toLowerCase();
  await page.goto(at('/registers/facilities'));
  await page.getByRole('searchbox', { name: t('facilities.list.q') }).fill(plain);
  await page.getByRole('button', { name: t('ui.filter.apply'), exact: true }).click();
  const found = page.getByRole('link', { name, exact: true });
  await expect(found).toBeVisible();
  await stage.look(page, 'register');
  await found.click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(page.locator('aside').getByText(t('facilities.status.inForce'))).toBeVisible();
  await expect(page.getByRole('table', { name: t('facilities.detail.staff.caption') })).toBeVisible();
  const history = page.getByRole('table', { name: t('facilities.detail.history') });
  await expect(history.getByRole('link').first()).toHaveAttribute('href', /\/verify\//);
  await stage.look(page, 'register-pharmacy');
}

/** Asks by number or verification code; the page of the document comes up. */
export async function verifyByWords(stage: Stage, page: Page, words: string, number: string): Promise<void> {
  const { t, at } = stage;
  await page.goto(at('/verify'));
  await stage.look(page, 'verify');
  await page.getByLabel(t('public.verify.code'), { exact: true }).fill(words);
  await page.getByRole('button', { name: t('public.verify.checkCode') }).click();
  await expect(page.getByRole('heading', { level: 1, name: number })).toBeVisible();
  await expect(page.getByText(t('public.verify.status.inForce')).first()).toBeVisible();
  await stage.look(page, 'verify-document');
}

/** Hands in a PDF and reads the verdict. */
export async function verifyFile(
  stage: Stage,
  page: Page,
  bytes: Buffer,
  outcome: 'valid' | 'validNoTerm' | 'altered',
): Promise<void> {
  const { t, at } = stage;
  await page.goto(at('/verify'));
  await page
    .getByLabel(t('public.verify.file'), { exact: true })
    .setInputFiles({ name: 'giay-to.pdf', mimeType: 'application/pdf', buffer: bytes });
  await page.getByRole('button', { name: t('public.verify.checkFile') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t(`public.verify.outcome.${outcome}`));
  await stage.look(page, `verify-${outcome}`);
}
