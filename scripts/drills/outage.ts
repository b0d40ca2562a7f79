// The database goes away from a web server under load, in every way it can, and comes back. Size: seconds of each outage.
import { openEmbedded, runningServer, stopServer } from '#db/embedded/index.ts';
import { buildIfStale } from '../ops/build.ts';
import { drill } from '../ops/drill.ts';
import { outages } from '../ops/outage.ts';
import { scratchServer } from '../ops/scratch-server.ts';

await drill('outage', 60, async (report) => {
  await buildIfStale();
  const server = await scratchServer();
  const { folder } = server.database;
  try {
    const restart = {
      stop: () => stopServer(folder),
      start: async () => {
        await openEmbedded(server.dataDir);
      },
    };
    const { faults, grownMegabytes } = await outages(server.settings, restart, report.size);
    for (const { name, report: found } of faults) {
      report.did(`${name}: requests`, found.requests);
      report.did(`${name}: slowest answer, ms`, found.slowest);
      report.did(`${name}: ready again after, ms`, found.recovery);
    }
    report.did('memory grown while packets were swallowed, MB', Math.round(grownMegabytes));
    if (grownMegabytes > 150) report.found(`Memory grew by ${Math.round(grownMegabytes)} MB during the outage.`);
    if (!runningServer(folder)) report.found('The server does not run.');
  } finally {
    await server.remove();
  }
});
