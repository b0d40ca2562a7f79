// Ten thousand requests of junk over every page, route and procedure, as strangers and as every role: no 500, no lost row.
import { buildIfStale } from '../ops/build.ts';
import { drill } from '../ops/drill.ts';
import { fuzz } from '../ops/fuzz.ts';
import { scratchData, startInstance } from '../ops/instance.ts';

await drill('fuzz', 10_000, async (report) => {
  await buildIfStale();
  const instance = await startInstance(await scratchData());
  try {
    const { sent, statuses, findings } = await fuzz(instance.url, instance.dataDir, report.seed, report.size);
    report.did('requests', sent);
    for (const [status, count] of Object.entries(statuses).sort()) report.did(`answered ${status}`, count);
    for (const finding of findings) report.found(finding);
  } finally {
    await instance.remove();
  }
});
