/**
 * Visible signatures per second beside the bare operation of the same key, in turns in one run, and verifications of a
 * certificate with three signatures per second. One process, one core: how many a host gives is this times its cores.
 */
import { createPrivateKey, sign } from 'node:crypto';
import { fieldNames, locks, signField, softwareSigner, verifyPdf } from '#server/signatures/index.ts';
import { people, sampleKeys, signedAt, signedRevisions } from '#server/signatures/testing/signed-sample.ts';
import { type Measure, report } from './report.ts';

const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const seconds = Number(process.env.BENCH_SECONDS ?? 5);

/** How often `work` runs in a second, over some seconds. */
async function rateOf(work: () => unknown): Promise<number> {
  const from = performance.now();
  let count = 0;
  while (performance.now() - from < seconds * 1000) {
    await work();
    count += 1;
  }
  return (count * 1000) / (performance.now() - from);
}

const median = (list: number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]!;

const keys = await sampleKeys();
const revisions = await signedRevisions(keys);
const anchors = [{ certificate: keys.authority.root, exactForm: true }];
const period = { validFrom: new Date('2026-01-01T00:00:00Z'), validTo: new Date('2031-01-01T00:00:00Z') };

const measures: Measure[] = [];
for (const kind of ['rsa-2048', 'p-256'] as const) {
  const { pkcs8, chain } = await keys.authority.issue({ subject: people.leader, kind, ...period });
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const signer = softwareSigner(pkcs8, chain);
  const data = Buffer.alloc(200, 1);
  const visible = () =>
    signField(revisions[1]!, signer, {
      field: fieldNames.leader,
      name: people.leader.name,
      reason: 'Phê duyệt và ký',
      at: signedAt,
      appearance: { kind: 'handwritten', name: people.leader.name },
      lock: locks.leader,
    });
  await visible();
  const [bare, whole]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await rateOf(() => sign('sha256', data, key)));
    whole.push(await rateOf(visible));
    console.error(
      `  round ${round + 1}, ${kind}: bare ${bare.at(-1)!.toFixed(0)}/s, visible ${whole.at(-1)!.toFixed(1)}/s`,
    );
  }
  measures.push({
    id: `visible-signature-${kind}`,
    value: median(whole),
    unit: 'signatures/s',
    against: { name: `bare operation of the same key, /s`, value: median(bare) },
  });
}

const verified: number[] = [];
for (let round = 0; round < rounds; round += 1)
  verified.push(await rateOf(() => verifyPdf(revisions.at(-1)!, { anchors })));
measures.push({ id: 'verification-three-signatures', value: median(verified), unit: 'files/s' });

await report('sign', measures);
