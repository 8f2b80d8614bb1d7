// Runs the suite in every place and prints one table.
//
//   node test/run.mjs [--node=PATH]… [--bun=PATH] [--deno=PATH] [--workerd=PATH] [--chromium=PATH] [--firefox=PATH]
//                     [--webkit=PATH] [--all] [--quick] [--suite] [--only=TEXT] [--slow]
//                     [--write-digests]
//
// --all says of a runtime that was not named that it is not here; in continuous integration that is a failure.
// --quick leaves out the places that take long and hardly differ from others; --suite leaves out the tarball, the
// command-line tools and the hostile files. --slow prints the tests that took longer than a second.
// --only runs the places whose line of the table contains the text. --write-digests makes what the first place gives
// the expected digests: look at the difference before committing it.

import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareDigests, expectedDigests, writeDigests } from './harness/digests.mjs';
import { counts, printReasons, printTable } from './harness/table.mjs';
import { runNativePackaging } from './packaging/native.mjs';
import { runPackaging } from './packaging/run.mjs';
import { bunPlaces } from './runtime/bun/run.mjs';
import { chromiumPlaces } from './runtime/chromium/run.mjs';
import { denoPlaces } from './runtime/deno/run.mjs';
import { firefoxPlaces } from './runtime/firefox/run.mjs';
import { nodePlaces } from './runtime/node/run.mjs';
import { versionOf } from './runtime/process/run.mjs';
import { webkitPlaces } from './runtime/webkit/run.mjs';
import { workerdPlaces } from './runtime/workerd/run.mjs';

const named = (name) =>
  process.argv.flatMap((word) =>
    word.startsWith(`--${name}=`) ? [word.slice(name.length + 3)] : [],
  );
/** The Node that runs this, and those that were named, one of each major version. */
const nodes = [process.execPath, ...named('node').map((path) => resolve(path))].filter(
  (path, index, all) => all.findIndex((other) => majorOf(other) === majorOf(path)) === index,
);
const [only = ''] = named('only');
const has = (name) => process.argv.includes(`--${name}`);
const inCi = Boolean(process.env.CI);

/** Runtimes besides Node: the option that names one, its places, and whether it may be missing. */
const others = [
  { name: 'Bun', option: 'bun', places: bunPlaces },
  { name: 'Deno', option: 'deno', places: denoPlaces },
  { name: 'workerd', option: 'workerd', places: workerdPlaces },
  { name: 'Chromium', option: 'chromium', places: chromiumPlaces },
  { name: 'Firefox', option: 'firefox', places: firefoxPlaces },
  { name: 'WebKit', option: 'webkit', places: webkitPlaces, optional: true },
];

/** Lines of the table. */
const rows = [];
const row = (runtime, backend, outcomes, seconds = 0) =>
  rows.push({ runtime, backend, outcomes, seconds });
/** Runtimes that are not here, in sentences. */
const absent = [];
let expected = expectedDigests();
let digestsToWrite = has('write-digests');

function places() {
  const found = nodes.flatMap(nodePlaces);
  for (const { name, option, places, optional } of others) {
    const [path] = named(option);
    const here = path ? places(resolve(path)) : [];
    found.push(...here);
    if (here.length > 0 || (optional && has('quick')) || !has('all') || !name.includes(only))
      continue;
    absent.push(`${name} is not here${path ? `: ${path} does not run` : ''}.`);
    row(name, 'not here', inCi && !optional ? [failure('start', `${name} is needed here`)] : []);
  }
  const wanted = has('quick') ? found.filter(({ long }) => !long) : found;
  return wanted.filter(({ runtime, backend }) => `${runtime} ${backend}`.includes(only));
}

function majorOf(node) {
  return versionOf(node, '--version')?.split('.')[0];
}

const majorNumber = (node) => Number(majorOf(node)?.slice(1));

const failure = (name, error) => ({ suite: 'start', name, ms: 0, error });

async function runSuite({ runtime, backend, run }) {
  const start = performance.now();
  let outcomes;
  try {
    const report = await run();
    if (digestsToWrite) writeDigests((expected = report.digests));
    digestsToWrite = false;
    const error = compareDigests(report.digests, expected);
    const same = { suite: 'digests', name: 'the same bytes as everywhere', ms: 0 };
    outcomes = [...report.outcomes, error === undefined ? same : { ...same, error }];
  } catch (error) {
    outcomes = [failure('the suite ran to its end', String(error?.stack ?? error))];
  }
  for (const { suite, name, error, ms } of outcomes) {
    if (has('slow') && ms > 1000)
      console.log(`${runtime}, ${backend}: ${ms} ms: ${suite}: ${name}`);
    if (error !== undefined) console.error(`${runtime}, ${backend}: ${suite}: ${name}\n${error}\n`);
  }
  const seconds = (performance.now() - start) / 1000;
  row(runtime, backend, outcomes, seconds);
  // The whole takes minutes, and the table comes at its end.
  const { passed, failed } = counts(outcomes);
  console.error(
    `${runtime}, ${backend}: ${passed} passed, ${failed} failed, ${seconds.toFixed(1)} s`,
  );
}

/** Rows of programs that report numbers only. */
function addCounted(suite, counted) {
  for (const { runtime, backend, passed, failed } of counted) {
    const outcomes = Array.from({ length: passed + failed }, (_, index) => ({
      suite,
      name: `${index}`,
      ms: 0,
      ...(index < failed ? { error: 'told above' } : {}),
    }));
    row(runtime, backend, outcomes);
  }
}

/** The rows that a script of this folder reports; `otherwise` stands, as failed, for what it does not get to. */
function reported(node, [script, ...words], otherwise) {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const { stdout, stderr } = spawnSync(node, [path, ...words], {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  if (stderr) console.error(stderr.trim());
  if (stdout.startsWith('skipped')) {
    console.log(stdout.trim());
    return [];
  }
  return stdout.startsWith('[') ? JSON.parse(stdout) : [{ ...otherwise, passed: 0, failed: 1 }];
}

/** Cross-checks with the command-line tools that are installed. */
function commandLine() {
  if (only && !'command line zstd gzip brotli lz4'.includes(only)) return [];
  const row = { runtime: 'tools', backend: 'command line' };
  return reported(process.execPath, ['cli/run.mjs'], row);
}

/** The demo's page with a file of 1 GB, where Chromium is. */
function largeFile() {
  const [path] = named('chromium');
  if (!path || !'page with a large file'.includes(only)) return [];
  const row = { runtime: 'page with a large file', backend: 'auto' };
  return reported(process.execPath, ['page/run.mjs', `--chromium=${path}`], row);
}

/** Conformance and hostile files, where they are to be had, on each backend; the newest Node has all of them. */
function hostile() {
  if (!'set bombs hostile'.includes(only) && only) return [];
  const newest = nodes.toSorted((left, right) => majorNumber(right) - majorNumber(left))[0];
  return ['wasm', 'threads', 'native'].flatMap((backend) => {
    const words = ['hostile/run.mjs', `--backend=${backend}`];
    return reported(newest, words, { runtime: 'sets', backend });
  });
}

// Processes that were started end with this one.
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));

/** One after another. */
async function lane(some) {
  for (const place of some) await runSuite(place);
}

// What takes as long as all others together, mostly waiting on one core, goes beside them.
const all = places();
const order = all.map(({ runtime, backend }) => `${runtime} ${backend}`);
await Promise.all([lane(all.filter((one) => !one.aside)), lane(all.filter((one) => one.aside))]);
const place = (one) => order.indexOf(`${one.runtime} ${one.backend}`);
rows.sort((left, right) => place(left) - place(right));
if (!has('suite')) {
  addCounted('packaging', await runPackaging(nodes, only));
  addCounted('packaging', runNativePackaging(nodes, only));
  addCounted('command line', commandLine());
  addCounted('page', largeFile());
  addCounted('hostile', hostile());
}

printTable(rows);
printReasons(rows);
for (const sentence of absent) console.log(`\n${sentence}`);
const { passed, failed, skipped } = counts(rows.flatMap(({ outcomes }) => outcomes));
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
