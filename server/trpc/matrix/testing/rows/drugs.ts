import { ofNobody, open, type Row } from '../row.ts';

const everybody = { all: 'ok' } as const;
const nowhere = '01900000-0000-7000-8000-000000000000';
const unknown = { all: 'notFound', anonymous: 'unauthenticated' } as const;
const price = {
  price: 1200,
  unit: 'viên',
  effectiveFrom: '2026-11-01',
  declaredBy: 'Công ty',
  announcedOn: '2026-10-20',
};
const sample = {
  batch: 'A1',
  sampleNumber: '1',
  takenOn: '2026-11-01',
  takenAt: 'Hà Nội',
  laboratory: 'Viện',
  method: 'HPLC',
  standard: 'DĐVN V',
  lines: 'Định lượng | đạt',
  certificateNumber: '1',
  certificateOn: '2026-11-10',
};

/** Drugs are the ministry's, and the matrix enters none: what each door says of one that is there, the tests beside tell. */
export const drugRows: Record<string, Row> = {
  'drugs.search': open(() => ({}), everybody),
  'drugs.get': open(() => ({ id: nowhere }), { all: 'notFound' }),
  'drugs.forOffice': ofNobody(() => ({ id: nowhere }), unknown),
  'drugs.forRecording': ofNobody(() => ({ id: nowhere }), unknown),
  'drugs.prices': open(() => ({ id: nowhere }), { all: 'notFound' }),
  'drugs.recordPrice': ofNobody(() => ({ drugId: nowhere, ...price }), unknown),
  'drugs.tests': open(() => ({ id: nowhere }), { all: 'notFound' }),
  'drugs.recordTest': ofNobody(() => ({ drugId: nowhere, ...sample }), unknown),
  'drugs.recalls': open(() => ({}), everybody),
  'drugs.recall': open(() => ({ id: nowhere }), { all: 'notFound' }),
  'drugs.recallHolders': ofNobody(() => ({ id: nowhere }), unknown),
  'drugs.ownBatches': ofNobody(() => ({}), { all: 'ok', anonymous: 'unauthenticated' }),
  'drugs.ownReport': ofNobody(() => ({ reportId: nowhere }), unknown),
  'drugs.ownRecall': ofNobody(() => ({ id: nowhere }), unknown),
  'drugs.reportBatch': ofNobody(
    (at) => ({
      facilityId: at.facility,
      drug: 'VD-1-10',
      batch: 'A1',
      quantity: 1,
      unit: 'hộp',
      receivedOn: '2026-11-01',
    }),
    // nobody is told whose a facility is; who may report learns that there is no such drug
    { ...unknown, owner: 'invalidInput', partner: 'invalidInput' },
  ),
  'drugs.answerRecall': ofNobody(
    (at) => ({ recallId: nowhere, facilityId: at.facility, quarantined: 0, returned: 0 }),
    unknown,
  ),
};
