import { fillDate, inDays } from '../days.ts';
import { expect, locales, test } from '../fixtures.ts';
import { stageOf } from '../pharmacy/stage.ts';

test.describe.configure({ timeout: 240_000 });

/** The ventilator of the demo. */
const gtin = '2000000000084';

for (const locale of locales) {
  test(`a machine is entered by its label; a notice about its lot finds the facility that holds it (${locale})`, async ({
    account,
    openWindow,
    artifacts,
  }) => {
    const stage = stageOf({ account, openWindow, artifacts }, locale);
    const { t, at } = stage;
    // another lot each time, however often the journey is played on one instance
    const run = Date.now().toString(36).toUpperCase();
    const [lot, code] = [`L${run}`, `(01)0${gtin}(17)290131(10)L${run}(21)SN-${run}`];
    const yesterday = inDays(-1);
    let facility = '';

    const registrar = await stage.desk('registrar');
    await test.step('the registrar enters a machine by the code on its label', async () => {
      await registrar.goto(at('/office/equipment'));
      await stage.look(registrar, 'equipment');
      const place = registrar.getByRole('cell').getByRole('link').first();
      facility = (await place.textContent()) ?? '';
      await place.click();
      await registrar.getByRole('link', { name: t('equipment.officeLinks.add') }).click();
      await registrar.getByRole('button', { name: t('equipment.form.save') }).click();
      await expect(registrar.locator('.summary')).toBeVisible();
      await registrar.getByLabel(t('equipment.form.udi')).fill(code);
      await fillDate(registrar, 'installedOn', yesterday);
      await registrar.getByLabel(t('equipment.form.calibrationMonths')).fill('12');
      await stage.look(registrar, 'new-machine');
      await registrar.getByRole('button', { name: t('equipment.form.save') }).click();
      await expect(registrar.locator('.facts')).toContainText(`SN-${run}`);
      await expect(registrar.locator('.facts')).toContainText(lot);
    });

    await test.step('what becomes of it is added to its log', async () => {
      await registrar.getByText(t('equipment.record.status')).click();
      await registrar.locator('select[name=status]').selectOption('needs-repair');
      await fillDate(registrar, 'since', yesterday);
      await registrar.getByRole('button', { name: t('equipment.record.saveStatus') }).click();
      await expect(registrar.getByRole('row').filter({ hasText: t('equipment.statuses.needs-repair') })).toBeVisible();
      await stage.look(registrar, 'machine');
    });

    await test.step('the ministry writes a notice about the lot, and another approves it', async () => {
      const writer = await stage.desk('ministry-registrar');
      await writer.goto(at('/office/registers/new/notices'));
      await writer.locator('[name="texts.number"]').fill(`CB-${run}`);
      await writer.locator('[name="texts.title"]').fill(`Van thở có thể kẹt ${run}`);
      await writer.locator('select[name="texts.kind"]').selectOption('recall');
      await writer.locator('[name="texts.issuedOn"]').fill(yesterday.toISOString().slice(0, 10));
      await writer.locator('[name="texts.models"]').fill(`${gtin} | ${lot}`);
      await writer.locator('[name="texts.text"]').fill('Ngừng dùng và liên hệ nhà cung cấp.');
      await writer.getByLabel(t('registers.form.reason')).fill('Nhà sản xuất báo');
      await stage.look(writer, 'new-notice');
      await writer.getByRole('button', { name: t('registers.form.propose') }).click();
      await expect(writer.getByRole('status').filter({ hasText: t('registers.desk.done.proposed') })).toBeVisible();
      const leader = await stage.desk('ministry-leader');
      await leader.goto(at('/office/registers'));
      await leader.getByRole('row').filter({ hasText: run }).getByRole('link').click();
      await leader.getByRole('button', { name: t('registers.request.approve'), exact: true }).click();
      await expect(leader.getByRole('status').filter({ hasText: t('registers.desk.done.decided') })).toBeVisible();
    });

    await test.step('everybody finds the device by its label without a script, with the notice and who holds the lot', async () => {
      const visitor = await openWindow({ javaScriptEnabled: false });
      await visitor.goto(at('/registers/devices'));
      await visitor.getByLabel(t('devices.list.q')).fill(code);
      await visitor.getByRole('button', { name: t('ui.filter.apply') }).click();
      await expect(
        visitor.getByRole('status').filter({ hasText: t('devices.list.found', { count: 1 }) }),
      ).toBeVisible();
      await expect(visitor.getByRole('link', { name: `CB-${run}` })).toBeVisible();
      await visitor.getByRole('rowheader').getByRole('link').click();
      await visitor.getByRole('link', { name: `CB-${run}` }).click();
      await expect(visitor.getByRole('row').filter({ hasText: lot }).filter({ hasText: facility })).toBeVisible();
    });

    await test.step('the public pages are whole', async () => {
      const visitor = await openWindow();
      await visitor.goto(at('/registers/devices'));
      await stage.look(visitor, 'devices');
      await visitor.goto(at(`/registers/devices?q=${gtin}`));
      await visitor.getByRole('rowheader').getByRole('link').first().click();
      await expect(visitor.getByText(`CB-${run}`)).toBeVisible();
      await stage.look(visitor, 'device');
      await visitor.goto(at('/registers/notices'));
      await stage.look(visitor, 'notices');
      await visitor.getByRole('link', { name: run }).click();
      await expect(visitor.getByRole('heading', { level: 1 })).toContainText(run);
      await stage.look(visitor, 'notice');
      await visitor.goto(at('/registers/nomenclatures?system=emdn&q=needles'));
      await stage.look(visitor, 'codes');
    });
  });
}
