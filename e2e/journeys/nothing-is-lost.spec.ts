import type { Page } from '@playwright/test';
import { largePdfFile, pdfFile } from '../files.ts';
import { type DemoAccount, expect, givePassword, signIn, test } from '../fixtures.ts';
import { shortAnswers } from '../pharmacy/answers.ts';
import { fileAndPay, handedIn, startDraft, upload } from '../pharmacy/filing.ts';
import { receive } from '../pharmacy/office.ts';
import { type Stage, stageOf } from '../pharmacy/stage.ts';
import { endSessions } from '../sessions.ts';
import { form } from '../texts.ts';

test.describe.configure({ timeout: 300_000 });
test.use({ expectedErrors: [/net::ERR_FAILED/] });

const nameField = form.fields['facility.name']!.label.vi;
const nameBox = (page: Page) => page.getByLabel(nameField, { exact: true });
const goOn = ({ t }: Stage, page: Page) => page.getByRole('button', { name: t('dossiers.question.continue') }).click();

/** The page that a request whose session had ended was sent to. */
async function signInAgain(page: Page, person: DemoAccount): Promise<void> {
  await page.waitForURL(/\/sign-in\?next=/);
  await givePassword(page, person);
}

async function newDraft(stage: Stage, page: Page): Promise<string> {
  await page.goto(stage.at('/my/dossiers/new?procedure=pharmacy-eligibility'));
  return startDraft(stage, page);
}

test('the other language shows the same page with what was typed and ticked on it', async ({ page }) => {
  const named = (name: string) => page.locator(`main form [name="${name}"]`);
  await page.goto('/sign-up?kind=person');
  const [name, phone] = ['Nguyễn Thị Ánh', '0912 345 678'];
  await named('name').fill(name);
  await named('phone').fill(phone);
  await named('password').fill('bốn con mèo ngủ trưa');
  await page.getByRole('link', { name: 'English' }).first().click();
  await page.waitForURL('/en/sign-up?kind=person');
  await expect(named('name')).toHaveValue(name);
  await expect(named('phone')).toHaveValue(phone);
  await expect(named('password')).toHaveValue('');
  // once: whoever comes again finds an empty form
  await page.goto('/en/sign-up?kind=person');
  await expect(named('name')).toHaveValue('');
});

test('two windows that change the same answer are both shown, and one chooses', async ({
  account,
  openWindow,
  artifacts,
}) => {
  const stage = stageOf({ account, openWindow, artifacts }, 'vi');
  const { t } = stage;
  const first = await stage.desk('business');
  const second = await openWindow();
  await signIn(second, await account('business'));
  const id = await newDraft(stage, first);
  const question = stage.at(`/my/dossiers/${id}/questions/facility-name`);
  await first.goto(question);
  await second.goto(question);
  await nameBox(second).fill('Quầy thuốc Bên Kia');
  await goOn(stage, second);
  await second.waitForURL((url) => url.pathname !== question);
  await nameBox(first).fill('Quầy thuốc Bên Này');
  await goOn(stage, first);
  await first.waitForURL(/\/conflict$/);
  const theirs = first.getByRole('radio', { name: /Bên Kia/ });
  await expect(first.getByRole('radio', { name: t('editing.mine', { value: 'Quầy thuốc Bên Này' }) })).toBeChecked();
  await expect(theirs).toBeVisible();
  await stage.look(first, 'conflict');
  await first.goto(question);
  await expect(nameBox(first)).toHaveValue('Quầy thuốc Bên Kia');
  await stage.look(first, 'conflict-waits');
  await first.getByRole('link', { name: t('editing.choose') }).click();
  await first.getByRole('button', { name: t('editing.keep') }).click();
  await first.waitForURL(/\/facility-name$/);
  await expect(nameBox(first)).toHaveValue('Quầy thuốc Bên Này');
  await expect(first.getByText(t('editing.waiting'))).toHaveCount(0);
});

test('a form that is sent after its session has ended is filled in again after signing in', async ({
  account,
  openWindow,
  artifacts,
}) => {
  const stage = stageOf({ account, openWindow, artifacts }, 'vi');
  const { t } = stage;
  const browser = `late ${crypto.randomUUID()}`;
  const page = await stage.desk('citizen', { userAgent: browser });
  await page.goto(stage.at('/my/organisations/new?province=01'));
  const field = (key: string) => page.locator(`main form [name=${key}]`);
  const typed = {
    taxCode: `01${Math.floor(Math.random() * 1e8)}`.padEnd(10, '0'),
    name: 'Hiệu thuốc Còn Nguyên',
    representativeName: 'Trần Thị Giữ',
    address: '12 phố Hàng Bông',
  };
  for (const [key, value] of Object.entries(typed)) await field(key).fill(value);
  await endSessions(browser);
  await page.locator('main form [type=submit]').last().click();
  await signInAgain(page, await account('citizen'));
  await page.waitForURL(/\/my\/organisations\/new\?province=01$/);
  await expect(page.getByText(t('ui.client.restored'))).toBeVisible();
  for (const [key, value] of Object.entries(typed)) await expect(field(key)).toHaveValue(value);
  await stage.look(page, 'kept-form');
  await page.locator('main form [type=submit]').last().click();
  await page.waitForURL((url) => !url.pathname.endsWith('/new'));
  await expect(page.getByText(typed.name).first()).toBeVisible();
  await page.goto(stage.at('/my/organisations/new?province=01'));
  await expect(field('name')).toHaveValue('');
  await expect(page.getByText(t('ui.client.restored'))).toHaveCount(0);
});

test('a file goes on where the line broke, and is there for the next dossier', async ({
  account,
  openWindow,
  artifacts,
}) => {
  const stage = stageOf({ account, openWindow, artifacts }, 'vi');
  const { t } = stage;
  const page = await stage.desk('business');
  const paper = `/my/dossiers/${await newDraft(stage, page)}/papers/technical-dossier`;
  await page.goto(stage.at(paper));
  const name = `hồ sơ kỹ thuật ${Date.now().toString(36)}.pdf`;
  const file = await largePdfFile(name, 'Ho so ky thuat', 3_500_000);
  const offsets: number[] = [];
  let broken = true;
  await page.route('**/api/uploads/*', async (route) => {
    const request = route.request();
    if (request.method() !== 'PATCH') return broken && offsets.length > 0 ? route.abort() : route.continue();
    offsets.push(Number(request.headers()['upload-offset']));
    return broken && offsets.length > 1 ? route.abort() : route.continue();
  });
  await upload(stage, page, file);
  await expect(page.getByText(t('ui.client.uploadWaiting', { percent: 29 }))).toBeVisible();
  // another page knows how far it is, and goes on from there
  await page.goto(stage.at(paper));
  await expect(page.getByText(t('uploads.unfinished.hint', { name, percent: 29 }))).toBeVisible();
  await stage.look(page, 'unfinished-upload');
  broken = false;
  const before = offsets.length;
  await upload(stage, page, file);
  await expect(handedIn(stage, page, name)).toBeVisible();
  expect(offsets.slice(before)).toEqual([1_048_576, 2_097_152, 3_145_728]);
  await expect(page.getByText(t('uploads.unfinished.title'))).toHaveCount(0);

  const renamed = `Bản đã duyệt ${name}`;
  const cardOf = (title: string) => page.locator('section').filter({ has: page.getByRole('link', { name: title }) });
  await test.step('the vault keeps it, under the name one gives it', async () => {
    await page.goto(stage.at('/my/papers'));
    const card = cardOf(name);
    await expect(card).toContainText(t('vault.used', { count: 1 }));
    await card.getByText(t('vault.edit')).click();
    await stage.look(page, 'my-papers');
    await card.getByLabel(t('vault.name')).fill(renamed);
    await card.getByRole('button', { name: t('vault.save') }).click();
    await expect(cardOf(renamed)).toBeVisible();
  });

  await test.step('and another dossier takes it without an upload', async () => {
    const other = `/my/dossiers/${await newDraft(stage, page)}/papers/technical-dossier`;
    await page.goto(stage.at(other));
    await stage.look(page, 'reuse');
    // where other journeys handed in the same paper meanwhile, it stands among the rest
    const rest = page.locator('main details details > summary');
    if ((await rest.count()) > 0) await rest.click();
    await page.getByRole('button', { name: `${t('vault.use')} ${renamed}` }).click();
    await expect(handedIn(stage, page, name)).toBeVisible();
    await page.goto(stage.at('/my/papers'));
    await cardOf(renamed).getByText(t('vault.edit')).click();
    await cardOf(renamed)
      .getByRole('button', { name: t('vault.remove') })
      .click();
    await expect(cardOf(renamed)).toHaveCount(0);
    await page.goto(stage.at(other));
    await expect(handedIn(stage, page, name)).toBeVisible();
  });
});

test('applicant and authority write to each other about a dossier, with files, and see what was read', async ({
  account,
  openWindow,
  artifacts,
}) => {
  const stage = stageOf({ account, openWindow, artifacts }, 'vi', [
    'messages-applicant',
    'messages-office',
    'messages-read',
    'messages-kept',
    'my-dossiers-unread',
  ]);
  const { t, at } = stage;
  const browser = `late ${crypto.randomUUID()}`;
  const applicant = await stage.desk('business', { userAgent: browser });
  const filed = await fileAndPay(stage, applicant, shortAnswers(`Quầy thuốc Nhắn Tin ${Date.now().toString(36)}`));
  await receive(stage, filed);
  const own = at(`/my/dossiers/${filed.id}/messages`);
  await applicant.goto(own);
  await applicant.getByLabel(t('correspondence.text')).fill('Tôi gửi thêm bản vẽ mặt bằng.');
  const plan = await pdfFile('mặt bằng.pdf', 'Mat bang');
  await applicant.locator('main input[type=file]').setInputFiles(plan);
  await applicant.getByRole('button', { name: t('correspondence.attach') }).click();
  await expect(applicant.getByRole('link', { name: plan.name })).toBeVisible();
  await expect(applicant.getByLabel(t('correspondence.text'))).toHaveValue('Tôi gửi thêm bản vẽ mặt bằng.');
  await stage.look(applicant, 'messages-applicant');
  await applicant.getByRole('button', { name: t('correspondence.send'), exact: true }).click();
  await expect(applicant.getByText(t('correspondence.sent'))).toBeVisible();
  await expect(applicant.getByText(t('correspondence.notRead'))).toBeVisible();

  const officer = await stage.desk('officer');
  await officer.goto(at(`/office/dossiers/${filed.id}`));
  await expect(officer.getByText(t('correspondence.unread', { count: 1 })).first()).toBeVisible();
  await officer.getByRole('link', { name: t('correspondence.openOffice') }).click();
  await expect(officer.getByText('Tôi gửi thêm bản vẽ mặt bằng.')).toBeVisible();
  await expect(officer.getByRole('link', { name: plan.name })).toBeVisible();
  await officer.getByLabel(t('correspondence.text')).fill('Đã nhận được, cảm ơn.\nHẹn trả kết quả đúng ngày.');
  await officer.getByRole('button', { name: t('correspondence.send'), exact: true }).click();
  await expect(officer.getByText(t('correspondence.sent'))).toBeVisible();
  await stage.look(officer, 'messages-office');

  await applicant.goto(at('/my'));
  await expect(applicant.getByRole('row').filter({ hasText: filed.name })).toContainText(
    t('correspondence.unread', { count: 1 }),
  );
  await stage.look(applicant, 'my-dossiers-unread');
  await applicant.goto(own);
  const written = await applicant.getByText('Đã nhận được, cảm ơn.').allInnerTexts();
  expect(written).toEqual(['Đã nhận được, cảm ơn.\nHẹn trả kết quả đúng ngày.']);
  await expect(
    applicant.getByText(new RegExp(t('correspondence.readBy', { name: (await account('officer')).name, at: '' }))),
  ).toBeVisible();
  await stage.look(applicant, 'messages-read');

  await test.step('words whose session ended on the way are not lost', async () => {
    await applicant.getByLabel(t('correspondence.text')).fill('Câu viết dở khi hết phiên.');
    await endSessions(browser);
    await applicant.getByRole('button', { name: t('correspondence.send'), exact: true }).click();
    await signInAgain(applicant, await account('business'));
    await applicant.waitForURL(/\/messages/);
    await expect(applicant.getByText(t('ui.client.restored'))).toBeVisible();
    await expect(applicant.getByLabel(t('correspondence.text'))).toHaveValue('Câu viết dở khi hết phiên.');
    await stage.look(applicant, 'messages-kept');
    await applicant.getByRole('button', { name: t('correspondence.send'), exact: true }).click();
    await expect(applicant.getByText(t('correspondence.sent'))).toBeVisible();
    await expect(applicant.getByText('Câu viết dở khi hết phiên.')).toHaveCount(1);
  });
});
