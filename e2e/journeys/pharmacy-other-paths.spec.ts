import { pdfFile } from '../files.ts';
import { expect, test } from '../fixtures.ts';
import { shortAnswers } from '../pharmacy/answers.ts';
import { downloadResult, downloadSlip, openRequest } from '../pharmacy/applicant.ts';
import { fileAndPay } from '../pharmacy/filing.ts';
import {
  assess,
  draftResult,
  expectBackAtDossier,
  expectPreview,
  openStep,
  planInspection,
  receive,
  requestSupplement,
  sign,
  writeMinutes,
} from '../pharmacy/office.ts';
import { track, verifyFile } from '../pharmacy/public.ts';
import { stageOf } from '../pharmacy/stage.ts';
import { form, procedure } from '../texts.ts';

test.describe.configure({ timeout: 600_000 });

/** The pages that the straight path does not come by. */
const own = [
  'refuse-receipt',
  'my-dossier-slip-03',
  'track-refusedAtReceipt',
  'assess-supplement',
  'my-dossier-slip-02',
  'request',
  'assess-diff',
  'correction',
  'recheck-minutes',
  'approve-return',
  'draft-returned',
  'my-clock-stops',
  'draft-refusal',
  'my-dossier-refusal',
  'verify-validNoTerm',
];

const named = (name: string) => shortAnswers(`${name} ${Date.now().toString(36)}`);

test('a dossier is refused at receipt, with form 03 and the reason', async ({ account, openWindow, artifacts }) => {
  const stage = stageOf({ account, openWindow, artifacts }, 'vi', own);
  const { t, look } = stage;
  const applicant = await stage.desk('business');
  const dossier = await fileAndPay(stage, applicant, named('Quầy thuốc Hồng Hà'));
  const reason = 'Chứng chỉ hành nghề nộp kèm là của người khác; nộp lại bản đúng.';

  const officer = await stage.desk('one-stop');
  await openStep(stage, officer, dossier, 'receive');
  await officer.getByText(t('dossiers.office.refuse'), { exact: true }).first().click();
  await officer.getByRole('radio', { name: t('dossiers.refusalReasons.papers-invalid'), exact: true }).check();
  await officer.getByLabel(t('dossiers.office.explanation')).fill(reason);
  await look(officer, 'refuse-receipt');
  await officer.getByRole('button', { name: t('dossiers.office.refuse'), exact: true }).click();
  await expectBackAtDossier(officer, dossier);

  await downloadSlip(stage, applicant, dossier, '03');
  await expect(applicant.getByText(reason)).toBeVisible();
  await expect(applicant.getByText(t('dossiers.states.refusedAtReceipt'), { exact: true }).first()).toBeVisible();
  await track(stage, await openWindow(), dossier, 'refusedAtReceipt');
});

test('a dossier is supplemented, corrected after the inspection, returned by the leader, and then issued', async ({
  account,
  openWindow,
  artifacts,
}) => {
  const stage = stageOf({ account, openWindow, artifacts }, 'vi', own);
  const { t, look, locale } = stage;
  const applicant = await stage.desk('business');
  const dossier = await fileAndPay(stage, applicant, named('Quầy thuốc Sao Mai'));
  const paper = procedure.papers.find((each) => each.key === 'application')!.title[locale];
  const phone = form.fields['facility.phone']!.label[locale];

  await test.step('the officer asks for one paper and one answer', async () => {
    await receive(stage, dossier);
    await requestSupplement(stage, dossier, { paper, question: phone }, (officer) =>
      look(officer, 'assess-supplement'),
    );
  });

  await test.step('the applicant answers only what was asked; the clock has stopped', async () => {
    await downloadSlip(stage, applicant, dossier, '02');
    await openRequest(stage, dossier, 'supplement');
    await look(applicant, 'request');
    // the page is left for the paper a moment later: what was just typed is kept all the same
    await applicant.getByLabel(phone, { exact: true }).fill('0912 345 678');
    const section = applicant.getByRole('region', { name: paper });
    await section.locator('input[type=file]').setInputFiles(await pdfFile('don-co-chu-ky.pdf', `signed ${dossier.id}`));
    await section.getByRole('button', { name: t('ui.client.upload'), exact: true }).click();
    await expect(section.getByRole('link', { name: 'don-co-chu-ky.pdf' })).toBeVisible();
    await expect(applicant.getByLabel(phone, { exact: true })).toHaveValue(/912/);
    await applicant.getByRole('button', { name: t('dossiers.request.send') }).click();
    await applicant.waitForURL(new RegExp(`/my/dossiers/${dossier.id}$`));
  });

  await test.step('the officer sees what changed and goes on to the inspection', async () => {
    const officer = await stage.desk('officer');
    await openStep(stage, officer, dossier, 'assess');
    const row = officer.getByRole('row').filter({ hasText: phone });
    await expect(row.locator('del')).toContainText('3933');
    await expect(row.locator('ins')).toContainText('345');
    await expect(officer.getByText('don-co-chu-ky.pdf')).toBeVisible();
    await look(officer, 'assess-diff');
    await officer.goto(stage.at('/office'));
    await assess(stage, dossier, 'inspect', 'Hồ sơ đã đủ sau bổ sung.');
    await planInspection(stage, dossier);
  });

  await test.step('the inspection finds faults, the applicant corrects them, the re-check passes', async () => {
    const inspector = await stage.desk('inspector');
    await openStep(stage, inspector, dossier, 'inspect');
    const findings = ['Thiếu nhiệt ẩm kế tại khu bảo quản.', 'Chưa có sổ theo dõi nhiệt độ.'];
    await writeMinutes(stage, inspector, dossier, {
      step: 'inspect',
      outcome: 'correct',
      findings,
      conclusion: 'Đề nghị khắc phục rồi kiểm tra lại.',
    });
    await openRequest(stage, dossier, 'correction');
    for (const [index, finding] of findings.entries()) {
      await expect(applicant.getByText(finding)).toBeVisible();
      await applicant
        .getByLabel(t('dossiers.request.reply', { number: index + 1 }))
        .fill(`Đã khắc phục mục ${index + 1}.`);
    }
    await look(applicant, 'correction');
    await applicant.getByRole('button', { name: t('dossiers.request.send') }).click();
    await applicant.waitForURL(new RegExp(`/my/dossiers/${dossier.id}$`));
    await openStep(stage, inspector, dossier, 'recheck');
    await expect(inspector.getByText('Đã khắc phục mục 2.')).toBeVisible();
    await writeMinutes(stage, inspector, dossier, { step: 'recheck', outcome: 'pass', conclusion: 'Đã khắc phục đủ.' });
  });

  await test.step('the leader returns the draft with comments, the officer drafts it anew, all sign', async () => {
    const comment = 'Ghi lại địa chỉ theo đơn vị hành chính mới.';
    await draftResult(stage, dossier, 'certificate', '');
    await sign(stage, dossier, 'initial');
    const leader = await stage.desk('leader');
    await openStep(stage, leader, dossier, 'approve');
    await expectPreview(stage, leader);
    await leader.getByText(t('dossiers.office.return'), { exact: true }).first().click();
    await leader.getByRole('textbox', { name: t('dossiers.office.comment') }).fill(comment);
    await look(leader, 'approve-return');
    await leader.getByRole('button', { name: t('dossiers.office.return'), exact: true }).click();
    await expectBackAtDossier(leader, dossier);
    await draftResult(stage, dossier, 'certificate', 'Địa chỉ theo đơn vị hành chính mới.', async (officer) => {
      await expect(officer.getByText(comment)).toBeVisible();
      await look(officer, 'draft-returned');
    });
    await sign(stage, dossier, 'initial');
    await sign(stage, dossier, 'approve');
    await sign(stage, dossier, 'issue');
  });

  await test.step('the certificate is genuine, and every stop of the clock is explained', async () => {
    const { bytes } = await downloadResult(stage, applicant, dossier, 'certificate');
    await verifyFile(stage, await openWindow(), bytes, 'valid');
    await applicant.getByRole('link', { name: t('dossiers.clock.eachDay') }).click();
    await expect(applicant.getByRole('heading', { level: 1, name: dossier.name })).toBeVisible();
    for (const reason of ['supplement', 'correction']) {
      await expect(applicant.getByText(t(`dossiers.clock.reasons.${reason}`)).first()).toBeVisible();
    }
    await look(applicant, 'my-clock-stops');
  });
});

test('a dossier that does not pass gets a signed refusal', async ({ account, openWindow, artifacts }) => {
  const stage = stageOf({ account, openWindow, artifacts }, 'en', own);
  const applicant = await stage.desk('business');
  const dossier = await fileAndPay(stage, applicant, named('Quầy thuốc Bình Minh'));
  await receive(stage, dossier);
  await assess(stage, dossier, 'reject', 'Chứng chỉ hành nghề không phù hợp loại hình.');
  await draftResult(stage, dossier, 'refusal', 'Chứng chỉ hành nghề không phù hợp với loại hình quầy thuốc.');
  await sign(stage, dossier, 'initial');
  await sign(stage, dossier, 'approve');
  await sign(stage, dossier, 'issue');
  const { bytes } = await downloadResult(stage, applicant, dossier, 'refusal');
  const visitor = await openWindow();
  await verifyFile(stage, visitor, bytes, 'validNoTerm');
  await visitor.goto(stage.at(`/registers/facilities?q=${encodeURIComponent(dossier.name)}`));
  await expect(visitor.getByRole('link', { name: dossier.name, exact: true })).toHaveCount(0);
});
