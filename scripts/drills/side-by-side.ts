// The version before on the tables of this one: `npm run drill -- side-by-side` with PREVIOUS=<tag or commit>, else the last tag, else the
// commit before the newest migration.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { constants, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ended } from '../ops/child.ts';
import { drill } from '../ops/drill.ts';
import { publicPaths, startWeb } from '../ops/fleet.ts';
import { say } from '../ops/report.ts';
import { scratchServer } from '../ops/scratch-server.ts';

/** The version to stand beside: the one that was named, the last release, or what there was before the newest migration. */
function previous(): string | undefined {
  if (process.env.PREVIOUS) return process.env.PREVIOUS;
  const git = (...args: string[]): string => spawnSync('git', args, { encoding: 'utf8' }).stdout?.trim() ?? '';
  const newest = git('log', '-1', '--format=%h', '--', 'db/migrations/meta/_journal.json');
  return (
    git('describe', '--tags', '--abbrev=0') ||
    (newest && git('rev-parse', '--short', '--verify', `${newest}^`)) ||
    undefined
  );
}

async function run(cwd: string, script: string, env: Record<string, string>): Promise<void> {
  const child = spawn(process.execPath, [`scripts/${script}.ts`], {
    cwd,
    env: { ...process.env, DEMO: '1', ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if ((await ended(child)) !== 0) throw new Error(`${script} of ${cwd} failed`);
}

await drill('side-by-side', 3, async (report) => {
  const version = previous();
  if (!version) {
    say('There is no release yet, nor a history to take one from: PREVIOUS=<commit> npm run drill -- side-by-side');
    return;
  }
  say(`  … beside ${version}`);
  const here = process.cwd();
  const old = await mkdtemp(join(tmpdir(), 'mot-cua-previous-'));
  execFileSync('git', ['worktree', 'add', '--detach', old, version], { stdio: 'ignore' });
  // the bundler follows no link out of its folder
  await cp('node_modules', join(old, 'node_modules'), {
    recursive: true,
    verbatimSymlinks: true,
    mode: constants.COPYFILE_FICLONE,
  });
  const server = await scratchServer({ migrated: false });
  try {
    // the version before made the database and its rows; this one changes the tables under it
    await run(old, 'migrate', server.settings);
    await run(here, 'migrate', server.settings);
    await run(old, 'build', {});
    process.chdir(old);
    const web = await startWeb(server.settings);
    try {
      for (let round = 0; round < report.size; round++) {
        for (const path of publicPaths) {
          const answer = await fetch(web.url + path, { redirect: 'manual' });
          await answer.arrayBuffer();
          if (answer.status >= 400) report.found(`${version} answers ${answer.status} at ${path} on the new tables.`);
        }
      }
      report.did(`pages of ${version} on the tables of this version`, report.size * publicPaths.length);
    } finally {
      await web.stop();
      process.chdir(here);
    }
    // and back: the version before may be started again, and says that the database is newer
    await run(old, 'migrate', server.settings);
  } finally {
    await server.remove();
    execFileSync('git', ['worktree', 'remove', '--force', old], { stdio: 'ignore' });
    await rm(old, { recursive: true, force: true });
  }
});
