import { chromium, type Page } from '@playwright/test';
import { chromiumFlags, chromiumPath } from '../browser.ts';
import { expect, expectAccessible, test, viewports } from '../fixtures.ts';

const bachMai = { latitude: 21.0025, longitude: 105.841 };

/** Hosts asked besides our own. */
function foreignHosts(page: Page, own: string): string[] {
  const hosts: string[] = [];
  page.on('request', (request) => {
    const { host, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && host !== new URL(own).host) hosts.push(request.url());
  });
  return hosts;
}
const ready = (page: Page) => page.locator('.map-view[data-phase=ready]').waitFor({ timeout: 60_000 });

test('somebody on a telephone finds an open clinic near them, without accents, and sees how to get there', async ({
  browser,
  baseURL,
  artifacts,
}) => {
  const context = await browser.newContext({
    baseURL: baseURL!,
    viewport: viewports.phone,
    locale: 'vi-VN',
    geolocation: bachMai,
    permissions: ['geolocation'],
  });
  const page = await context.newPage();
  const foreign = foreignHosts(page, baseURL!);
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(request.url()));

  await test.step('words without accents find the service', async () => {
    await page.goto('/map');
    await page.getByLabel('Tìm cơ sở hoặc dịch vụ').fill('noi soi da day');
    await page.getByRole('button', { name: 'Tìm', exact: true }).click();
    await page.waitForURL(/[?&]q=/);
    await expect(page.getByRole('status').filter({ hasText: /\d+ cơ sở/ })).toBeVisible();
    await expect(page.locator('.found-item').first()).toBeVisible();
    await artifacts.shot(page, '1-noi-soi');
    await expectAccessible(page);
  });

  await test.step('near me is asked by a press, orders by distance and is in no address', async () => {
    await page.getByRole('button', { name: 'Gần tôi' }).click();
    await expect(page.getByText('gần vị trí của Ông/Bà')).toBeVisible();
    await expect(page.locator('.found-distance').first()).toBeVisible();
    expect(addresses.filter((address) => /21[.,]00|105[.,]84/.test(decodeURIComponent(address)))).toEqual([]);
    await artifacts.shot(page, '2-gan-toi');
  });

  await test.step('open now keeps the order', async () => {
    await page.getByText('Đang mở', { exact: true }).first().click();
    await expect(page.locator('.found-item').first()).toContainText(/Đang mở|Mở cả ngày|Sắp đóng/);
    await artifacts.shot(page, '3-dang-mo');
  });

  await test.step('a facility unfolds its card', async () => {
    await page.locator('.found-item h3 a').first().click();
    const card = page.locator('.found-item[data-selected]');
    await expect(card.getByRole('link', { name: 'Chỉ đường' })).toBeVisible();
    await expect(card).toContainText('Giấy phép');
    await expect(card).toContainText('Người phụ trách chuyên môn');
    await artifacts.shot(page, '4-the-co-so');
    await expectAccessible(page);
  });

  await test.step('the map has the same, from this server alone', async () => {
    await page.goto('/map?q=noi+soi+da+day&view=map');
    await ready(page);
    await artifacts.shot(page, '5-ban-do');
    // the first of the list lies over the others
    await page.locator('.pin').last().click();
    await expect(page.locator('.found-item[data-selected]')).toBeVisible();
    await artifacts.shot(page, '6-ban-do-the');
    expect(foreign).toEqual([]);
  });
  await context.close();
});

test('the whole country is drawn with Hoàng Sa and Trường Sa, on a desk and in English', async ({
  page,
  baseURL,
  artifacts,
}) => {
  await page.setViewportSize(viewports.desktop);
  const foreign = foreignHosts(page, baseURL!);
  await page.goto('/map');
  await ready(page);
  await artifacts.shot(page, '7-ca-nuoc');
  await expectAccessible(page);
  await page.goto('/map?place=H%C3%A0+N%E1%BB%99i');
  await ready(page);
  await artifacts.shot(page, '8-ha-noi');
  await page.goto('/en/map?service=emergency&insurance=social');
  await ready(page);
  await artifacts.shot(page, '9-english');
  await expectAccessible(page);
  expect(foreign).toEqual([]);
});

test('nothing found offers ways on, each one press away', async ({ page, artifacts }) => {
  await page.goto('/map?kind=imaging&place=L%E1%BA%A1ng+S%C6%A1n&open=1&q=benh+vien');
  await expect(page.getByRole('heading', { name: 'Không tìm thấy cơ sở phù hợp' })).toBeVisible();
  await artifacts.shot(page, '10-khong-co');
  await expectAccessible(page);
  await page.locator('.found-none a').first().click();
  await expect(page.locator('.found-item').first()).toBeVisible();
});

test('the list is complete without scripts, and by keyboard', async ({ browser, baseURL, artifacts }) => {
  const context = await browser.newContext({ baseURL: baseURL!, javaScriptEnabled: false, viewport: viewports.phone });
  const page = await context.newPage();
  await page.goto('/map');
  await page.getByLabel('Tìm cơ sở hoặc dịch vụ').fill('nha thuoc');
  await page.getByLabel('Ở đâu').fill('Hà Nội');
  await page.keyboard.press('Enter');
  await expect(page.locator('.found-count')).toContainText('Thành phố Hà Nội');
  await page.locator('.found-item h3 a').first().click();
  await expect(page.locator('.found-item[data-selected]')).toContainText('Giấy phép');
  await artifacts.shot(page, '11-khong-script');
  await context.close();
});

test('without WebGL the same map is drawn on canvas', async ({ baseURL, artifacts }) => {
  const plain = await chromium.launch({
    executablePath: chromiumPath(),
    args: [...chromiumFlags.filter((flag) => !flag.includes('swiftshader')), '--disable-3d-apis'],
    chromiumSandbox: false,
  });
  const page = await plain.newPage({ baseURL: baseURL!, viewport: viewports.desktop });
  await page.goto('/map');
  await ready(page);
  expect(await page.locator('.leaflet-tile-pane canvas').count()).toBeGreaterThan(0);
  await page.waitForLoadState('networkidle');
  await artifacts.shot(page, '12-khong-webgl');
  await plain.close();
});

test('the lobby’s screen has large targets and no way out', async ({ page, baseURL, artifacts }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto('/map/kiosk?q=nha+thuoc&place=H%C3%A0+N%E1%BB%99i');
  await page.locator('.found-item h3 a').first().click();
  await expect(page.locator('.found-item[data-selected]')).toBeVisible();
  await ready(page);
  const away = await page
    .locator('a[href]')
    .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
  expect(away.filter((href) => !/\/map\/kiosk/.test(href) && !href.includes('#main'))).toEqual([]);
  expect(new URL(baseURL!).host).not.toBe('');
  await artifacts.shot(page, '13-sanh-benh-vien');
  await expectAccessible(page);
});

test('the map stands in a frame of another page', async ({ page, artifacts }) => {
  const answer = await page.goto('/embed/map?place=Hu%E1%BA%BF');
  expect(answer!.headers()['content-security-policy']).toContain('frame-ancestors *');
  await ready(page);
  await artifacts.shot(page, '14-nhung');
  await expectAccessible(page);
});

test('indicators show the same in map and table', async ({ page, artifacts }) => {
  await page.setViewportSize(viewports.desktop);
  await page.goto('/map/indicators?measure=beds');
  await expect(page.locator('.choropleth path').first()).toBeVisible();
  await expect(page.locator('tbody tr')).toHaveCount(35);
  await artifacts.shot(page, '15-chi-so');
  await expectAccessible(page);
});
