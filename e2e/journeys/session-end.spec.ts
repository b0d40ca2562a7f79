import type { Page } from '@playwright/test';
import { expect, locales, test } from '../fixtures.ts';
import { tabTo } from '../keyboard.ts';
import { stageOf } from '../pharmacy/stage.ts';
import { endIn, endSessions, letIdle } from '../sessions.ts';

/** A page that comes to the front looks at its session again. */
const comeToFront = (page: Page) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));

for (const locale of locales) {
  test(`who has been away is asked before the session ends, with the keyboard, and may stay (${locale})`, async ({
    account,
    openWindow,
    artifacts,
  }) => {
    const stage = stageOf({ account, openWindow, artifacts }, locale);
    const { t, at, look } = stage;
    const browser = `away ${crypto.randomUUID()}`;
    const page = await stage.desk('officer', { userAgent: browser });
    const dialog = page.getByRole('alertdialog');
    const stay = dialog.getByRole('button', { name: t('ui.client.sessionStay') });
    // a page that nobody has touched since it was opened
    await page.goto(at('/office'));
    await letIdle(browser, 26);
    await comeToFront(page);

    await test.step('it is said, and one stays', async () => {
      await expect(dialog).toContainText(t('ui.client.sessionEnds'));
      await expect(stay).toBeFocused();
      await look(page, 'session-ends');
      await page.keyboard.press('Enter');
      await expect(dialog).toBeHidden();
    });

    await test.step('who types is there and is not asked', async () => {
      const looked = page.waitForResponse((answer) => answer.url().endsWith('/api/session'));
      await page.goto(at('/office'));
      // its scripts are at work
      await looked;
      await page.keyboard.press('Tab');
      await letIdle(browser, 26);
      const prolonged = page.waitForResponse(
        (answer) => answer.request().method() === 'POST' && answer.url().endsWith('/api/session'),
      );
      await comeToFront(page);
      expect(((await (await prolonged).json()) as { idle: number }).idle).toBeGreaterThan(25 * 60_000);
      await expect(dialog).toBeHidden();
    });

    await test.step('an end that nothing moves is said as one', async () => {
      await endIn(browser, 3);
      await comeToFront(page);
      await expect(dialog).toContainText(t('ui.client.sessionWhole', { time: '@' }).split('@')[0]!);
      await expect(stay).toHaveCount(0);
      await look(page, 'session-ends-for-good');
      await tabTo(page, dialog.getByRole('button', { name: t('ui.client.sessionRead') }));
      await page.keyboard.press('Enter');
      await expect(dialog).toBeHidden();
    });

    await test.step('when it has ended, the page says what became of it', async () => {
      await endSessions(browser);
      await comeToFront(page);
      await expect(dialog).toContainText(t('ui.client.sessionEnded'));
      await expect(dialog.getByRole('link', { name: t('ui.client.sessionSignIn') })).toBeFocused();
      await look(page, 'session-ended');
    });
  });
}
