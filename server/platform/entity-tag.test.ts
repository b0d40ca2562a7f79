import { describe, expect, test } from 'vitest';
import { entityTag, notModified } from './entity-tag.ts';

const asking = (held?: string) =>
  new Request('https://motcua.example.vn/', held ? { headers: { 'if-none-match': held } } : {});

describe('an answer that the caller has already', () => {
  const etag = entityTag('danh sách');

  test('is told by its tag alone, weak or strong, among others or by a star', () => {
    for (const held of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const answer = notModified(asking(held), { etag, 'cache-control': 'no-cache' });
      expect([answer?.status, answer?.headers.get('etag'), answer?.headers.get('cache-control')], held).toEqual([
        304,
        etag,
        'no-cache',
      ]);
    }
    expect(notModified(asking(etag), { etag: `W/${etag}` })?.status).toBe(304);
  });

  test('is sent to whoever holds none, another, or one that only contains it', () => {
    for (const held of [undefined, '"other"', `"x${etag.slice(1)}`, etag.slice(1, -1)])
      expect(notModified(asking(held), { etag }), held).toBeNull();
  });

  test('has another tag as soon as a letter differs', () => {
    expect(entityTag('danh sách ')).not.toBe(etag);
    expect(entityTag(new TextEncoder().encode('danh sách'))).toBe(etag);
  });
});
