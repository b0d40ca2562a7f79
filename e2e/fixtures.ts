import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  type ConsoleMessage,
  expect,
  type Page,
} from '@playwright/test';
import axe, { type RunOptions } from 'axe-core';
import { passSecondStep } from './second-factor.ts';

export { expect } from '@playwright/test';

export type Locale = 'vi' | 'en';
export const locales: Locale[] = ['vi', 'en'];

/** The windows each page has to work in. */
export const viewports = {
  phone: { width: 360, height: 740 },
  tablet: { width: 820, height: 1180 },
  desktop: { width: 1280, height: 900 },
} as const;

/** One entry of DATA_DIR/demo-accounts.json. */
export interface DemoAccount {
  role: string;
  email: string;
  password: string;
  name: string;
  pin?: string;
  totpSecret?: string;
  organisation?: string;
}

/** Where a page is in a language: Vietnamese has no prefix. */
export const inLocale = (locale: Locale, path: string): string =>
  locale === 'vi' ? path : `/en${path === '/' ? '' : path}`;

/** A folder for what a journey produces. */
export interface Artifacts {
  folder: string;
  save(name: string, bytes: Uint8Array | string): Promise<string>;
  /** a picture of the whole page in pages/<name>.png, where the artifacts are kept */
  shot(page: Page, name: string): Promise<void>;
}

interface Fixtures {
  /** console errors a test provokes on purpose, such as the 404 of a page that is not there */
  expectedErrors: RegExp[];
  account: (role: string) => Promise<DemoAccount>;
  /** another person's browser: cookies of its own, watched like the first */
  openWindow: (options?: BrowserContextOptions) => Promise<Page>;
  artifacts: Artifacts;
}

export async function readAccounts(): Promise<DemoAccount[]> {
  const path = join(process.env.DATA_DIR ?? '.data', 'demo-accounts.json');
  return JSON.parse(await readFile(path, 'utf8')) as DemoAccount[];
}

/** Tells of every error the page writes to the console, throws, or runs into. */
export function watchConsole(page: Page, errors: string[]): void {
  page.on('console', (message: ConsoleMessage) => {
    if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => errors.push(String(error)));
}

/** What the page's policy forbade is an error of the page, also where the browser only notes it. */
const tellViolations = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber }) =>
      console.error(`CSP: ${violatedDirective} forbade ${blockedURI} in ${sourceFile}:${lineNumber}`),
    );
  });

const unexpected = (errors: string[], expected: RegExp[]) =>
  errors.filter((text) => !expected.some((pattern) => pattern.test(text)));

/**
 * `test` whose every page of every window fails the test by an unexpected console error, and which knows the demo
 * accounts of the instance and the folder for what it produces.
 */
export const test = base.extend<Fixtures>({
  expectedErrors: [[], { option: true }],
  context: async ({ context, expectedErrors }, use) => {
    const errors: string[] = [];
    context.on('page', (page) => watchConsole(page, errors));
    await tellViolations(context);
    await use(context);
    expect(unexpected(errors, expectedErrors)).toEqual([]);
  },
  openWindow: async ({ browser, baseURL, expectedErrors }, use) => {
    const errors: string[] = [];
    const opened: BrowserContext[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({
        baseURL,
        locale: 'vi-VN',
        timezoneId: 'Asia/Ho_Chi_Minh',
        ...options,
      });
      context.on('page', (page) => watchConsole(page, errors));
      await tellViolations(context);
      opened.push(context);
      return context.newPage();
    });
    await Promise.all(opened.map((context) => context.close()));
    expect(unexpected(errors, expectedErrors)).toEqual([]);
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are needed
  account: async ({}, use) => {
    const accounts = await readAccounts();
    await use(async (role) => {
      const found = accounts.find((account) => account.role === role);
      if (!found) throw new Error(`There is no demo account "${role}".`);
      return found;
    });
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are needed
  artifacts: async ({}, use, info) => {
    const folder = process.env.ARTIFACTS ?? info.outputPath('artifacts');
    await mkdir(join(folder, 'pages'), { recursive: true });
    const save = async (name: string, bytes: Uint8Array | string) => {
      await writeFile(join(folder, name), bytes);
      return join(folder, name);
    };
    // pictures are for people: a run nobody keeps the artifacts of does without
    const shot = async (page: Page, name: string) => {
      if (process.env.ARTIFACTS) await page.screenshot({ path: join(folder, 'pages', `${name}.png`), fullPage: true });
    };
    await use({ folder, save, shot });
  },
});

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds in a page, judged in the page itself; it is put there once. The policy of pages forbids frames. */
async function violations(page: Page, options: RunOptions) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(async (given) => {
    const { axe: inPage } = window as unknown as { axe: typeof axe };
    const found = await inPage.run(document, given);
    return found.violations.map(({ id, help, nodes }) => ({
      id,
      help,
      where: nodes.map(({ target }) => target.join(' ')),
    }));
  }, options);
}

/** No finding of axe on the page as it stands, WCAG 2.2 A and AA and its good practices; of certain rules alone, or
 * without some. */
export async function expectAccessible(
  page: Page,
  { only, without = [] }: { only?: string[]; without?: string[] } = {},
): Promise<void> {
  // between two views of one page the framework takes the old title away a moment before it sets the new one
  await expect(page).toHaveTitle(/./);
  // a colour on its way to another is neither of the two
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((each) => each instanceof CSSTransition)
        .map(({ finished }) => finished),
    ),
  );
  const found = await violations(page, {
    resultTypes: ['violations'],
    runOnly: only ? { type: 'rule', values: only } : { type: 'tag', values: standards },
    rules: Object.fromEntries(without.map((rule) => [rule, { enabled: false }])),
  });
  expect(found).toEqual([]);
}

/** Fills the sign-in page a window shows and sends it. */
export async function givePassword(page: Page, { email, password }: Pick<DemoAccount, 'email' | 'password'>) {
  const form = page.locator('form').filter({ has: page.locator('[name=password]') });
  await form.locator('[name=email]').fill(email);
  await form.locator('[name=password]').fill(password);
  await form.locator('[type=submit]').click();
}

/** Signs a person in through the pages for it, officials with their code, and waits until they are let through. */
export async function signIn(
  page: Page,
  account: Pick<DemoAccount, 'email' | 'password' | 'totpSecret'>,
  locale: Locale = 'vi',
): Promise<void> {
  await page.goto(inLocale(locale, '/sign-in'));
  await givePassword(page, account);
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
  await passSecondStep(page, account.totpSecret);
}

/** Opens the newest mail to an address in the demo mailbox; the worker may need a moment to deliver it. */
export async function openLatestMail(page: Page, to: string, locale: Locale = 'vi'): Promise<void> {
  const mails = page.getByRole('table').getByRole('link');
  await expect(async () => {
    await page.goto(inLocale(locale, `/demo/mailbox?q=${encodeURIComponent(to)}`));
    await expect(mails.first()).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 30_000 });
  await mails.first().click();
  await page.waitForURL(/\/demo\/mailbox\/.+/);
}
