// Recomputes the audit chain from its first row and names the first bad one.
import { connect } from '#db/client.ts';
import { headsVerdict } from '#server/exchange/index.ts';
import { verifyAuditChain } from '#server/platform/index.ts';
import { openDatabase } from './ops/database.ts';
import { main, say } from './ops/report.ts';
import { readSettings } from './ops/settings.ts';

await main(async () => {
  const database = await openDatabase(await readSettings(), say);
  const db = connect(database.ownerUrl, { max: 1 });
  try {
    const { rows, firstBad, reason } = await verifyAuditChain(db);
    if (firstBad === null) say(`The audit chain holds: ${rows} rows.`);
    else say(`The audit chain is broken at row ${firstBad}: the row is ${reason} (${rows} rows in all).`);
    const heads = await headsVerdict(db);
    if (heads.firstBad === null) say(`The published heads hold: ${heads.heads}.`);
    else say(`Published head ${heads.firstBad} does not hold: its ${heads.reason} does not agree with the log.`);
    return firstBad === null && heads.firstBad === null ? 0 : 1;
  } finally {
    await db.$client.end();
    await database.release();
  }
});
