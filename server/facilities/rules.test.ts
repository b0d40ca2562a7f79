import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openState } from './opening-hours.ts';
import {
  afterCertificate,
  canAct,
  distanceKm,
  facilityCode,
  isFarOutside,
  type LicenceDates,
  licenceStatus,
  licenceStatuses,
} from './rules.ts';

const held: LicenceDates = {
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  suspendedAt: null,
  suspendedUntil: null,
  revokedAt: null,
  supersededAt: null,
};
const vietnam = (text: string) => new Date(`${text}:00+07:00`);

describe('the status of a licence', () => {
  test.each([
    ['2025-12-31', 'pending'],
    ['2026-01-01', 'inForce'],
    ['2026-12-31', 'inForce'],
    ['2027-01-01', 'expired'],
  ])('on %s is %s by its dates alone', (today, status) => {
    expect(licenceStatus(held, today)).toBe(status);
  });

  test('without an end never expires', () => {
    expect(licenceStatus({ ...held, validTo: null }, '2099-01-01')).toBe('inForce');
  });

  test('is suspended through the last day of the suspension', () => {
    const suspended = { ...held, suspendedAt: vietnam('2026-05-01T09:00'), suspendedUntil: '2026-06-30' };
    expect(licenceStatus(suspended, '2026-06-30')).toBe('suspended');
    expect(licenceStatus(suspended, '2026-07-01')).toBe('inForce');
    expect(licenceStatus({ ...suspended, suspendedUntil: null }, '2026-12-31')).toBe('suspended');
    expect(licenceStatus({ ...suspended, suspendedUntil: null }, '2027-01-01')).toBe('expired');
  });

  test('once revoked stays revoked', () => {
    expect(licenceStatus({ ...held, revokedAt: new Date() }, '2027-01-01')).toBe('revoked');
  });

  test('allows no act on a licence that has ended', () => {
    for (const action of ['suspend', 'lift', 'revoke'] as const) {
      expect(licenceStatuses.filter((status) => canAct(action, status))).not.toContain('revoked');
      expect(licenceStatuses.filter((status) => canAct(action, status))).not.toContain('expired');
    }
  });
});

test('a code has place, kind and six digits', () => {
  expect(facilityCode('HNO', 'pharmacy', 1)).toBe('HNO-NT-000001');
  expect(facilityCode('HCM', 'hospital', 123456)).toBe('HCM-BV-123456');
});

test('the distance between Hà Nội and Thành phố Hồ Chí Minh is about 1,137 km', () => {
  expect(
    distanceKm({ latitude: 21.0285, longitude: 105.8542 }, { latitude: 10.8231, longitude: 106.6297 }),
  ).toBeCloseTo(1137.6, -1);
  expect(distanceKm({ latitude: 10, longitude: 106 }, { latitude: 10, longitude: 106 })).toBe(0);
});

test.each([
  [21.0285, 105.8542, false],
  [8.58, 104.83, false], // Mũi Cà Mau
  [23.39, 105.32, false], // Lũng Cú
  [22.4, 102.14, false], // A Pa Chải
  [16.53, 111.61, false], // Hoàng Sa
  [8.64, 111.92, false], // Trường Sa
  [0, 0, true],
  [105.8542, 21.0285, true],
  [21.0285, -105.8542, true],
  [48.85, 2.35, true],
])('%f, %f lies far from the country: %s', (latitude, longitude, far) => {
  expect(isFarOutside(latitude, longitude)).toBe(far);
});

describe('opening hours', () => {
  const weekdays = { from: '07:30', to: '11:30' };
  const hours = { '1': [weekdays, { from: '13:30', to: '21:00' }], '6': [{ from: '20:00', to: '02:00' }] };

  test.each([
    ['2026-11-23T07:29', { open: false, opens: { weekday: 1, time: '07:30', date: '2026-11-23' } }],
    ['2026-11-23T07:30', { open: true, until: { weekday: 1, time: '11:30' } }],
    ['2026-11-23T11:30', { open: false, opens: { weekday: 1, time: '13:30', date: '2026-11-23' } }],
    ['2026-11-23T21:00', { open: false, opens: { weekday: 6, time: '20:00', date: '2026-11-28' } }],
    ['2026-11-28T23:59', { open: true, until: { weekday: 7, time: '02:00' } }],
    ['2026-11-29T01:59', { open: true, until: { weekday: 7, time: '02:00' } }],
    ['2026-11-29T02:00', { open: false, opens: { weekday: 1, time: '07:30', date: '2026-11-30' } }],
  ])('at %s in Vietnam say %o', (at, expected) => {
    expect(openState(hours, vietnam(at))).toEqual(expected);
  });

  test('around the clock never close', () => {
    const always = Object.fromEntries(
      ['1', '2', '3', '4', '5', '6', '7'].map((day) => [day, [{ from: '00:00', to: '24:00' }]]),
    );
    expect(openState(always, vietnam('2026-11-25T03:00'))).toEqual({ open: true, until: null });
  });

  test('of no day never open', () => {
    expect(openState({}, vietnam('2026-11-25T03:00'))).toEqual({ open: false, opens: null });
  });

  test('that run over Sunday midnight hold on Monday', () => {
    const late = { '7': [{ from: '22:00', to: '01:00' }] };
    expect(openState(late, vietnam('2026-11-23T00:30'))).toEqual({ open: true, until: { weekday: 1, time: '01:00' } });
  });

  test('of a public holiday are those declared for it; else only who never closes is open', () => {
    const isHoliday = (date: string) => date === '2026-11-24';
    const day = { '2': [{ from: '08:00', to: '20:00' }], '3': [{ from: '08:00', to: '20:00' }] };
    const tuesday = vietnam('2026-11-24T10:00');
    expect(openState(day, tuesday)).toMatchObject({ open: true });
    expect(openState(day, tuesday, isHoliday)).toEqual({
      open: false,
      opens: { weekday: 3, time: '08:00', date: '2026-11-25' },
    });
    const declared = { ...day, holiday: [{ from: '09:00', to: '11:00' }] };
    expect(openState(declared, tuesday, isHoliday)).toEqual({ open: true, until: { weekday: 2, time: '11:00' } });
    const always = Object.fromEntries(
      ['1', '2', '3', '4', '5', '6', '7'].map((each) => [each, [{ from: '00:00', to: '24:00' }]]),
    );
    expect(openState(always, tuesday, isHoliday)).toEqual({ open: true, until: null });
  });

  test('over Tết name the day on which it opens again, which may be the same weekday, and a night that began before it ends', () => {
    const isHoliday = (date: string) => date >= '2027-02-05' && date <= '2027-02-11';
    const friday = { '5': [{ from: '07:30', to: '17:00' }] };
    const eve = vietnam('2027-02-05T07:00');
    expect(openState(friday, eve)).toMatchObject({ open: false, opens: { time: '07:30', date: '2027-02-05' } });
    expect(openState(friday, eve, isHoliday)).toMatchObject({
      open: false,
      opens: { time: '07:30', date: '2027-02-12' },
    });
    const nights = { '4': [{ from: '20:00', to: '02:00' }], '5': [{ from: '20:00', to: '02:00' }] };
    expect(openState(nights, vietnam('2027-02-05T01:59'), isHoliday)).toMatchObject({ open: true });
    expect(openState(nights, vietnam('2027-02-05T21:00'), isHoliday)).toMatchObject({
      open: false,
      opens: { weekday: 5, time: '20:00', date: '2027-02-12' },
    });
  });

  test('change at the moment they announce, and not before', () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '30', '45'))
      .map(([h, m]) => `${String(h).padStart(2, '0')}:${m}`);
    const span = fc.record({ from: time, to: time }).filter(({ from, to }) => from !== to);
    const week = fc.dictionary(fc.constantFrom('1', '2', '3', '4', '5', '6', '7'), fc.array(span, { maxLength: 3 }));
    fc.assert(
      fc.property(week, fc.integer({ min: 0, max: 672 }), (generated, quarter) => {
        const start = vietnam('2026-11-23T00:00').getTime() + quarter * 900_000;
        const state = openState(generated, new Date(start));
        const change = state.open ? state.until : state.opens;
        if (!change) return;
        let at = start;
        while (openState(generated, new Date(at)).open === state.open) at += 900_000;
        const minute = Math.floor(at / 60_000) + 420;
        expect(change.time).toBe(new Date(minute * 60_000).toISOString().slice(11, 16));
      }),
      { numRuns: 60 },
    );
  });
});

describe('an entry after another certificate', () => {
  const known = {
    name: 'Nhà thuốc An',
    addressLine: '1 Giải Phóng',
    latitude: 21,
    longitude: 105.8,
    insuranceCode: '01001',
    services: ['vaccination'],
    professionalLead: 'Lê Thị Hường',
    staff: [
      { name: 'Lê Thị Hường', certificate: '1/CCHN' },
      { name: 'Trần Văn Bình', certificate: '2/CCHN' },
      { name: 'Hồ Ánh', certificate: '3/CCHN' },
    ],
  };

  test('keeps what the certificate is silent about', () => {
    expect(afterCertificate(known, { name: 'Nhà thuốc An Bình', services: undefined, phone: null })).toEqual({
      ...known,
      name: 'Nhà thuốc An Bình',
    });
  });

  test('has the people it names first, each certificate once, without who answered for the profession before', () => {
    const named = { name: 'Trần Văn Bình', certificate: '2/CCHN', scope: 'Dược' };
    const { staff } = afterCertificate(known, { professionalLead: 'Trần Văn Bình', staff: [named] });
    expect(staff).toEqual([named, known.staff[2]]);
  });

  test('of another address loses the point of the old one', () => {
    expect(afterCertificate(known, { addressLine: '2 Giải Phóng' })).toMatchObject({ latitude: null, longitude: null });
    expect(afterCertificate(known, { addressLine: '2 Giải Phóng', latitude: 20, longitude: 106 })).toMatchObject({
      latitude: 20,
      longitude: 106,
    });
  });
});
