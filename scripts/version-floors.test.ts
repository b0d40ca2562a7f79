import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import floors from './version-floors.json' with { type: 'json' };

type Manifest = Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Record<string, string>>;
const { dependencies, devDependencies, optionalDependencies } = manifest as unknown as Manifest;
const wanted = { ...dependencies, ...devDependencies, ...optionalDependencies };

/** Compares numbers of releases, part by part. */
function isAtLeast(version: string, floor: string): boolean {
  return version.localeCompare(floor, 'en', { numeric: true }) >= 0;
}

interface LockEntry {
  version?: string;
  optionalDependencies?: Record<string, string>;
}
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, LockEntry> };

test.each(Object.entries(floors).filter(([name]) => name in wanted))(
  '%s is at least %s, below which it has known holes',
  (name, floor) => {
    const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as { version: string };
    expect(isAtLeast(version, floor)).toBe(true);
  },
);

test('every version is pinned exactly', () => {
  expect(
    Object.entries(wanted).filter(([, version]) => !/^(npm:[a-z-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)),
  ).toEqual([]);
});

test('the three tRPC packages have one version', () => {
  expect(
    new Set(
      Object.entries(wanted)
        .filter(([name]) => name.startsWith('@trpc/'))
        .map(([, version]) => version),
    ).size,
  ).toBe(1);
});

test('the lock file names every optional package, so that npm ci accepts it on every platform', () => {
  const missing = Object.values(lock.packages)
    .flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}))
    .filter((name) => !Object.keys(lock.packages).some((path) => path.endsWith(`node_modules/${name}`)));
  expect(missing).toEqual([]);
});

test('no package runs an install script', () => {
  expect(existsSync('.npmrc') && readFileSync('.npmrc', 'utf8')).toContain('ignore-scripts=true');
});
