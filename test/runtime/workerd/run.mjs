// Runs the suite in workerd itself: a worker made of the built modules, asked over the loopback address.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../process/run.mjs';

const dist = join(root, 'npm/dist');
const folder = join(root, 'test/.build/workerd');

/** The place that workerd makes. */
export function workerdPlaces(path) {
  const version = spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout?.match(
    /[\d-]+$/m,
  )?.[0];
  return version ? [{ runtime: `workerd ${version}`, backend: 'wasm', run: () => run(path) }] : [];
}

/** Every module is named in the configuration: workerd compiles no wasm and finds no files at run time. */
function writeConfiguration() {
  const modules = readdirSync(dist).filter(
    (name) => /\.workerd\.mjs$|\.wasm$/.test(name) && !name.includes('.threads.'),
  );
  for (const name of modules) cpSync(join(dist, name), join(folder, name));
  const lines = ['suite.js', ...modules].map((name) => {
    const kind = name.endsWith('.wasm') ? 'wasm' : 'esModule';
    return `    (name = "${name}", ${kind} = embed "${name}"),`;
  });
  const file = join(folder, 'suite.capnp');
  writeFileSync(
    file,
    `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [ (name = "suite", worker = .suite), (name = "vectors", disk = "${join(root, 'test/vectors')}") ],
  sockets = [ (name = "http", address = "127.0.0.1:0", http = (), service = "suite") ],
);

const suite :Workerd.Worker = (
  compatibilityDate = "2026-01-01",
  bindings = [ (name = "VECTORS", service = "vectors") ],
  modules = [
${lines.join('\n')}
  ],
);
`,
  );
  return file;
}

async function run(path) {
  const child = spawn(path, ['serve', writeConfiguration(), '--control-fd=3'], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (complaints += text));
  const ended = once(child, 'close').then(([code, signal]) =>
    Promise.reject(new Error(`it ended with ${signal ?? code}\n${complaints}`)),
  );
  try {
    const [news] = await Promise.race([once(child.stdio[3], 'data'), ended]);
    const { port } = JSON.parse(String(news));
    const response = await Promise.race([fetch(`http://127.0.0.1:${port}/`), ended]);
    if (!response.ok) throw new Error(`it answered ${response.status}\n${complaints}`);
    return await response.json();
  } finally {
    kill();
    process.off('exit', kill);
    await ended.catch(() => {});
  }
}
