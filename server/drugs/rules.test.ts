import { describe, expect, test } from 'vitest';
import { drugStatus, drugWords, registrationFault } from './rules.ts';

describe('a registration number', () => {
  test.each([
    'VD-4878-14',
    'VN-21939-19',
    'VN2-123-15',
    'GC-0123-10',
    'VD3-123-21',
    'QLSP-0752-13',
    'V7-H12-16',
    '893110123426',
    '893 110 123426',
    '893.110.1234.26',
    'VD–4878–14',
    'VD‑4878−14',
    'vd-4878-14',
    'ＶＤ－4878－14',
  ])('%s is one', (number) => expect(registrationFault(number, '2026-11-30')).toBeNull());

  test('of twelve digits with letters, too short or of a year to come is none, and says why', () => {
    expect(registrationFault('8931101234AB', '2026-11-30')).toBe('digits');
    expect(registrationFault('89311012342', '2026-11-30')).toBe('digits');
    expect(registrationFault('893110123427', '2026-12-31')).toBe('year');
    expect(registrationFault('893110123427', '2027-01-01')).toBeNull();
    expect(registrationFault('paracetamol', '2026-11-30')).toBe('form');
  });
});

test('a unit behind a number asks for nothing of its own', () => {
  expect(drugWords('paracetamol 500mg')).toEqual(['paracetamol', '500']);
  expect(drugWords('paracetamol 500 mg')).toEqual(drugWords('paracetamol 500'));
  expect(drugWords('vitamin d3 1000iu')).toEqual(['vitamin', 'd3', '1000']);
  expect(drugWords('mg b6')).toEqual(['mg', 'b6']);
});

test('expires after its last day without anything having run; withdrawal comes first', () => {
  expect(drugStatus({ validTo: '2026-11-30', withdrawnOn: null }, '2026-11-30')).toBe('inForce');
  expect(drugStatus({ validTo: '2026-11-30', withdrawnOn: null }, '2026-12-01')).toBe('expired');
  expect(drugStatus({ validTo: null, withdrawnOn: '2026-12-01' }, '2026-11-30')).toBe('inForce');
  expect(drugStatus({ validTo: '2020-01-01', withdrawnOn: '2026-11-30' }, '2026-11-30')).toBe('withdrawn');
});
