import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { pdfFile, wordFile } from '../files.ts';
import { expect, test } from '../fixtures.ts';
import { startDraft } from '../pharmacy/filing.ts';
import { stageOf } from '../pharmacy/stage.ts';
import { form } from '../texts.ts';

// the reader's script is not the page's: the page's policy would refuse it
test.use({ bypassCSP: true, expectedErrors: [/status of 4\d\d .*\/papers\//] });
test.describe.configure({ timeout: 180_000 });

const script = readFileSync('node_modules/@guidepup/virtual-screen-reader/lib/esm/index.browser.js', 'utf8');
const address = '/virtual-screen-reader.js';

interface Reader {
  start(options: { container: Node }): Promise<void>;
  stop(): Promise<void>;
  spokenPhraseLog(): Promise<string[]>;
}

/** Starts a virtual screen reader in the page; it speaks what changes from then on. */
async function listen(page: Page): Promise<void> {
  await page.route(`**${address}`, (route) => route.fulfill({ contentType: 'text/javascript', body: script }));
  await page.evaluate(async (from) => {
    const { virtual } = (await import(from)) as { virtual: Reader };
    Object.assign(globalThis, { reader: virtual });
    await virtual.start({ container: document.body });
  }, address);
}

const spoken = (page: Page): Promise<string[]> =>
  page.evaluate(() => (globalThis as unknown as { reader: Reader }).reader.spokenPhraseLog());

const expectSpoken = (page: Page, words: string | RegExp) =>
  expect.poll(async () => (await spoken(page)).join('\n'), { timeout: 20_000 }).toMatch(words);

test('a screen reader says what is wrong, what was saved, and how far a file is', async ({
  account,
  openWindow,
  artifacts,
}) => {
  const stage = stageOf({ account, openWindow, artifacts }, 'vi', []);
  const { t, at } = stage;
  const page = await stage.desk('business', { bypassCSP: true });
  await page.goto(at('/my/dossiers/new?procedure=pharmacy-eligibility'));
  const id = await startDraft(stage, page);

  await test.step('the summary of errors takes the focus and is read with its heading', async () => {
    await page.goto(at(`/my/dossiers/${id}/questions/facility-kind`));
    await listen(page);
    await page.getByRole('button', { name: t('dossiers.question.continue') }).click();
    await expect(page.getByRole('alert').filter({ hasText: t('ui.client.problem') })).toBeFocused();
    await expectSpoken(page, new RegExp(`(alert|assertive).*${t('ui.client.problem')}`));
  });

  await test.step('saving while one types is said politely', async () => {
    await page.goto(at(`/my/dossiers/${id}/questions/facility-name`));
    await listen(page);
    const name = page.getByLabel(form.fields['facility.name']!.label.vi, { exact: true });
    // a save within the minute of the last one changes no word, and so is not said again
    let typed = 0;
    await expect(async () => {
      typed += 1;
      await name.fill(`Quầy thuốc Trình Đọc ${typed}`);
      await expectSpoken(page, new RegExp(`polite: ${t('ui.client.savedAt', { time: '' })}\\d\\d:\\d\\d`));
    }).toPass({ timeout: 90_000 });
  });

  await test.step('an upload says how far it is, and why a file was not taken', async () => {
    await page.goto(at(`/my/dossiers/${id}/papers/application`));
    await listen(page);
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 100,
      downloadThroughput: 100_000,
      uploadThroughput: 40_000,
    });
    const send = page.getByRole('button', { name: t('dossiers.paper.upload'), exact: true });
    const heavy = await pdfFile('nang.pdf', 'heavy');
    await page
      .locator('main input[type=file]')
      .setInputFiles({ ...wordFile('nang.docx'), buffer: Buffer.concat([heavy.buffer, Buffer.alloc(150_000, 7)]) });
    await send.click();
    await expectSpoken(page, new RegExp(`polite: .*${t('ui.client.uploading', { percent: '\\d+' })}`));
    await expect(page.locator('main .message')).toBeVisible();
    await expectSpoken(page, /(alert|assertive|invalid|tệp)/i);
  });
});
