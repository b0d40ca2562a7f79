import { spawn } from 'node:child_process';
import { say } from './report.ts';

/** How one part of the tests went. */
export interface Outcome {
  passed: number;
  failed: number;
}

/** One part of the tests: a program, and how to count what it did. */
export interface Step {
  name: string;
  /** program and arguments */
  command: [string, ...string[]];
  env?: Record<string, string>;
  /** counts from what the program left; without it the whole program counts as one */
  count?: () => Promise<Outcome | undefined>;
  /** shows its output while it runs; the others show theirs at their end, unmixed */
  live?: boolean;
}

const heartbeat = 30_000;
const minutes = (ms: number) =>
  ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;

/** Runs a step and tells how it went. It never throws: what cannot run has failed. */
export async function runStep(step: Step): Promise<Outcome> {
  const began = Date.now();
  say(`▶ ${step.name}`);
  const [program, ...args] = step.command;
  const child = spawn(program, args, {
    env: { ...process.env, ...step.env },
    stdio: ['ignore', step.live ? 'inherit' : 'pipe', step.live ? 'inherit' : 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', (text: string) => {
      output += text;
    });
  }
  const ticker = setInterval(() => say(`  … ${step.name}: ${minutes(Date.now() - began)}`), heartbeat);
  const code = await new Promise<number>((done) => {
    child.once('error', (error) => {
      output += `${error.message}\n`;
      done(1);
    });
    child.once('close', (exit) => done(exit ?? 1));
  });
  clearInterval(ticker);
  const counted = await step.count?.().catch(() => undefined);
  const outcome = judged(code, counted);
  if (output.trim() !== '' && (outcome.failed > 0 || step.count))
    process.stdout.write(output.endsWith('\n') ? output : `${output}\n`);
  say(
    `${outcome.failed === 0 ? '✓' : '✗'} ${step.name}: ${outcome.passed} passed, ${outcome.failed} failed (${minutes(Date.now() - began)})`,
  );
  return outcome;
}

/** A program that ends with an error has failed at least once, whatever it counted. */
function judged(code: number, counted: Outcome | undefined): Outcome {
  if (counted === undefined) return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  return code === 0 ? counted : { passed: counted.passed, failed: Math.max(counted.failed, 1) };
}

/** Runs lanes side by side, the steps of a lane one after the other; sums everything. */
export async function runLanes(lanes: Step[][]): Promise<Outcome> {
  const sums = await Promise.all(
    lanes.map(async (lane) => {
      const sum: Outcome = { passed: 0, failed: 0 };
      for (const step of lane) add(sum, await runStep(step));
      return sum;
    }),
  );
  return sums.reduce(add, { passed: 0, failed: 0 });
}

/** Adds `more` to `sum`. */
export function add(sum: Outcome, more: Outcome): Outcome {
  sum.passed += more.passed;
  sum.failed += more.failed;
  return sum;
}
