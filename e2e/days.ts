import type { Page } from '@playwright/test';

/** A day so many days from now; negative: before. */
export const inDays = (count: number): Date => new Date(Date.now() + count * 86_400_000);

/** A day as people write it: `dd/mm/yyyy`. */
export const written = (day: Date): string => day.toISOString().slice(0, 10).split('-').reverse().join('/');

/** Fills the three fields of a day. */
export async function fillDate(page: Page, name: string, day: Date): Promise<void> {
  const [year, month, date] = day.toISOString().slice(0, 10).split('-');
  for (const [part, value] of Object.entries({ day: date, month, year }))
    await page.locator(`[name="${name}.${part}"]`).fill(String(value));
}
