import { expect, type Page } from '@playwright/test';
import { generateSync } from 'otplib';

/**
 * Codes as a person reads them off an authenticator. Each is accepted once, and only in its half minute and the two
 * beside it; people who sign in twice in a row wait for the next code, this takes the oldest one not used yet.
 */
const period = 30;
const used = new Map<string, number>();

const presentStep = (): number => Math.floor(Date.now() / 1000 / period);

/** The code of the oldest step that still counts and was not used here; null when all three are spent. */
export function unusedCode(secret: string): string | null {
  const present = presentStep();
  const step = [present - 1, present, present + 1].find((one) => one > (used.get(secret) ?? 0));
  if (step === undefined) return null;
  used.set(secret, step);
  return generateSync({ secret, epoch: step * period, period });
}

/**
 * Types codes into the form with this field until one is taken: another window may have used the first ones.
 * @param done true once the page says that the code was accepted
 */
export async function typeCode(page: Page, secret: string, done: () => Promise<boolean>, name = 'otp'): Promise<void> {
  const form = page
    .locator('form')
    .filter({ has: page.locator(`input[name=${name}]`) })
    .first();
  await expect(async () => {
    // the code before this one may have been taken after all, slowly
    if (await done()) return;
    const code = unusedCode(secret);
    expect(code, 'a code that was not used yet').not.toBeNull();
    await form.locator(`input[name=${name}]`).fill(code!);
    const answer = page.waitForResponse((response) => response.request().method() === 'POST');
    await form.locator('[type=submit]').first().click();
    await answer;
    // a form that was answered with another page stays busy until that page is there
    await expect(page.locator('form[aria-busy=true]')).toHaveCount(0);
    await expect.poll(done, { timeout: 5000 }).toBe(true);
  }).toPass({ timeout: 120_000, intervals: [200, 1000, 5000] });
}

/** The second step of signing in, for officials; nothing for people who have none. */
export async function passSecondStep(page: Page, secret: string | undefined): Promise<void> {
  const here = () => /\/sign-in\/code$/.test(new URL(page.url()).pathname);
  if (!here()) return;
  if (!secret) throw new Error('The account has no totpSecret in demo-accounts.json.');
  await typeCode(page, secret, async () => !here());
}
