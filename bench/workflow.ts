/**
 * Five-user-task instances per second with full persistence: our host, the same rows without a kernel, and bpmn-engine with
 * the same rows; in turns, on one embedded Postgres with default durability, with one and with two processes.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect } from '#db/client.ts';
import { appRole, openEmbedded } from '#db/embedded/index.ts';
import { migrate } from '#db/migrate.ts';
import { newContext, now, systemActor, transaction } from '#server/platform/index.ts';
import { publishDefinition } from '#server/workflow/index.ts';
import type { Host } from './load/workflow.ts';
import { type Measure, report } from './report.ts';

const task = (id: string) =>
  `<userTask id="${id}"><extensionElements><zeebe:assignmentDefinition candidateGroups="officer"/><zeebe:formDefinition formKey="${id}"/></extensionElements></userTask>`;
const nodes = ['start', 'a', 'b', 'c', 'd', 'e', 'end'];
const xml = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="bench" targetNamespace="urn:bench"><process id="p" isExecutable="true"><startEvent id="start"/>${nodes.slice(1, 6).map(task).join('')}<endEvent id="end"/>${nodes
  .slice(1)
  .map((to, i) => `<sequenceFlow id="f${i}" sourceRef="${nodes[i]}" targetRef="${to}"/>`)
  .join('')}</process></definitions>`;

const hosts: Host[] = ['rows', 'ours', 'bpmn-engine'];
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const seconds = Number(process.env.BENCH_SECONDS ?? 5);
const load = fileURLToPath(new URL('load/workflow.ts', import.meta.url));

/** One load process; resolves to its rate. */
function loadProcess(host: Host, url: string): Promise<number> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [load, host, url, String(seconds)], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.on('error', failed);
    child.on('close', (code) => {
      if (code !== 0) return failed(new Error(`the load of ${host} ended with ${code}`));
      done((JSON.parse(text) as { rate: number }).rate);
    });
  });
}

const median = (list: number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]!;
async function measure(url: string): Promise<Measure[]> {
  const measures: Measure[] = [];
  for (const processes of [1, 2]) {
    const rates = new Map<Host, number[]>(hosts.map((h) => [h, []]));
    for (let r = 0; r < rounds; r += 1) {
      for (const host of hosts) {
        const each = await Promise.all(Array.from({ length: processes }, () => loadProcess(host, url)));
        const rate = each.reduce((a, b) => a + b, 0);
        rates.get(host)!.push(rate);
        console.error(
          `  round ${r + 1}, ${processes} process${processes > 1 ? 'es' : ''}, ${host}: ${rate.toFixed(1)} instances/s`,
        );
      }
    }
    const [bare, ours, other] = hosts.map((h) => median(rates.get(h)!)) as [number, number, number];
    measures.push(
      {
        id: `five tasks, ${processes} process${processes > 1 ? 'es' : ''}, against the rows alone`,
        value: ours,
        unit: 'instances/s',
        against: { name: 'same rows without kernel', value: bare },
        goal: 'at least 0.8 of it',
        met: ours >= 0.8 * bare,
      },
      {
        id: `five tasks, ${processes} process${processes > 1 ? 'es' : ''}, against bpmn-engine`,
        value: ours,
        unit: 'instances/s',
        against: { name: 'bpmn-engine with the same rows', value: other },
        goal: 'at least 8 times it',
        met: ours >= 8 * other,
      },
    );
  }
  return measures;
}

const folder = await mkdtemp(join(tmpdir(), 'mot-cua-bench-'));
const postgres = await openEmbedded(folder, (line) => console.error(line));
try {
  await migrate({ ownerUrl: postgres.ownerUrl, appRole });
  const db = connect(postgres.url);
  await transaction(newContext(db, systemActor('bench'), now), (ctx) => publishDefinition(ctx, { key: 'bench', xml }));
  await db.$client.end();
  const measures = await measure(postgres.url);
  await report('workflow', measures);
} finally {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
  await rm(postgres.folder, { recursive: true, force: true });
}
