import { describe, it } from 'vitest';
import { kernelProperties } from './testing/kernel-properties.ts';

describe('any diagram', () => {
  for (const { name, share, check } of kernelProperties)
    it(name, () => check({ seed: 20260101, runs: 120 * share }), 120_000);
});
