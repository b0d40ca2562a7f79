import { readFile } from 'node:fs/promises';
import type { BrowserContextOptions, Locator, Page } from '@playwright/test';
import {
  type Artifacts,
  type DemoAccount,
  expect,
  expectAccessible,
  inLocale,
  type Locale,
  locales,
  signIn,
  viewports,
} from '../fixtures.ts';
import { hangsOnColours } from '../pages/look.ts';
import { type Say, textsOf } from '../texts.ts';

/** What the fixtures hand to a journey. */
export interface Props {
  account: (role: string) => Promise<DemoAccount>;
  openWindow: (options?: BrowserContextOptions) => Promise<Page>;
  artifacts: Artifacts;
}

/** One play of a journey: its language, its texts, a desk for each person. */
export interface Stage extends Props {
  locale: Locale;
  t: Say;
  /** whether scripts run in the applicant's window */
  script: boolean;
  /** an address in the journey's language */
  at(path: string): string;
  /** the window of a demo account, signed in the first time it is asked for */
  desk(role: string, options?: BrowserContextOptions): Promise<Page>;
  /** says that a person has signed in at this window */
  seat(role: string, page: Page): void;
  /**
   * What every page has to pass: no finding of axe, nothing that sticks out at 360 px; leaves its picture. A page
   * looked at under a name before is not looked at again.
   */
  look(page: Page, name: string): Promise<void>;
}

/** @param own the only pages this journey looks at; left out: all it comes by */
export function stageOf(props: Props, locale: Locale, own?: readonly string[], script = true): Stage {
  const desks = new Map<string, Page>();
  const seen = new Set<string>();
  const at = (path: string) => inLocale(locale, path);
  return {
    ...props,
    locale,
    script,
    t: textsOf(locale),
    at,
    async desk(role, options) {
      const known = desks.get(role);
      if (known) return known;
      const page = await props.openWindow(options);
      await signIn(page, await props.account(role), locale);
      desks.set(role, page);
      return page;
    },
    seat: (role, page) => void desks.set(role, page),
    async look(page, name) {
      if (seen.has(name) || own?.includes(name) === false) return;
      seen.add(name);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('html')).toHaveAttribute('lang', locale);
      const number = String(seen.size).padStart(2, '0');
      await props.artifacts.shot(page, `${locale === 'vi' ? '' : `${locale}-`}${number}-${name}`);
      // colours are those of the first language
      await expectAccessible(page, locale === locales[0] ? {} : { without: hangsOnColours });
      await expectNothingSticksOut(page);
    },
  };
}

/** On a phone of 360 px nothing is wider than the window. */
export async function expectNothingSticksOut(page: Page): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize(viewports.phone);
  const wide = await page.evaluate(() => {
    const limit = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= limit) return [];
    return [...document.querySelectorAll('main *')]
      .filter((element) => element.getBoundingClientRect().right > limit + 1)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}: ${element.textContent?.slice(0, 60)}`);
  });
  expect(wide).toEqual([]);
  if (before) await page.setViewportSize(before);
}

/** What a link downloads. */
export async function download(page: Page, link: Locator): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
  return readFile(await file.path());
}

/** Loads a page again and again until what is expected is there: the worker needs a moment. */
export async function reloadUntil(page: Page, path: string, expectation: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await page.goto(path);
    await expectation();
  }).toPass({ timeout: 45_000, intervals: [500, 1000, 2000] });
}
