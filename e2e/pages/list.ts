import { registerPages } from './registers.ts';
import { business, draft, my, nowhere, office, openAll, type State, see, sendEmpty, sendFirstEmpty } from './state.ts';

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
  ...registerPages,
};
