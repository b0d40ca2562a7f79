import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { shortAnswers } from '../pharmacy/answers.ts';
import { fileAndPay } from '../pharmacy/filing.ts';
import { receive } from '../pharmacy/office.ts';
import { download, reloadUntil, stageOf } from '../pharmacy/stage.ts';

test.describe.configure({ timeout: 600_000 });
test.use({ expectedErrors: [/status of 40[34] /] });

test('a fee goes back: an official proposes, the leader decides, the bank sends, and everybody reads the same', async ({
  account,
  openWindow,
  artifacts,
}, info) => {
  const stage = stageOf({ account, openWindow, artifacts }, 'vi', [
    'office-propose-refund',
    'refund-proposed',
    'refund-sent',
    'my-dossier-refunded',
    'my-payments-refunded',
  ]);
  const { t, at, look } = stage;
  const applicant = await stage.desk('business');
  const dossier = await fileAndPay(stage, applicant, shortAnswers(`Quầy thuốc Hoàn Phí ${Date.now().toString(36)}`));
  await receive(stage, dossier);
  const reason = 'Thu nhầm mức phí.';
  const whole = '500.000';
  const officer = await stage.desk('one-stop');
  const propose = async (amount: string) => {
    const form = officer.getByRole('form', { name: t('refunds.propose') });
    if (!(await form.isVisible())) await officer.getByText(t('refunds.propose'), { exact: true }).first().click();
    await form.getByLabel(t('refunds.amount')).fill(amount);
    await form.getByLabel(t('refunds.reason')).fill(reason);
    await form.getByRole('button', { name: t('refunds.propose') }).click();
  };
  const problem = (page: Page) => page.getByRole('alert').filter({ hasText: t('ui.client.problem') });

  await test.step('an official proposes: never more than came in, and not decided by whoever proposed', async () => {
    await officer.goto(at(`/office/dossiers/${dossier.id}`));
    await officer.getByText(t('refunds.propose'), { exact: true }).first().click();
    await look(officer, 'office-propose-refund');
    await propose('500.001');
    await expect(problem(officer)).toContainText(whole);
    await propose(whole);
    await officer.waitForURL(/\/office\/payments\/refunds\//);
    await expect(officer.getByText(t('refunds.states.proposed'), { exact: true })).toBeVisible();
    await expect(officer.getByRole('button', { name: t('refunds.decline') })).toHaveCount(0);
    await look(officer, 'refund-proposed');
    await reloadUntil(applicant, at(`/my/dossiers/${dossier.id}`), async () => {
      await expect(applicant.getByText(t('refunds.states.proposed'), { exact: true })).toBeVisible({ timeout: 2000 });
    });
    await expect(applicant.getByText(reason), 'the reason is for officials').toHaveCount(0);
  });

  const sentAt = new RegExp(t('refunds.sentLine', { date: '.*', reference: '(\\S+)' }));
  let reference = '';
  await test.step('the leader decides, the bank sends it and names its transfer', async () => {
    const leader = await stage.desk('leader');
    await leader.goto(at('/office/payments/refunds'));
    await leader.getByRole('row').filter({ hasText: dossier.code }).getByRole('link').first().click();
    await leader.getByRole('button', { name: new RegExp(`^${t('refunds.approve', { amount: '' }).trim()}`) }).click();
    await expect(leader.getByText(t('refunds.done.approved'))).toBeVisible();
    await reloadUntil(leader, officer.url(), async () => {
      await expect(leader.getByText(t('refunds.states.sent'), { exact: true })).toBeVisible({ timeout: 2000 });
    });
    await look(leader, 'refund-sent');
    await leader.goto(at(`/office/dossiers/${dossier.id}`));
    reference = sentAt.exec((await leader.getByText(sentAt).first().textContent()) ?? '')?.[1] ?? '';
    expect(reference).toMatch(/^FT/);
  });

  await test.step('the applicant reads it on the page, in the list, in the notices and in the PDF', async () => {
    await applicant.goto(at(`/my/dossiers/${dossier.id}`));
    await expect(applicant.getByText(t('refunds.states.sent'), { exact: true })).toBeVisible();
    await expect(applicant.getByText(reference)).toBeVisible();
    await look(applicant, 'my-dossier-refunded');
    const receipt = applicant.getByRole('link', { name: /\d{7}\/\d{4}/ });
    const path = info.outputPath('receipt.pdf');
    await expect(async () => {
      await applicant.reload();
      await writeFile(path, await download(applicant, receipt));
      const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }).normalize('NFC');
      expect(text.replace(/\s+/g, ' ')).toContain(`mã giao dịch ${reference}`);
    }).toPass({ timeout: 45_000 });
    await applicant.goto(at('/my/payments'));
    const row = applicant.getByRole('row').filter({ hasText: dossier.code });
    await expect(row).toContainText(t('payments.status.refunded'));
    await look(applicant, 'my-payments-refunded');
    await applicant.goto(at('/my/notifications'));
    await expect(applicant.getByRole('main')).toContainText(dossier.code);
    await officer.goto(at(`/office/dossiers/${dossier.id}`));
    await expect(officer.getByText(t('payments.status.refunded'), { exact: true }).first()).toBeVisible();
  });
});
