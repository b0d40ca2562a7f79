import { parseArgs } from 'node:util';
import { main, say } from './report.ts';

/** What a drill did and found; nothing found is what one hopes for. */
export interface DrillReport {
  seed: number;
  /** how much of it, where somebody asked for another size than the full one */
  size: number;
  /** counts of what was done, in words */
  did(what: string, count: number): void;
  /** something that must not be */
  found(what: string): void;
}

/** Runs one drill as a program: prints what was done and found, exits 1 on any finding or throw. */
export async function drill(
  name: string,
  fullSize: number,
  body: (report: DrillReport) => Promise<void>,
): Promise<void> {
  await main(async () => {
    const { values } = parseArgs({ options: { seed: { type: 'string' }, size: { type: 'string' } } });
    const began = Date.now();
    const done: string[] = [];
    const findings: string[] = [];
    const report: DrillReport = {
      seed: Number(values.seed ?? 1),
      size: Number(values.size ?? fullSize),
      did: (what, count) => done.push(`  ${what}: ${count.toLocaleString('en')}`),
      found: (what) => findings.push(what),
    };
    try {
      await body(report);
    } catch (error) {
      findings.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    say(`\n${name}, seed ${report.seed}, size ${report.size}, ${((Date.now() - began) / 1000).toFixed(0)} s`);
    for (const line of done) say(line);
    for (const finding of findings) say(`✗ ${finding}`);
    say(findings.length === 0 ? '✓ nothing found' : `${findings.length} findings`);
    return findings.length === 0 ? 0 : 1;
  });
}
