import type { Page } from '@playwright/test';
import { expect, expectAccessible } from '../fixtures.ts';

/** Widths a page has to fit: the smallest phone, a common phone, a window at 200 % zoom, a desk. */
export const widths = [320, 360, 640, 1280] as const;
export type Width = (typeof widths)[number];

/** Nothing of the page is wider than the window; what may be scrolls in a box of its own. */
export async function expectToFit(page: Page, width: Width, what: string): Promise<void> {
  await page.setViewportSize({ width, height: 800 });
  const wide = await page.evaluate(() => {
    const limit = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= limit) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > limit + 1)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}: ${element.textContent?.slice(0, 40)}`);
  });
  expect(wide, `${what} at ${width} px`).toEqual([]);
}

/** What one presses first is 44 px high for a thumb, and nothing is under 24 px (axe looks at those). */
export async function expectThumbSized(page: Page, what: string): Promise<void> {
  const small = await page
    .locator('main .button:not(.small):not(.text):visible')
    .evaluateAll((buttons) =>
      buttons.filter((button) => button.getBoundingClientRect().height < 43.5).map((button) => button.textContent),
    );
  expect(small, what).toEqual([]);
}

/** Colours as a reader's machine asks for them. */
export interface Colours {
  colorScheme: 'light' | 'dark';
  forcedColors?: 'active';
  contrast?: 'more';
}

/** Every set of colours a page has to be readable in. */
export const everyColours: readonly Colours[] = [
  { colorScheme: 'light' },
  { colorScheme: 'dark' },
  { colorScheme: 'light', forcedColors: 'active' },
  { colorScheme: 'dark', contrast: 'more' },
  { colorScheme: 'dark', forcedColors: 'active' },
  { colorScheme: 'light', contrast: 'more' },
];

/** Draws the page in these colours from now on. */
export const colour = (page: Page, colours: Colours): Promise<void> =>
  page.emulateMedia({ forcedColors: 'none', contrast: 'no-preference', ...colours });

/** What of axe hangs on colours: with other colours nothing else can come out differently. */
export async function expectReadableIn(page: Page, colours: Colours): Promise<void> {
  await colour(page, colours);
  await expectAccessible(page, ['color-contrast', 'link-in-text-block']);
}
