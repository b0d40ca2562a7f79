import { describe, expect, test } from 'vitest';
import { deviceStatus, lotsOf, numberFaults } from './rules.ts';

const days = { validTo: '2026-11-30', suspendedFrom: null, suspendedTo: null, withdrawnOn: null };

describe('the status of a device', () => {
  test('follows from its dates, without anything having run', () => {
    expect(deviceStatus(days, '2026-11-30')).toBe('inForce');
    expect(deviceStatus(days, '2026-12-01')).toBe('expired');
    const suspended = { ...days, suspendedFrom: '2026-11-10', suspendedTo: '2026-11-20' };
    expect(deviceStatus(suspended, '2026-11-09')).toBe('inForce');
    expect(deviceStatus(suspended, '2026-11-20')).toBe('suspended');
    expect(deviceStatus(suspended, '2026-11-21')).toBe('inForce');
    expect(deviceStatus({ ...suspended, suspendedTo: null }, '2026-11-30')).toBe('suspended');
    expect(deviceStatus({ ...suspended, suspendedTo: null }, '2026-12-01')).toBe('expired');
    expect(deviceStatus({ ...suspended, withdrawnOn: '2026-11-15' }, '2026-11-15')).toBe('withdrawn');
    expect(deviceStatus({ ...days, validTo: null }, '2099-01-01')).toBe('inForce');
  });
});

describe('the number of a device', () => {
  test('is a declaration for A and B, of circulation for C and D', () => {
    expect(numberFaults({ deviceClass: 'A', declarationNumber: '220000123/PCBA-HN' })).toEqual([]);
    expect(numberFaults({ deviceClass: 'B', declarationNumber: '220000123/pcbb-hcm' })).toEqual([]);
    expect(numberFaults({ deviceClass: 'C', circulationNumber: '2301045ĐKLH/BYT-HTTB' })).toEqual([]);
    expect(numberFaults({ deviceClass: 'D', circulationNumber: '2301045 ĐKLH/BYT-HTTB' })).toEqual([]);
  });

  test('that is missing, of another kind or of another class names its field', () => {
    expect(numberFaults({ deviceClass: 'C' })).toEqual([{ path: 'circulationNumber', fault: 'missing' }]);
    expect(numberFaults({ deviceClass: 'A', circulationNumber: '1ĐKLH/BYT-HTTB' })).toEqual([
      { path: 'circulationNumber', fault: 'other' },
      { path: 'declarationNumber', fault: 'missing' },
    ]);
    expect(numberFaults({ deviceClass: 'A', declarationNumber: '220000123/PCBB-HN' })).toEqual([
      { path: 'declarationNumber', fault: 'form' },
    ]);
  });
});

test('lots are compared without case and said once', () => {
  expect(lotsOf(' a12, A12 ,b7,')).toEqual(['A12', 'B7']);
  expect(lotsOf(undefined)).toEqual([]);
});
