import type { Locator, Page } from '@playwright/test';
import { expect } from './fixtures.ts';

/** Where the focus is, as one sees it. */
interface Stop {
  what: string;
  /** of the box, in px of the page */
  top: number;
  left: number;
  bottom: number;
  right: number;
  /** it has an outline and nothing lies over it */
  seen: boolean;
}

/** The element with the focus: its box, and whether it shows. Null on the body, between two rounds. */
const focused = (page: Page): Promise<Stop | null> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return null;
    // the content or a heading that was jumped to is no stop of the Tab key
    if (element.getAttribute('tabindex') === '-1') return null;
    const box = element.getBoundingClientRect();
    const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 2);
    const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 20), 1), innerHeight - 2);
    const over = document.elementFromPoint(x, y);
    const shown = over !== null && (element.contains(over) || over.contains(element) || Boolean(over.closest('label')));
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const ring = (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
    return {
      what: `${element.tagName.toLowerCase()} ${(element.textContent || element.getAttribute('name') || '').trim().slice(0, 40)}`,
      top: box.top + scrollY,
      left: box.left,
      bottom: box.bottom + scrollY,
      right: box.right,
      seen: ring && shown,
    };
  });

/** Presses Tab until the focus is where it is wanted; at every stop on the way it shows and nothing lies over it. */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted).toBeVisible();
  for (let presses = 0; presses < 120; presses++) {
    const stop = await focused(page);
    if (stop) expect(stop.seen, `the focus on "${stop.what}" shows`).toBe(true);
    if (await wanted.evaluate((element) => element === document.activeElement)) {
      await expect(wanted).toBeInViewport();
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error('Tab does not lead there.');
}

/**
 * Goes once through everything in the content: the focus moves as one reads, down the page, and along a line from left
 * to right; columns beside each other are read one after the other.
 */
export async function expectOrderSeen(page: Page): Promise<void> {
  await page.locator('main').evaluate((main) => {
    main.tabIndex = -1;
    main.focus();
  });
  const stops: Stop[] = [];
  for (let presses = 0; presses < 150; presses++) {
    await page.keyboard.press('Tab');
    const inside = await page.evaluate(() => document.activeElement?.closest('main') !== null);
    const stop = await focused(page);
    if (!inside || !stop) break;
    stops.push(stop);
  }
  expect(stops.length).toBeGreaterThan(0);
  const faults = stops.slice(1).flatMap((stop, index) => {
    const before = stops[index]!;
    const below = stop.top >= before.top - 2;
    const sameLine = stop.bottom > before.top && stop.left >= before.left;
    const nextColumn = stop.left >= before.right - 2;
    return below || sameLine || nextColumn ? [] : [`${before.what} → ${stop.what}`];
  });
  expect(faults).toEqual([]);
}

export async function press(page: Page, wanted: Locator): Promise<void> {
  await tabTo(page, wanted);
  await page.keyboard.press('Enter');
}

export async function type(page: Page, wanted: Locator, text: string): Promise<void> {
  await tabTo(page, wanted);
  await page.keyboard.insertText(text);
}

/** Tab reaches the chosen or the first of a group; the arrows choose. */
export async function choose(page: Page, group: Locator, wanted: Locator): Promise<void> {
  const radios = group.getByRole('radio');
  const chosen = group.getByRole('radio', { checked: true });
  await tabTo(page, (await chosen.count()) > 0 ? chosen : radios.first());
  await page.keyboard.press('Space');
  for (let presses = 0; presses < 10 && !(await wanted.isChecked()); presses++) await page.keyboard.press('ArrowDown');
  await expect(wanted).toBeChecked();
}

/** The arrow keys go down a list until the words are chosen. */
export async function pick(page: Page, list: Locator, words: string): Promise<void> {
  await expect(list.getByRole('option', { name: words, exact: true })).toBeAttached();
  await tabTo(page, list);
  const chosen = () => list.evaluate((element) => (element as HTMLSelectElement).selectedOptions[0]?.label);
  for (let presses = 0; presses < 40 && (await chosen()) !== words; presses++) await page.keyboard.press('ArrowDown');
  expect(await chosen()).toBe(words);
}
