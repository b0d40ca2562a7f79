import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCommonPassword } from './common-passwords.ts';
import { Email, NewPassword, SignUp } from './inputs.ts';
import {
  canonicalEmail,
  canonicalPhone,
  canonicalTaxCode,
  deviceName,
  formatTaxCode,
  isLive,
  limitsFor,
  needsTouch,
  networkOf,
  safePath,
  sessionEnd,
} from './rules.ts';

const at = new Date('2026-11-23T02:00:00Z');
const later = (minutes: number): Date => new Date(at.getTime() + minutes * 60_000);

describe('the way on after signing in', () => {
  test.each(['/my', '/my/dossiers/new?procedure=a&x=1', '/en/my#top', '/office/inbox', '/my?next=//evil.example'])(
    'goes to %s of this site',
    (path) => {
      expect(safePath(path, '/x')).toBe(path);
    },
  );

  test.each([
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
    '/\n/evil.example',
    ' //evil.example',
    '/..//evil.example',
    '/./\\evil.example',
    '/sign-out',
    '/en/sign-out',
    '/sign-in?next=/my',
    '/api/auth/signout',
    '',
    undefined,
  ])('does not go to %j', (path) => {
    expect(safePath(path, '/x')).toBe('/x');
  });

  test('never leads to another site, whatever is asked for', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('/', '\\', '.', ':', '@', '\t', '\n', '?', '#', 'a', '%2f', '%5c', ' ') }),
        (text) => {
          const base = 'https://motcua.example';
          expect(new URL(safePath(`/${text}`, '/x'), base).origin).toBe(base);
          expect(new URL(safePath(text, '/x'), base).origin).toBe(base);
        },
      ),
    );
  });
});

describe('a session', () => {
  const session = { lastSeenAt: at, expiresAt: later(10_000), revokedAt: null };

  test.each([
    [true, 29, true],
    [true, 30, false],
    [false, 12 * 60 - 1, true],
    [false, 12 * 60, false],
  ])('of an official (%s) after %i idle minutes lives: %s', (official, minutes, live) => {
    expect(isLive(session, official, later(minutes))).toBe(live);
  });

  test('ends at its absolute limit even when it is used', () => {
    expect(isLive({ ...session, lastSeenAt: later(59), expiresAt: later(60) }, false, later(60))).toBe(false);
    expect(sessionEnd(true, at)).toEqual(later(12 * 60));
    expect(sessionEnd(false, at)).toEqual(later(30 * 24 * 60));
    expect(limitsFor(true).idle).toBeLessThanOrEqual(30);
  });

  test('does not live once revoked', () => {
    expect(isLive({ ...session, revokedAt: at }, false, at)).toBe(false);
  });

  test('notes a sign of life at most once a minute', () => {
    expect(needsTouch(at, new Date(at.getTime() + 59_999))).toBe(false);
    expect(needsTouch(at, later(1))).toBe(true);
  });
});

describe('what people type', () => {
  test('is one address in every Unicode form and case', () => {
    expect(canonicalEmail('  An.Nguyen＠Example.VN ')).toBe('an.nguyen@example.vn');
    expect(Email.parse('ｂｏｓｓ@example.vn')).toBe('boss@example.vn');
    expect(Email.safeParse('nobody').success).toBe(false);
  });

  test.each([
    ['0912 345 678', '0912345678'],
    ['+84 912.345.678', '0912345678'],
    ['024-3846-3660', '02438463660'],
    ['12345', null],
    ['0912345678901', null],
  ])('telephone %s is %s', (text, number) => {
    expect(canonicalPhone(text)).toBe(number);
  });

  test.each([
    ['0109999100', '0109999100'],
    ['0109 999 100-001', '0109999100001'],
    ['０１０９９９９１００', '0109999100'],
    ['010999910', null],
    ['01099991001', null],
    ['01099991O0', null],
  ])('tax code %s is %s', (text, code) => {
    expect(canonicalTaxCode(text)).toBe(code);
  });

  test('shows the branch of a tax code behind a dash', () => {
    expect(formatTaxCode('0109999100001')).toBe('0109999100-001');
    expect(formatTaxCode('0109999100')).toBe('0109999100');
  });

  test('keeps fields nobody asked for out', () => {
    const person = {
      kind: 'citizen',
      name: 'An',
      email: 'an@example.vn',
      password: 'mười hai chữ trở lên',
      official: true,
    };
    expect(SignUp.safeParse(person).success).toBe(false);
  });
});

describe('a new password', () => {
  test.each([
    'mười hai chữ trở lên',
    `${'a'.repeat(11)}đ`,
    '            x',
    '🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑',
    'x'.repeat(128),
  ])('may be %j, unchanged', (text) => {
    expect(NewPassword.parse(text)).toBe(text);
  });

  test('of eleven or of 129 characters is refused with the reason', () => {
    expect(NewPassword.safeParse('x'.repeat(11)).error?.issues[0]?.message).toBe('identity.errors.passwordTooShort');
    expect(NewPassword.safeParse('x'.repeat(129)).error?.issues[0]?.message).toBe('identity.errors.passwordTooLong');
  });

  test.each([
    '123456789012',
    'Mật Khẩu 123456',
    'qwertyuiop123',
    'aaaaaaaaaaaa',
    'abcabcabcabc',
    '210987654321',
    '------------',
    'P4ssword-1234'.replace('4', 'a'),
    'abcdefghijklm',
    'nguyenvanan1',
  ])('that everybody guesses is refused: %s', (text) => {
    expect(isCommonPassword(text, ['Nguyễn Văn An', 'nguyenvanan@example.vn'])).toBe(true);
  });

  test.each(['con mèo trèo cây cau', 'xanh lá cây 7 dòng', 'mua thu ha noi nam ay', 'Tr0ng-d@m-g1-dep-bang-sen'])(
    'of unusual words is taken: %s',
    (text) => {
      expect(isCommonPassword(text, ['Nguyễn Văn An', 'an@example.vn'])).toBe(false);
    },
  );
});

describe('the network attempts are counted under', () => {
  test.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:aaaa::1', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002:bbbb:0:0:7', '2001:db8:1:2::/64'],
    ['2001:db8::5', '2001:db8:0:0::/64'],
    [null, 'unknown'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36',
    'Chrome, Windows',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1',
    'Safari, iPhone',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox, Linux'],
  ['curl/8.0', null],
  [null, null],
])('the device of %j is called %s', (userAgent, name) => {
  expect(deviceName(userAgent)).toBe(name);
});
