import type { Page } from '@playwright/test';
import {
  expect,
  expectAccessible,
  givePassword,
  inLocale,
  locales,
  openLatestMail,
  signIn,
  test,
  viewports,
} from '../fixtures.ts';
import { press, tabTo } from '../keyboard.ts';
import { expectNothingSticksOut } from '../pharmacy/stage.ts';
import { answerThere, type Elsewhere, elsewhere } from '../provider.ts';
import { passSecondStep } from '../second-factor.ts';
import { type Say, textsOf } from '../texts.ts';

// the first test sees the provider down, the others see it up
test.describe.configure({ mode: 'serial' });

let there: Elsewhere;
test.beforeAll(async () => {
  there = await elsewhere();
});
test.afterAll(() => there.close());

const run = Date.now().toString(36);
const button = (page: Page, t: Say) =>
  page.getByRole('link', { name: t('provider.signIn.button', { label: there.label }) });
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const said = (page: Page, words: string) => page.getByRole('status').filter({ hasText: words });
const pathOf = (page: Page) => new URL(page.url()).pathname;
const isWell = async (page: Page) => {
  await expectAccessible(page);
  await expectNothingSticksOut(page);
};

async function signOutHere(page: Page, t: Say, locale: 'vi' | 'en') {
  await page.goto(inLocale(locale, '/sign-out'));
  await page
    .locator('main')
    .getByRole('button', { name: t('identity.signOut.submit') })
    .click();
  await expect(said(page, t('provider.signIn.signedInThere', { label: there.label }))).toBeVisible();
}

for (const locale of locales)
  test(`a provider that is down is named, and passwords let in meanwhile (${locale})`, async ({
    openWindow,
    account,
  }) => {
    const t = textsOf(locale);
    const page = await openWindow({ baseURL: there.url, viewport: viewports.phone });
    await page.goto(inLocale(locale, '/sign-in?next=/my/licences'));
    await button(page, t).click();
    await expect(said(page, t('provider.signIn.notices.providerDown', { label: there.label }))).toBeVisible();
    await isWell(page);
    await givePassword(page, await account('business'));
    await page.waitForURL(`${there.url}${inLocale(locale, '/my/licences')}`);
  });

test('without a provider in the settings there is no button, and its addresses lead to the sign-in page', async ({
  page,
}) => {
  await page.goto('/sign-in');
  await expect(page.locator('a[href*="/api/sign-in/"]')).toHaveCount(0);
  for (const path of ['start', 'callback?code=x&state=y']) {
    await page.goto(`/api/sign-in/${path}`);
    expect(pathOf(page)).toBe('/sign-in');
  }
});

test.describe('a provider that is up', () => {
  test.beforeAll(() => there.startProvider());

  for (const locale of locales)
    test(`somebody new comes from the provider with the keyboard, gets an account, and is known from then on (${locale})`, async ({
      openWindow,
    }) => {
      const t = textsOf(locale);
      const page = await openWindow({ baseURL: there.url, viewport: viewports.phone });
      const who = { sub: `new-${locale}-${run}`, email: `${locale}-${run}@nguoi-moi.example`, name: 'Trần Thị Lan' };
      await page.goto(inLocale(locale, '/sign-in?next=/my/profile'));
      await isWell(page);
      await press(page, button(page, t));
      await answerThere(page, there, who);
      await expect(heading(page, t('provider.link.title'))).toBeVisible();
      await expect(page.locator('main')).toContainText(who.email);
      await isWell(page);
      await tabTo(page, page.locator('main [name=name]'));
      await expect(page.locator('main [name=name]')).toHaveValue(who.name);
      await press(page, page.getByRole('button', { name: t('provider.link.create') }));
      await page.waitForURL(`${there.url}${inLocale(locale, '/my/profile')}`);
      await expect(page.getByRole('heading', { name: t('identity.profile.links') })).toBeVisible();
      await isWell(page);
      await signOutHere(page, t, locale);
      await isWell(page);
      await page.goto(inLocale(locale, '/my'));
      expect(pathOf(page)).toBe(inLocale(locale, '/sign-in'));
      await press(page, button(page, t));
      await answerThere(page, there, who);
      await page.waitForURL(`${there.url}${inLocale(locale, '/my')}`);
    });

  for (const [locale, scripts] of [
    ['vi', true],
    ['en', true],
    ['vi', false],
  ] as const)
    test(`an account is linked after its password was given, and unlinked again (${locale}, scripts ${scripts ? 'on' : 'off'})`, async ({
      openWindow,
      account,
    }) => {
      const t = textsOf(locale);
      const page = await openWindow({ baseURL: there.url, javaScriptEnabled: scripts });
      // axe runs as a script of the page
      const looksWell = async () => (scripts ? isWell(page) : undefined);
      const who = { sub: `business-${locale}-${scripts}-${run}`, email: 'lan@noi-khac.example', name: 'Lan' };
      const business = await account('business');
      await page.goto(inLocale(locale, '/sign-in'));
      await button(page, t).click();
      await answerThere(page, there, who);
      await page.getByRole('link', { name: t('provider.link.signInFirst') }).click();
      await givePassword(page, business);
      await page.waitForURL(`${there.url}${inLocale(locale, '/link-account')}`);
      await looksWell();
      await page.getByRole('button', { name: t('provider.link.submit'), exact: true }).click();
      await page.waitForURL(`${there.url}${inLocale(locale, '/my')}`);
      await signOutHere(page, t, locale);
      await button(page, t).click();
      await answerThere(page, there, who);
      await page.waitForURL(`${there.url}${inLocale(locale, '/my')}`);
      await page.goto(inLocale(locale, '/my/profile'));
      await page
        .getByRole('button', { name: `${t('identity.profile.unlink')} ${there.label}` })
        .first()
        .click();
      await expect(said(page, t('identity.profile.unlinked'))).toBeVisible();
      await openLatestMail(page, business.email, locale);
      await expect(page.getByText(textsOf('vi')('notifications.kinds.identity-linked.subject')).first()).toBeVisible();
    });

  test('an official who comes from the provider still gives the second factor', async ({ openWindow, account }) => {
    const t = textsOf('vi');
    const page = await openWindow({ baseURL: there.url });
    const official = await account('scheme');
    const who = { sub: `official-${run}`, email: 'can-bo@noi-khac.example', name: 'Cán bộ' };
    await page.goto('/sign-in');
    await button(page, t).click();
    await answerThere(page, there, who);
    await signIn(page, official);
    await page.goto('/link-account');
    await page.getByRole('button', { name: t('provider.link.submit'), exact: true }).click();
    await page.waitForURL(`${there.url}/office`);
    await signOutHere(page, t, 'vi');
    await button(page, t).click();
    await answerThere(page, there, who);
    await page.goto('/office');
    await expect(heading(page, t('security.signIn.title'))).toBeVisible();
    await passSecondStep(page, official.totpSecret);
    await page.waitForURL(`${there.url}/office`);
  });

  test('who declines, comes with an old answer, or asks to be led to another site is told, and stays here', async ({
    openWindow,
  }) => {
    const t = textsOf('vi');
    const page = await openWindow({ baseURL: there.url });
    const who = { sub: `stray-${run}`, email: `stray-${run}@nguoi-moi.example`, name: 'Lê Văn Lạc' };
    await page.goto('/sign-in');
    await button(page, t).click();
    await answerThere(page, there, who, false);
    await expect(said(page, t('provider.signIn.notices.providerDeclined', { label: there.label }))).toBeVisible();
    await isWell(page);

    await page.goto('/sign-in?next=https%3A%2F%2Fevil.example%2F');
    await button(page, t).click();
    const answered = page.waitForRequest((request) => request.url().startsWith(`${there.url}/api/sign-in/callback`));
    await answerThere(page, there, who);
    await page.getByRole('button', { name: t('provider.link.create') }).click();
    await page.waitForURL(`${there.url}/my`);

    await signOutHere(page, t, 'vi');
    await page.goto((await answered).url());
    await expect(said(page, t('provider.signIn.notices.providerRefused', { label: there.label }))).toBeVisible();
    await page.goto('/my');
    expect(pathOf(page)).toBe('/sign-in');
  });
});
