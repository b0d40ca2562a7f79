import { pin } from '#server/dossiers/testing/world.ts';
import { about, ofNobody, open, type Row } from '../row.ts';
import { drugRows } from './drugs.ts';

const everybody = { all: 'ok' } as const;
const decision = (at: { licence: string }) => ({
  licenceId: at.licence,
  decisionNumber: '12/QĐ-SYT',
  reason: 'Vi phạm',
});
/** A licence is public, so nobody is told that it does not exist. */
const registrars = { all: 'forbidden', anonymous: 'unauthenticated', registrar: 'ok' } as const;

/** Who proposes changes of the register, at Hà Nội and, of its own entries, elsewhere. */
const keepers = { officer: 'ok', inspector: 'ok', head: 'ok', leader: 'ok', registrar: 'ok' } as const;
const strangersToIt = { all: 'forbidden', anonymous: 'unauthenticated' } as const;
const unseen = { all: 'notFound', anonymous: 'unauthenticated' } as const;
const ownRequest = { ...unseen, officer: 'forbidden', inspector: 'forbidden' } as const;

/** Sheets of Hà Nội: the officer's waits for approval, the registrar's is undecided and was written. */
const importRows: Record<string, Row> = {
  'registers.imports': ofNobody(() => ({}), { ...strangersToIt, ...keepers, elsewhere: 'ok' }),
  'registers.import': ofNobody((at) => ({ importId: at.imports.proposed }), { ...unseen, ...keepers }),
  'registers.importRows': ofNobody((at) => ({ importId: at.imports.proposed }), { ...unseen, ...keepers }),
  'registers.uploadImport': ofNobody(
    () => ({ register: 'facilities', fileName: 'a.csv', bytes: Buffer.from('Tên cơ sở\nMột') }),
    { ...strangersToIt, ...keepers, elsewhere: 'ok' },
  ),
  'registers.mapImport': ofNobody(
    (at) => ({ importId: at.imports.previewed, mapping: { entryId: 0 }, validFrom: '2026-11-24' }),
    { ...unseen, ...keepers },
  ),
  'registers.chooseSheet': ofNobody((at) => ({ importId: at.imports.previewed, sheet: 0 }), {
    ...unseen,
    ...keepers,
  }),
  'registers.decideRows': ofNobody((at) => ({ importId: at.imports.previewed, rows: [] }), { ...unseen, ...keepers }),
  'registers.proposeImport': ofNobody((at) => ({ importId: at.imports.previewed, reason: 'Danh sách mới' }), {
    ...unseen,
    ...keepers,
  }),
  'registers.proposeUndo': ofNobody((at) => ({ importId: at.imports.written, reason: 'Nhầm tệp' }), {
    ...unseen,
    ...keepers,
  }),
  'registers.decideImport': ofNobody((at) => ({ importId: at.imports.proposed, approve: true }), {
    ...ownRequest,
    registrar: 'ok',
    head: 'ok',
    leader: 'ok',
  }),
  'registers.duplicates': ofNobody(() => ({}), { ...strangersToIt, ...keepers, elsewhere: 'ok' }),
  'registers.keepApart': ofNobody((at) => ({ ...at.pair, note: 'Hai cơ sở khác nhau' }), {
    ...unseen,
    ...keepers,
  }),
  'registers.lookForDuplicates': ofNobody(() => ({ register: 'facilities' }), {
    ...strangersToIt,
    ...keepers,
    elsewhere: 'ok',
  }),
  'registers.exports': ofNobody(() => ({}), { ...strangersToIt, ...keepers, elsewhere: 'ok' }),
  'registers.startExport': ofNobody(() => ({ register: 'facilities', format: 'csv' }), {
    ...strangersToIt,
    ...keepers,
    elsewhere: 'ok',
  }),
  'registers.cancelExport': ofNobody(() => ({ exportId: '00000000-0000-7000-8000-000000000000' }), {
    all: 'notFound',
    anonymous: 'unauthenticated',
  }),
  'registers.discardImport': ofNobody((at) => ({ importId: at.imports.previewed }), { ...unseen, ...keepers }),
};
/** Machines are recorded by the business of their facility and by the registrar; other officials there read. */
const keepsMachines = { all: 'forbidden', anonymous: 'unauthenticated', registrar: 'ok', applicants: 'ok' } as const;
const recordsOfMachines = {
  ...unseen,
  officer: 'forbidden',
  inspector: 'forbidden',
  head: 'forbidden',
  leader: 'forbidden',
  registrar: 'ok',
  applicants: 'ok',
} as const;

const nowhere = '01900000-0000-7000-8000-000000000000';
const unknown = { all: 'notFound', anonymous: 'unauthenticated' } as const;
const books = { all: 'notFound', anonymous: 'unauthenticated', staff: 'forbidden', admin: 'ok' } as const;

const adminOnly = { all: 'notFound', anonymous: 'unauthenticated', admin: 'ok' } as const;

export const registerRows: Record<string, Row> = {
  'exchange.issued': open((at) => ({ code: at.document.verifyCode }), everybody),
  'exchange.findIssued': open((at) => ({ words: at.document.number }), everybody),
  'exchange.verifyCodes': open((at) => ({ documentIds: [at.document.id] }), everybody),
  'exchange.scannerStatus': ofNobody(() => ({}), {
    all: 'notFound',
    anonymous: 'unauthenticated',
    admin: 'ok',
    ministry: 'ok',
  }),
  'exchange.auditHeads': open(() => ({}), everybody),
  'exchange.openData': open(() => ({}), everybody),
  'exchange.webhooks': ofNobody(() => ({}), {
    all: 'notFound',
    anonymous: 'unauthenticated',
    owner: 'ok',
    partner: 'ok',
    rival: 'ok',
    admin: 'ok',
    ministry: 'ok',
  }),
  'exchange.webhook': ofNobody((at) => ({ webhookId: at.webhook }), adminOnly),
  'exchange.addWebhook': ofNobody(
    (at) => ({
      organisationId: at.world.hanoi,
      url: 'https://example.vn/hook',
      registers: ['facilities'],
      kinds: ['changed'],
    }),
    adminOnly,
  ),
  'exchange.setWebhookState': ofNobody((at) => ({ webhookId: at.webhook, state: 'paused' }), adminOnly),
  'exchange.pingWebhook': ofNobody((at) => ({ webhookId: at.webhook }), adminOnly),
  'exchange.tryWebhook': ofNobody((at) => ({ webhookId: at.webhook }), { ...adminOnly, admin: 'invalidState' }),
  'exchange.rotateSecret': ofNobody((at) => ({ webhookId: at.webhook }), adminOnly),
  'exchange.replayDelivery': ofNobody((at) => ({ deliveryId: at.delivery }), adminOnly),
  'signatures.keys': ofNobody(() => ({}), { officials: 'ok', people: 'notFound', anonymous: 'unauthenticated' }),
  'signatures.changePin': ofNobody((at) => ({ keyId: at.key, pin, newPin: '90817263' }), {
    all: 'notFound',
    anonymous: 'unauthenticated',
    leader: 'ok',
  }),
  'signatures.releaseKey': ofNobody((at) => ({ keyId: at.key }), {
    all: 'notFound',
    anonymous: 'unauthenticated',
    admin: 'invalidState',
  }),
  'facilities.mine': ofNobody(() => ({}), { all: 'ok', anonymous: 'unauthenticated' }),
  'facilities.search': open(() => ({}), everybody),
  'facilities.alternatives': open(() => ({ q: 'khong co o dau' }), everybody),
  'facilities.dots': open(() => ({}), everybody),
  'facilities.get': open((at) => ({ id: at.facility }), everybody),
  'facilities.getForOffice': open((at) => ({ id: at.facility }), {
    all: 'forbidden',
    anonymous: 'unauthenticated',
    officials: 'ok',
  }),
  'facilities.ofDocument': open((at) => ({ documentId: at.document.id }), everybody),
  'facilities.suspendLicence': open(decision, { ...registrars, leader: 'ok' }),
  'facilities.liftSuspension': open(decision, { ...registrars, registrar: 'invalidState', leader: 'invalidState' }),
  'facilities.revokeLicence': open((at) => ({ ...decision(at), confirmed: true }), { ...registrars, leader: 'ok' }),
  'facilities.places': ofNobody(() => ({}), { ...strangersToIt, ...keepers, elsewhere: 'ok' }),
  'facilities.place': ofNobody((at) => ({ id: at.placeInDoubt }), { ...unseen, ...keepers }),
  'facilities.proposePlace': ofNobody(
    (at) => ({ id: at.placeInDoubt, version: at.placeVersion, choice: '01//drop', reason: 'Đã xem giấy phép' }),
    { ...unseen, ...keepers },
  ),
  'map.attribution': open(() => ({}), everybody),
  'map.indicators': open(() => ({}), everybody),
  'map.outlines': open(() => ({}), everybody),
  'map.findPlace': open(() => ({ text: 'Hoàn Kiếm, Hà Nội' }), everybody),
  'map.place': open(() => ({ level: 'province', code: '01' }) as const, everybody),
  'devices.search': open(() => ({}), everybody),
  'devices.get': open(() => ({ id: nowhere }), { all: 'notFound' }),
  'devices.notices': open(() => ({}), everybody),
  'devices.notice': open(() => ({ id: nowhere }), { all: 'notFound' }),
  ...drugRows,
  'nomenclatures.search': open(() => ({ system: 'emdn' as const }), everybody),
  'nomenclatures.names': open(() => ({ system: 'atc' as const, codes: ['N02BE01'] }), everybody),
  'equipment.units': ofNobody(() => ({}), { all: 'ok', anonymous: 'unauthenticated' }),
  'equipment.unit': about((at) => ({ unitId: at.equipmentUnit }), { ...unseen, ...keepers, applicants: 'ok' }),
  'equipment.form': ofNobody((at) => ({ facilityId: at.facility }), keepsMachines),
  'equipment.ofFacility': open((at) => ({ facilityId: at.facility }), everybody),
  'equipment.holders': open(() => ({ noticeId: nowhere }), { all: 'notFound' }),
  'equipment.register': ofNobody(
    (at) => ({ facilityId: at.facility, device: at.device, serial: 'SN-2', installedOn: '2026-11-20' }),
    keepsMachines,
  ),
  'equipment.recordStatus': about(
    (at) => ({ unitId: at.equipmentUnit, status: 'needs-repair' as const, since: '2026-11-20' }),
    recordsOfMachines,
  ),
  'equipment.recordCheck': about(
    (at) => ({
      unitId: at.equipmentUnit,
      kind: 'calibration' as const,
      doneOn: '2026-11-20',
      passed: true,
      doneBy: 'Trung tâm',
    }),
    recordsOfMachines,
  ),
  'equipment.planChecks': about(
    (at) => ({ unitId: at.equipmentUnit, calibrationMonths: 12, inspectionMonths: null }),
    recordsOfMachines,
  ),
  'drugs.search': open(() => ({}), everybody),
  'drugs.get': open(() => ({ id: nowhere }), { all: 'notFound' }),
  'registers.entry': open((at) => ({ register: 'facilities', id: at.facility }), everybody),
  'registers.entries': open(() => ({ register: 'facilities', on: '2026-11-20' }), everybody),
  'registers.changeForm': ofNobody((at) => ({ register: 'facilities', id: at.facility }), {
    ...strangersToIt,
    ...keepers,
  }),
  'registers.emptyForm': ofNobody(() => ({ register: 'facilities' }), {
    ...strangersToIt,
    ...keepers,
    elsewhere: 'ok',
  }),
  'registers.desk': ofNobody(() => ({}), { ...strangersToIt, ...keepers, elsewhere: 'ok' }),
  'registers.requests': ofNobody(() => ({}), { ...strangersToIt, ...keepers, elsewhere: 'ok' }),
  'registers.request': ofNobody((at) => ({ requestId: at.changeRequest }), { ...unseen, ...keepers }),
  'registers.propose': ofNobody(
    (at) => ({
      register: 'facilities',
      kind: 'change',
      entryId: at.facility,
      version: at.entryVersion,
      texts: { phone: '1900 5678' },
      validFrom: '2026-11-24',
      reason: 'Đổi số',
    }),
    { ...strangersToIt, ...keepers },
  ),
  'registers.decide': ofNobody((at) => ({ requestId: at.changeRequest, approve: true }), {
    ...ownRequest,
    registrar: 'ok',
    head: 'ok',
    leader: 'ok',
  }),
  'registers.withdraw': ofNobody((at) => ({ requestId: at.changeRequest }), {
    ...ownRequest,
    officer: 'ok',
    registrar: 'forbidden',
    head: 'forbidden',
    leader: 'forbidden',
  }),
  'registers.suggestions': ofNobody(() => ({}), { ...strangersToIt, ...keepers, elsewhere: 'ok' }),
  'registers.suggestion': ofNobody((at) => ({ suggestionId: at.suggestion }), { ...unseen, ...keepers }),
  'registers.answerSuggestion': ofNobody((at) => ({ suggestionId: at.suggestion, accept: true, answer: 'Đã sửa' }), {
    ...unseen,
    ...keepers,
  }),
  ...importRows,
  'procedures.catalogue': open(() => ({}), everybody),
  'procedures.sectors': open(() => undefined, everybody),
  'procedures.get': open(() => ({ key: 'pharmacy-eligibility' }), everybody),
  'procedures.version': open((at) => ({ id: at.versionId }), everybody),
  'procedures.guide': open(() => ({ key: 'pharmacy-eligibility', values: {} }), everybody),
  'territory.provinces': open(() => ({}), everybody),
  'territory.districts': open(() => ({ provinceCode: '01', on: '2025-06-30' }), everybody),
  'territory.wards': open(() => ({ provinceCode: '01' }), everybody),
  'territory.search': open(() => ({ q: 'Hoàn Kiếm' }), everybody),
  'territory.lookUp': open(() => ({ text: 'Hà Giang' }), everybody),
  // in the open sea: the answer has the same names with and without a data pack
  'territory.placeAt': open(() => ({ latitude: 13, longitude: 111 }), everybody),
  'notifications.list': ofNobody(() => ({ locale: 'vi' }), { all: 'ok', anonymous: 'unauthenticated' }),
  'notifications.unreadCount': open(() => undefined, everybody),
  'notifications.markRead': about((at) => ({ id: at.notice }), {
    all: 'notFound',
    anonymous: 'unauthenticated',
    owner: 'ok',
  }),
  // the demo's mailbox and bank are open to everybody who tries the demo, and absent elsewhere
  'notifications.mails': open(() => ({}), everybody),
  'notifications.mail': open(() => ({ id: '01900000-0000-7000-8000-000000000000' }), { all: 'notFound' }),
  'payments.list': ofNobody(() => ({}), { all: 'ok', anonymous: 'unauthenticated' }),
  'payments.get': about((at) => ({ paymentId: at.payment.id }), {
    all: 'notFound',
    anonymous: 'unauthenticated',
    office: 'ok',
    applicants: 'ok',
  }),
  // what one may not see is as if it were not there: an empty list
  'payments.ofSubject': about((at) => ({ subjectType: 'dossier', subjectId: at.payment.subjectId }), everybody),
  'payments.intentOf': about((at) => ({ subjectType: 'dossier', subjectId: at.payment.subjectId }), everybody),
  'payments.setAccount': ofNobody(
    (at) => ({
      organisationId: at.world.hanoi,
      bankBin: '970436',
      bankName: 'Vietcombank',
      accountNumber: '0011001234567',
      accountName: 'SO Y TE HA NOI',
    }),
    { all: 'forbidden', anonymous: 'unauthenticated', admin: 'ok' },
  ),
  'payments.demoBill': open((at) => ({ reference: at.payment.reference }), everybody),
  'payments.payAtDemoBank': open(() => ({ reference: 'KHONGCO12345', how: 'exact' }), { all: 'notFound' }),
  'payments.refunds': ofNobody(() => ({}), {
    all: 'forbidden',
    anonymous: 'unauthenticated',
    oneStop: 'ok',
    officer: 'ok',
    leader: 'ok',
    admin: 'ok',
    elsewhere: 'ok',
    ministry: 'ok',
  }),
  'payments.refund': ofNobody(() => ({ refundId: nowhere }), unknown),
  'payments.proposeRefund': ofNobody(() => ({ callbackId: nowhere, amount: 1000, reason: 'Nộp thừa' }), unknown),
  'payments.decideRefund': ofNobody(() => ({ refundId: nowhere, approve: true }), unknown),
  'payments.retryRefund': ofNobody(() => ({ refundId: nowhere }), unknown),
  'payments.recordRefundSent': ofNobody(() => ({ refundId: nowhere, bankReference: 'FT2632700001' }), unknown),
  'payments.books': ofNobody((at) => ({ organisationId: at.world.hanoi, day: '2026-11-23' }), books),
  'payments.reconcile': ofNobody((at) => ({ organisationId: at.world.hanoi, day: '2026-11-23' }), books),
  'payments.uploadStatement': ofNobody(
    (at) => ({ organisationId: at.world.hanoi, day: '2026-11-23', bytes: new TextEncoder().encode('x') }),
    { ...books, admin: 'invalidInput' },
  ),
  'payments.resolveMismatch': ofNobody(
    () => ({ mismatchId: nowhere, resolution: 'explained', note: 'Đã đối chiếu' }),
    unknown,
  ),
};
