import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseEnv, SettingError } from './env.ts';

const real = { DATABASE_URL: 'postgres://app:x@db:5432/mot_cua', DEMO: '1' };

function refusalOf(source: Record<string, string>): string {
  try {
    parseEnv(source);
  } catch (error) {
    if (error instanceof SettingError) return error.message;
    throw error;
  }
  return '';
}

test('an empty environment is a demo on loopback with its data in .data', () => {
  expect(parseEnv({})).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    appUrl: 'http://localhost:3000',
    demo: true,
    dataDir: resolve('.data'),
    databaseUrl: undefined,
    trustedProxies: [],
  });
});

test('the WAL archive is a plain path, since a shell reads it', () => {
  expect(parseEnv({ WAL_ARCHIVE: 'archive' }).walArchive).toBe(resolve('archive'));
  expect(refusalOf({ WAL_ARCHIVE: '/a"; rm -r /' })).toMatch(/^WAL_ARCHIVE: write a path/);
});

test('slashes after the address people use are left off', () => {
  expect(parseEnv({ APP_URL: 'https://motcua.vn//' }).appUrl).toBe('https://motcua.vn');
});

test('an empty value counts as not set', () => {
  expect(parseEnv({ PORT: '', DEMO: '', DATABASE_URL: '' }).port).toBe(3000);
});

test('a database of its own is no demo unless it says so', () => {
  expect(refusalOf({ DATABASE_URL: real.DATABASE_URL })).toContain('SIGNER_KEYSTORE');
  expect(parseEnv(real).demo).toBe(true);
});

test('the owner address falls back to the address of the application', () => {
  expect(parseEnv(real).databaseOwnerUrl).toBe(real.DATABASE_URL);
  expect(parseEnv({ ...real, DATABASE_OWNER_URL: 'postgres://o:x@db/mot_cua' }).databaseOwnerUrl).toBe(
    'postgres://o:x@db/mot_cua',
  );
});

test.each([
  ['PORT', 'http'],
  ['PORT', '70000'],
  ['APP_URL', 'motcua.vn'],
  ['APP_URL', 'https://motcua.vn/mot-cua'],
  ['APP_URL', 'https://motcua.vn/?a=1'],
  ['APP_URL', 'https://admin:x@motcua.vn'],
  ['DATABASE_URL', 'mysql://x'],
  ['DEMO', 'true'],
  ['SMTP_URL', 'mail.example.vn:25'],
  ['TSA_URL', 'ftp://x'],
  ['AUTH_SECRET', 'short'],
  ['AUTH_SECRET_PREVIOUS', 'short'],
  ['STEP_UP_MINUTES', '0'],
  ['STEP_UP_MINUTES', 'soon'],
  ['TRUSTED_PROXIES', '10.0.0.0/33'],
  ['TRUSTED_PROXIES', 'proxy.local'],
  ['REFERENCE_DATA', '/no/such/folder'],
  ['DATABASE_OWNER_URL', 'localhost:5432'],
  ['OPERATOR_TOKEN', 'short'],
  ['OIDC_ISSUER', 'login.example.vn'],
  ['OIDC_ISSUER', 'http://login.example.vn'],
  ['OIDC_CLIENT_SECRET_FILE', '/no/such/secret'],
  ['SIGNER_KEYSTORE', '/no/such/keys.p12'],
  ['SIGNER_PASSWORD_FILE', '/no/such/password'],
  ['SIGNER_TRUST', '/no/such/roots.pem'],
])('a bad %s (%s) stops the start with a message naming it', (name, value) => {
  expect(refusalOf({ [name]: value })).toMatch(new RegExp(`^${name}: .+\\.$`));
});

test('every bad setting is named at once', () => {
  expect(refusalOf({ PORT: 'x', DEMO: 'yes' }).split('\n')).toHaveLength(2);
});

test('secrets that were replaced are kept in their order', () => {
  const former = ['a'.repeat(32), 'b'.repeat(40)];
  expect(parseEnv({ AUTH_SECRET_PREVIOUS: former.join(', ') }).formerAuthSecrets).toEqual(former);
  expect(parseEnv({})).toMatchObject({ formerAuthSecrets: [], stepUpMinutes: 15 });
});

test('ranges and addresses of trusted proxies are kept apart', () => {
  expect(parseEnv({ TRUSTED_PROXIES: '10.0.0.0/8, ::1' }).trustedProxies).toEqual(['10.0.0.0/8', '::1']);
});

describe('another identity provider', () => {
  const set = { OIDC_ISSUER: 'https://login.example.vn/realm', OIDC_CLIENT_ID: 'mot-cua', OIDC_CLIENT_SECRET: 'x' };

  test('is there when all of its settings are, under its own name or its host', () => {
    expect(parseEnv({}).oidc).toBeUndefined();
    expect(parseEnv(set).oidc).toEqual({
      issuer: set.OIDC_ISSUER,
      clientId: 'mot-cua',
      clientSecret: 'x',
      label: 'login.example.vn',
      acr: [],
    });
    const named = { ...set, OIDC_LABEL: 'VNeID', OIDC_ACR: 'loa3, loa4' };
    expect(parseEnv(named).oidc).toMatchObject({ label: 'VNeID', acr: ['loa3', 'loa4'] });
  });

  test.each(Object.keys(set))('without %s stops the start', (name) => {
    expect(refusalOf({ ...set, [name]: '' })).toContain('OIDC_CLIENT_ID');
  });
});
