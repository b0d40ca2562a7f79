// A running instance is backed up, destroyed with its data, restored into a new folder and started. Size: how often.
import { buildIfStale } from '../ops/build.ts';
import { drill } from '../ops/drill.ts';
import { scratchData, startInstance } from '../ops/instance.ts';
import { destroyAndRestore } from '../ops/restoration.ts';

await drill('restore', 1, async (report) => {
  await buildIfStale();
  let instance = await startInstance(await scratchData());
  for (let round = 0; round < report.size; round++) {
    const { restored, said } = await destroyAndRestore(instance);
    instance = restored;
    report.did('audit rows after the restore', Number(/holds: (\d+) rows/.exec(said)?.[1] ?? 0));
  }
  if ((await instance.stop()) !== 0) report.found('The restored instance did not end in order.');
  await instance.remove();
});
