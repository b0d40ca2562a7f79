import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';

/** One number of a measurement and what it is held against. */
export interface Measure {
  id: string;
  value: number;
  unit: string;
  /** what it is compared with, in words, and that one's value */
  against?: { name: string; value: number };
  /** in words */
  goal?: string;
  /** whether the goal is met; left out where there is none */
  met?: boolean;
}

const shown = (value: number) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3));
const ratioOf = ({ value, against }: Measure) =>
  against === undefined || against.value === 0 ? undefined : value / against.value;

/** The machine in one line, since numbers of two machines do not compare. */
export function machine(): string {
  const [first] = cpus();
  return `${cpus().length} × ${first?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
}

/** Prints the measures as a table with ratios and writes `bench/results/<name>.json`. */
export async function report(name: string, measures: Measure[]): Promise<void> {
  console.log(`\n${name} on ${machine()}`);
  console.table(
    measures.map((measure) => ({
      measure: measure.id,
      value: `${shown(measure.value)} ${measure.unit}`,
      against: measure.against ? `${measure.against.name}: ${shown(measure.against.value)}` : '',
      ratio: ratioOf(measure)?.toFixed(2) ?? '',
      goal: measure.goal ?? '',
      met: measure.met === undefined ? '' : measure.met ? 'yes' : 'NO',
    })),
  );
  const written = {
    name,
    machine: machine(),
    at: new Date().toISOString(),
    measures: measures.map((measure) => ({
      id: measure.id,
      value: measure.value,
      unit: measure.unit,
      against: measure.against?.name ?? null,
      ratio: ratioOf(measure) ?? null,
      goal: measure.goal ?? null,
      met: measure.met ?? null,
    })),
  };
  await mkdir('bench/results', { recursive: true });
  await writeFile(`bench/results/${name}.json`, `${JSON.stringify(written, null, 2)}\n`);
}
