import { fillDate, inDays, written } from '../days.ts';
import { expect, locales, test } from '../fixtures.ts';
import { reloadUntil, stageOf } from '../pharmacy/stage.ts';

test.describe.configure({ timeout: 240_000 });

/** A drug of the demo that no recall of the demo is about. */
const drug = '893100090024';

for (const locale of locales) {
  test(`a batch is recalled: who reported it is told and answers, and anybody finds it by the number on the box (${locale})`, async ({
    account,
    openWindow,
    artifacts,
  }) => {
    const stage = stageOf({ account, openWindow, artifacts }, locale);
    const { t, at } = stage;
    // another batch each time, however often the journey is played on one instance
    const run = Date.now().toString(36).toUpperCase();
    const [batch, number] = [`LO ${run}-A`, `TH-${run}`];

    const business = await stage.desk('business');
    await test.step('a pharmacy reports the batch it holds', async () => {
      await business.goto(at('/my/batches/report'));
      await business.getByRole('button', { name: t('recalls.form.save') }).click();
      await expect(business.locator('.summary')).toBeVisible();
      await business.getByLabel(t('recalls.form.facility')).selectOption({ index: 1 });
      await business.getByLabel(t('recalls.form.drug')).fill(drug);
      await business.getByLabel(t('recalls.form.batch')).fill(batch);
      await business.getByLabel(t('recalls.form.quantity')).fill('40');
      await business.getByLabel(t('recalls.form.unit')).fill('hộp');
      await fillDate(business, 'receivedOn', inDays(-2));
      await stage.look(business, 'report-batch');
      await business.getByRole('button', { name: t('recalls.form.save') }).click();
      await expect(business.getByRole('status').filter({ hasText: t('recalls.mine.done.reported') })).toBeVisible();
    });

    await test.step('the ministry writes the recall: batches or all, and in the days of its level', async () => {
      const writer = await stage.desk('ministry-registrar');
      await writer.goto(at('/office/registers/recalls'));
      await writer.getByRole('link', { name: t('registers.desk.new.recalls') }).click();
      await writer.locator('[name="texts.number"]').fill(number);
      await writer.locator('[name="texts.drug"]').fill(drug);
      await writer.locator('select[name="texts.level"]').selectOption('2');
      await writer.locator('select[name="texts.kind"]').selectOption('mandatory');
      await writer.locator('[name="texts.reason"]').fill('Không đạt độ hòa tan');
      await writer.locator('[name="texts.issuedOn"]').fill(written(inDays(-1)));
      await writer.locator('[name="texts.deadline"]').fill(written(inDays(40)));
      await writer.locator('textarea[name=reason]').fill('Kết quả kiểm nghiệm');
      await writer.getByRole('button', { name: t('registers.form.propose') }).click();
      await expect(writer.locator('.summary').getByRole('link')).toHaveCount(2);
      await writer.locator('[name="texts.batches"]').fill(batch.toLowerCase().replace(' ', '-'));
      await writer.locator('[name="texts.deadline"]').fill(written(inDays(10)));
      await stage.look(writer, 'new-recall');
      await writer.getByRole('button', { name: t('registers.form.propose') }).click();
      await expect(writer.getByRole('status').filter({ hasText: t('registers.desk.done.proposed') })).toBeVisible();
    });

    await test.step('nobody is told before another person approves it', async () => {
      await business.goto(at('/my/batches'));
      await expect(business.getByText(number)).toHaveCount(0);
      const leader = await stage.desk('ministry-leader');
      await leader.goto(at('/office/registers'));
      await leader.getByRole('row').filter({ hasText: number }).getByRole('link').click();
      await leader.getByRole('button', { name: t('registers.request.approve'), exact: true }).click();
      await expect(leader.getByRole('status').filter({ hasText: t('registers.desk.done.decided') })).toBeVisible();
    });

    await test.step('the pharmacy answers, with no more than it reported', async () => {
      await reloadUntil(business, at('/my/notifications'), () =>
        expect(business.getByText(number).first()).toBeVisible(),
      );
      await business.goto(at('/my/batches'));
      await business.getByRole('link', { name: number }).first().click();
      await stage.look(business, 'answer-recall');
      await business.getByLabel(t('recalls.answer.quarantined')).fill('30');
      await business.getByLabel(t('recalls.answer.returned')).fill('11');
      await business.getByRole('button', { name: t('recalls.answer.save') }).click();
      await expect(business.locator('.summary')).toContainText(t('recalls.errors.moreThanReported'));
      await business.getByLabel(t('recalls.answer.returned')).fill('10');
      await business.getByRole('button', { name: t('recalls.answer.save') }).click();
      await expect(business.getByRole('status').filter({ hasText: t('recalls.mine.done.answered') })).toBeVisible();
    });

    await test.step('the ministry sees who holds the batch and what each has done', async () => {
      const writer = await stage.desk('ministry-registrar');
      await writer.goto(at(`/office/registers/recalls?q=${number}`));
      await writer.getByRole('link', { name: number }).first().click();
      const holder = writer.getByRole('row').filter({ hasText: batch });
      await expect(holder).toContainText('30');
      await expect(writer.getByText(t('recalls.desk.answered', { answered: 1, total: 1 }))).toBeVisible();
      await stage.look(writer, 'holders');
    });

    await test.step('anybody finds it by the number on the box, without a script, and at the drug', async () => {
      const visitor = await openWindow({ javaScriptEnabled: false });
      await visitor.goto(at('/registers/recalls'));
      await visitor.getByLabel(t('recalls.list.q')).fill(batch.replace(/[ -]/g, ''));
      await visitor.getByRole('button', { name: t('ui.filter.apply') }).click();
      await visitor.getByRole('link', { name: number }).click();
      await expect(visitor.getByText(t('recalls.detail.what'))).toBeVisible();
      await visitor.goto(at(`/registers/drugs?q=${drug}`));
      await visitor.getByRole('rowheader').getByRole('link').first().click();
      await expect(visitor.getByText(number).first()).toBeVisible();
    });

    await test.step('the public pages are whole', async () => {
      const visitor = await openWindow();
      await visitor.goto(at(`/registers/recalls?q=${number}`));
      await stage.look(visitor, 'recalls');
      await visitor.getByRole('link', { name: number }).click();
      await stage.look(visitor, 'recall');
    });
  });
}
