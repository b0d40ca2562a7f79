import { randomInt, randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { pdfFile } from '../files.ts';
import { expect, openLatestMail, signIn, test } from '../fixtures.ts';
import { fullAnswers, shortAnswers } from '../pharmacy/answers.ts';
import { collectAndRate, downloadResult, downloadSlip, openRequest } from '../pharmacy/applicant.ts';
import { answerAll, declareAndFile, handInPapers, pay, startDraft } from '../pharmacy/filing.ts';
import { assess, draftResult, receive, requestSupplement, sign } from '../pharmacy/office.ts';
import { findProcedure, followGuide, track } from '../pharmacy/public.ts';
import { download, reloadUntil, type Stage, stageOf } from '../pharmacy/stage.ts';
import { form, procedure } from '../texts.ts';

test.use({ expectedErrors: [/status of 40[34] /] });
test.describe.configure({ timeout: 600_000 });

const password = 'ba con meo ngu trua';

/** An account of one's own, its address confirmed through the mail, and a business. */
async function signUp({ t, at }: Stage, page: Page, business: string): Promise<void> {
  const email = `khong-script-${Date.now().toString(36)}@example.vn`;
  const field = (name: string) => page.getByLabel(t(`identity.fields.${name}`), { exact: true });
  await page.goto(at('/sign-up'));
  await page.getByRole('button', { name: t('identity.signUp.submit') }).click();
  await expect(page.getByRole('alert')).toContainText(t('ui.client.problem'));
  await page.getByRole('radio', { name: t('identity.signUp.business'), exact: true }).check();
  await field('name').fill('Nguyễn Thị Không Tập Lệnh');
  await field('email').fill(email);
  await field('password').fill(password);
  await page.getByRole('button', { name: t('identity.signUp.submit') }).click();
  await expect(page.getByRole('heading', { level: 1, name: t('identity.signUp.sentTitle') })).toBeVisible();

  await openLatestMail(page, email);
  await page.getByRole('link', { name: /confirm-email/ }).click();
  await page.getByRole('button', { name: t('identity.confirm.submit') }).click();
  await expect(page.getByText(t('identity.signIn.notices.confirmed'))).toBeVisible();
  await field('email').fill(email);
  await field('password').fill(password);
  await page.getByRole('button', { name: t('identity.signIn.submit'), exact: true }).click();
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));

  await page.goto(at('/my/organisations/new'));
  await field('province').selectOption({ label: 'Thành phố Hà Nội' });
  await page.getByRole('button', { name: t('identity.organisations.continue') }).click();
  await field('taxCode').fill(String(randomInt(1_000_000_000, 9_999_999_999)));
  await field('businessName').fill(business);
  await field('representativeName').fill('Nguyễn Thị Không Tập Lệnh');
  await field('address').fill('12 phố Hàng Trống');
  await page.getByRole('button', { name: t('identity.organisations.save') }).click();
  await expect(page.getByText(t('identity.organisations.chosen', { name: business }))).toBeVisible();
}

test('an applicant whose browser runs no script goes all the way, from signing up to the result', async ({
  account,
  openWindow,
  artifacts,
}) => {
  const stage = stageOf({ account, openWindow, artifacts }, 'vi', [], false);
  const { t, at, locale } = stage;
  const run = Date.now().toString(36);
  const business = `Công ty Không Tập Lệnh ${run}`;
  const answers = shortAnswers(`Quầy thuốc Không Tập Lệnh ${run}`);
  const name = String(answers['facility.name']);
  const page = await openWindow({ javaScriptEnabled: false });
  stage.seat('business', page);
  let id = '';
  let dossier = { id, name, code: '', secret: '' };

  await test.step('signs up, confirms, enters a business', () => signUp(stage, page, business));

  await test.step('finds the procedure, follows the guide, begins', async () => {
    await findProcedure(stage, page);
    expect(await page.evaluate(() => 'TURBOPACK' in globalThis), 'scripts run').toBe(false);
    await followGuide(stage, page, fullAnswers(name));
    await page.goto(at('/procedures/pharmacy-eligibility'));
    await page.getByRole('link', { name: t('public.procedure.start') }).click();
    id = await startDraft(stage, page, business);
  });

  await test.step('answers, hands in papers, checks, files', async () => {
    await page.getByRole('link', { name: t('dossiers.draft.continue') }).click();
    await answerAll(stage, page, answers);
    await handInPapers(stage, page, id);
    await page.goto(at(`/my/dossiers/${id}`));
    await page.getByRole('link', { name: t('dossiers.draft.check') }).click();
    await page.getByRole('button', { name: t('dossiers.check.fileAndPay') }).click();
    await expect(page.getByRole('alert')).toContainText(t('dossiers.errors.declarationMissing'));
    dossier = { id, name, ...(await declareAndFile(stage, page)) };
  });

  await test.step('pays, keeps the receipt and slip 01, follows the dossier by its code', async () => {
    await pay(stage, page);
    const receipt = page.getByRole('link', { name: /\d{7}\/\d{4}/ });
    await reloadUntil(page, at(`/my/dossiers/${id}`), async () => {
      await expect(receipt).toBeVisible({ timeout: 2000 });
    });
    expect((await download(page, receipt)).subarray(0, 5).toString('latin1')).toBe('%PDF-');
    await receive(stage, dossier);
    await downloadSlip(stage, page, dossier, '01');
    await track(stage, page, dossier, 'inProcessing');
  });

  await test.step('answers a supplement request', async () => {
    const paper = procedure.papers.find((each) => each.key === 'application')!.title[locale];
    const question = form.fields['facility.phone']!.label[locale];
    await requestSupplement(stage, dossier, { paper, question });
    await downloadSlip(stage, page, dossier, '02');
    await openRequest(stage, dossier, 'supplement');
    const section = page.getByRole('region', { name: paper });
    const empty = { name: 'trong.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) };
    await section.locator('input[type=file]').setInputFiles(empty);
    await section.getByRole('button', { name: t('ui.client.upload'), exact: true }).click();
    await expect(section).toContainText(t('uploads.errors.empty', { name: empty.name }));
    await section.locator('input[type=file]').setInputFiles(await pdfFile('don-co-chu-ky.pdf', `signed ${id}`));
    await section.getByRole('button', { name: t('ui.client.upload'), exact: true }).click();
    await expect(page.getByRole('link', { name: 'don-co-chu-ky.pdf' })).toBeVisible();
    await page.getByLabel(question, { exact: true }).fill('0912 345 678');
    await page.getByRole('button', { name: t('dossiers.request.send') }).click();
    await page.waitForURL(new RegExp(`/my/dossiers/${id}$`));
  });

  await test.step('gets the result, confirms it, says how satisfied', async () => {
    await assess(stage, dossier, 'reject', 'Chứng chỉ hành nghề không phù hợp loại hình.');
    await draftResult(stage, dossier, 'refusal', 'Chứng chỉ hành nghề không phù hợp với loại hình quầy thuốc.');
    await sign(stage, dossier, 'initial');
    await sign(stage, dossier, 'approve');
    await sign(stage, dossier, 'issue');
    await downloadResult(stage, page, dossier, 'refusal');
    await collectAndRate(stage, page);
  });

  await test.step('reads in both languages what is not there and what is not allowed', async () => {
    for (const path of [`/my/dossiers/${randomUUID()}`, '/procedures/khong-co', '/khong-co-trang-nay']) {
      const answer = await page.goto(at(path));
      expect(answer?.status(), path).toBe(404);
      await expect(page.getByRole('heading', { name: t('fault.notFound.title') }), path).toBeVisible();
      await expect(page.getByRole('link', { name: t('fault.contact') }).first()).toBeVisible();
    }
    const refused = await page.goto(at('/office'));
    expect(refused?.status()).toBe(403);
    await expect(page.getByRole('heading', { name: t('fault.forbidden.title') })).toBeVisible();
  });
});

test('a fee is paid without scripts: too little, untold, right, once more, and too late', async ({
  account,
  openWindow,
  artifacts,
}) => {
  const stage = stageOf({ account, openWindow, artifacts }, 'vi', [], false);
  const { t, at } = stage;
  const page = await openWindow({ javaScriptEnabled: false });
  await signIn(page, await account('business'));
  /** Files with a name of its own, and is on the page that asks for the fee. */
  const filed = async (name: string) => {
    await page.goto(at('/procedures/pharmacy-eligibility'));
    await page.getByRole('link', { name: t('public.procedure.start') }).click();
    const id = await startDraft(stage, page);
    await page.getByRole('link', { name: t('dossiers.draft.continue') }).click();
    await answerAll(stage, page, shortAnswers(`${name} ${Date.now().toString(36)}`));
    await handInPapers(stage, page, id);
    await page.goto(at(`/my/dossiers/${id}/check`));
    await declareAndFile(stage, page);
    await page.goto(at(`/my/dossiers/${id}`));
    return id;
  };
  const toBank = async () => {
    await page.getByRole('link', { name: t('payments.panel.demoBank') }).click();
    await page.waitForURL(/\/demo\/bank\//);
  };
  /** Presses a button of the bank; it says what became of the transfer, in words and in its history. */
  const transfer = async (how: 'payUnder' | 'payUntold' | 'payTwice', outcome: string) => {
    await page.getByRole('button', { name: t(`demo.bank.${how}`), exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: outcome })).toBeVisible();
  };
  const exact = page.getByRole('button', { name: new RegExp(`^${t('demo.bank.payExact', { amount: '' })}[\\d.]+`) });
  const money = page.getByRole('listitem').filter({ hasText: t('refunds.grounds.underpaid') });

  await test.step('too little pays nothing: the bank and the dossier say so, and the sum is still asked for', async () => {
    const id = await filed('Quầy thuốc Chuyển Thiếu');
    await expect(page.locator('noscript meta[http-equiv=refresh]'), 'the page looks again by itself').toHaveCount(1);
    await toBank();
    await transfer('payUnder', t('demo.bank.outcome.underpaid'));
    await page.getByRole('link', { name: t('demo.bank.cancel') }).click();
    await page.waitForURL(new RegExp(`/my/dossiers/${id}$`));
    await expect(page.getByText(t('refunds.short.title'))).toBeVisible();
    await expect(money).toBeVisible();
    await toBank();
    await transfer('payUntold', t('demo.bank.untold'));
    await page.getByRole('link', { name: t('demo.bank.cancel') }).click();
    await expect(page.getByRole('link', { name: t('payments.panel.demoBank') }), 'still owed').toBeVisible();
  });

  await test.step('the right sum pays, with a receipt; told twice it counts once', async () => {
    await toBank();
    await transfer('payTwice', t('demo.bank.outcome.settled'));
    await expect(page.getByRole('row').filter({ hasText: t('demo.bank.outcome.settled') })).toHaveCount(1);
    const bank = page.url();
    await page.getByRole('link', { name: t('demo.bank.backToDossier') }).click();
    await page.waitForURL(/\/my\/dossiers\//);
    const receipt = page.getByRole('link', { name: /\d{7}\/\d{4}/ });
    // where the receipt is still being made the page leads on without a script too
    const again = page.getByRole('link', { name: t('payments.panel.refresh') });
    await expect(async () => {
      if (!(await receipt.isVisible())) await again.click({ timeout: 2000 });
      await expect(receipt).toBeVisible({ timeout: 1000 });
    }).toPass({ timeout: 45_000 });
    expect((await download(page, receipt)).subarray(0, 5).toString('latin1')).toBe('%PDF-');
    // once more by mistake: the money goes back, the fee stays paid
    await page.goto(bank);
    await exact.click();
    await expect(page.getByRole('status').filter({ hasText: t('demo.bank.outcome.repeated') })).toBeVisible();
    await page.getByRole('link', { name: t('demo.bank.backToDossier') }).click();
    await expect(page.getByText(t('refunds.grounds.paidTwice'))).toBeVisible();
    await expect(receipt).toBeVisible();
  });

  await test.step('after the dossier was withdrawn the sum is owed no more, and what comes goes back', async () => {
    const id = await filed('Quầy thuốc Nộp Muộn');
    await toBank();
    const bank = page.url();
    await page.goto(at(`/my/dossiers/${id}/withdraw`));
    await page.getByLabel(t('dossiers.withdraw.reason')).fill('Đổi ý.');
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: t('dossiers.withdraw.confirm') }).click();
    await page.waitForURL(new RegExp(`/my/dossiers/${id}$`));
    await page.goto(bank);
    await exact.click();
    await expect(page.getByRole('status').filter({ hasText: t('demo.bank.outcome.late') })).toBeVisible();
    await page.getByRole('link', { name: t('demo.bank.backToDossier') }).click();
    await expect(page.getByText(t('refunds.grounds.late'))).toBeVisible();
  });
});
