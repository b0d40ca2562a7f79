import { expect, inLocale, test } from '../fixtures.ts';
import { budgets, publicPages } from '../public-pages.ts';

type Kind = keyof typeof budgets;

test.describe.configure({ timeout: 300_000 });

test('every public page keeps to its bytes of script, style and type', async ({ browser, baseURL }) => {
  const over: string[] = [];
  const sums: Record<string, Record<Kind, number>> = {};
  // the other language loads the same files: one page shows it
  const paths = [...publicPages, inLocale('en', '/')];
  for (const path of paths) {
    const context = await browser.newContext({ baseURL: baseURL!, locale: 'vi-VN' });
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
    sums[path] = sum;
    for (const kind of Object.keys(budgets) as Kind[])
      if (sum[kind] > budgets[kind]) over.push(`${path} ${kind} ${sum[kind]} of ${budgets[kind]}`);
  }
  expect(over).toEqual([]);
  // a page that loads nothing would keep to any budget
  for (const [path, sum] of Object.entries(sums)) {
    expect(sum.script, path).toBeGreaterThan(50_000);
    expect(sum.stylesheet, path).toBeGreaterThan(2_000);
    expect(sum.font, path).toBeGreaterThan(5_000);
  }
});
