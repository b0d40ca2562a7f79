import { describe, expect, test } from 'vitest';
import { parseBpmn } from '#server/workflow/kernel/index.ts';
import { parseJson } from './safe-json.ts';
import { refuseUnsafeXml } from './safe-xml.ts';

/** Milliseconds that `work` took. */
function took(work: () => void): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

describe('JSON from a stranger', () => {
  test('is read as it is, brackets in texts and escapes included', () => {
    const value = { a: ['[[[[{{', '\\"[', { b: null }], proto: 'x' };
    expect(parseJson(JSON.stringify(value), { maxLength: 1000, maxDepth: 3 })).toEqual(value);
  });

  test('that nests a million levels is refused within a second and without a full stack', () => {
    for (const bomb of ['['.repeat(1_000_000), '{"a":'.repeat(200_000), `"${'\\'.repeat(999)}`.padEnd(900_000, '[')]) {
      expect(took(() => expect(() => parseJson(bomb)).toThrow('invalidInput'))).toBeLessThan(1000);
    }
  });

  test('is refused over its length before it is built', () => {
    const long = JSON.stringify('x'.repeat(2_000_000));
    expect(() => parseJson(long)).toThrow(
      expect.objectContaining({ details: { fields: [{ path: '', reason: 'errors.json.tooLarge' }] } }),
    );
  });

  test.each(['{"__proto__":{"admin":true}}', '{"a":[{"constructor":{"prototype":1}}]}', '{"\\u005f_proto__":1}'])(
    'with a key that reaches a prototype is refused: %s',
    (text) => {
      expect(() => parseJson(text)).toThrow(
        expect.objectContaining({ details: { fields: [{ path: '', reason: 'errors.json.key' }] } }),
      );
      expect(({} as { admin?: boolean }).admin).toBeUndefined();
    },
  );
});

describe('XML', () => {
  const laughs = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">${Array.from({ length: 9 }, (_, i) => `<!ENTITY b${i} "${'&a;'.repeat(10)}">`).join('')}]><x>&b8;</x>`;
  test.each([
    ['a billion laughs', laughs],
    ['an external entity', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'],
    ['a document type alone', '<!doctype html><x/>'],
    ['ten megabytes', `<x>${' '.repeat(10 * 1_048_576)}</x>`],
    ['a million levels', '<a>'.repeat(1_000_000)],
    ['a million levels hidden behind quotes', '<a b="/>">'.repeat(400_000)],
  ])('with %s is refused within a second', (_what, xml) => {
    expect(took(() => expect(() => refuseUnsafeXml(xml)).toThrow(/XML/))).toBeLessThan(1000);
  });

  test('of a diagram is refused for the same reasons before the reader of diagrams sees it', async () => {
    await expect(parseBpmn(laughs)).rejects.toThrow(/document type/);
  });

  test('with comments, sections and empty elements is not taken for deep', () => {
    const row = '<!-- <a><a> --><a b="x > y"/><![CDATA[<a><a>]]><?p <a> ?><c></c>';
    expect(() => refuseUnsafeXml(`<x>${row.repeat(1000)}</x>`)).not.toThrow();
  });
});
