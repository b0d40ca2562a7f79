import { describe, expect, test } from 'vitest';
import { mayChange } from './origin-check.ts';

const ask = (method: string, headers: Record<string, string>, pathname = '/my/dossiers') =>
  mayChange(
    { method, pathname, headers: new Headers({ host: 'motcua.example.vn', ...headers }) },
    'https://motcua.example.vn',
  );

describe('requests that change something', () => {
  test('come from our own pages, as the browser says', () => {
    expect(ask('POST', { 'sec-fetch-site': 'same-origin' })).toBe(true);
    expect(ask('POST', { 'sec-fetch-site': 'none' })).toBe(true);
  });

  test('are refused from other sites and from neighbours under the same domain', () => {
    expect(ask('POST', { 'sec-fetch-site': 'cross-site' })).toBe(false);
    expect(ask('POST', { 'sec-fetch-site': 'same-site' })).toBe(false);
    expect(ask('DELETE', { 'sec-fetch-site': 'cross-site', origin: 'https://motcua.example.vn' })).toBe(false);
  });

  test('of older browsers are judged by their origin', () => {
    expect(ask('POST', { origin: 'https://motcua.example.vn' })).toBe(true);
    expect(ask('POST', { origin: 'http://motcua.example.vn' })).toBe(true);
    expect(ask('POST', { origin: 'https://evil.example' })).toBe(false);
    expect(ask('POST', { origin: 'https://motcua.example.vn.evil.example' })).toBe(false);
  });

  test('are refused when they do not say where they come from', () => {
    expect(ask('POST', {})).toBe(false);
    expect(ask('PUT', { origin: 'null' })).toBe(false);
    expect(ask('PATCH', { origin: '' })).toBe(false);
  });

  test('are not asked where no cookie is read', () => {
    for (const path of ['/api/v1/verifications', '/api/webhooks/bank', '/api/fhir/Location'])
      expect(ask('POST', { 'sec-fetch-site': 'cross-site' }, path)).toBe(true);
    for (const path of ['/api/v1evil', '/api/trpc/a', '/api/fhirs', '/v1/x'])
      expect(ask('POST', { 'sec-fetch-site': 'cross-site' }, path)).toBe(false);
  });

  test('are told from reading', () => {
    expect(ask('GET', { 'sec-fetch-site': 'cross-site' })).toBe(true);
    expect(ask('HEAD', {})).toBe(true);
  });
});
