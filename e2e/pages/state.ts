import type { Page } from '@playwright/test';

/** Ids of what was made before the pages are looked at. */
export interface Made {
  draft: string;
  /** received, waits for assessment; its name is as long as names get */
  dossier: string;
  name: string;
  code: string;
  organisation: string;
  authority: string;
  official: string;
  /** of its payment at the demo bank */
  payment: string;
  mail: string;
  /** of the demo: a drug with a recall, prices and tests, and that recall */
  drug: string;
  recall: string;
}

/** One look at a page: who looks, where, and what they did before. */
export interface State {
  who: string;
  path: (made: Made) => string;
  /** brings the page into the state, e.g. by sending an empty form */
  act?: (page: Page) => Promise<void>;
  /** the page answers with this status; 200 where it is left out */
  status?: number;
}

export const see = (who: string, path: string | ((made: Made) => string), more: Partial<State> = {}): State => ({
  who,
  path: typeof path === 'string' ? () => path : path,
  ...more,
});
export const nowhere = '00000000-0000-7000-8000-000000000000';
export const business = (page: string) => (made: Made) => `/my/organisations/${made.organisation}${page}`;
/** Sends the last form of the content as it is, and waits for what is wrong with it. */
export const sendEmpty = async (page: Page) => {
  await page.locator('main form [type=submit]').last().click();
  await page.getByRole('alert').filter({ hasText: /\S/ }).first().waitFor();
};
/** The same where another form, such as that of passkeys, comes last. */
export const sendFirstEmpty = async (page: Page) => {
  await page.locator('main form [type=submit]').first().click();
  await page.getByRole('alert').filter({ hasText: /\S/ }).first().waitFor();
};
/** Opens everything that folds, by what a press does: the first that is shut is another one each time. */
export const openAll = async (page: Page) => {
  const shut = page.locator('main details:not([open]) > summary');
  for (let left = await shut.count(); left > 0; left--) await shut.first().click();
  if ((await shut.count()) > 0) throw new Error('Not everything that folds opens.');
};
/** Opens the first entry of the list. */
export const openFirst = async (page: Page) => {
  const link = page.locator('main table a').first();
  const href = await link.getAttribute('href');
  await link.click();
  await page.waitForURL((url) => url.pathname === href);
};
/** Narrows the machines to the first one's facility and opens the form for another. */
export const openUnitForm = async (page: Page) => {
  await page.locator('main table td a').first().click();
  await page.waitForURL(/facility=/);
  await page.locator('main a[href*="/equipment/new/"]').click();
  await page.waitForURL(/equipment\/new\//);
  await sendEmpty(page);
};
export const my = (page: string) => (made: Made) => `/my/dossiers/${made.dossier}${page}`;
export const draft = (page: string) => (made: Made) => `/my/dossiers/${made.draft}${page}`;
export const office = (page: string) => (made: Made) => `/office/dossiers/${made.dossier}${page}`;
