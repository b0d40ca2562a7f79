import { expect, expectAccessible, type Locale, locales, test } from '../fixtures.ts';
import { reloadUntil, stageOf } from '../pharmacy/stage.ts';

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
      const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10).split('-').reverse().join('/');
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
