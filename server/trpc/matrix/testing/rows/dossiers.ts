import { checklist } from '#server/dossiers/testing/journey.ts';
import { samplePdf } from '#server/dossiers/testing/sample-files.ts';
import { pin } from '#server/dossiers/testing/world.ts';
import { about, ofNobody, open, type Row } from '../row.ts';

/** A draft is the applicants' alone. */
const draft = { all: 'notFound', anonymous: 'unauthenticated', applicants: 'ok' } as const;
/** What only applicants do with a filed dossier: officials who see it are told so. */
const applicantOnly = { all: 'notFound', anonymous: 'unauthenticated', office: 'forbidden', applicants: 'ok' } as const;
/** A step of one role: colleagues are told that it is not theirs, the applicant that it is the office's. */
const step = { all: 'notFound', anonymous: 'unauthenticated', office: 'forbidden', applicants: 'forbidden' } as const;
const list = { all: 'ok', anonymous: 'unauthenticated' } as const;
const offices = { officials: 'ok', people: 'forbidden', anonymous: 'unauthenticated' } as const;
/** The log of an authority: whoever receives, and whoever oversees. */
const log = {
  all: 'notFound',
  anonymous: 'unauthenticated',
  staff: 'forbidden',
  oneStop: 'ok',
  head: 'ok',
  leader: 'ok',
} as const;
const logOf = (at: { world: { hanoi: string } }) => ({
  organisationId: at.world.hanoi,
  fromOn: '2026-03-01',
  toOn: '2026-12-31',
});
/** Both sides of a filed dossier. */
const readers = { all: 'notFound', anonymous: 'unauthenticated', office: 'ok', applicants: 'ok' } as const;
/** What is on its way belongs to who sends it. */
const sender = { all: 'notFound', anonymous: 'unauthenticated', owner: 'ok' } as const;
const bytes = samplePdf('matrix');

export const dossierRows: Record<string, Row> = {
  'dossiers.createDraft': ofNobody(
    ({ world }) => ({ procedureKey: 'pharmacy-eligibility', organisationId: world.business }),
    {
      all: 'notFound',
      anonymous: 'unauthenticated',
      applicants: 'ok',
    },
  ),
  'dossiers.savePage': about(
    (at) => ({ dossierId: at.draft, pageId: 'applicant', values: {}, mode: 'autosave' }),
    draft,
  ),
  'dossiers.addPaper': about((at) => ({ dossierId: at.draft, paperKey: at.paperKey, fileName: 'a.pdf', bytes }), draft),
  'dossiers.resolveConflicts': about((at) => ({ dossierId: at.draft, pageId: 'applicant', choices: {} }), draft),
  'dossiers.draftPage': about((at) => ({ dossierId: at.draft, pageId: 'applicant' }), draft),
  'dossiers.beginUpload': about(
    (at) => ({ dossierId: at.draft, paperKey: at.paperKey, fileName: 'c.pdf', size: 1000 }),
    draft,
  ),
  'dossiers.appendUpload': about((at) => ({ uploadId: at.upload, offset: 0, bytes: bytes.slice(0, 100) }), sender),
  'dossiers.cancelUpload': about((at) => ({ uploadId: at.upload }), sender),
  'dossiers.upload': about((at) => ({ uploadId: at.upload }), sender),
  'dossiers.unfinishedUploads': about((at) => ({ dossierId: at.draft, paperKey: at.paperKey }), draft),
  'dossiers.addVaultPaper': ofNobody(
    (at) => ({ organisationId: at.world.business, kind: at.paperKey, fileName: 'd.pdf', validTo: null, bytes }),
    draft,
  ),
  'dossiers.editVaultPaper': about((at) => ({ vaultPaperId: at.vaultPaper, name: 'e.pdf', validTo: null }), draft),
  'dossiers.removeVaultPaper': about((at) => ({ vaultPaperId: at.vaultPaper }), draft),
  'dossiers.reusePaper': about(
    (at) => ({ dossierId: at.draft, paperKey: at.paperKey, from: 'vault', sourceId: at.vaultPaper }),
    draft,
  ),
  'dossiers.vault': ofNobody(() => ({}), list),
  'dossiers.reusablePapers': about((at) => ({ dossierId: at.draft, paperKey: at.paperKey }), draft),
  'dossiers.sendMessage': about(
    (at) => ({ dossierId: at.received, text: 'Xin hỏi', messageKey: '01900000-0000-7000-8000-000000000001' }),
    readers,
  ),
  'dossiers.keepMessage': about((at) => ({ dossierId: at.received, text: 'Xin' }), readers),
  'dossiers.attachToMessage': about((at) => ({ dossierId: at.received, fileName: 'f.pdf', bytes }), readers),
  // nobody has put this file to a message
  'dossiers.dropAttachment': about(
    (at) => ({ dossierId: at.received, fileId: '01900000-0000-7000-8000-000000000000' }),
    { all: 'notFound', anonymous: 'unauthenticated' },
  ),
  'dossiers.markThreadRead': about((at) => ({ dossierId: at.received }), readers),
  'dossiers.thread': about((at) => ({ dossierId: at.received }), readers),
  'dossiers.removePaper': about((at) => ({ dossierId: at.draft, paperId: at.paper }), draft),
  'dossiers.file': about((at) => ({ dossierId: at.draft, submissionKey: 'matrix-key-1', declared: true }), draft),
  'dossiers.draft': about((at) => ({ dossierId: at.draft }), draft),
  'dossiers.kind': about((at) => ({ dossierId: at.received }), {
    all: 'notFound',
    anonymous: 'unauthenticated',
    office: 'ok',
    applicants: 'ok',
  }),
  'dossiers.my': about((at) => ({ dossierId: at.delivered }), applicantOnly),
  'dossiers.clock': about((at) => ({ dossierId: at.received }), {
    all: 'notFound',
    anonymous: 'unauthenticated',
    office: 'ok',
    applicants: 'ok',
  }),
  // an applicant whom nothing is asked of is told so: null
  'dossiers.openRequest': about((at) => ({ dossierId: at.received }), applicantOnly),
  'dossiers.saveRequestAnswer': about((at) => ({ dossierId: at.received, values: {} }), {
    ...applicantOnly,
    applicants: 'invalidState',
  }),
  'dossiers.sendRequestAnswer': about((at) => ({ dossierId: at.received }), {
    ...applicantOnly,
    applicants: 'invalidState',
  }),
  'dossiers.collectResult': about((at) => ({ dossierId: at.delivered }), applicantOnly),
  'dossiers.rate': about((at) => ({ dossierId: at.delivered, score: 'satisfied' }), applicantOnly),
  'dossiers.withdraw': about(
    (at) => ({ dossierId: at.received, reason: 'Đổi địa điểm', confirmed: true as const }),
    applicantOnly,
  ),
  'dossiers.office': about((at) => ({ dossierId: at.delivered }), { ...step, office: 'ok', applicants: 'notFound' }),
  'dossiers.receive': about((at) => ({ dossierId: at.filed }), { ...step, oneStop: 'ok' }),
  'dossiers.refuseReceipt': about(
    (at) => ({ dossierId: at.filed, reason: 'other', explanation: 'Không thuộc thẩm quyền' }),
    { ...step, oneStop: 'ok' },
  ),
  'dossiers.claim': about((at) => ({ dossierId: at.received }), { ...step, officer: 'ok' }),
  'dossiers.assess': about((at) => ({ dossierId: at.received, checklist, opinion: 'Hợp lệ', outcome: 'inspect' }), {
    ...step,
    officer: 'ok',
  }),
  'dossiers.planInspection': about(
    (at) => ({
      dossierId: at.received,
      scheduledOn: '2026-12-01',
      place: '12 Trần Hưng Đạo',
      team: [{ userId: at.world.id('inspector'), role: 'lead' }],
    }),
    { ...step, officer: 'invalidState' },
  ),
  'dossiers.recordInspection': about(
    (at) => ({
      dossierId: at.received,
      presentParty: 'Bà Hường',
      checklist,
      findings: [],
      conclusion: 'Đã kiểm tra',
      outcome: 'pass',
    }),
    { ...step, inspector: 'invalidState' },
  ),
  'dossiers.addInspectionPhoto': about((at) => ({ dossierId: at.received, fileName: 'a.png', bytes }), {
    ...step,
    inspector: 'invalidState',
  }),
  'dossiers.draftResult': about(
    (at) => ({ dossierId: at.received, kind: 'certificate', signerId: at.world.id('leader') }),
    { ...step, officer: 'invalidState' },
  ),
  'dossiers.proposeResult': about((at) => ({ dossierId: at.received }), { ...step, officer: 'invalidState' }),
  'dossiers.initialResult': about((at) => ({ dossierId: at.proposed, pin, sha256: at.sha256 }), {
    ...step,
    head: 'ok',
  }),
  'dossiers.signResult': about((at) => ({ dossierId: at.proposed, pin, sha256: at.sha256 }), {
    ...step,
    leader: 'invalidState',
  }),
  'dossiers.returnResult': about((at) => ({ dossierId: at.proposed, comment: 'Sửa lại' }), {
    ...step,
    head: 'ok',
  }),
  'dossiers.returnUnsealed': about((at) => ({ dossierId: at.proposed, comment: 'Không đóng dấu' }), {
    ...step,
    clerk: 'invalidState',
  }),
  'dossiers.issueResult': about((at) => ({ dossierId: at.proposed, pin }), { ...step, clerk: 'invalidState' }),
  'dossiers.addNote': about((at) => ({ dossierId: at.received, text: 'Ghi chú' }), {
    ...step,
    office: 'ok',
    applicants: 'notFound',
  }),
  // a certificate without a last day needs no renewal: who may ask is told so
  'dossiers.startRenewal': about((at) => ({ licenceId: at.licence }), { ...draft, applicants: 'invalidState' }),
  'dossiers.decideSupplement': about((at) => ({ dossierId: at.received, approve: true, reason: 'Đồng ý' }), {
    ...step,
    leader: 'invalidState',
  }),
  'dossiers.proposeExtension': about((at) => ({ dossierId: at.received, days: 1, reason: 'Chờ kết quả' }), {
    ...step,
    officer: 'ok',
    head: 'ok',
  }),
  'dossiers.decideExtension': about((at) => ({ dossierId: at.received, approve: true, reason: 'Đồng ý' }), {
    ...step,
    leader: 'invalidState',
  }),
  'dossiers.reassign': about((at) => ({ dossierId: at.received, toUserId: at.official, reason: 'Nghỉ phép' }), {
    ...step,
    head: 'ok',
  }),
  'dossiers.recall': about((at) => ({ dossierId: at.proposed, reason: 'Nhầm' }), {
    ...step,
    applicants: 'notFound',
    officer: 'ok',
  }),
  'dossiers.issueControlSlip': about((at) => ({ dossierId: at.received }), {
    ...step,
    office: 'ok',
    applicants: 'notFound',
  }),
  'dossiers.issueTrackingLog': ofNobody(logOf, log),
  'dossiers.trackingLog': ofNobody(logOf, log),
  'dossiers.logAuthorities': ofNobody(() => undefined, { ...log, staff: 'notFound', elsewhere: 'ok' }),
  'dossiers.late': ofNobody(() => ({}), {
    all: 'forbidden',
    anonymous: 'unauthenticated',
    head: 'ok',
    leader: 'ok',
    elsewhere: 'ok',
  }),
  'dossiers.supplementFigures': open(() => ({ procedureKey: 'pharmacy-eligibility' }), { all: 'ok' }),
  // a colleague is chosen who shares a role: nobody here shares one with the officer
  'dossiers.delegate': ofNobody(
    (at) => ({
      organisationId: at.world.hanoi,
      toUserId: at.official,
      fromOn: '2027-01-04',
      toOn: '2027-01-05',
      reason: 'Nghỉ phép',
    }),
    { all: 'notFound', anonymous: 'unauthenticated', staff: 'invalidInput' },
  ),
  'dossiers.endDelegation': ofNobody(() => ({ delegationId: '01900000-0000-7000-8000-000000000000' }), {
    all: 'notFound',
    anonymous: 'unauthenticated',
  }),
  'dossiers.myDelegations': ofNobody(() => undefined, { ...offices, people: 'notFound' }),
  'dossiers.mine': ofNobody(() => ({}), list),
  'dossiers.officeList': ofNobody(() => ({}), offices),
  'dossiers.inbox': ofNobody(() => ({ scope: 'unit' }), offices),
  'dossiers.counts': ofNobody(() => undefined, list),
  'dossiers.release': about((at) => ({ dossierId: at.received }), { ...step, officer: 'invalidState' }),
  'dossiers.myTeam': ofNobody(() => undefined, offices),
  'dossiers.queueViews': ofNobody(() => undefined, offices),
  'dossiers.saveQueueView': ofNobody(() => ({ name: 'Của tôi', scope: 'mine', filters: {} }), offices),
  'dossiers.removeQueueView': ofNobody(() => ({ viewId: '01900000-0000-7000-8000-000000000000' }), {
    all: 'notFound',
    anonymous: 'unauthenticated',
  }),
};
