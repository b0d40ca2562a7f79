import { build } from './ops/build.ts';
import { main } from './ops/report.ts';
import { onStopSignal } from './ops/stop-signal.ts';

await main(async () => {
  const signal = onStopSignal();
  await build(signal);
  return signal.aborted ? 1 : 0;
});
