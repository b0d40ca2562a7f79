import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { inDays, written } from '../days.ts';
import { expect, expectAccessible, type Locale, locales, test } from '../fixtures.ts';
import { reloadUntil, type Stage, stageOf } from '../pharmacy/stage.ts';

test.describe.configure({ timeout: 240_000 });

/** Another number each time, so that something changes however often the journey is played on one instance. */
const newPhone = () => `024 ${Date.now().toString().slice(-8, -4)} ${Date.now().toString().slice(-4)}`;
const place: Record<Locale, string> = { vi: 'Hà Nội', en: 'Hanoi' };

for (const locale of locales) {
  test(`the public reports an error, an official proposes, another approves, and the register keeps both (${locale})`, async ({
    account,
    openWindow,
    artifacts,
  }) => {
    const stage = stageOf({ account, openWindow, artifacts }, locale);
    const { t, at } = stage;
    const visitor = await openWindow();
    const phone = newPhone();

    await test.step('a visitor finds a facility of the demo and says what is wrong with it', async () => {
      await visitor.goto(at(`/registers/facilities?province=01&q=${locale === 'vi' ? 'phong kham' : 'benh vien'}`));
      await visitor.getByRole('rowheader').getByRole('link').first().click();
      await expect(visitor.getByText(place[locale]).first()).toBeVisible();
      await stage.look(visitor, 'facility');
    });
    const address = new URL(visitor.url()).pathname;
    const name = await visitor.getByRole('heading', { level: 1 }).textContent();
    await visitor.getByRole('link', { name: t('facilities.detail.suggest') }).click();
    await visitor.getByRole('button', { name: t('registers.suggest.send') }).click();
    await expect(visitor.locator('.summary').getByRole('link')).toHaveCount(1);
    await visitor.getByLabel(t('registers.suggest.field')).selectOption({ label: t('facilities.fields.phone') });
    await visitor.getByLabel(t('registers.suggest.words')).fill(`Số đúng là ${phone}`);
    await stage.look(visitor, 'suggest');
    await visitor.getByRole('button', { name: t('registers.suggest.send') }).click();
    const sent = visitor.getByRole('status').filter({ hasText: /GY-\d{4}-\d{6}/ });
    await expect(sent).toBeVisible();
    const words = (await sent.textContent()) ?? '';
    const number = /GY-\d{4}-\d{6}/.exec(words)![0];
    const secret = /[2-9A-HJ-NP-Z]{8}/.exec(words.replace(number, ''))![0];

    const registrar = await stage.desk('registrar');
    await test.step('the registrar sees it on the desk and proposes the change', async () => {
      await registrar.goto(at('/office/registers'));
      await stage.look(registrar, 'desk');
      await registrar.getByRole('link', { name: number }).click();
      await expect(registrar.getByText(`Số đúng là ${phone}`)).toBeVisible();
      await stage.look(registrar, 'suggestion');
      await registrar.getByRole('link', { name: t('registers.suggestion.propose') }).click();
      const latitude = await registrar.getByLabel(t('facilities.fields.latitude')).inputValue();
      await registrar.getByLabel(t('facilities.fields.latitude')).fill('xa lắm');
      await registrar.getByLabel(t('registers.form.reason')).fill('Người dân báo số mới');
      await registrar.getByRole('button', { name: t('registers.form.propose') }).click();
      await expect(registrar.locator('.summary').getByRole('link')).toHaveCount(1);
      await expectAccessible(registrar);
      await registrar.locator('.summary').getByRole('link').click();
      await expect(registrar.getByLabel(t('facilities.fields.latitude'))).toBeFocused();
      await registrar.getByLabel(t('facilities.fields.latitude')).fill(latitude);
      await registrar.getByLabel(t('facilities.fields.phone')).fill(phone);
      await stage.look(registrar, 'change');
      await registrar.getByRole('button', { name: t('registers.form.propose') }).click();
      await expect(registrar.getByRole('status').filter({ hasText: t('registers.desk.done.proposed') })).toBeVisible();
    });

    await test.step('who proposed cannot approve; the head sees what differs and approves', async () => {
      const row = registrar
        .getByRole('row')
        .filter({ hasText: name ?? '' })
        .first();
      await row.getByRole('link').click();
      await expect(registrar.getByRole('button', { name: t('registers.request.approve'), exact: true })).toHaveCount(0);
      const request = new URL(registrar.url()).pathname;
      const head = await stage.desk('head');
      await head.goto(request);
      await expect(head.getByRole('row').filter({ hasText: t('facilities.fields.phone') })).toContainText(phone);
      await stage.look(head, 'request');
      await head.getByRole('button', { name: t('registers.request.reject') }).click();
      await expect(head.locator('.summary')).toContainText(t('registers.errors.noteMissing'));
      await head.getByRole('button', { name: t('registers.request.approve'), exact: true }).click();
      await expect(head.getByRole('status').filter({ hasText: t('registers.desk.done.decided') })).toBeVisible();
    });

    await test.step('the public sees the new number, and what the register said before', async () => {
      await reloadUntil(visitor, address, () => expect(visitor.getByText(phone).first()).toBeVisible());
      await visitor.getByRole('link', { name: t('facilities.detail.asOf') }).click();
      await expect(visitor.getByRole('row').filter({ hasText: phone })).toBeVisible();
      await stage.look(visitor, 'history');
      await visitor.getByLabel(t('registers.history.on')).fill('31/02/2026');
      await visitor.getByRole('button', { name: t('ui.filter.apply') }).click();
      await expect(visitor.getByText(t('registers.errors.date'))).toBeVisible();
      const yesterday = written(inDays(-1));
      await visitor.getByLabel(t('registers.history.on')).fill(yesterday);
      await visitor.getByRole('button', { name: t('ui.filter.apply') }).click();
      await expect(visitor.locator('.facts').first()).not.toContainText(phone);
    });

    await test.step('the answer reaches who has number and secret, and nobody else', async () => {
      await registrar.goto(at('/office/registers'));
      await registrar.getByRole('link', { name: number }).click();
      await registrar.getByRole('textbox', { name: t('registers.suggestion.answer') }).fill('Đã sửa, cảm ơn.');
      await registrar.getByRole('button', { name: t('registers.suggestion.accept') }).click();
      await visitor.goto(at('/registers/suggestions'));
      await visitor.getByLabel(t('registers.lookUp.number')).fill(number);
      await visitor.getByLabel(t('registers.lookUp.secret')).fill('SAISAI22');
      await visitor.getByRole('button', { name: t('registers.lookUp.ask') }).click();
      await expect(visitor.locator('.summary')).toContainText(t('registers.errors.noSuchSuggestion'));
      await visitor.getByLabel(t('registers.lookUp.secret')).fill(secret);
      await visitor.getByRole('button', { name: t('registers.lookUp.ask') }).click();
      await expect(visitor.getByRole('status').filter({ hasText: 'Đã sửa, cảm ơn.' })).toBeVisible();
      await stage.look(visitor, 'answer');
    });
  });
}

/** Codes nobody has, however often the journey is played on one instance. */
const newCode = (n: number) =>
  ((Math.floor(Date.now() / 100) * 4 + n) % 36 ** 5).toString(36).toUpperCase().padStart(5, '0');

interface Sheet {
  text: string;
  twins: [string, string];
}

function newSheet(): Sheet {
  const mark = newCode(0);
  const [first, second] = [`Nhà thuốc Minh Tâm ${mark}`, `NT MINH TÂM ${mark}`];
  const line = (name: string, code: string, latitude: string) =>
    [name, 'Nhà thuốc', 'Công ty TNHH Minh Tâm', '12 đường Láng', '01', code, latitude, '105,8100'].join(';');
  const rows = [
    'Tên cơ sở;Loại hình;Chủ cơ sở;Số nhà, đường;Mã tỉnh, thành phố;Mã cơ sở KCB BHYT;Vĩ độ;Kinh độ',
    line(first, newCode(1), '21,0100'),
    line(second, newCode(2), '21,0105'),
    line(`Nhà thuốc Sai mã ${mark}`, '12', '21,0100'),
    line(`Nhà thuốc Sai chỗ ${mark}`, newCode(3), '10,7769'),
  ];
  return { text: rows.join('\r\n'), twins: [first, second] };
}

async function upload(stage: Stage, page: Page, { text }: Sheet): Promise<void> {
  const { t, at } = stage;
  await page.goto(at('/office/registers/imports'));
  await stage.look(page, 'imports');
  await page.getByLabel(t('registers.imports.register')).selectOption({ label: t('registers.names.facilities') });
  await page
    .getByLabel(t('registers.imports.file'))
    .setInputFiles({ name: 'danh-sach.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.getByRole('button', { name: t('registers.imports.upload') }).click();
  await expect(page.getByRole('heading', { name: t('registers.imports.map.title') })).toBeVisible();
}

async function compare(stage: Stage, page: Page): Promise<string> {
  const { t } = stage;
  await page.getByRole('button', { name: t('registers.imports.map.preview') }).click();
  await expect(page.getByRole('heading', { name: t('registers.imports.map.title') })).toHaveCount(0);
  const address = new URL(page.url()).pathname;
  await waitFor(page, address, t('registers.imports.states.previewed'));
  return address;
}

/** Until a job has come to its end. */
const waitFor = (page: Page, address: string, state: string) =>
  reloadUntil(page, address, () => expect(page.getByText(state, { exact: true }).first()).toBeVisible());

/** The head decides what waits on a page; with a second factor where it is asked for. */
async function approve(stage: Stage, address: string): Promise<Page> {
  const head = await stage.desk('head');
  await head.goto(address);
  await head.getByRole('button', { name: stage.t('registers.imports.decide.approve'), exact: true }).click();
  await expect(head.getByRole('status').filter({ hasText: stage.t('registers.imports.done.decided') })).toBeVisible();
  return head;
}

for (const locale of locales) {
  test(`a sheet is compared, approved by another, taken in, and undone; twins are merged by people (${locale})`, async ({
    account,
    openWindow,
    artifacts,
  }) => {
    const stage = stageOf({ account, openWindow, artifacts }, locale);
    const { t, at } = stage;
    const sheet = newSheet();
    const registrar = await stage.desk('registrar');

    await test.step('the registrar uploads it; the columns are suggested from its headings', async () => {
      await upload(stage, registrar, sheet);
      await expect(registrar.getByLabel(t('facilities.fields.insuranceCode'))).toHaveValue(/^(5|)$/);
      await registrar.getByLabel(t('facilities.fields.insuranceCode')).selectOption({ index: 6 });
      await registrar.getByLabel(t('facilities.fields.name'), { exact: true }).selectOption('');
      await registrar.getByRole('button', { name: t('registers.imports.map.preview') }).click();
      await expect(registrar.locator('.summary').getByRole('link')).toHaveCount(1);
      await expectAccessible(registrar);
      await registrar.locator('.summary').getByRole('link').click();
      await expect(registrar.getByLabel(t('facilities.fields.name'), { exact: true })).toBeFocused();
      await registrar.getByLabel(t('facilities.fields.name'), { exact: true }).selectOption({ index: 1 });
      await stage.look(registrar, 'import-columns');
    });
    const address = await compare(stage, registrar);

    await test.step('bad rows are named with value and remedy; nothing is written before another person approves', async () => {
      const bad = registrar.getByRole('row').filter({ hasText: t('registers.imports.outcomes.bad') });
      await expect(bad).toHaveCount(2);
      await expect(bad.first()).toContainText(t('facilities.errors.insuranceCode'));
      await stage.look(registrar, 'import-preview');
      await registrar.getByLabel(t('registers.imports.propose.reason')).fill('Danh sách tháng này');
      await registrar.getByRole('button', { name: t('registers.imports.propose.submit') }).click();
      await expect(
        registrar.getByRole('status').filter({ hasText: t('registers.imports.done.proposed') }),
      ).toBeVisible();
      await expect(registrar.getByRole('button', { name: t('registers.imports.decide.approve') })).toHaveCount(0);
      const head = await stage.desk('head');
      await head.goto(address);
      await stage.look(head, 'import-decide');
      await approve(stage, address);
      await waitFor(registrar, address, t('registers.imports.states.written'));
      await stage.look(registrar, 'import-written');
    });

    await test.step('the same file again changes nothing, and says so; its columns are remembered', async () => {
      await upload(stage, registrar, sheet);
      await expect(registrar.getByText(t('registers.imports.map.remembered'))).toBeVisible();
      await compare(stage, registrar);
      await expect(registrar.getByText(t('registers.imports.unchanged'))).toBeVisible();
      await stage.look(registrar, 'import-same');
    });

    await test.step('its twins are found, and merged when one person proposes and another approves', async () => {
      const title = t('registers.duplicates.pair', { first: '', second: '' }).trim();
      const pair = registrar.getByRole('heading', { level: 2 }).filter({ hasText: sheet.twins[0] });
      await reloadUntil(registrar, at('/office/registers/duplicates'), () => expect(pair).toBeVisible());
      await expect(pair).toContainText(title);
      await stage.look(registrar, 'duplicates');
      const card = registrar.locator('section').filter({ has: pair });
      await card
        .locator('summary')
        .filter({ hasText: t('registers.duplicates.merge') })
        .click();
      await card.getByLabel(t('registers.duplicates.reason')).fill('Cùng một nhà thuốc');
      await card.getByRole('button', { name: t('registers.duplicates.merge') }).click();
      await expect(
        registrar.getByRole('status').filter({ hasText: t('registers.duplicates.done.proposed') }),
      ).toBeVisible();
      const gone = (await card.getByRole('link', { name: t('registers.duplicates.second') }).getAttribute('href'))!;
      const head = await stage.desk('head');
      await head.goto(at('/office/registers/duplicates'));
      await head
        .locator('section')
        .filter({ has: head.getByRole('heading', { level: 2 }).filter({ hasText: sheet.twins[0] }) })
        .getByRole('link', { name: /^YC-/ })
        .click();
      await expect(head.getByRole('heading', { name: t('registers.request.mergeChanges') })).toBeVisible();
      await stage.look(head, 'merge');
      await head.getByRole('button', { name: t('registers.request.approve'), exact: true }).click();
      await expect(head.getByRole('status').filter({ hasText: t('registers.desk.done.decided') })).toBeVisible();
      const id = gone.split('/').at(-2)!;
      await registrar.goto(at(`/registers/facilities/${id}`));
      await expect(registrar).not.toHaveURL(new RegExp(id));
      await expect(registrar.getByRole('heading', { level: 1 })).toContainText(/Minh Tâm|MINH TÂM/);
      await registrar.goto(at('/office/registers/duplicates'));
      await expect(pair).toHaveCount(0);
    });

    await test.step('the register is exported as of a day, for who asked alone', async () => {
      await registrar.goto(at('/office/registers/exports?register=facilities&q=minh%20tam'));
      await registrar.getByLabel(t('registers.exports.formats.csv')).check();
      await registrar.getByRole('button', { name: t('registers.exports.submit') }).click();
      const link = registrar.getByRole('link', { name: t('registers.exports.download') }).first();
      await expect(link).toBeVisible();
      await stage.look(registrar, 'exports');
      const [file] = await Promise.all([registrar.waitForEvent('download'), link.click()]);
      expect(await readFile(await file.path(), 'utf8')).toMatch(/Minh Tâm|MINH TÂM/);
      const head = await stage.desk('head');
      const href = (await link.getAttribute('href'))!;
      expect((await head.request.get(href)).status()).toBe(404);
    });

    await test.step('the import is undone: what was merged since is left and named', async () => {
      await registrar.goto(address);
      await registrar.getByLabel(t('registers.imports.propose.reason')).fill('Nhập nhầm tệp');
      await registrar.getByRole('button', { name: t('registers.imports.undo.submit') }).click();
      await expect(
        registrar.getByRole('status').filter({ hasText: t('registers.imports.done.proposed') }),
      ).toBeVisible();
      await approve(stage, address);
      await waitFor(registrar, address, t('registers.imports.states.undone'));
      await registrar.getByRole('link', { name: new RegExp(t('registers.imports.left')) }).click();
      await expect(
        registrar.getByRole('row').filter({ hasText: t('registers.imports.leftReasons.changedAfter') }),
      ).toHaveCount(1);
      await stage.look(registrar, 'import-undone');
    });
  });
}
