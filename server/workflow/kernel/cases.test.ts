import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type CheckedScript, deviations } from '../testing/compare.ts';
import { play } from '../testing/play.ts';
import { compile } from './index.ts';

const folder = new URL('../testing/cases/', import.meta.url);

describe('the BPMN suite', () => {
  for (const name of readdirSync(folder).sort()) {
    const script = JSON.parse(readFileSync(new URL(`${name}/script.json`, folder), 'utf8')) as CheckedScript;
    it(`${name}: ${script.name}`, async () => {
      const model = await compile(readFileSync(new URL(`${name}/process.bpmn`, folder), 'utf8'));
      expect(deviations(script, play(model, script))).toEqual([]);
    });
  }
});
