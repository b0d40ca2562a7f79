import { describe, expect, test } from 'vitest';
import { contentSecurityPolicy } from './content-security.ts';

const rulesOf = (path: string, options = { https: true, dev: false }) =>
  new Map(
    contentSecurityPolicy('bm9uY2U', path, options)
      .split('; ')
      .map((rule) => [rule.split(' ')[0]!, rule.split(' ').slice(1).join(' ')]),
  );

describe('the Content-Security-Policy', () => {
  test('runs only scripts with the nonce of this response', () => {
    expect(rulesOf('/').get('script-src')).toBe("'nonce-bm9uY2U' 'strict-dynamic'");
  });

  test('never allows inline style elements, and style attributes only where officials work', () => {
    for (const path of ['/', '/track', '/my/dossiers', '/office', '/office/inbox', '/officer'])
      expect(rulesOf(path).get('style-src')).toBe("'self'");
    expect(rulesOf('/office/inbox').get('style-src-attr')).toBe("'unsafe-inline'");
    for (const path of ['/', '/my', '/officer']) expect(rulesOf(path).has('style-src-attr')).toBe(false);
  });

  test('lets nobody frame a page, but for those made to be embedded', () => {
    expect(rulesOf('/').get('frame-ancestors')).toBe("'none'");
    expect(rulesOf('/embedding').get('frame-ancestors')).toBe("'none'");
    expect(rulesOf('/embed/map').get('frame-ancestors')).toBe('*');
  });

  test('upgrades addresses only where the site is served by https', () => {
    expect(rulesOf('/').has('upgrade-insecure-requests')).toBe(true);
    expect(rulesOf('/', { https: false, dev: false }).has('upgrade-insecure-requests')).toBe(false);
  });
});
