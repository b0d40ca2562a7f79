import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { desc, eq } from 'drizzle-orm';
import { procedureVersions } from '#db/schema/procedures.ts';
import { as, type Context, systemActor } from '#server/platform/index.ts';
import { checkSteps } from './check-steps.ts';
import { type ProcedureProblem, readFolder } from './folder.ts';
import { type Published, publishProcedure } from './publish.ts';

/** Folders of the procedures that come with the project. */
export async function builtInFolders(root: string = join(process.cwd(), 'workflows')): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(root, entry.name))
    .sort();
}

/**
 * Publishes each built-in procedure whose content is new; called after every migration. Open dossiers keep their version.
 * Throws with every problem named when a folder is not fit to be published: such a build must not start.
 */
export async function publishBuiltIn(ctx: Context, root?: string): Promise<Published[]> {
  const published: Published[] = [];
  for (const folder of await builtInFolders(root)) {
    const read = await readFolder(folder);
    if (!read.data) refuse(folder, read.problems);
    const { key } = read.data.definition;
    const [newest] = await ctx.db
      .select({
        id: procedureVersions.id,
        version: procedureVersions.version,
        contentHash: procedureVersions.contentHash,
      })
      .from(procedureVersions)
      .where(eq(procedureVersions.key, key))
      .orderBy(desc(procedureVersions.version))
      .limit(1);
    if (newest?.contentHash === read.contentHash) {
      published.push({ id: newest.id, key, version: newest.version, created: false });
      continue;
    }
    // proving takes a moment: only what is new is proved
    const problems = [...read.problems, ...(await checkSteps(read.data, null))];
    if (problems.length > 0) refuse(folder, problems);
    const input = { data: read.data, contentHash: read.contentHash };
    published.push(await publishProcedure(as(ctx, systemActor('procedures')), input));
  }
  return published;
}

function refuse(folder: string, problems: ProcedureProblem[]): never {
  throw new Error(`${folder}: ${problems.map((each) => `${each.file} ${each.element}: ${each.problem}`).join('; ')}`);
}
