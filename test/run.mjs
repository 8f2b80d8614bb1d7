// Runs the suite on every runtime and backend and prints one table.
//
//   node test/run.mjs [--node=PATH]… [--chromium=PATH] [--only=TEXT]

import { spawnSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNativePackaging } from './packaging/native.mjs';
import { runPackaging } from './packaging/run.mjs';
import { runInChromium } from './runtime/chromium/run.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const option = (name) =>
  process.argv.flatMap((word) =>
    word.startsWith(`--${name}=`) ? [word.slice(name.length + 3)] : [],
  );
const nodes = [process.execPath, ...option('node').map((path) => resolve(path))];
const [chromium] = option('chromium');
const [only = ''] = option('only');

/** One line of the table: where the suite ran and how it went. */
const rows = [];

function version(node) {
  return spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
}

function runInNode(node, backend) {
  const runtime = `Node ${version(node).slice(1)}`;
  if (!`${runtime} ${backend}`.includes(only)) return;
  const file = join(here, '.build/runtime/node/suite.test.mjs');
  const { status, stdout, stderr } = spawnSync(node, ['--test', '--test-reporter=tap', file], {
    encoding: 'utf8',
    env: { ...process.env, BYTEMILL_TEST_BACKEND: backend, NODE_OPTIONS: '' },
    maxBuffer: 64 << 20,
    timeout: 600_000,
  });
  const count = (name) => Number(stdout.match(new RegExp(`^# ${name} (\\d+)`, 'm'))?.[1] ?? 0);
  const row = { runtime, backend, passed: count('pass'), failed: count('fail') };
  if (status !== 0 && row.failed === 0) row.failed = 1;
  rows.push(row);
  if (row.failed > 0) console.error(`${runtime}, ${backend}:\n${failures(stdout)}\n${stderr}`);
}

/** Conformance and hostile files, where they are to be had. */
function runHostile() {
  if (!'set bombs hostile'.includes(only) && only) return;
  const { stdout, stderr } = spawnSync(process.execPath, [join(here, 'hostile/run.mjs')], {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  if (stderr) console.error(stderr);
  if (stdout.startsWith('skipped')) return console.log(stdout.trim());
  const found = stdout.startsWith('[') ? JSON.parse(stdout) : [];
  rows.push(
    ...(found.length > 0 ? found : [{ runtime: 'sets', backend: 'wasm', passed: 0, failed: 1 }]),
  );
}

/** The parts of a TAP report that tell of failures. */
function failures(tap) {
  const blocks = tap.split(/^(?= *(?:not )?ok )/m);
  return blocks.filter((block) => /^ *not ok/.test(block)).join('') || tap.slice(-4000);
}

for (const node of nodes) {
  const major = Number.parseInt(version(node).slice(1), 10);
  for (const backend of ['wasm', 'threads', 'native']) {
    // Node 20 has no threads: see docs/decisions.md.
    if (backend !== 'threads' || major >= 22) runInNode(node, backend);
  }
}
if (chromium) rows.push(...(await runInChromium(chromium, only)));
rows.push(...(await runPackaging(nodes, only)));
rows.push(...runNativePackaging(nodes, only));
runHostile();

console.table(rows);
const sum = (name) => rows.reduce((total, row) => total + row[name], 0);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exit(sum('failed') === 0 && sum('passed') > 0 ? 0 : 1);
