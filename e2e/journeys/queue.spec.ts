import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from '../fixtures.ts';
import { shortAnswers } from '../pharmacy/answers.ts';
import { type Filed, fileAndPay } from '../pharmacy/filing.ts';
import { expectNothingSticksOut, reloadUntil, type Stage, stageOf } from '../pharmacy/stage.ts';

test.describe.configure({ timeout: 300_000 });

/** Waits until the dossier is in the queue that is narrowed to it, and is there. */
async function narrowTo({ at }: Stage, page: Page, dossier: Filed): Promise<void> {
  await reloadUntil(page, at(`/office?q=${encodeURIComponent(dossier.code)}`), async () => {
    await expect(page.getByRole('row').filter({ hasText: dossier.code })).toBeVisible({ timeout: 2000 });
  });
}

test('an official narrows the queue, keeps it, takes, gives back and gives away several at once, with mouse, keys and without script', async ({
  account,
  openWindow,
  artifacts,
}) => {
  const stage = stageOf({ account, openWindow, artifacts }, 'vi', []);
  const { t, at } = stage;
  const applicant = await stage.desk('business');
  const dossier = await fileAndPay(stage, applicant, shortAnswers(`Quầy thuốc Hàng Chờ ${Date.now().toString(36)}`));
  const page = await stage.desk('one-stop');
  const row = page.getByRole('row').filter({ hasText: dossier.code });
  const status = page.getByRole('status').filter({ hasText: /\S/ });
  const claim = page.getByRole('button', { name: t('queue.bulk.claim') });

  await test.step('the address holds filters and sorting, the count is the list', async () => {
    await narrowTo(stage, page, dossier);
    await expect(page.getByRole('row')).toHaveCount(2);
    await expect(page.getByText(t('ui.pages.summary', { total: 1, page: 1, last: 1 }))).toBeVisible();
    await page.getByLabel(t('queue.filters.taken')).selectOption({ label: t('queue.taken.nobody') });
    await page.getByRole('button', { name: t('ui.filter.apply') }).click();
    await expect(page).toHaveURL(/taken=nobody/);
    await expect(row).toBeVisible();
    await page
      .getByRole('columnheader', { name: t('queue.columns.due') })
      .getByRole('link')
      .click();
    await expect(page).toHaveURL(/sort=-due/);
    await expect(page.getByRole('columnheader', { name: t('queue.columns.due') })).toHaveAttribute(
      'aria-sort',
      'descending',
    );
    await expectAccessible(page);
    await expectNothingSticksOut(page);
  });

  await test.step('the narrowed queue is kept under a name, shared with the unit, opened and forgotten', async () => {
    const name = `Chưa ai nhận ${dossier.code}`;
    await page.getByText(t('queue.views.manage')).click();
    await page.getByLabel(t('queue.views.name')).fill(name);
    await page.getByRole('checkbox', { name: t('queue.views.shared') }).check();
    await page.getByRole('button', { name: t('queue.views.save') }).click();
    const views = page.getByRole('navigation', { name: t('queue.views.label') });
    await expect(views.getByRole('link', { name })).toHaveAttribute('aria-current', 'page');
    await page.goto(at('/office/unit'));
    await views.getByRole('link', { name }).click();
    await expect(page).toHaveURL(/taken=nobody.*sort=-due|sort=-due.*taken=nobody/);
    await page.getByText(t('queue.views.manage')).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: `${t('queue.views.removeShort')} ${name}` }).click();
    await expect(views.getByRole('link', { name })).toHaveCount(0);
  });

  await test.step('the keys go through the rows, tick, take and give back, and each row gets its answer', async () => {
    await narrowTo(stage, page, dossier);
    await page.locator('main').focus();
    // keys are heard from the moment on in which the page's script runs
    await expect(async () => {
      await page.keyboard.press('j');
      await expect(row.getByRole('link', { name: dossier.name })).toBeFocused({ timeout: 1000 });
    }).toPass();
    await page.keyboard.press('x');
    await expect(row.getByRole('checkbox')).toBeChecked();
    await expect(status.filter({ hasText: t('ui.client.chosen', { count: 1 }) }).first()).toBeAttached();
    await page.keyboard.press('c');
    await expect(status.filter({ hasText: t('queue.bulk.summary', { done: 1, refused: 0 }) })).toBeVisible();
    await expect(page.locator('.results')).toContainText(`${t('queue.bulk.done.claim')} ${dossier.name}`);
    await expect(row).toContainText(t('queue.me'));
    await row.getByRole('checkbox').check();
    await page.keyboard.press('r');
    await expect(row).toContainText(t('queue.nobody'));
    await row.getByRole('checkbox').check();
    await page.keyboard.press('r');
    await expect(page.locator('.results')).toContainText(t('dossiers.errors.nobodyTookIt'));
    await expect(status.filter({ hasText: t('queue.bulk.summary', { done: 0, refused: 1 }) })).toBeVisible();
    await claim.click();
    await expect(page.getByRole('alert').filter({ hasText: t('queue.errors.noneChosen') })).toBeVisible();
  });

  await test.step('the keys rest while one types or composes, have a list, and can be switched off', async () => {
    const search = page.getByRole('searchbox');
    await page.locator('main').focus();
    await page.keyboard.press('/');
    await expect(search).toBeFocused();
    await search.fill('');
    await page.keyboard.type('jxg?');
    await expect(search).toHaveValue('jxg?');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.locator('main').focus();
    await page.evaluate(() => {
      const composing = new KeyboardEvent('keydown', { key: '?', isComposing: true, bubbles: true });
      document.activeElement?.dispatchEvent(composing);
    });
    await expect(page.getByRole('dialog')).toHaveCount(0);

    const help = page.getByRole('button', { name: t('queue.keys.title') });
    await help.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: t('queue.keys.title') });
    await expect(dialog).toBeVisible();
    await expectAccessible(page);
    for (let presses = 0; presses < 6; presses++) {
      await page.keyboard.press('Tab');
      expect(
        await page.evaluate(
          () => document.activeElement === document.body || Boolean(document.activeElement?.closest('dialog')),
        ),
      ).toBe(true);
    }
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(help).toBeFocused();

    await page.keyboard.press('?');
    await dialog.getByRole('button', { name: t('ui.client.keysTurnOff') }).click();
    await dialog.getByRole('button', { name: t('ui.client.close') }).click();
    await expect(status.filter({ hasText: t('ui.client.keysOff') })).toBeAttached();
    await page.locator('main').focus();
    await page.keyboard.press('?');
    await expect(dialog).toHaveCount(0);
    await page.reload();
    await page.keyboard.press('?');
    await expect(dialog).toHaveCount(0);
  });

  await test.step('the same goes without script', async () => {
    const cookies = await page.context().cookies();
    const plain = await openWindow({ javaScriptEnabled: false });
    await plain.context().addCookies(cookies);
    await narrowTo(stage, plain, dossier);
    const plainRow = plain.getByRole('row').filter({ hasText: dossier.code });
    await plainRow.getByRole('checkbox').check();
    await plain.getByRole('button', { name: t('queue.bulk.claim') }).click();
    await expect(plain.locator('.results')).toContainText(`${t('queue.bulk.done.claim')} ${dossier.name}`);
    await expect(plainRow).toContainText(t('queue.me'));
    await plainRow.getByRole('checkbox').check();
    await plain.getByRole('button', { name: t('queue.bulk.release') }).click();
    await expect(plainRow).toContainText(t('queue.nobody'));
  });

  await test.step('the head gives what is ticked to somebody who has the role of its step, and hears who has not', async () => {
    const head = await stage.desk('head');
    const [oneStop, clerk] = await Promise.all([account('one-stop'), account('clerk')]);
    const headRow = head.getByRole('row').filter({ hasText: dossier.code });
    const give = head.getByRole('button', { name: t('queue.bulk.give') });
    const choose = async (name: string) => {
      await headRow.getByRole('checkbox').check();
      const fold = head.getByText(t('queue.bulk.reassign'), { exact: true });
      if (!(await give.isVisible())) await fold.click();
      const list = head.getByLabel(t('queue.bulk.to'));
      const value = await list.locator('option').filter({ hasText: name }).getAttribute('value');
      await list.selectOption(value);
    };
    await head.goto(at(`/office/unit?q=${encodeURIComponent(dossier.code)}`));
    await choose(clerk.name);
    await give.click();
    await expect(head.getByRole('alert').filter({ hasText: t('errors.field.required') })).toBeVisible();
    await expectAccessible(head);
    await expectNothingSticksOut(head);
    await head.getByLabel(t('queue.bulk.reason')).fill('Cân đối công việc.');
    await give.click();
    await expect(head.locator('.results')).toContainText(t('deadlines.errors.colleagueWithoutRole'));
    await choose(oneStop.name);
    await head.getByLabel(t('queue.bulk.reason')).fill('Cân đối công việc.');
    await give.click();
    await expect(head.locator('.results')).toContainText(`${t('queue.bulk.done.reassign')} ${dossier.name}`);
    await expect(headRow).toContainText(oneStop.name);
  });
});
