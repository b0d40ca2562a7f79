import type { Page } from '@playwright/test';
import { emptyFile, lockedPdfFile, wordFile } from '../files.ts';
import { expect } from '../fixtures.ts';
import { passSecondStep } from '../second-factor.ts';
import { form, procedure } from '../texts.ts';
import type { Answers } from './answers.ts';
import { type Filed, upload } from './filing.ts';
import { answerField } from './question-page.ts';
import { download, reloadUntil, type Stage } from './stage.ts';

/** Fills the page for signing in that is open, and waits for what comes after. */
export async function enter({ t, account, seat }: Stage, page: Page, role: string): Promise<void> {
  const { email, password, totpSecret } = await account(role);
  await page.getByLabel(t('identity.fields.email'), { exact: true }).fill(email);
  await page.getByLabel(t('identity.fields.password'), { exact: true }).fill(password);
  await page.getByRole('button', { name: t('identity.signIn.submit'), exact: true }).click();
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
  await passSecondStep(page, totpSecret);
  seat(role, page);
}

/** A pharmacist without a university degree is refused in the form's own words, and the page says where. */
export async function refuseWrongDegree(stage: Stage, page: Page): Promise<void> {
  const { t, locale } = stage;
  const problem = (form.fields['chief.qualification'] as unknown as { problem: Record<string, string> }).problem;
  await answerField(stage, page.locator('main'), 'chief.qualification', 'college');
  await page.getByRole('button', { name: t('dossiers.question.continue') }).click();
  const summary = page.getByRole('alert').filter({ hasText: t('ui.client.problem') });
  await expect(summary).toContainText(problem[locale]!);
  await expect(summary).toBeFocused();
  await stage.look(page, 'question-wrong-answer');
  await summary.getByRole('link', { name: problem[locale]! }).click();
  await answerField(stage, page.locator('main'), 'chief.qualification', 'university');
}

/** A file of another type, an empty one and a locked one: each is refused in words of its own. */
export async function refuseBadFiles(stage: Stage, page: Page, key: string): Promise<void> {
  const { t } = stage;
  const accepted = procedure.papers
    .find((paper) => paper.key === key)!
    .accepts.map((type) => type.toUpperCase())
    .join(', ');
  await upload(stage, page, wordFile('don.docx'));
  await expect(page.getByText(t('uploads.errors.archive', { name: 'don.docx', accepted }))).toBeVisible();
  await stage.look(page, 'paper-refused');
  await upload(stage, page, emptyFile('don.pdf'));
  await expect(page.getByText(t('uploads.errors.empty', { name: 'don.pdf' }))).toBeVisible();
  await upload(stage, page, await lockedPdfFile('don.pdf'));
  await expect(page.getByText(t('uploads.errors.encrypted', { name: 'don.pdf' }))).toBeVisible();
}

/** Changes one answer from the page of answers, and is back there. */
export async function changeAnswer(stage: Stage, page: Page, path: string, value: string): Promise<void> {
  const { t, locale } = stage;
  const label = form.fields[path]!.label[locale];
  await page.getByRole('link', { name: `${t('ui.answers.change')} ${label}`, exact: true }).click();
  await answerField(stage, page.locator('main'), path, value);
  await page.getByRole('button', { name: t('dossiers.question.saveAndReturn') }).click();
  await expect(page.getByRole('heading', { level: 1, name: t('dossiers.check.title') })).toBeVisible();
  await expect(page.getByText(value, { exact: true })).toBeVisible();
}

/** What is answered stands on the page of answers. */
export async function expectAnswers({ locale }: Stage, page: Page, answers: Answers, paths: string[]): Promise<void> {
  for (const path of paths) {
    const field = form.fields[path]!;
    const value = String(answers[path]);
    const words = field.options?.find((option) => option.value === value)?.label[locale] ?? value;
    await expect(page.getByText(words, { exact: true }).first()).toBeVisible();
  }
}

/** Downloads a slip as soon as it is in the dossier's timeline. */
export async function downloadSlip(
  stage: Stage,
  page: Page,
  dossier: Filed,
  slip: '01' | '02' | '03',
): Promise<Buffer> {
  const link = page.getByRole('link', { name: stage.t(`dossiers.slips.${slip}`) });
  await reloadUntil(page, stage.at(`/my/dossiers/${dossier.id}`), async () => {
    await expect(link).toBeVisible({ timeout: 2000 });
  });
  await stage.look(page, `my-dossier-slip-${slip}`);
  const bytes = await download(page, link);
  expect(bytes.subarray(0, 5).toString('latin1')).toBe('%PDF-');
  await stage.artifacts.save(`${stage.locale === 'vi' ? '' : `${stage.locale}-`}slip-${slip}.pdf`, bytes);
  return bytes;
}

/** The delivered result: its number as the page shows it, and its bytes. */
export async function downloadResult(
  stage: Stage,
  page: Page,
  dossier: Filed,
  kind: 'certificate' | 'refusal',
): Promise<{ number: string; bytes: Buffer }> {
  const { t } = stage;
  const card = page.locator('section').filter({ has: page.getByRole('heading', { name: t('dossiers.result.title') }) });
  await reloadUntil(page, stage.at(`/my/dossiers/${dossier.id}`), async () => {
    await expect(card.getByRole('button', { name: t('dossiers.result.collect') })).toBeVisible({ timeout: 2000 });
  });
  await stage.look(page, `my-dossier-${kind}`);
  const line = new RegExp(`${t('dossiers.result.number', { number: '' })}(\\S+)`);
  const number = line.exec((await card.allInnerTexts()).join(' '))?.[1];
  if (!number) throw new Error('The result shows no number.');
  const bytes = await download(page, card.getByRole('link', { name: t(`dossiers.outcomes.${kind}`) }));
  await stage.artifacts.save(`${stage.locale === 'vi' ? '' : `${stage.locale}-`}${kind}.pdf`, bytes);
  return { number, bytes };
}

/** Confirms the result and says how satisfied one is. */
export async function collectAndRate({ t }: Stage, page: Page): Promise<void> {
  await page.getByRole('button', { name: t('dossiers.result.collect') }).click();
  await expect(page.getByText(t('dossiers.states.returned'), { exact: true })).toBeVisible();
  const rating = page.getByRole('group', { name: t('dossiers.rating.title') });
  await rating.getByRole('radio', { name: t('dossiers.scores.very-satisfied'), exact: true }).check();
  await page.getByLabel(t('dossiers.rating.comment')).fill('Nhanh và rõ ràng.');
  await page.getByRole('button', { name: t('dossiers.rating.send') }).click();
  await expect(rating).toHaveCount(0);
}

/** The applicant's open request, from the dossier's page. */
export async function openRequest({ t, at, desk }: Stage, dossier: Filed, kind: 'supplement' | 'correction') {
  const page = await desk('business');
  const answer = page.getByRole('link', { name: t('dossiers.request.answer'), exact: true });
  await reloadUntil(page, at(`/my/dossiers/${dossier.id}`), async () => {
    await expect(answer).toBeVisible({ timeout: 2000 });
  });
  await answer.click();
  await expect(page.getByRole('heading', { level: 1, name: t(`dossiers.request.${kind}`) })).toBeVisible();
  return page;
}
