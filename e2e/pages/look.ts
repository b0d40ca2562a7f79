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

/** Draws the page in these colours from now on, at once: a colour on its way to another is none of them. */
export const colour = (page: Page, colours: Colours): Promise<void> =>
  page.emulateMedia({ forcedColors: 'none', contrast: 'no-preference', reducedMotion: 'reduce', ...colours });

/** Rules of axe that ask for colours: the slow ones, and the same in every language. */
export const hangsOnColours = ['color-contrast', 'link-in-text-block'];

/**
 * Forced colours are the reader's own and contrast by themselves; axe takes text to have the colour the page asked for,
 * and cannot tell. What a page can still get wrong: what one presses or fills in has no edge, only a ground.
 */
async function expectEdges(page: Page): Promise<void> {
  const bare = await page
    .locator(
      '.button:not(.text):visible, main input:not([type=checkbox], [type=radio], [type=file]):visible, main select:visible',
    )
    .evaluateAll((controls) =>
      controls
        .filter((control) => !(Number.parseFloat(getComputedStyle(control).borderTopWidth) > 0))
        .map((control) => control.outerHTML.slice(0, 80)),
    );
  expect(bare).toEqual([]);
}

/** Everything of axe, in the colours the page is drawn in. */
export async function expectWhole(page: Page, { forcedColors }: Colours): Promise<void> {
  await expectAccessible(page, forcedColors ? { without: hangsOnColours } : {});
  if (forcedColors) await expectEdges(page);
}

/** What hangs on colours, drawn in others: nothing else can come out differently. */
export async function expectReadableIn(page: Page, colours: Colours): Promise<void> {
  await colour(page, colours);
  await (colours.forcedColors ? expectEdges(page) : expectAccessible(page, { only: hangsOnColours }));
}
