import { expect, test } from 'vitest';
import { cleanHeaders, isReadable, trustIn } from './request-headers.ts';

const nobody = trustIn([]);
const proxies = trustIn(['10.0.0.0/8', '::1']);
const newId = () => 'made-here-1';

test('a stranger cannot pretend to be someone else', () => {
  const headers = {
    host: 'a.vn',
    'x-forwarded-for': '1.2.3.4',
    'x-forwarded-proto': 'https',
    forwarded: 'for=1.2.3.4',
    'x-real-ip': '1.2.3.4',
  };
  expect(cleanHeaders(headers, '::ffff:203.0.113.9', nobody, newId)).toEqual({
    address: '203.0.113.9',
    protocol: 'http',
  });
  expect(headers).toEqual({
    host: 'a.vn',
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-proto': 'http',
    'x-forwarded-host': 'a.vn',
    'x-request-id': 'made-here-1',
  });
});

test('headers that skip the framework‘s own checks do not pass', () => {
  const headers = {
    'x-middleware-subrequest': 'src/middleware',
    'x-middleware-rewrite': '/',
    'x-nonce': 'abc',
    accept: 'text/html',
  };
  cleanHeaders(headers, '203.0.113.9', proxies, newId);
  expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['x-middleware-subrequest']));
  expect(headers).not.toHaveProperty('x-middleware-rewrite');
  expect(headers).not.toHaveProperty('x-nonce');
  expect(headers.accept).toBe('text/html');
});

test('behind trusted proxies the client is the last address that is none of them', () => {
  const headers = {
    'x-forwarded-for': '6.6.6.6, 203.0.113.9, 10.1.1.1',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'motcua.vn',
    'x-request-id': 'abcdef-123456',
  };
  expect(cleanHeaders(headers, '10.2.2.2', proxies, newId)).toEqual({ address: '203.0.113.9', protocol: 'https' });
  expect(headers).toMatchObject({ 'x-forwarded-host': 'motcua.vn', 'x-request-id': 'abcdef-123456' });
});

test('a request id that could break a log line is replaced', () => {
  const headers = { 'x-request-id': 'a"b{}' };
  cleanHeaders(headers, '10.2.2.2', proxies, newId);
  expect(headers['x-request-id']).toBe('made-here-1');
});

test('what the framework is told of its own pages is a list or goes', () => {
  const tree = (value: string) => {
    const headers = { 'next-router-state-tree': value };
    cleanHeaders(headers, '203.0.113.9', trustIn([]), () => 'a'.repeat(8));
    return headers['next-router-state-tree'];
  };
  const real = encodeURIComponent(JSON.stringify(['', {}]));
  expect(tree(real)).toBe(real);
  for (const junk of ['..%2F..%2Fetc', '%', encodeURIComponent('{}'), 'a']) expect(tree(junk)).toBeUndefined();
});

test('an address that cannot be decoded is told apart', () => {
  for (const url of ['/', '/vi/xác-minh', '/track?x=%', '/a%20b', '/%C3%A1']) expect(isReadable(url)).toBe(true);
  for (const url of ['/%E0%A4%A', '/%', '/en/my/organisations/a%25_%5Cb']) expect(isReadable(url)).toBe(false);
});
