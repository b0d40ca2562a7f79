import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  canBecome,
  type DossierState,
  dossierCode,
  dossierStates,
  finalStates,
  normaliseCode,
  normaliseSecret,
  openItems,
  urgencyOf,
} from './rules.ts';

const states = Object.keys(dossierStates).map(Number) as DossierState[];

describe('dossier states', () => {
  test('there are the ten states of the national portal and the draft', () => {
    expect(states).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('nothing follows a final state', () => {
    for (const from of finalStates) for (const to of states) expect(canBecome(from, to)).toBe(from === to);
  });

  test('every state but the draft can be reached from a draft', () => {
    const reached = new Set<DossierState>([0]);
    for (let round = 0; round < states.length; round++) {
      for (const from of [...reached]) for (const to of states) if (canBecome(from, to)) reached.add(to);
    }
    expect([...reached].sort((a, b) => a - b)).toEqual(states);
  });

  test('a filed dossier never becomes a draft again', () => {
    for (const from of states.filter((state) => state > 0)) expect(canBecome(from, 0)).toBe(false);
  });
});

describe('dossier code', () => {
  test('is the agency, the filing day and the sequence of that day', () => {
    expect(dossierCode('000.00.10.H26', '2026-11-23', 1)).toBe('000.00.10.H26-261123-0001');
  });

  test('is found again however it was typed', () => {
    const code = dossierCode('000.00.10.H26', '2026-11-23', 42);
    const otherwise = [
      ` ${code} `,
      code.toLowerCase(),
      code.replaceAll('-', ' – '),
      code.replaceAll('-', '‑'),
      code.replace(/[.-]/g, ' '),
      code.replace(/[.-]/g, ''),
      code.replaceAll('.', '-'),
    ];
    for (const typed of otherwise) expect(normaliseCode(typed)).toBe(code);
    expect(normaliseCode('000.00.10.H26-261123-00421')).toBe('000.00.10.H26-261123-00421');
    expect(normaliseCode('what is this')).toBe('WHATISTHIS');
  });

  test('differs for every agency, day and number', () => {
    const day = fc
      .date({ min: new Date('2025-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
      .map((d) => d.toISOString().slice(0, 10));
    const part = fc.tuple(fc.constantFrom('000.00.10.H26', '000.00.11.H29'), day, fc.integer({ min: 1, max: 9999 }));
    fc.assert(
      fc.property(part, part, (a, b) => {
        const same = a.every((value, i) => value === b[i]);
        expect(dossierCode(...a) === dossierCode(...b)).toBe(same);
      }),
    );
  });

  test('a secret may be typed with spaces, dashes and small letters', () => {
    expect(normaliseSecret(' ab2c-d3 fg ')).toBe('AB2CD3FG');
  });
});

describe('items of a request', () => {
  const items = [
    { target: 'facility.name', kind: 'field' as const, note: 'sai' },
    { target: 'lease', kind: 'paper' as const, note: 'thiếu' },
    { target: 'f1', kind: 'finding' as const, note: 'thiếu nhiệt kế' },
  ];

  test('stay open until each was dealt with', () => {
    expect(openItems(items, { draft: {}, replies: {}, papers: new Set() })).toHaveLength(3);
    expect(
      openItems(items, { draft: { 'facility.name': 'An Bình' }, replies: {}, papers: new Set(['lease']) }),
    ).toEqual([items[2]]);
    expect(
      openItems(items, { draft: { 'facility.name': 'x' }, replies: { f1: 'đã lắp' }, papers: new Set(['lease']) }),
    ).toEqual([]);
  });

  test('a reply of blanks is no reply', () => {
    expect(openItems([items[2]!], { draft: {}, replies: { f1: '   ' }, papers: new Set() })).toHaveLength(1);
  });
});

test('urgency follows the working days left and is never shown for a stopped clock', () => {
  expect([
    urgencyOf(-1, false),
    urgencyOf(0, false),
    urgencyOf(1, false),
    urgencyOf(2, false),
    urgencyOf(null, false),
    urgencyOf(-3, true),
  ]).toEqual(['late', 'soon', 'soon', 'inTime', 'none', 'stopped']);
});
