import { describe, expect } from 'vitest';
import { answer } from '#app/_server/answer.ts';
import type { Database } from '#db/client.ts';
import { dossiers } from '#db/schema/dossiers.ts';
import { users } from '#db/schema/identity.ts';
import { testDatabase as test } from '#db/testing/index.ts';
import { dossierStatus } from '#server/exchange/api/dossier-status.ts';
import { violations } from '#server/exchange/testing.ts';
import { insertAuthority } from '#server/facilities/testing.ts';
import { newContext, newId, systemActor } from '#server/platform/index.ts';
import { currentVersion, publishBuiltIn } from '#server/procedures/index.ts';

const at = new Date('2026-11-23T12:00:00+07:00');
const code = '000.00.10.H26-261123-0001';
const secret = 'K7QX2M9PTA';

/** A dossier as it is right after filing, with what nobody outside may learn. */
async function fileDossier(db: Database): Promise<void> {
  const ctx = newContext(db, systemActor('test'), () => at);
  await publishBuiltIn(ctx);
  const version = await currentVersion(db, 'pharmacy-eligibility', at);
  const authority = await insertAuthority(db);
  const applicantUserId = newId();
  await db.insert(users).values({ id: applicantUserId, email: `${applicantUserId}@example.vn`, name: 'Lê Văn Kín' });
  await db.insert(dossiers).values({
    id: newId(),
    procedureKey: version.key,
    procedureVersionId: version.id,
    applicantUserId,
    authorityId: authority.id,
    state: 1,
    answers: { chief: { name: 'Phạm Thị Riêng' } },
    title: 'Nhà thuốc Bí Mật',
    code,
    trackingSecret: secret,
    filedAt: at,
  });
}

const ask = (db: Database, path: string, body: unknown, headers: Record<string, string> = {}) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const request = new Request(`http://motcua.test/api/v1/dossiers/${path}/status`, {
    method: 'POST',
    body: text,
    headers,
  });
  return answer(db, request, { code: path }, dossierStatus, () => at);
};

describe('POST /api/v1/dossiers/{code}/status', () => {
  test('tells whoever has code and secret where the dossier stands, in the shape it documents', async ({ db }) => {
    await fileDossier(db);
    for (const typed of [secret, ' k7qx2 m9pta ']) {
      const response = await ask(db, code, { secret: typed });
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toBe('no-store');
      const body = await response.json();
      expect(violations('DossierStatus', body)).toEqual([]);
      expect(body).toMatchObject({
        code,
        state: { number: 1, name: 'filed', vi: 'Mới đăng ký' },
        filedAt: '2026-11-23T12:00:00.000+07:00',
        clock: 'notStarted',
      });
    }
  });

  test('says nothing personal', async ({ db }) => {
    await fileDossier(db);
    const text = await (await ask(db, code, { secret })).text();
    for (const hidden of ['Lê Văn Kín', 'Phạm Thị Riêng', 'Nhà thuốc Bí Mật', 'example.vn', secret]) {
      expect(text).not.toContain(hidden);
    }
  });

  test('answers a wrong code, a wrong secret and both alike', async ({ db }) => {
    await fileDossier(db);
    const answers = await Promise.all([
      ask(db, code, { secret: 'AAAAAAAAAA' }),
      ask(db, '000.00.10.H26-261123-9999', { secret }),
      ask(db, '000.00.10.H26-261123-9999', { secret: 'AAAAAAAAAA' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect(new Set(await Promise.all(answers.map((each) => each.text()))).size).toBe(1);
  });

  test.for([
    ['no secret', {}, 'secret'],
    ['a field too many', { secret, code }, 'code'],
    ['no JSON', 'secret=x', ''],
    ['too much', `{"secret":"${'x'.repeat(20_000)}"}`, ''],
  ] as const)('refuses %s with a problem that names the field', async ([_what, body, path], { db }) => {
    const response = await ask(db, code, body);
    expect(response.status).toBe(422);
    expect(((await response.json()) as { fields: { path: string }[] }).fields[0]!.path).toBe(path);
  });

  test('stops an address that tries secrets', async ({ db }) => {
    await fileDossier(db);
    const attempt = (n: number) =>
      ask(db, `${code}${n}`, { secret: 'AAAAAAAAAA' }, { 'x-forwarded-for': '203.0.113.7' });
    const statuses = [];
    for (let n = 0; n < 31; n++) statuses.push((await attempt(n)).status);
    expect(statuses.slice(0, 30)).toEqual(Array(30).fill(404));
    expect(statuses[30]).toBe(429);
  });

  test('stops the attempts on one dossier, from wherever they come', async ({ db }) => {
    await fileDossier(db);
    const attempt = (n: number) => ask(db, code, { secret: 'AAAAAAAAAA' }, { 'x-forwarded-for': `203.0.113.${n}` });
    const statuses = [];
    for (let n = 0; n < 31; n++) statuses.push((await attempt(n)).status);
    expect(statuses.at(-1)).toBe(429);
  });
});
