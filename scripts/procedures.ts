// Proves a procedure folder sound (`check <folder>`) or publishes it as a new version (`publish <folder>`).
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { connect } from '#db/client.ts';
import { newContext, now, systemActor } from '#server/platform/index.ts';
import { checkProcedure, publishProcedure } from '#server/procedures/index.ts';
import { wire } from '#server/wiring.ts';
import { knownEffects } from '#server/workflow/index.ts';
import { openDatabase } from './ops/database.ts';
import { main, say } from './ops/report.ts';
import { readSettings } from './ops/settings.ts';

await main(async () => {
  const [verb, given] = process.argv.slice(2);
  if ((verb !== 'check' && verb !== 'publish') || !given) {
    say('Usage: npm run procedures -- check <folder> | publish <folder>');
    return 1;
  }
  const folder = resolve(given);
  if (!(await stat(folder).catch(() => null))?.isDirectory()) {
    say(`There is no folder ${given}.`);
    return 1;
  }
  wire();
  const { data, contentHash, problems } = await checkProcedure(folder, new Set(knownEffects()));
  for (const { file, element, problem } of problems) say(`${file}: ${element}: ${problem}`);
  if (!data || problems.length > 0) {
    say(`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} in ${given}.`);
    return 1;
  }
  if (verb === 'check') {
    say(
      `${data.definition.key} is sound: ${data.form.pages.length} pages, ${data.definition.papers.length} papers, ${data.definition.limitDays} working days.`,
    );
    return 0;
  }
  const database = await openDatabase(await readSettings(), say);
  const db = connect(database.ownerUrl, { max: 1 });
  try {
    const published = await publishProcedure(newContext(db, systemActor('procedures'), now), { data, contentHash });
    say(
      published.created
        ? `Published ${published.key} as version ${published.version}.`
        : `Version ${published.version} of ${published.key} already has this content.`,
    );
    return 0;
  } finally {
    await db.$client.end();
    await database.release();
  }
});
