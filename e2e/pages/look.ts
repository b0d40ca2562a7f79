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

/** One pass of axe under a set of colours. */
export async function expectAccessibleIn(
  page: Page,
  colours: { colorScheme: 'light' | 'dark'; forcedColors?: 'active' | 'none'; contrast?: 'more' | 'no-preference' },
): Promise<void> {
  await page.emulateMedia({ forcedColors: 'none', contrast: 'no-preference', ...colours });
  await expectAccessible(page);
}
