import type { Page } from '@playwright/test';

/** Ids of what was made before the pages are looked at. */
export interface Made {
  draft: string;
  /** received, waits for assessment; its name is as long as names get */
  dossier: string;
  name: string;
  code: string;
  organisation: string;
  authority: string;
  official: string;
  /** of its payment at the demo bank */
  payment: string;
  mail: string;
  /** of the demo: a drug with a recall, prices and tests, and that recall */
  drug: string;
  recall: string;
}

/** One look at a page: who looks, where, and what they did before. */
export interface State {
  who: string;
  path: (made: Made) => string;
  /** brings the page into the state, e.g. by sending an empty form */
  act?: (page: Page) => Promise<void>;
  /** the page answers with this status; 200 where it is left out */
  status?: number;
}

const see = (who: string, path: string | ((made: Made) => string), more: Partial<State> = {}): State => ({
  who,
  path: typeof path === 'string' ? () => path : path,
  ...more,
});
const nowhere = '00000000-0000-7000-8000-000000000000';
const business = (page: string) => (made: Made) => `/my/organisations/${made.organisation}${page}`;
/** Sends the last form of the content as it is, and waits for what is wrong with it. */
const sendEmpty = async (page: Page) => {
  await page.locator('main form [type=submit]').last().click();
  await page.getByRole('alert').filter({ hasText: /\S/ }).first().waitFor();
};
/** The same where another form, such as that of passkeys, comes last. */
const sendFirstEmpty = async (page: Page) => {
  await page.locator('main form [type=submit]').first().click();
  await page.getByRole('alert').filter({ hasText: /\S/ }).first().waitFor();
};
/** Opens everything that folds, by what a press does: the first that is shut is another one each time. */
const openAll = async (page: Page) => {
  const shut = page.locator('main details:not([open]) > summary');
  for (let left = await shut.count(); left > 0; left--) await shut.first().click();
  if ((await shut.count()) > 0) throw new Error('Not everything that folds opens.');
};
/** Opens the first entry of the list. */
const openFirst = async (page: Page) => {
  const link = page.locator('main table a').first();
  const href = await link.getAttribute('href');
  await link.click();
  await page.waitForURL((url) => url.pathname === href);
};
/** Narrows the machines to the first one's facility and opens the form for another. */
const openUnitForm = async (page: Page) => {
  await page.locator('main table td a').first().click();
  await page.waitForURL(/facility=/);
  await page.locator('main a[href*="/equipment/new/"]').click();
  await page.waitForURL(/equipment\/new\//);
  await sendEmpty(page);
};
const my = (page: string) => (made: Made) => `/my/dossiers/${made.dossier}${page}`;
const draft = (page: string) => (made: Made) => `/my/dossiers/${made.draft}${page}`;
const office = (page: string) => (made: Made) => `/office/dossiers/${made.dossier}${page}`;

/** Every page of app/ by its route, each with the states it is looked at in; journeys look at more of them on their way. */
export const pages: Record<string, Record<string, State>> = {
  '/': { plain: see('visitor', '/') },
  '/accessibility': { plain: see('visitor', '/accessibility') },
  '/open-data': { plain: see('visitor', '/open-data') },
  '/audit': { plain: see('visitor', '/audit') },
  '/confirm-email': {
    empty: see('visitor', '/confirm-email'),
    error: see('visitor', '/confirm-email?token=khong-con', { act: sendEmpty }),
  },
  '/demo/bank/[reference]': { plain: see('business', (made) => `/demo/bank/${made.payment}`) },
  '/demo/mailbox': {
    plain: see('visitor', '/demo/mailbox'),
    empty: see('visitor', '/demo/mailbox?q=khong-co-ai%40example.vn'),
  },
  '/demo/mailbox/[id]': { plain: see('business', (made) => `/demo/mailbox/${made.mail}`) },
  '/forgot-password': {
    plain: see('visitor', '/forgot-password'),
    error: see('visitor', '/forgot-password', { act: sendEmpty }),
  },
  '/help': { plain: see('visitor', '/help') },
  '/link-account': { empty: see('visitor', '/link-account') },
  '/privacy': { plain: see('visitor', '/privacy') },
  '/embed/map': { plain: see('visitor', '/embed/map?view=list') },
  '/map': {
    plain: see('visitor', '/map?view=list', { act: openAll }),
    empty: see('visitor', '/map?q=zzzzzzzz&place=Hu%E1%BA%BF&radius=5'),
    'unknown place': see('visitor', '/map?view=list&place=zzzzzzzz'),
  },
  '/map/indicators': {
    plain: see('visitor', '/map/indicators'),
    wards: see('visitor', '/map/indicators?province=01&measure=beds'),
  },
  '/map/kiosk': { plain: see('visitor', '/map/kiosk?view=list') },
  '/procedures': {
    plain: see('visitor', '/procedures'),
    empty: see('visitor', '/procedures?q=zzzzzzzz'),
  },
  '/procedures/[key]': {
    plain: see('visitor', '/procedures/pharmacy-eligibility', { act: openAll }),
    missing: see('visitor', '/procedures/khong-co', { status: 404 }),
  },
  '/procedures/[key]/guide': { plain: see('visitor', '/procedures/pharmacy-eligibility/guide') },
  '/registers/facilities': {
    plain: see('visitor', '/registers/facilities'),
    empty: see('visitor', '/registers/facilities?q=zzzzzzzz&province=01'),
  },
  '/registers/facilities/[id]': { missing: see('visitor', `/registers/facilities/${nowhere}`, { status: 404 }) },
  '/registers/drugs': {
    plain: see('visitor', '/registers/drugs'),
    empty: see('visitor', '/registers/drugs?q=zzzzzzzz&status=expired'),
  },
  '/registers/devices': {
    plain: see('visitor', '/registers/devices'),
    empty: see('visitor', '/registers/devices?q=zzzzzzzz&class=D&status=suspended'),
    'of a group': see('visitor', '/registers/devices?emdn=Z'),
  },
  '/registers/devices/[id]': {
    plain: see('visitor', '/registers/devices', { act: openFirst }),
    missing: see('visitor', `/registers/devices/${nowhere}`, { status: 404 }),
  },
  '/registers/nomenclatures': {
    plain: see('visitor', '/registers/nomenclatures'),
    found: see('visitor', '/registers/nomenclatures?system=emdn&q=needles'),
    empty: see('visitor', '/registers/nomenclatures?system=atc&q=zzzzzzzz'),
  },
  '/registers/notices': {
    plain: see('visitor', '/registers/notices'),
    empty: see('visitor', '/registers/notices?q=zzzzzzzz'),
  },
  '/registers/notices/[id]': {
    plain: see('visitor', '/registers/notices', { act: openFirst }),
    missing: see('visitor', `/registers/notices/${nowhere}`, { status: 404 }),
  },
  '/registers/drugs/[id]': {
    recalled: see('visitor', (made) => `/registers/drugs/${made.drug}`),
    'on a day': see('visitor', (made) => `/registers/drugs/${made.drug}?on=31/2/2026`),
    missing: see('visitor', `/registers/drugs/${nowhere}`, { status: 404 }),
  },
  '/registers/recalls': {
    plain: see('visitor', '/registers/recalls'),
    empty: see('visitor', '/registers/recalls?q=zzzzzzzz'),
  },
  '/registers/recalls/[id]': {
    plain: see('visitor', (made) => `/registers/recalls/${made.recall}`),
    missing: see('visitor', `/registers/recalls/${nowhere}`, { status: 404 }),
  },
  '/registers/[register]/[id]/history': {
    missing: see('visitor', `/registers/facilities/${nowhere}/history`, { status: 404 }),
  },
  '/registers/[register]/[id]/suggest': {
    missing: see('visitor', `/registers/facilities/${nowhere}/suggest`, { status: 404 }),
  },
  '/registers/suggestions': {
    plain: see('visitor', '/registers/suggestions'),
    error: see('visitor', '/registers/suggestions', { act: sendEmpty }),
  },
  '/registers/places': {
    plain: see('visitor', '/registers/places'),
    found: see('visitor', '/registers/places?q=Thua%20Thien%20Hue', { act: openAll }),
    'on a day': see('visitor', '/registers/places?on=2024-11-23&province=79'),
    empty: see('visitor', '/registers/places?q=zzzzzzzz'),
  },
  '/reset-password': {
    empty: see('visitor', '/reset-password'),
    error: see('visitor', '/reset-password?token=khong-con', { act: sendEmpty }),
  },
  '/sign-in': { plain: see('visitor', '/sign-in'), error: see('visitor', '/sign-in', { act: sendFirstEmpty }) },
  '/sign-in/authenticator': { 'sign in first': see('visitor', '/sign-in/authenticator') },
  '/sign-in/code': { 'sign in first': see('visitor', '/sign-in/code') },
  '/sign-out': { plain: see('visitor', '/sign-out') },
  '/sign-up': {
    plain: see('visitor', '/sign-up'),
    error: see('visitor', '/sign-up', { act: sendEmpty }),
    sent: see('visitor', '/sign-up?sent=1'),
  },
  '/track': { plain: see('visitor', '/track'), error: see('visitor', '/track?code=&error=invalidInput') },
  '/verify': { plain: see('visitor', '/verify', { act: openAll }) },
  '/verify/[code]': { unknown: see('visitor', '/verify/KHONG-CO-MA') },
  '/verify/lookup': { unknown: see('visitor', '/verify/lookup?code=khong-co') },
  '/verify/result': { empty: see('visitor', '/verify/result') },

  '/my': { 'long names': see('business', '/my'), empty: see('citizen', '/my') },
  '/my/equipment': { plain: see('business', '/my/equipment'), 'no business': see('citizen', '/my/equipment') },
  '/my/equipment/[id]': { missing: see('business', `/my/equipment/${nowhere}`, { status: 404 }) },
  '/my/equipment/new/[facilityId]': { missing: see('business', `/my/equipment/new/${nowhere}`, { status: 404 }) },
  '/my/dossiers/new': {
    plain: see('business', '/my/dossiers/new?procedure=pharmacy-eligibility'),
    'no business': see('citizen', '/my/dossiers/new?procedure=pharmacy-eligibility'),
  },
  '/my/dossiers/[id]': {
    draft: see('business', draft('')),
    received: see('business', my('')),
    'not one’s own': see('citizen', my(''), { status: 404 }),
  },
  '/my/dossiers/[id]/check': { incomplete: see('business', draft('/check')) },
  '/my/dossiers/[id]/clock': { running: see('business', my('/clock')) },
  '/my/dossiers/[id]/filed': { plain: see('business', my('/filed')) },
  '/my/dossiers/[id]/messages': { empty: see('business', my('/messages')) },
  '/my/dossiers/[id]/papers/[key]': {
    empty: see('business', draft('/papers/application')),
    'not asked': see('business', draft('/papers/lease'), { status: 404 }),
  },
  '/my/dossiers/[id]/questions/[page]': {
    empty: see('business', draft('/questions/facility-name')),
    error: see('business', draft('/questions/facility-kind'), { act: sendEmpty }),
  },
  '/my/dossiers/[id]/questions/[page]/conflict': { none: see('business', draft('/questions/facility-name/conflict')) },
  '/my/dossiers/[id]/request': { none: see('business', my('/request')) },
  '/my/dossiers/[id]/withdraw': { plain: see('business', my('/withdraw')) },
  '/my/batches': { plain: see('business', '/my/batches'), empty: see('citizen', '/my/batches') },
  '/my/batches/report': {
    error: see('business', '/my/batches/report', { act: sendEmpty }),
    'no facility': see('citizen', '/my/batches/report'),
  },
  '/my/batches/recalls/[id]': {
    error: see('business', (made) => `/my/batches/recalls/${made.recall}`, { act: sendFirstEmpty }),
    'not one’s own': see('citizen', (made) => `/my/batches/recalls/${made.recall}`),
  },
  '/my/licences': { plain: see('business', '/my/licences'), empty: see('citizen', '/my/licences') },
  '/my/notifications': { plain: see('business', '/my/notifications'), empty: see('citizen', '/my/notifications') },
  '/my/organisations': { plain: see('business', '/my/organisations'), empty: see('citizen', '/my/organisations') },
  '/my/organisations/new': {
    province: see('business', '/my/organisations/new'),
    error: see('business', '/my/organisations/new?province=01', { act: sendEmpty }),
  },
  '/my/organisations/[organisationId]': {
    plain: see('business', (made) => `/my/organisations/${made.organisation}`, { act: openAll }),
  },
  '/my/organisations/[organisationId]/webhooks': { plain: see('business', business('/webhooks')) },
  '/my/organisations/[organisationId]/webhooks/[id]': {
    missing: see('business', business(`/webhooks/${nowhere}`), { status: 404 }),
  },
  '/my/papers': { plain: see('business', '/my/papers'), empty: see('citizen', '/my/papers') },
  '/my/payments': { plain: see('business', '/my/payments'), empty: see('citizen', '/my/payments') },
  '/my/profile': { plain: see('business', '/my/profile', { act: openAll }) },
  '/my/profile/second-factor': { plain: see('officer', '/my/profile/second-factor') },

  '/office': {
    plain: see('officer', '/office', { act: openAll }),
    empty: see('officer', '/office?q=zzzzzzzz'),
    error: see('officer', '/office', { act: async (page) => page.locator('main button[value=claim]').click() }),
    'not for applicants': see('business', '/office', { status: 403 }),
  },
  '/office/unit': {
    'long names': see('officer', '/office/unit'),
    'to give away': see('head', '/office/unit', { act: openAll }),
    empty: see('officer', '/office/unit?q=zzzzzzzz'),
  },
  '/office/late': { plain: see('officer', '/office/late') },
  '/office/late-dossiers': { plain: see('head', '/office/late-dossiers') },
  '/office/tracking-log': {
    plain: see('head', '/office/tracking-log'),
    error: see('head', '/office/tracking-log', {
      act: async (page) => {
        await page.locator('[name="toOn.year"]').fill('1999');
        await sendFirstEmpty(page);
      },
    }),
  },
  '/office/delegations': { plain: see('head', '/office/delegations') },
  '/office/keys': { plain: see('leader', '/office/keys') },
  '/office/signing': { plain: see('leader', '/office/signing') },
  '/office/notifications': { plain: see('officer', '/office/notifications') },
  '/office/dossiers': {
    'long names': see('officer', '/office/dossiers'),
    empty: see('officer', '/office/dossiers?q=zzzzzzzz'),
  },
  '/office/dossiers/[id]': {
    plain: see('officer', office(''), { act: openAll }),
    'of the head': see('head', office(''), { act: openAll }),
    missing: see('officer', `/office/dossiers/${nowhere}`, { status: 404 }),
  },
  '/office/dossiers/[id]/assess': { error: see('officer', office('/assess'), { act: sendEmpty }) },
  '/office/dossiers/[id]/clock': { running: see('officer', office('/clock')) },
  '/office/dossiers/[id]/decide': { 'not yet': see('leader', office('/decide')) },
  '/office/dossiers/[id]/draft-result': { 'not yet': see('officer', office('/draft-result')) },
  '/office/dossiers/[id]/inspect': { 'not yet': see('inspector', office('/inspect')) },
  '/office/dossiers/[id]/issue': { 'not yet': see('clerk', office('/issue')) },
  '/office/dossiers/[id]/messages': { empty: see('officer', office('/messages')) },
  '/office/dossiers/[id]/plan-inspection': { 'not yet': see('officer', office('/plan-inspection')) },
  '/office/dossiers/[id]/receive': { done: see('one-stop', office('/receive')) },
  '/office/dossiers/[id]/sign': { 'not yet': see('leader', office('/sign')) },
  '/office/payments/reconciliation': { plain: see('admin', '/office/payments/reconciliation') },
  '/office/payments/refunds': { plain: see('one-stop', '/office/payments/refunds') },
  '/office/payments/refunds/[id]': { missing: see('one-stop', `/office/payments/refunds/${nowhere}`, { status: 404 }) },
  '/office/equipment': {
    plain: see('registrar', '/office/equipment'),
    empty: see('registrar', '/office/equipment?status=decommissioned'),
  },
  '/office/equipment/[id]': {
    plain: see('registrar', '/office/equipment', { act: openFirst }),
    missing: see('registrar', `/office/equipment/${nowhere}`, { status: 404 }),
  },
  '/office/equipment/new/[facilityId]': {
    error: see('registrar', '/office/equipment', { act: openUnitForm }),
    missing: see('registrar', `/office/equipment/new/${nowhere}`, { status: 404 }),
  },
  '/office/registers': { plain: see('registrar', '/office/registers') },
  '/office/registers/places': {
    plain: see('registrar', '/office/registers/places'),
    empty: see('registrar', '/office/registers/places?doubt=dividedWard'),
  },
  '/office/registers/places/[id]': {
    missing: see('registrar', `/office/registers/places/${nowhere}`, { status: 404 }),
  },
  '/office/registers/requests/[id]': {
    missing: see('registrar', `/office/registers/requests/${nowhere}`, { status: 404 }),
  },
  '/office/registers/imports': {
    plain: see('registrar', '/office/registers/imports'),
    error: see('registrar', '/office/registers/imports?error=sheets.errors.encoding'),
  },
  '/office/registers/imports/[id]': {
    missing: see('registrar', `/office/registers/imports/${nowhere}`, { status: 404 }),
  },
  '/office/registers/duplicates': { plain: see('registrar', '/office/registers/duplicates') },
  '/office/registers/exports': {
    plain: see('registrar', '/office/registers/exports'),
    filtered: see('registrar', '/office/registers/exports?register=facilities&q=an%20khang&kind=pharmacy'),
  },
  '/office/registers/suggestions/[id]': {
    missing: see('registrar', `/office/registers/suggestions/${nowhere}`, { status: 404 }),
  },
  '/office/registers/new/[register]': {
    plain: see('registrar', '/office/registers/new/facilities'),
    error: see('registrar', '/office/registers/new/facilities', { act: sendEmpty }),
    'of a device': see('ministry-registrar', '/office/registers/new/devices', { act: sendEmpty }),
    'of a notice': see('ministry-registrar', '/office/registers/new/notices', { act: sendEmpty }),
  },
  '/office/registers/[register]/[id]/change': {
    missing: see('registrar', `/office/registers/facilities/${nowhere}/change`, { status: 404 }),
  },
  '/office/registers/drugs': {
    plain: see('ministry-registrar', '/office/registers/drugs'),
    empty: see('registrar', '/office/registers/drugs?q=zzzzzzzz'),
  },
  '/office/registers/drugs/[id]': {
    plain: see('ministry-registrar', (made) => `/office/registers/drugs/${made.drug}`),
  },
  '/office/registers/drugs/[id]/price': {
    error: see('ministry-registrar', (made) => `/office/registers/drugs/${made.drug}/price`, { act: sendEmpty }),
    'the ministry’s alone': see('registrar', (made) => `/office/registers/drugs/${made.drug}/price`, { status: 403 }),
  },
  '/office/registers/drugs/[id]/test': {
    error: see('ministry-registrar', (made) => `/office/registers/drugs/${made.drug}/test`, { act: sendEmpty }),
  },
  '/office/registers/devices': {
    plain: see('ministry-registrar', '/office/registers/devices'),
    empty: see('registrar', '/office/registers/devices?q=zzzzzzzz'),
  },
  '/office/registers/notices': {
    plain: see('ministry-registrar', '/office/registers/notices'),
    empty: see('registrar', '/office/registers/notices?q=zzzzzzzz'),
  },
  '/office/registers/[register]/[id]': {
    'of a device': see('ministry-registrar', '/office/registers/devices', { act: openFirst }),
    missing: see('registrar', `/office/registers/devices/${nowhere}`, { status: 404 }),
  },
  '/office/registers/recalls': {
    plain: see('ministry-registrar', '/office/registers/recalls'),
    empty: see('registrar', '/office/registers/recalls?q=zzzzzzzz'),
  },
  '/office/registers/recalls/[id]': {
    plain: see('ministry-registrar', (made) => `/office/registers/recalls/${made.recall}`),
  },
  '/office/registers/facilities': {
    plain: see('registrar', '/office/registers/facilities'),
    empty: see('registrar', '/office/registers/facilities?q=zzzzzzzz'),
  },
  '/office/registers/facilities/[id]': {
    missing: see('registrar', `/office/registers/facilities/${nowhere}`, { status: 404 }),
  },
  '/office/administration': {
    plain: see('admin', '/office/administration'),
    empty: see('admin', '/office/administration?q=zzzzzzzz'),
  },
  '/office/administration/jobs': {
    plain: see('ministry-admin', '/office/administration/jobs'),
    'the ministry’s alone': see('admin', '/office/administration/jobs', { status: 403 }),
  },
  '/office/administration/webhooks': {
    plain: see('admin', '/office/administration/webhooks'),
    error: see('admin', '/office/administration/webhooks', { act: sendEmpty }),
  },
  '/office/administration/webhooks/[id]': {
    missing: see('admin', `/office/administration/webhooks/${nowhere}`, { status: 404 }),
  },
  '/office/administration/authorities': { plain: see('admin', '/office/administration/authorities') },
  '/office/administration/authorities/new': {
    error: see('ministry-admin', '/office/administration/authorities/new', { act: sendEmpty }),
  },
  '/office/administration/authorities/[organisationId]': {
    plain: see('admin', (made) => `/office/administration/authorities/${made.authority}`, { act: openAll }),
  },
  '/office/administration/officials/new': { plain: see('admin', '/office/administration/officials/new') },
  '/office/administration/officials/[userId]': {
    plain: see('admin', (made) => `/office/administration/officials/${made.official}`, { act: openAll }),
  },
};
