import type { Page } from '@playwright/test';
import { expect, expectAccessible, givePassword, inLocale, locales, signIn, test, viewports } from '../fixtures.ts';
import { expectNothingSticksOut } from '../pharmacy/stage.ts';
import { typeCode } from '../second-factor.ts';
import { letTimePass } from '../sessions.ts';
import { type Say, textsOf } from '../texts.ts';

/** Fills the password page and stops at the second step. */
async function goToSecondStep(page: Page, account: { email: string; password: string }, path = '/sign-in') {
  await page.goto(path);
  await givePassword(page, account);
  await page.waitForURL(/\/sign-in\/code/);
}

/** What is wrong, above the form; the framework has an alert of its own. */
const problem = (page: Page, t: Say) => page.getByRole('alert').filter({ hasText: t('ui.client.problem') });

for (const locale of locales)
  test(`an official is asked for a code, told when it is wrong, and led on by the right one (${locale})`, async ({
    page,
    account,
  }) => {
    const t = textsOf(locale);
    const officer = await account('registrar');
    await goToSecondStep(page, officer, inLocale(locale, '/sign-in?next=/office/registers/facilities'));
    await expectAccessible(page);
    await expectNothingSticksOut(page);
    // until the code is given there is no way in
    await page.goto(inLocale(locale, '/office'));
    await expect(page.getByRole('heading', { level: 1, name: t('security.signIn.title') })).toBeVisible();
    await page.goBack();
    await page.locator('input[name=otp]').first().fill('12345');
    await page.keyboard.press('Enter');
    await expect(problem(page, t)).toContainText(t('security.errors.wrongCode'));
    await expect(problem(page, t)).toBeFocused();
    await expectAccessible(page);
    await typeCode(page, officer.totpSecret!, async () => /\/office\/registers\/facilities$/.test(page.url()));
    await page.goto(inLocale(locale, '/my/profile/second-factor'));
    await expect(page.getByRole('heading', { level: 1, name: t('security.factor.title') })).toBeVisible();
    await expectAccessible(page);
    await expectNothingSticksOut(page);
  });

test('the demo shows the code to type, and it works', async ({ page, account }) => {
  const hr = await account('hr');
  await goToSecondStep(page, hr);
  const code = /\d{6}/.exec((await page.locator('.notice').first().textContent()) ?? '')![0];
  await page.locator('input[name=otp]').first().fill(code);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/office$/);
});

test('the code is asked for and given without scripts', async ({ openWindow, account }) => {
  const page = await openWindow({ javaScriptEnabled: false });
  await signIn(page, await account('scheme'));
  await expect(page).toHaveURL(/\/office$/);
});

for (const scripts of [true, false])
  test(`a decision asks for the code in place and keeps what was typed (scripts ${scripts ? 'on' : 'off'})`, async ({
    openWindow,
    account,
  }) => {
    const t = textsOf('vi');
    const page = await openWindow({ javaScriptEnabled: scripts, viewport: viewports.desktop });
    const admin = await account('admin');
    await signIn(page, admin);
    await page.goto('/office/administration/officials/new');
    const form = page.locator('form').filter({ has: page.locator('[name=email]') });
    const email = `moi-${Date.now().toString(36)}@demo.example`;
    await form.locator('[name=name]').fill('Lý Thị Mới');
    await form.locator('[name=email]').fill(email);
    await form.locator('[name=unitId]').selectOption({ index: 1 });
    await form.locator('[name=title]').fill('Chuyên viên');
    await form.locator('[name=roles][value=officer]').check();
    await letTimePass(admin.email);
    await form.locator('[type=submit]').last().click();
    await expect(problem(page, t)).toContainText(t('security.errors.stepUp'));
    const code = page.locator('input[name=stepUpOtp]');
    await expect(code).toBeVisible();
    await expect(form.locator('[name=email]')).toHaveValue(email);
    await expect(form.locator('[name=title]')).toHaveValue('Chuyên viên');
    await expect(form.locator('[name=roles][value=officer]')).toBeChecked();
    if (scripts) await expectAccessible(page);
    await code.fill('000000');
    await form.locator('[type=submit]').last().click();
    await expect(problem(page, t)).toContainText(t('security.errors.wrongCode'));
    await expect(form.locator('[name=email]')).toHaveValue(email);
    const done = async () => /\?notice=created$/.test(page.url());
    await typeCode(page, admin.totpSecret!, done, 'stepUpOtp');
    await expect(page.getByRole('heading', { level: 1, name: 'Lý Thị Mới' })).toBeVisible();
  });

test('a passkey is added, lets in by itself, steps up, and is removed', async ({ openWindow, account }) => {
  const t = textsOf('vi');
  const page = await openWindow({ viewport: viewports.desktop });
  const browser = await page.context().newCDPSession(page);
  await browser.send('WebAuthn.enable');
  await browser.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const inspector = await account('inspector');
  await signIn(page, inspector);
  await page.goto('/my/profile/second-factor');
  await page.getByLabel(t('security.passkeys.newName')).fill('Máy tính bàn');
  await page.getByRole('button', { name: t('security.passkeys.add') }).click();
  await expect(page.getByText(t('security.factor.passkeyAdded'))).toBeVisible();
  await expect(page.getByRole('rowheader', { name: 'Máy tính bàn', exact: true })).toBeVisible();
  await expectAccessible(page);
  await expectNothingSticksOut(page);

  await page.context().clearCookies();
  await page.goto('/sign-in?next=/my/profile/second-factor');
  await page.getByRole('button', { name: t('security.passkeys.signIn') }).click();
  // the page of sign-in names this one in its address too
  await page.waitForURL((url) => url.pathname === '/my/profile/second-factor');

  // removing it is for somebody who gave the second factor just now: the passkey itself will do
  await letTimePass(inspector.email);
  await page.getByRole('button', { name: `${t('security.passkeys.remove')} Máy tính bàn` }).click();
  await expect(problem(page, t)).toContainText(t('security.errors.stepUp'));
  await page.getByRole('button', { name: t('ui.client.stepUpPasskey') }).click();
  await expect(page.getByText(t('security.factor.passkeyRemoved'))).toBeVisible();
  await expect(page.getByRole('rowheader', { name: 'Máy tính bàn', exact: true })).toHaveCount(0);
});
