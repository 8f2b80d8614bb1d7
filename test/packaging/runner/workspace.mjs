// Makes a project ready: its tools from a cache below target/, the package from the tarball, the client's sources.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { page } from './page.mjs';

const here = fileURLToPath(new URL('..', import.meta.url));
export const root = fileURLToPath(new URL('../../..', import.meta.url));
const cache = join(root, 'target/packaging');
/** Files of test/vectors that the client reads. */
export const vectors = ['zstd/level-1.zst', 'image/rgb.jpg', 'pdf/three-pages.pdf'];

/** What bundlers are given: programs of client/ with a page each. */
export const entries = ['main', 'inline', 'one', 'root', 'one-inline'];

/** Packs the package as it would be published; the path of the tarball. */
export function pack() {
  mkdirSync(cache, { recursive: true });
  const { status, stdout, stderr } = spawnSync(
    'npm',
    ['pack', '--json', '--pack-destination', cache],
    { cwd: join(root, 'npm'), encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  return join(cache, JSON.parse(stdout)[0].filename);
}

/** A project's folder below target/, with everything installed. */
export function prepare({ name, sources = name }, tarball) {
  const source = join(here, 'projects', name);
  const folder = join(cache, name);
  mkdirSync(folder, { recursive: true });
  for (const entry of readdirSync(folder)) {
    if (!['node_modules', 'package-lock.json', '.installed'].includes(entry))
      rmSync(join(folder, entry), { recursive: true });
  }
  install(source, folder);
  unpack(tarball, join(folder, 'node_modules/bytemill'));
  cpSync(join(here, 'client'), join(folder, 'src'), { recursive: true });
  cpSync(join(here, 'projects', sources), folder, { recursive: true });
  cpSync(source, folder, { recursive: true });
  for (const entry of entries)
    writeFileSync(join(folder, `${entry}.html`), page(`./src/${entry}.js`));
  for (const file of vectors) {
    const to = join(folder, 'public/vectors', file);
    mkdirSync(dirname(to), { recursive: true });
    cpSync(join(root, 'test/vectors', file), to);
  }
  return folder;
}

/** Installs a project's tools, once per state of its package.json. */
function install(source, folder) {
  const manifest = readFileSync(join(source, 'package.json'));
  const key = createHash('sha256').update(manifest).update(process.version).digest('hex');
  const stamp = join(folder, '.installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === key) return;
  for (const old of ['node_modules', 'package-lock.json'])
    rmSync(join(folder, old), { recursive: true, force: true });
  writeFileSync(join(folder, 'package.json'), manifest);
  const { status, stderr } = spawnSync(
    'npm',
    ['install', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: folder, encoding: 'utf8', timeout: 600_000 },
  );
  if (status !== 0) throw new NotInstalled(stderr);
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  writeFileSync(stamp, key);
}

/** A tool cannot be had on this machine. */
export class NotInstalled extends Error {}

/** Puts the tarball where npm would: it has no dependencies and no scripts. */
function unpack(tarball, to) {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  const { status, stderr } = spawnSync('tar', ['xzf', tarball, '--strip-components=1', '-C', to], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
}

/** What is installed of a package. */
export function versionOf(folder, name) {
  const { version } = JSON.parse(
    readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8'),
  );
  return `${name} ${version}`;
}

const quiet = {
  CI: '1',
  NO_COLOR: '1',
  DO_NOT_TRACK: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  WRANGLER_SEND_METRICS: 'false',
};

/** Starts a command of a project, with its tools in the path. */
export function start(folder, [command, ...words], env = {}) {
  const bin = [join(folder, 'node_modules/.bin'), dirname(process.execPath), process.env.PATH];
  return spawn(command, words, {
    cwd: folder,
    // Of its own group, so that a server's children end with it.
    detached: true,
    env: { ...process.env, ...quiet, NODE_OPTIONS: '', ...env, PATH: bin.join(':') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs a command of a project to its end; what it said. */
export async function run(folder, words, { env, timeoutMs = 180_000 } = {}) {
  const child = start(folder, words, env);
  let said = '';
  const timer = setTimeout(() => stop(child), timeoutMs);
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (said += text));
  const code = await new Promise((resolve, reject) =>
    child.on('error', reject).on('close', resolve),
  );
  clearTimeout(timer);
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}\n${said.slice(-4000)}`);
  return said;
}

/** Ends a command and everything that it started. */
export function stop(child) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
