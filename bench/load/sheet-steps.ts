// One step of an import or export in a process of its own, so that its memory is its own. Prints ms and the peak in MB.
import { connect } from '#db/client.ts';
import { type Context, newContext, systemActor } from '#server/platform/index.ts';
import { writeExport } from '#server/registers/exports/write-export.ts';
import { readImport } from '#server/registers/imports/read-import.ts';
import { writeImport } from '#server/registers/imports/write-import.ts';
import { wire } from '#server/wiring.ts';

const steps: Record<string, (ctx: Context, id: string) => Promise<void>> = {
  read: readImport,
  write: (ctx, id) => writeImport(ctx, id, Number.POSITIVE_INFINITY),
  export: writeExport,
};
const [, , step = '', id = ''] = process.argv;
wire();
const db = connect(process.env.DATABASE_URL!, { max: 2 });
const ctx = newContext(db, systemActor('bench'), () => new Date());
const began = performance.now();
await steps[step]!(ctx, id);
const ms = performance.now() - began;
await db.$client.end();
console.log(JSON.stringify({ ms, peak: process.resourceUsage().maxRSS / 1024 }));
