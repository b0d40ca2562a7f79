import type { Browser } from '@playwright/test';
import { expect, inLocale, test } from '../fixtures.ts';
import { budgets, publicPages } from '../public-pages.ts';

type Kind = keyof typeof budgets;
const kinds = Object.keys(budgets) as Kind[];

test.describe.configure({ timeout: 300_000 });

/** A page mostly waits until nothing more comes: so many do that at once. */
const atOnce = 4;

/** The bytes somebody loads who has never been here. */
async function loaded(browser: Browser, baseURL: string, path: string): Promise<Record<Kind, number>> {
  const context = await browser.newContext({ baseURL, locale: 'vi-VN' });
  const page = await context.newPage();
  const sum: Record<Kind, number> = { script: 0, stylesheet: 0, font: 0 };
  const counted: Promise<void>[] = [];
  page.on('requestfinished', (request) => {
    const kind = request.resourceType() as Kind;
    if (kind in sum)
      counted.push(
        request.sizes().then(({ responseBodySize }) => {
          sum[kind] += responseBodySize;
        }),
      );
  });
  await page.goto(path, { waitUntil: 'networkidle' });
  await Promise.all(counted);
  await context.close();
  return sum;
}

test('every public page keeps to its bytes of script, style and type', async ({ browser, baseURL }) => {
  const over: string[] = [];
  // the other language loads the same files: one page shows it
  const paths = [...publicPages, inLocale('en', '/')];
  for (let next = 0; next < paths.length; next += atOnce) {
    const together = paths.slice(next, next + atOnce);
    const sums = await Promise.all(together.map((path) => loaded(browser, baseURL!, path)));
    for (const [index, sum] of sums.entries()) {
      const path = together[index]!;
      for (const kind of kinds)
        if (sum[kind] > budgets[kind]) over.push(`${path} ${kind} ${sum[kind]} of ${budgets[kind]}`);
      // a page that loads nothing would keep to any budget
      expect(sum.script, path).toBeGreaterThan(50_000);
      expect(sum.stylesheet, path).toBeGreaterThan(2_000);
      expect(sum.font, path).toBeGreaterThan(5_000);
    }
  }
  expect(over).toEqual([]);
});
