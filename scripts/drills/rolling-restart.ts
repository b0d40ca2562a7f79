// Two web servers behind a balancer, restarted one after the other under load: no request fails. Size: rounds.
import { buildIfStale } from '../ops/build.ts';
import { drill } from '../ops/drill.ts';
import { rollingRestart } from '../ops/rolling-restart.ts';
import { scratchServer } from '../ops/scratch-server.ts';

await drill('rolling-restart', 10, async (report) => {
  await buildIfStale();
  const server = await scratchServer();
  try {
    const { requests, restarts, slowestStop } = await rollingRestart(server.settings, report.size, 20);
    report.did('restarts', restarts);
    report.did('requests, none failed', requests);
    report.did('longest stop, ms', slowestStop);
  } finally {
    await server.remove();
  }
});
