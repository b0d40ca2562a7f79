import { describe, expect, test } from 'vitest';
import { choices, code, contentOf, date, flag, line, list, number, table, textsOf } from './fields.ts';

describe('a field reads what people and sheets write', () => {
  test.each([
    [date('d'), '31/12/2026', '2026-12-31'],
    [date('d'), '1.2.2026', '2026-02-01'],
    [date('d'), '2026-02-01 00:00:00', '2026-02-01'],
    [date('d'), '45292', '2024-01-01'],
    [date('d'), '1234', '1234'],
    [date('d'), 'hôm qua', 'hôm qua'],
    [number('n'), '1.234,5', 1234.5],
    [number('n'), '21.0285', 21.0285],
    [number('n', { whole: true }), '1.234', 1234],
    [number('n'), 'nhiều', 'nhiều'],
    [flag('f'), 'Có', true],
    [flag('f'), '', false],
    [flag('f'), 'có lẽ', 'có lẽ'],
    [line('l'), '  Hoà   Bình ', 'Hoà Bình'],
    [line('l'), ' ', null],
    [code('c', 2), '1', '01'],
    [code('c', 5), 'A1', 'A1'],
    [code('c', 5, { least: 4 }), '1001', '01001'],
    [code('c', 5, { least: 4 }), '12', '12'],
    [list('l'), 'a\n\n b ; c', ['a', 'b', 'c']],
    [choices('c', ['x', 'y']), 'x; y', ['x', 'y']],
    [
      table('t', ['name', 'strength']),
      'Paracetamol | 500 mg\nCafein',
      [{ name: 'Paracetamol', strength: '500 mg' }, { name: 'Cafein' }],
    ],
    [table('t', ['name']), 'a | b', ['a | b']],
  ])('%o %s', (field, text, value) => {
    expect(field.parse(text)).toEqual(value);
  });

  test('and writes it so that it reads the same again', () => {
    const fields = [date('d'), number('n'), flag('f'), list('l'), table('t', ['name', 'strength'])];
    const content = {
      d: '2026-02-01',
      n: 12.5,
      f: true,
      l: ['a', 'b'],
      t: [{ name: 'A', strength: '5 mg' }, { name: 'B' }],
    };
    expect(contentOf(fields, textsOf(fields, content))).toEqual(content);
    expect(textsOf(fields, content).d).toBe('01/02/2026');
  });

  test('ticks in another order say what stood there', () => {
    const field = choices('c', ['x', 'y', 'z']);
    expect(contentOf([field], { c: 'x; z' }, { c: ['z', 'x'] })).toEqual({ c: ['z', 'x'] });
    expect(contentOf([field], { c: 'x; y' }, { c: ['z', 'x'] })).toEqual({ c: ['x', 'y'] });
  });

  test('what is not asked for stays', () => {
    expect(contentOf([line('a'), line('b')], { a: 'x' }, { a: 'y', b: 'z', c: 1 })).toEqual({ a: 'x', b: 'z', c: 1 });
  });
});
