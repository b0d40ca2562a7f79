import type { Browser, Locator, Page } from '@playwright/test';

/** A slowed-down visit. Rates in bits a second, times in ms. */
export interface Profile {
  cpu: number;
  down: number;
  roundTrip: number;
}

export interface Vitals {
  /** largest contentful paint, ms */
  lcp: number;
  /** cumulative layout shift */
  cls: number;
  /** slowest answer to a key or a press, ms until the next frame */
  inp: number;
}

interface Seen {
  lcp: number;
  cls: number;
  inp: number;
}

/** Listens from the first moment on; `buffered` brings what was before. */
function listen(): void {
  const seen: Seen = { lcp: 0, cls: 0, inp: 0 };
  Object.assign(globalThis, { seenVitals: seen });
  const on = (type: string, take: (entry: PerformanceEntry & Record<string, number | boolean>) => void, more = {}) =>
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) take(entry as never);
    }).observe({ type, buffered: true, ...more });
  on('largest-contentful-paint', (entry) => {
    seen.lcp = Math.max(seen.lcp, entry.startTime);
  });
  on('layout-shift', (entry) => {
    if (!entry.hadRecentInput) seen.cls += Number(entry.value);
  });
  on(
    'event',
    (entry) => {
      if (Number(entry.interactionId) > 0) seen.inp = Math.max(seen.inp, entry.duration);
    },
    { durationThreshold: 16 },
  );
}

/**
 * Presses it in the middle of the screen. The browser's window may be lower than the page's viewport, and what changes
 * below its edge is painted with the next change above it, which would be counted as a slow answer.
 */
async function press(target: Locator): Promise<void> {
  await target.evaluate((element) => element.scrollIntoView({ block: 'center', behavior: 'instant' }));
  await target.click();
}

/** Types into the first field or opens the first menu: what a visitor does first on any page. */
async function interact(page: Page): Promise<void> {
  const field = page.locator('main input:visible:not([type=file]):not([type=radio]):not([type=checkbox])').first();
  if ((await field.count()) > 0) {
    await press(field);
    await field.pressSequentially('nhà thuốc', { delay: 40 });
  }
  const choice = page
    .locator('main input[type=radio]:visible, main input[type=checkbox]:visible, main summary:visible')
    .first();
  if ((await choice.count()) > 0) await press(choice);
  await page.keyboard.press('Tab');
  // two frames, so that the last press has been painted
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** One visit with an empty cache. */
export async function visit(browser: Browser, url: string, profile: Profile): Promise<Vitals> {
  const context = await browser.newContext({ locale: 'vi-VN', viewport: { width: 390, height: 800 } });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: profile.cpu });
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: profile.roundTrip,
    downloadThroughput: profile.down / 8,
    uploadThroughput: profile.down / 8,
  });
  await page.addInitScript(listen);
  await page.goto(url, { waitUntil: 'networkidle', timeout: 60_000 });
  const loaded = await page.evaluate(() => (globalThis as unknown as { seenVitals: Seen }).seenVitals);
  await interact(page);
  const used = await page.evaluate(() => (globalThis as unknown as { seenVitals: Seen }).seenVitals);
  await context.close();
  return { lcp: loaded.lcp, cls: used.cls, inp: used.inp };
}
