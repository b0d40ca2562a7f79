import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { generateSync } from 'otplib';
import { type DemoAccount, expect, expectAccessible, givePassword, openLatestMail, signIn, test } from '../fixtures.ts';
import { expectNothingSticksOut } from '../pharmacy/stage.ts';
import { typeCode } from '../second-factor.ts';
import { textsOf } from '../texts.ts';

const t = textsOf('vi');
const password = 'ba con meo ngu trua';

/** What is wrong, above the form. */
const problem = (page: Page) => page.getByRole('alert').filter({ hasText: t('ui.client.problem') });

/** An official of one's own, invited by the administrator, with a password and nothing else yet. */
async function invited(admin: Page, page: Page): Promise<DemoAccount> {
  // two of these journeys may be played at once
  const mark = randomUUID().slice(0, 8);
  const email = `mat-may-${mark}@demo.example`;
  const name = `Lý Thị Mất Máy ${mark}`;
  await admin.goto('/office/administration/officials/new');
  const form = admin.locator('form').filter({ has: admin.locator('[name=email]') });
  await form.locator('[name=name]').fill(name);
  await form.locator('[name=email]').fill(email);
  await form.locator('[name=unitId]').selectOption({ index: 1 });
  await form.locator('[name=title]').fill('Chuyên viên');
  await form.locator('[name=roles][value=officer]').check();
  await form.locator('[type=submit]').last().click();
  await admin.waitForURL(/\?notice=created$/);
  await openLatestMail(page, email);
  await page
    .getByRole('link', { name: /reset-password|invit/ })
    .first()
    .click();
  await page.locator('[name=password]').fill(password);
  await page.locator('main [type=submit]').click();
  await page.waitForURL(/\/sign-in/);
  return { role: 'officer', name, email, password };
}

/** Sets up the authenticator that is asked for; returns its key and the backup codes, which are kept. */
async function enrol(page: Page): Promise<{ key: string; codes: string[] }> {
  await expect(page.getByRole('heading', { level: 1, name: t('security.enrol.title') })).toBeVisible();
  return confirm(page);
}

async function confirm(page: Page): Promise<{ key: string; codes: string[] }> {
  const key = ((await page.locator('main code').first().textContent()) ?? '').replaceAll(' ', '');
  await page
    .locator('input[name=otp]')
    .first()
    .fill(generateSync({ secret: key }));
  await page
    .locator('form')
    .filter({ has: page.locator('input[name=otp]') })
    .first()
    .locator('[type=submit]')
    .click();
  await expect(page.getByRole('heading', { name: t('security.factor.newCodes') })).toBeVisible();
  const codes = await page.locator('main li code').allInnerTexts();
  expect(codes).toHaveLength(10);
  await page.getByRole('button', { name: t('security.factor.keep') }).click();
  return { key, codes };
}

const toSecondStep = async (page: Page, account: DemoAccount) => {
  await page.goto('/sign-in?next=/office/late');
  await givePassword(page, account);
};

for (const scripts of [true, false])
  test(`an official who lost the phone, then the codes too, gets back in; nobody else does (scripts ${scripts ? 'on' : 'off'})`, async ({
    openWindow,
    account,
  }) => {
    test.setTimeout(300_000);
    const admin = await openWindow();
    await signIn(admin, await account('admin'));
    const page = await openWindow({ javaScriptEnabled: scripts });
    const official = await invited(admin, page);
    await toSecondStep(page, official);
    const first = await enrol(page);
    const other = await openWindow({ javaScriptEnabled: scripts });

    await test.step('without the phone a backup code opens the door, once, and leads to setting up another', async () => {
      await toSecondStep(other, official);
      const backup = async (code: string) => {
        const form = other.locator('form').filter({ has: other.locator('input[autocomplete=off][name=otp]') });
        // once refused it stays open, so that what is wrong can be read
        if (!(await form.isVisible())) await other.getByText(t('security.signIn.useBackup')).click();
        await form.locator('input[name=otp]').fill(code);
        await form.locator('[type=submit]').click();
      };
      await backup('AAAA-AAAA-AAAA-AAAA');
      await expect(problem(other)).toContainText(t('security.errors.wrongCode'));
      if (scripts) await expectAccessible(other);
      await backup(first.codes[0]!);
      await expect(other.getByText(t('security.factor.backupUsed.title'))).toBeVisible();
      await expect(other.getByText(t('security.factor.codesLeft', { count: 9 }), { exact: true })).toBeVisible();
      if (scripts) await expectAccessible(other);
      await expectNothingSticksOut(other);
      const mailbox = await openWindow();
      await openLatestMail(mailbox, official.email);
      await expect(mailbox.getByText(/mã dự phòng vừa được dùng/)).toBeVisible();
      await other.getByRole('button', { name: t('security.factor.replace') }).click();
      const second = await confirm(other);
      expect(second.key).not.toBe(first.key);
      // the session of the lost phone's owner ended with the old app
      await page.goto('/office');
      await expect(page).toHaveURL(/\/sign-in/);
      await toSecondStep(page, official);
      await page.getByText(t('security.signIn.useBackup')).click();
      await page.locator('input[autocomplete=off][name=otp]').fill(first.codes[1]!);
      await page.locator('input[autocomplete=off][name=otp]').press('Enter');
      await expect(problem(page)).toContainText(t('security.errors.wrongCode'));
    });

    await test.step('without phone and codes the administrator resets; every session ends, a mail tells it', async () => {
      await expect(page.getByText(t('security.signIn.lost')).first()).toBeAttached();
      await admin.goto('/office/administration');
      await admin.getByRole('link', { name: official.name }).first().click();
      await admin.getByText(t('administration.official.resetFactor'), { exact: true }).first().click();
      await admin.getByRole('button', { name: t('administration.official.resetFactor'), exact: true }).click();
      await expect(admin.getByText(t('administration.official.factorReset'))).toBeVisible();
      await other.goto('/office');
      await expect(other).toHaveURL(/\/sign-in/);
      const mailbox = await openWindow();
      await openLatestMail(mailbox, official.email);
      await expect(mailbox.getByText(/đặt lại xác thực hai lớp/).first()).toBeVisible();
      await toSecondStep(other, official);
      const third = await enrol(other);
      await expect(other).toHaveURL(/\/office\/late$/);
      await other.context().clearCookies();
      await toSecondStep(other, official);
      await typeCode(other, third.key, async () => /\/office\/late$/.test(other.url()));
    });
  });
