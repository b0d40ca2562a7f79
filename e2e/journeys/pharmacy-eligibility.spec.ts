import { expect, locales, openLatestMail, test, viewports } from '../fixtures.ts';
import { fullAnswers } from '../pharmacy/answers.ts';
import {
  changeAnswer,
  collectAndRate,
  downloadResult,
  downloadSlip,
  enter,
  expectAnswers,
  refuseBadFiles,
  refuseWrongDegree,
} from '../pharmacy/applicant.ts';
import { answerAll, declareAndFile, type Filed, handInPapers, pay, startDraft } from '../pharmacy/filing.ts';
import { assess, draftResult, openStep, planInspection, receive, sign, writeMinutes } from '../pharmacy/office.ts';
import { findInRegister, findProcedure, followGuide, track, verifyByWords, verifyFile } from '../pharmacy/public.ts';
import { answerPage } from '../pharmacy/question-page.ts';
import { download, reloadUntil, stageOf } from '../pharmacy/stage.ts';

// the bad files are refused with 4xx, which the browser writes to its console
test.use({ expectedErrors: [/status of 4\d\d .*\/papers\//] });
test.describe.configure({ timeout: 900_000 });

for (const locale of locales) {
  test(`a pharmacy gets its certificate, from search to verification (${locale})`, async ({
    account,
    openWindow,
    artifacts,
  }) => {
    const stage = stageOf({ account, openWindow, artifacts }, locale);
    const { t, at, look } = stage;
    const prefix = locale === 'vi' ? '' : `${locale}-`;
    const answers = fullAnswers(`Nhà thuốc Đức Ái ${Date.now().toString(36)}`);
    const name = String(answers['facility.name']);
    let page = await openWindow();
    let id = '';
    let dossier: Filed = { id, code: '', secret: '', name };

    await test.step('finds the procedure, reads it, follows the guide', async () => {
      await findProcedure(stage, page);
      await followGuide(stage, page, answers);
    });

    await test.step('signs in on the way and starts a draft', async () => {
      await page.getByRole('link', { name: t('public.procedure.start') }).click();
      await expect(page.getByRole('heading', { level: 1, name: t('identity.signIn.title') })).toBeVisible();
      await look(page, 'sign-in');
      await enter(stage, page, 'business');
      await look(page, 'start');
      id = await startDraft(stage, page);
      await look(page, 'draft-empty');
    });

    await test.step('answers some questions, leaves, and returns on another device', async () => {
      await page.getByRole('link', { name: t('dossiers.draft.continue') }).click();
      await answerAll(stage, page, answers, { until: 'facility-kind', each: (one) => look(page, `question-${one}`) });
      await answerPage(stage, page, answers);
      await expect(
        page.getByText(/\d\d:\d\d$/).filter({ hasText: t('ui.client.savedAt', { time: '' }) }),
      ).toBeVisible();
      await page.context().close();
      page = await openWindow();
      await page.goto(at('/sign-in'));
      await enter(stage, page, 'business');
      await page.goto(at('/my'));
      await look(page, 'my');
      await page.getByRole('link', { name }).click();
      await look(page, 'draft-begun');
      await page.getByRole('link', { name: t('dossiers.draft.continue') }).click();
      await page.waitForURL(/\/questions\//);
    });

    await test.step('answers every question page', async () => {
      const asked = await answerAll(stage, page, answers, {
        each: async (one) => {
          if (one === 'chief-pharmacist') await refuseWrongDegree(stage, page);
          await look(page, `question-${one}`);
        },
      });
      for (const conditional of ['pharmacy-scope', 'cold-chain', 'controlled-details', 'staff']) {
        expect(asked).toContain(conditional);
      }
      expect(asked).not.toContain('commune-station');
    });

    await test.step('uploads the papers', async () => {
      const keys = await handInPapers(stage, page, id, async (key) => {
        if (key === 'application') await refuseBadFiles(stage, page, key);
        if (key === 'lease') await look(page, 'paper');
      });
      expect(keys).toEqual(expect.arrayContaining(['lease', 'controlled-drugs', 'cold-chain']));
      expect(keys).not.toContain('gpp-certificate');
    });

    await test.step('checks the answers, declares and files', async () => {
      await page.goto(at(`/my/dossiers/${id}`));
      await look(page, 'draft-complete');
      await page.getByRole('link', { name: t('dossiers.draft.check') }).click();
      await expectAnswers(stage, page, answers, ['facility.name', 'facility.kind', 'chief.name', 'controlled.keeper']);
      await changeAnswer(stage, page, 'facility.email', 'lienhe@anbinh.example');
      await look(page, 'check');
      await page.getByRole('button', { name: t('dossiers.check.fileAndPay') }).click();
      await expect(page.getByRole('alert').filter({ hasText: t('dossiers.errors.declarationMissing') })).toBeVisible();
      dossier = { id, name, ...(await declareAndFile(stage, page)) };
      await look(page, 'filed');
    });

    const visitor = await openWindow();
    await test.step('pays at the bank, gets the receipt, tracks the dossier', async () => {
      await pay(stage, page, (one) => look(page, one));
      const receipt = page.getByRole('link', { name: /\d{7}\/\d{4}/ });
      await reloadUntil(page, at(`/my/dossiers/${id}`), async () => {
        await expect(receipt).toBeVisible({ timeout: 2000 });
      });
      await look(page, 'my-dossier-paid');
      await artifacts.save(`${prefix}receipt.pdf`, await download(page, receipt));
      await page.goto(at('/my/payments'));
      await look(page, 'my-payments');
      await track(stage, visitor, dossier, 'filed');
    });

    await test.step('the one-stop officer receives', async () => {
      await receive(stage, dossier);
      await downloadSlip(stage, page, dossier, '01');
    });

    await test.step('the case officer assesses and plans the inspection', async () => {
      await assess(stage, dossier, 'inspect', 'Hồ sơ đầy đủ, hợp lệ; đề nghị kiểm tra thực tế.');
      await planInspection(stage, dossier);
    });

    await test.step('the inspector writes the minutes on a phone, with a photo', async () => {
      const phone = await stage.desk('inspector', { viewport: viewports.phone, isMobile: true, hasTouch: true });
      await openStep(stage, phone, dossier, 'inspect');
      const photo = await visitor.screenshot({ type: 'jpeg', quality: 60 });
      await phone
        .getByLabel(t('dossiers.office.addPhoto'))
        .setInputFiles({ name: 'mat-tien.jpg', mimeType: 'image/jpeg', buffer: photo });
      await phone.getByRole('button', { name: t('ui.client.upload'), exact: true }).click();
      await expect(phone.getByRole('link', { name: t('dossiers.office.photo', { number: 1 }) })).toBeVisible();
      await writeMinutes(stage, phone, dossier, {
        step: 'inspect',
        outcome: 'pass',
        conclusion: 'Cơ sở đáp ứng điều kiện.',
      });
    });

    await test.step('the result is drafted, initialled, signed, numbered and sealed', async () => {
      await draftResult(stage, dossier, 'certificate', '');
      await sign(stage, dossier, 'initial');
      await sign(stage, dossier, 'approve');
      await sign(stage, dossier, 'issue');
    });

    const result = await test.step('the applicant downloads, confirms and rates', async () => {
      const found = await downloadResult(stage, page, dossier, 'certificate');
      expect(found.number).toMatch(/ĐKKDD/);
      await collectAndRate(stage, page);
      await look(page, 'my-dossier-returned');
      await page.getByRole('link', { name: t('dossiers.clock.eachDay') }).click();
      await look(page, 'my-clock');
      await page.goto(at('/my/notifications'));
      await look(page, 'my-notifications');
      await openLatestMail(page, (await account('business')).email, locale);
      await look(page, 'demo-mail');
      return found;
    });

    await test.step('everybody finds the pharmacy and verifies its certificate', async () => {
      await findInRegister(stage, visitor, name);
      await visitor.getByRole('link', { name: t('facilities.detail.verify') }).click();
      await expect(visitor.getByRole('heading', { level: 1, name: result.number })).toBeVisible();
      const code = new URL(visitor.url()).pathname.split('/').at(-1)!;
      await verifyByWords(stage, visitor, code, result.number);
      await verifyByWords(stage, visitor, result.number, result.number);
      await verifyFile(stage, visitor, result.bytes, 'valid');
      await expect(visitor.getByText(t('public.verify.signature.good'), { exact: true })).toHaveCount(3);
      const altered = Buffer.from(result.bytes);
      const middle = Math.floor(altered.length / 3);
      altered[middle] = altered[middle]! ^ 1;
      await verifyFile(stage, visitor, altered, 'altered');
      await track(stage, visitor, dossier, 'returned');
    });
  });
}
