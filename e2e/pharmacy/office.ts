import type { Page } from '@playwright/test';
import { expect } from '../fixtures.ts';
import type { Filed } from './filing.ts';
import { reloadUntil, type Stage } from './stage.ts';

/** The steps an official does, as the diagram names them. */
export type Step =
  | 'receive'
  | 'assess'
  | 'plan-inspection'
  | 'inspect'
  | 'recheck'
  | 'draft-result'
  | 'initial'
  | 'approve'
  | 'issue';

/** Finds the dossier in one's own queue by its code, opens it and the page of the step that waits. */
export async function openStep(stage: Stage, page: Page, dossier: Filed, step: Step): Promise<void> {
  const { t, at } = stage;
  const row = page.getByRole('row').filter({ hasText: dossier.code });
  await reloadUntil(page, at(`/office?q=${encodeURIComponent(dossier.code)}`), async () => {
    await expect(row).toContainText(t(`dossiers.steps.${step}`), { timeout: 2000 });
  });
  await stage.look(page, `inbox-${step}`);
  await row.getByRole('link', { name: dossier.name }).click();
  await expect(page.getByRole('heading', { level: 1, name: dossier.name })).toBeVisible();
  await stage.look(page, `office-dossier-${step}`);
  await page.getByRole('link', { name: t(`dossiers.steps.${step}`), exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: t(`dossiers.steps.${step}`) })).toBeVisible();
}

/** The act is done: one is back at the dossier, and its timeline says so. */
export async function expectBackAtDossier(page: Page, dossier: Filed): Promise<void> {
  await page.waitForURL(new RegExp(`/office/dossiers/${dossier.id}$`));
  await expect(page.getByRole('heading', { level: 1, name: dossier.name })).toBeVisible();
}

/** Every criterion of the checklist that is shown gets the same outcome. */
export async function fillChecklist({ t }: Stage, page: Page, outcome: 'met' | 'unmet'): Promise<void> {
  const criteria = page.locator('main fieldset').filter({
    has: page.getByRole('radio', { name: t('dossiers.outcomes.notApplicable'), exact: true }),
  });
  const count = await criteria.count();
  expect(count).toBeGreaterThan(0);
  for (let index = 0; index < count; index++) {
    await criteria
      .nth(index)
      .getByRole('radio', { name: t(`dossiers.outcomes.${outcome}`), exact: true })
      .check();
  }
}

async function decide({ t }: Stage, page: Page, outcome: string): Promise<void> {
  await page
    .getByRole('group', { name: t('dossiers.office.decision') })
    .getByRole('radio', { name: t(`dossiers.outcomes.${outcome}`), exact: true })
    .check();
}

export async function receive(stage: Stage, dossier: Filed): Promise<void> {
  const page = await stage.desk('one-stop');
  await openStep(stage, page, dossier, 'receive');
  await stage.look(page, 'receive');
  await page.getByRole('button', { name: stage.t('dossiers.office.receive'), exact: true }).click();
  await expectBackAtDossier(page, dossier);
}

export async function assess(stage: Stage, dossier: Filed, outcome: 'inspect' | 'reject', opinion: string) {
  const { t } = stage;
  const page = await stage.desk('officer');
  await openStep(stage, page, dossier, 'assess');
  await fillChecklist(stage, page, outcome === 'inspect' ? 'met' : 'unmet');
  await page.getByLabel(t('dossiers.office.opinion')).fill(opinion);
  await decide(stage, page, outcome);
  await stage.look(page, 'assess');
  await page.getByRole('button', { name: t('dossiers.office.complete') }).click();
  await expectBackAtDossier(page, dossier);
}

/** Today in Vietnam, `yyyy-mm-dd`. */
export const today = (): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' }).format(new Date());

export async function planInspection(stage: Stage, dossier: Filed): Promise<void> {
  const { t, account } = stage;
  const page = await stage.desk('officer');
  await openStep(stage, page, dossier, 'plan-inspection');
  const [year = '', month = '', day = ''] = today().split('-');
  const date = page.getByRole('group', { name: t('dossiers.office.inspectionDay') });
  await date.getByLabel(t('ui.client.day'), { exact: true }).fill(day);
  await date.getByLabel(t('ui.client.month'), { exact: true }).fill(month);
  await date.getByLabel(t('ui.client.year'), { exact: true }).fill(year);
  await page.getByLabel(t('dossiers.teamRoles.lead')).selectOption({ label: (await account('inspector')).name });
  await page.getByLabel(t('dossiers.teamRoles.secretary')).selectOption({ index: 2 });
  await stage.look(page, 'plan-inspection');
  await page.getByRole('button', { name: t('dossiers.office.plan') }).click();
  await expectBackAtDossier(page, dossier);
}

/** What the team writes down on the spot. */
export interface Minutes {
  step: 'inspect' | 'recheck';
  outcome: 'pass' | 'correct' | 'fail';
  findings?: string[];
  conclusion: string;
}

/** The minutes' form; photos are added before. */
export async function writeMinutes(stage: Stage, page: Page, dossier: Filed, minutes: Minutes): Promise<void> {
  const { t } = stage;
  await page.getByLabel(t('dossiers.office.presentParty')).fill('Lê Thị Hường, Phạm Thị Hoa');
  await fillChecklist(stage, page, minutes.outcome === 'fail' ? 'unmet' : 'met');
  if (minutes.findings) await page.getByLabel(t('dossiers.office.findings')).fill(minutes.findings.join('\n'));
  await page.getByLabel(t('dossiers.office.conclusion')).fill(minutes.conclusion);
  await decide(stage, page, minutes.outcome);
  await stage.look(page, `${minutes.step}-minutes`);
  await page.getByRole('button', { name: t('dossiers.office.recordMinutes') }).click();
  await expectBackAtDossier(page, dossier);
}

/** The officer's draft of the result: shown as it will be signed, then put before the head. */
export async function draftResult(
  stage: Stage,
  dossier: Filed,
  kind: 'certificate' | 'refusal',
  text: string,
  before: (page: Page) => Promise<void> = async () => {},
): Promise<void> {
  const { t } = stage;
  const page = await stage.desk('officer');
  await openStep(stage, page, dossier, 'draft-result');
  await before(page);
  await page
    .getByRole('group', { name: t('dossiers.office.kindOfResult') })
    .getByRole('radio', { name: t(`dossiers.outcomes.${kind}`), exact: true })
    .check();
  await page.getByLabel(t('dossiers.office.resultText')).fill(text);
  await page.getByRole('button', { name: t('dossiers.office.draft'), exact: true }).click();
  await expectPreview(stage, page);
  await stage.look(page, `draft-${kind}`);
  await page.getByRole('button', { name: t('dossiers.office.propose') }).click();
  await expectBackAtDossier(page, dossier);
}

/** The document is drawn, page by page. */
export async function expectPreview({ t }: Stage, page: Page): Promise<void> {
  const preview = page.getByRole('region', { name: t('dossiers.office.preview') });
  await expect(preview.locator('canvas').first()).toBeVisible({ timeout: 30_000 });
  await expect(preview.getByText(t('ui.client.pdfFailed'))).toHaveCount(0);
}

const buttons = { initial: 'initial', approve: 'sign', issue: 'issue' } as const;
const signers = { initial: 'head', approve: 'leader', issue: 'clerk' } as const;

/** The head's initial, the leader's signature, or the clerk's number and seal, each with one's own PIN. */
export async function sign(stage: Stage, dossier: Filed, step: 'initial' | 'approve' | 'issue'): Promise<void> {
  const { t } = stage;
  const page = await stage.desk(signers[step]);
  const { pin } = await stage.account(signers[step]);
  await openStep(stage, page, dossier, step);
  await expectPreview(stage, page);
  await stage.look(page, step);
  await page.getByLabel(t('dossiers.office.pin')).fill(pin!);
  await page.getByRole('button', { name: t(`dossiers.office.${buttons[step]}`), exact: true }).click();
  await expectBackAtDossier(page, dossier);
}

/** The officer asks for one paper anew and one question answered anew; the clock stops. */
export async function requestSupplement(
  stage: Stage,
  dossier: Filed,
  asked: { paper: string; question: string },
  each: (page: Page) => Promise<void> = async () => {},
): Promise<void> {
  const { t } = stage;
  const page = await stage.desk('officer');
  await openStep(stage, page, dossier, 'assess');
  await fillChecklist(stage, page, 'met');
  await page.getByLabel(t('dossiers.office.opinion')).fill('Cần bổ sung đơn và số điện thoại.');
  await decide(stage, page, 'supplement');
  await askFor(stage, page, asked.paper, 'Đơn chưa có chữ ký của người đại diện.', 'Luật Dược, Điều 38');
  await page.getByText(t('dossiers.office.answers'), { exact: true }).first().click();
  await askFor(stage, page, asked.question, 'Số điện thoại không liên lạc được.');
  await each(page);
  await page.getByRole('button', { name: t('dossiers.office.complete') }).click();
  await expectBackAtDossier(page, dossier);
}

/** Ticks one item of the supplement and writes what is wanted. */
async function askFor({ t }: Stage, page: Page, item: string, note: string, ground?: string): Promise<void> {
  const line = page
    .locator('.choice')
    .filter({ has: page.getByRole('checkbox', { name: item }) })
    .last();
  await line.getByRole('checkbox', { name: item }).check();
  await line.getByLabel(t('dossiers.office.itemNote')).fill(note);
  if (ground) await line.getByLabel(t('dossiers.office.itemGround')).fill(ground);
}
