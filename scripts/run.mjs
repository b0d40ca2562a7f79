// Starts scripts/<name>.ts: installs what is missing, picks Node 24 and hands over.
// Plain JavaScript without dependencies, since it runs before either is there. It writes to stderr alone.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const marker = join(modules, '.mot-cua-lock');
const major = Number(process.versions.node.split('.')[0]);
const say = (line) => process.stderr.write(`${line}\n`);

function stop(line) {
  say(line);
  process.exit(1);
}

/** The lock file as npm installed it says the same as the one of the source tree. */
function installedAlready(lockText) {
  const installed = join(modules, '.package-lock.json');
  if (!existsSync(installed)) return false;
  const wanted = JSON.parse(lockText).packages;
  const present = JSON.parse(readFileSync(installed, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || present[path]?.version === entry.version,
  );
}

async function install(lockText) {
  const total = Object.keys(JSON.parse(lockText).packages).length;
  say('Installing the packages of package-lock.json (first time only, about a minute) …');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const [command, commandArgs] = npm && /\.[cm]?js$/.test(npm) ? [process.execPath, [npm, ...args]] : ['npm', args];
  const began = Date.now();
  const child = spawn(command, commandArgs, { cwd: root, stdio: ['ignore', 2, 2] });
  const ticker = setInterval(() => {
    const folders = existsSync(modules) ? readdirSync(modules).length : 0;
    say(`  … ${Math.round((Date.now() - began) / 1000)} s, ${folders} folders for ${total} packages`);
  }, 5000);
  const code = await new Promise((done) => {
    child.on('error', () => done(127));
    child.on('exit', (exit) => done(exit ?? 1));
  });
  clearInterval(ticker);
  if (code === 127) stop('npm was not found: install npm 10 or newer and start again.');
  if (code !== 0) stop('The packages could not be installed: see the lines above, check the network, start again.');
  say(`Packages installed in ${Math.round((Date.now() - began) / 1000)} s.`);
}

/** Mends packages whose faults their makers have not mended yet (docs/decisions/0014). Doing it again changes nothing. */
function applyPatches() {
  const tool = join(modules, 'patch-package', 'index.js');
  const args = [tool, '--patch-dir', 'db/patches', '--error-on-fail'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) stop(`${stdout}${stderr}\nA package could not be mended: remove node_modules and start again.`);
}

function runtime() {
  if (major >= 24) return process.execPath;
  const binary = join(modules, `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(binary)) return binary;
  return stop(
    `Node 24 is needed (this is ${process.version}) and npm has no ready-made one for ` +
      `${process.platform}-${process.arch}: install Node 24 and start again.`,
  );
}

const [name, ...args] = process.argv.slice(2);
const script = join(root, 'scripts', `${name}.ts`);
if (!name || !/^[a-z-]+$/.test(name) || !existsSync(script)) stop(`There is no script named "${name ?? ''}".`);
if (major < 20) stop(`Node 20 or newer is needed; this is ${process.version}.`);

const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8');
const patches = readdirSync(join(root, 'db/patches')).map((file) => readFileSync(join(root, 'db/patches', file)));
const wanted = createHash('sha256')
  .update(Buffer.concat([Buffer.from(lockText), ...patches]))
  .digest('hex');
if (!existsSync(marker) || readFileSync(marker, 'utf8') !== wanted) {
  if (!installedAlready(lockText)) await install(lockText);
  applyPatches();
  writeFileSync(marker, wanted);
}

const node = runtime();
process.chdir(root);
process.env.NEXT_TELEMETRY_DISABLED = '1';
process.env.PATH = [dirname(node), join(modules, '.bin'), process.env.PATH].join(delimiter);

if (node === process.execPath) {
  process.argv = [node, script, ...args];
  await import(pathToFileURL(script).href);
} else {
  const child = spawn(node, [script, ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 128 + (signal === 'SIGINT' ? 2 : 15) : (code ?? 1)));
}
