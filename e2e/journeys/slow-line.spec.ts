import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { shortAnswers } from '../pharmacy/answers.ts';
import { answerAll, declareAndFile, handInPapers, pay, startDraft } from '../pharmacy/filing.ts';
import { stageOf } from '../pharmacy/stage.ts';
import { form } from '../texts.ts';

const full = process.env.DRILL === '1';
test.describe.configure({ timeout: full ? 1_800_000 : 240_000 });
// what is on its way when one goes on is given up
test.use({ expectedErrors: [/net::ERR_ABORTED/] });

/** 400 kbit/s each way, 400 ms there and back. */
async function slowDown(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 400,
    downloadThroughput: 50_000,
    uploadThroughput: 50_000,
  });
}

test(`on a slow line nothing that was typed is lost${full ? ', through a whole filing' : ''}`, async ({
  account,
  openWindow,
  artifacts,
}) => {
  const stage = stageOf({ account, openWindow, artifacts }, 'vi', []);
  const { t, at } = stage;
  const page = await stage.desk('business');
  const answers = shortAnswers(`Quầy thuốc Đường Truyền Chậm ${Date.now().toString(36)}`);
  await slowDown(page);
  await page.goto(at('/my/dossiers/new?procedure=pharmacy-eligibility'));
  const id = await startDraft(stage, page);

  await test.step('what is typed before the page’s scripts are there stays and is sent', async () => {
    const name = page.getByLabel(form.fields['facility.name']!.label.vi, { exact: true });
    await page.goto(at(`/my/dossiers/${id}/questions/facility-name`), { waitUntil: 'commit' });
    await name.fill(String(answers['facility.name']));
    await page.getByRole('button', { name: t('dossiers.question.continue') }).click();
    await page.waitForURL(/facility-kind$/);
    await page.goto(at(`/my/dossiers/${id}/questions/facility-name`));
    await expect(name).toHaveValue(String(answers['facility.name']));
  });

  await test.step('leaving in the middle keeps what the page said it saved', async () => {
    await page.goto(at(`/my/dossiers/${id}/questions/facility-contact`));
    await page.getByLabel(form.fields['facility.phone']!.label.vi, { exact: true }).fill('0912 345 678');
    await expect(page.getByText(/\d\d:\d\d$/).filter({ hasText: t('ui.client.savedAt', { time: '' }) })).toBeVisible();
    await page.goto(at('/my'));
    await page.goto(at(`/my/dossiers/${id}/questions/facility-contact`));
    await expect(page.getByLabel(form.fields['facility.phone']!.label.vi, { exact: true })).toHaveValue(/912/);
  });

  await test.step('of two lists that were asked for the last one counts, whichever comes first', async () => {
    await page.goto(at(`/my/dossiers/${id}/questions/facility-address`));
    const province = page.getByLabel(form.fields['facility.address.province']!.label.vi, { exact: true });
    const ward = page.getByRole('option', { name: String(answers['facility.address.ward']), exact: true });
    let letGo = () => {};
    const held = new Promise<void>((done) => {
      letGo = done;
    });
    // the answer of the province that was passed over comes late; the page has given it up by then
    await page.route(/wards\?province=79$/, async (route) => {
      await held;
      await route.continue().catch(() => {});
    });
    await province.selectOption('79');
    await province.selectOption({ label: String(answers['facility.address.province']) });
    await expect(ward).toBeAttached();
    letGo();
    await page.waitForLoadState('networkidle');
    await expect(ward).toBeAttached();
  });

  if (!full) return;
  await test.step('a whole filing goes through', async () => {
    await page.goto(at(`/my/dossiers/${id}`));
    await page.getByRole('link', { name: t('dossiers.draft.continue') }).click();
    await answerAll(stage, page, answers);
    await handInPapers(stage, page, id);
    await page.goto(at(`/my/dossiers/${id}/check`));
    await declareAndFile(stage, page);
    await pay(stage, page);
  });
});
