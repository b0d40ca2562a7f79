import { z } from 'zod';
import { type Context, type DailyJob, type Job, job, transaction } from '#server/platform/index.ts';
import { openedRegisters, registerOf } from './define.ts';
import { findDuplicates } from './duplicates/find-duplicates.ts';
import { dropExpired, writeExport } from './exports/write-export.ts';
import { readImport } from './imports/read-import.ts';
import { undoImport } from './imports/undo-import.ts';
import { writeImport } from './imports/write-import.ts';
import { refreshEntries } from './record-versions.ts';

/** What was said to hold from this day on: search rows and keys follow. Running it again changes nothing. */
const refresh = job(
  'register.refresh',
  z.object({ register: z.string(), entryIds: z.array(z.string()), day: z.string() }),
  async (ctx, { register, entryIds }) => {
    await transaction(ctx, (tx) => refreshEntries(tx, registerOf(register), entryIds));
  },
);

const ofImport = z.object({ importId: z.uuid() });
const read = job('registerImport.read', ofImport, (ctx, { importId }) => readImport(ctx, importId));
const write = job('registerImport.write', ofImport, (ctx, { importId }) => writeImport(ctx, importId));
const undo = job('registerImport.undo', ofImport, (ctx, { importId }) => undoImport(ctx, importId));

const find = job('registerDuplicate.find', z.object({ register: z.string() }), async (ctx, { register }) => {
  await findDuplicates(ctx, register);
});
const findAll = job('registerDuplicate.findAll', z.object({}), async (ctx: Context) => {
  for (const register of openedRegisters()) await findDuplicates(ctx, register);
});
const writeFile = job('registerExport.write', z.object({ exportId: z.uuid() }), (ctx, { exportId }, attempt) =>
  writeExport(ctx, exportId, attempt),
);
const dropFiles = job('registerExport.drop', z.object({}), async (ctx: Context) => {
  await dropExpired(ctx);
});

export const registersJobs: Job[] = [refresh, read, write, undo, find, findAll, writeFile, dropFiles] as Job[];

export const registersDaily: DailyJob[] = [
  { job: 'registerDuplicate.findAll', at: '01:40' },
  { job: 'registerExport.drop', at: '02:10' },
];
