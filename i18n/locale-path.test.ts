import { expect, test } from 'vitest';
import { localePath, withoutLocale } from './locale-path.ts';

test.each([
  ['vi', '/', '/'],
  ['en', '/', '/en'],
  ['en', '/?q=1', '/en?q=1'],
  ['vi', '/track?code=1', '/track?code=1'],
  ['en', '/track?code=1', '/en/track?code=1'],
  ['en', '/api/files/1', '/api/files/1'],
  ['en', '//evil.example', '//evil.example'],
  ['en', 'https://example.vn/a', 'https://example.vn/a'],
  ['en', '#main', '#main'],
])('in %s the page %s has the address %s', (locale, href, expected) => {
  expect(localePath(locale, href)).toBe(expected);
});

test.each([
  ['/en', '/'],
  ['/en/track', '/track'],
  ['/vi/track', '/track'],
  ['/english', '/english'],
  ['/', '/'],
  ['/en?q=1', '/?q=1'],
])('the address %s without its language is %s', (path, expected) => {
  expect(withoutLocale(path)).toBe(expected);
});
