// Random diagrams and random commands through the kernel and its proofs: no token lost or doubled, no fault overlooked.
import { kernelProperties } from '#server/workflow/testing/kernel-properties.ts';
import { drill } from '../ops/drill.ts';
import { say } from '../ops/report.ts';

await drill('kernel', 5000, async (report) => {
  for (const { name, share, check } of kernelProperties) {
    const runs = Math.ceil(report.size * share);
    say(`  … ${name}`);
    try {
      await check({ seed: report.seed, runs });
    } catch (error) {
      report.found(`${name}\n${error instanceof Error ? error.message : String(error)}`);
    }
    report.did(name, runs);
  }
});
