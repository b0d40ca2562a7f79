import fc from 'fast-check';
import { beforeAll, describe, expect } from 'vitest';
import type { Database } from '#db/client.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { official } from '#server/facilities/testing.ts';
import { registerFileReader } from '#server/platform/file-access.ts';
import { type Actor, anonymous, newContext, newId, storeFile, transaction } from '#server/platform/index.ts';
import { disposition, fileResponse } from './file-response.ts';

const reader = official('officer', newId());
const context = (db: Database, actor: Actor) => newContext(db, actor, () => new Date('2026-11-23T12:00:00+07:00'));
const store = (db: Database, mediaType: string, bytes: Uint8Array, name = 'Giấy chứng nhận số 05.pdf') =>
  transaction(context(db, reader), (ctx) => storeFile(ctx, { name, mediaType, bytes }));
const request = (search = '', headers: Record<string, string> = {}) =>
  new Request(`http://motcua.test/api/files/x${search}`, { headers });

beforeAll(() => registerFileReader('test', async (ctx) => ctx.actor === reader));

describe('a stored file', () => {
  test('comes whole, in the pieces it is stored in, to whoever may read its record', async ({ db }) => {
    const bytes = Buffer.alloc(600_000, 'Một Cửa ');
    const file = await store(db, 'application/pdf', bytes);
    const response = await fileResponse(context(db, reader), request(), file.id);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': '600000',
      'content-disposition': `attachment; filename="Giay chung nhan so 05.pdf"; filename*=UTF-8''Gi%E1%BA%A5y%20ch%E1%BB%A9ng%20nh%E1%BA%ADn%20s%E1%BB%91%2005.pdf`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
    });
    expect(response.headers.get('content-security-policy')).toContain('sandbox');
  });

  test('does not exist for anybody else', async ({ db }) => {
    const file = await store(db, 'application/pdf', Buffer.from('%PDF-1.7'));
    for (const actor of [anonymous, official('admin', newId())]) {
      await expect(fileResponse(context(db, actor), request(), file.id)).rejects.toMatchObject({ code: 'notFound' });
    }
    await expect(fileResponse(context(db, reader), request(), newId())).rejects.toMatchObject({ code: 'notFound' });
  });

  test.for([
    ['application/pdf', 'inline'],
    ['image/png', 'inline'],
    ['image/jpeg', 'inline'],
    ['text/html', 'attachment'],
    ['image/svg+xml', 'attachment'],
  ])('of type %s is shown as %s when asked to be shown', async ([mediaType, kind], { db }) => {
    const file = await store(db, mediaType!, Buffer.from('x'));
    const response = await fileResponse(context(db, reader), request('?inline=1'), file.id);
    expect(response.headers.get('content-disposition')).toMatch(new RegExp(`^${kind};`));
  });

  test('is not sent again to who has it, yet the right to read it is asked again', async ({ db }) => {
    const file = await store(db, 'application/pdf', Buffer.from('%PDF-1.7'));
    const again = request('', { 'if-none-match': `"${file.sha256}"` });
    expect((await fileResponse(context(db, reader), again, file.id)).status).toBe(304);
    await expect(fileResponse(context(db, anonymous), again, file.id)).rejects.toMatchObject({ code: 'notFound' });
  });
});

test('no name of a file breaks out of its header', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const header = disposition('attachment', name);
      expect(header).toMatch(/^attachment; filename="[\x20-\x21\x23-\x5b\x5d-\x7e]+"; filename\*=UTF-8''[\w.~%-]+$/);
      expect(() => new Headers({ 'content-disposition': header })).not.toThrow();
    }),
  );
});
