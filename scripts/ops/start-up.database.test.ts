import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { freePort, randomPassword } from '#db/embedded/index.ts';
import { refuseOldVersion } from '#db/server-version.ts';
import { type OwnDatabase, ownDatabase } from '#db/testing/index.ts';
import { urlFor } from '#db/testing/server.ts';

let dataDir = '';
let own: OwnDatabase;
let empty: OwnDatabase;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'mot-cua-start-'));
  [own, empty] = await Promise.all([ownDatabase(), ownDatabase({ empty: true })]);
});
afterAll(async () => {
  await own.close();
  await empty.close();
  rmSync(dataDir, { recursive: true });
});

interface Ending {
  code: number | null;
  stderr: string;
}

/** Starts a script as an operator would, with nothing in its environment but what is given. */
function run(script: string, env: Record<string, string>, args: string[] = []): Promise<Ending> {
  const { promise, resolve } = Promise.withResolvers<Ending>();
  const child = spawn(process.execPath, [`scripts/${script}.ts`, ...args], {
    env: {
      NODE_ENV: 'production',
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      DATA_DIR: dataDir,
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.once('close', (code) => resolve({ code, stderr }));
  return promise;
}

/** One line on stderr, no stack, exit 1. */
function expectSentence({ code, stderr }: Ending, sentence: RegExp): void {
  expect(stderr).toMatch(sentence);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(code).toBe(1);
}

const external = (url: string, ownerUrl = url): Record<string, string> => ({
  DATABASE_URL: url,
  DATABASE_OWNER_URL: ownerUrl,
  DEMO: '1',
});

function listening(onConnection: (server: Server) => void = () => {}): Promise<{ port: number; close: () => void }> {
  const server = createServer((socket) => socket.on('error', () => {}));
  onConnection(server);
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      done({ port: typeof address === 'object' && address ? address.port : 0, close: () => server.close() });
    });
  });
}

test('a port that is in use stops the start before anything is made', async () => {
  const taken = await listening();
  const folder = mkdtempSync(join(tmpdir(), 'mot-cua-start-'));
  const ending = await run('start', { PORT: String(taken.port), DATA_DIR: folder });
  taken.close();
  expectSentence(ending, new RegExp(`^PORT: ${taken.port} on 127\\.0\\.0\\.1 is in use by another program; .+PORT`));
  expect(readdirSync(folder)).toEqual(['.writable']);
  rmSync(folder, { recursive: true });
});

test('an address this machine does not have is named', async () => {
  expectSentence(
    await run('start', { HOST: '192.0.2.1', PORT: '39999' }),
    /^HOST: this machine has no address 192\.0\.2\.1/,
  );
});

test('a data folder that is a file is named', async () => {
  const path = join(dataDir, 'file');
  writeFileSync(path, '');
  expectSentence(
    await run('start', { DATA_DIR: path }),
    /^DATA_DIR: .+ cannot be written \(E[A-Z]+\); choose another folder\.$/m,
  );
});

test('a data folder with files of something else is named, and left as it is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mot-cua-start-'));
  writeFileSync(join(folder, 'thu.txt'), 'not ours');
  expectSentence(
    await run('start', { DATA_DIR: folder }),
    /^DATA_DIR: .+ holds files of something else \(thu\.txt\) and none of this service; .+ Nothing in it was changed\.$/m,
  );
  expect(readdirSync(folder)).toEqual(['thu.txt']);
  // what is said while starting may lie there
  writeFileSync(join(folder, 'start.log'), '');
  rmSync(join(folder, 'thu.txt'));
  expectSentence(await run('backup', { DATA_DIR: folder, PORT: '3000', DATABASE_URL: 'x' }), /^DATABASE_URL: /m);
  rmSync(folder, { recursive: true });
});

test.skipIf(!existsSync('/proc/self'))('a data folder where none can be made is named at once', async () => {
  expectSentence(await run('start', { DATA_DIR: '/proc/mot-cua/data' }), /^DATA_DIR: .+ cannot be written \(ENOENT\)/m);
});

test('a bad setting stops every command', async () => {
  for (const script of ['start', 'backup'])
    expectSentence(await run(script, { PORT: 'http' }), /^PORT: write a port number\.$/m);
});

describe('a database', () => {
  const at = (url: string, change: (parts: URL) => void): string => {
    const parts = new URL(url);
    change(parts);
    return parts.href;
  };

  test('that does not answer is named by its setting, without the password', async () => {
    const port = String(await freePort());
    const url = at(own.ownerUrl, (parts) => {
      parts.port = port;
    });
    const ending = await run('backup', external(url));
    expectSentence(ending, /^DATABASE_URL: 127\.0\.0\.1:\d+\/\w+ does not answer: check address and port/);
    expect(ending.stderr).not.toContain(new URL(url).password);
  });

  test('that takes the connection and says nothing is given up after ten seconds', async () => {
    const silent = await listening();
    const url = at(own.ownerUrl, (parts) => {
      parts.port = String(silent.port);
    });
    const ending = await run('backup', external(url));
    silent.close();
    expectSentence(ending, /^DATABASE_URL: .+ does not answer within 10 s: check address, port and firewall\.$/m);
  });

  test('that refuses the password, or has no such name, is told apart', async () => {
    const wrong = at(own.ownerUrl, (parts) => {
      parts.password = 'guess';
    });
    expectSentence(await run('backup', external(wrong)), /^DATABASE_URL: .+ refuses user or password\.$/m);
    const missing = at(own.ownerUrl, (parts) => {
      parts.pathname = '/nowhere';
    });
    expectSentence(
      await run('backup', external(missing)),
      /^DATABASE_URL: .+ has no database of that name: make it first\.$/m,
    );
  });

  test('in which the owner may make no tables is told with the command that helps, and stays empty', async () => {
    const name = new URL(empty.url).pathname.slice(1);
    expectSentence(
      await run('backup', external(empty.url, urlFor(inject('testServer'), 'app', name))),
      /^DATABASE_URL: .+: mot_cua_app may not make tables there: have an administrator run "alter database \w+ owner to mot_cua_app"\.$/m,
    );
    const [row] = await empty.ownerDb
      .$client`select count(*)::int as n from pg_namespace where nspname = 'graphile_worker'`;
    expect(row).toEqual({ n: 0 });
  });

  test('whose tables belong to another role is told so', async () => {
    const admin = postgres(urlFor(inject('testServer'), 'superuser', 'postgres'), { max: 1, onnotice: () => {} });
    const password = randomPassword();
    const name = new URL(own.url).pathname.slice(1);
    await admin.unsafe(`create role mot_cua_stranger login password '${password}'`);
    await admin.unsafe(`grant all on database ${name} to mot_cua_stranger`);
    const url = at(own.ownerUrl, (parts) => {
      parts.username = 'mot_cua_stranger';
      parts.password = password;
    });
    try {
      expectSentence(
        await run('backup', external(own.url, url)),
        /^DATABASE_OWNER_URL: .+: the tables belong to mot_cua_owner, not to mot_cua_stranger: connect as mot_cua_owner\.$/m,
      );
    } finally {
      await admin.unsafe(`revoke all on database ${name} from mot_cua_stranger`);
      await admin.unsafe('drop role mot_cua_stranger');
      await admin.end();
    }
  });

  test('of a server older than 15 is refused in one sentence', () => {
    expect(() => refuseOldVersion(140_012, '14.12')).toThrow(
      /^The database server is PostgreSQL 14\.12: PostgreSQL 15 or newer is needed\.$/,
    );
    expect(() => refuseOldVersion(150_000, '15.0')).not.toThrow();
  });

  test('made by other migrations than ours is refused and stays as it is', async () => {
    const other = await ownDatabase();
    await other.ownerDb.$client`update drizzle.__drizzle_migrations set hash = 'other' where id = 1`;
    const ending = await run('migrate', external(other.url, other.ownerUrl));
    await other.close();
    expectSentence(ending, /^The database was made by a version whose migrations differ from those of this one: start/);
  });
});

test('a backup that is none is refused before a database is made for it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mot-cua-start-'));
  writeFileSync(join(folder, 'a'), 'hello');
  const ending = await run('restore', { DATA_DIR: join(folder, 'data') }, [join(folder, 'a')]);
  expectSentence(ending, /\/a is no backup\.$/m);
  expect(readdirSync(folder)).toEqual(['a']);
  rmSync(folder, { recursive: true });
});
