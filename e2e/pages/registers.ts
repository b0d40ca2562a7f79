import { nowhere, openAll, openFirst, openUnitForm, type State, see, sendEmpty } from './state.ts';

/** Pages of the registers, the public's and the officials'. */
export const registerPages: Record<string, Record<string, State>> = {
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
};
