// Feeds conformance and hostile files to a build: each must end in a right result or in an error of the closed list,
// within 2 s of CPU time, 1 s for codecs, and 256 MiB over its input.
//
//   node test/hostile/run.mjs [--backend=wasm|native|threads]
//
// With threads the files of a folder go in batches, and nothing is measured: what they cost is shared then.
//
// The files are not part of the repository. BYTEMILL_SETS, or a folder beside the repository, says where they are;
// without them this says so and is skipped.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  BytemillError,
  brotli,
  configure,
  gzip,
  image,
  info,
  pdf,
  zstd,
} from '../../npm/dist/index.mjs';

const families = { brotli, gzip, image, pdf, zstd };
const beside = fileURLToPath(new URL('../../../shared/sets', import.meta.url));
const sets = process.env.BYTEMILL_SETS ?? beside;
const CPU_MS = 2000;
/** The same for codecs, whose verdicts the oracle knows. */
const CODEC_CPU_MS = 1000;
const MEMORY_BYTES = 256 << 20;
/** Files of one batch. */
const BATCH = 64;
const [backend = 'wasm'] = process.argv.flatMap((word) => word.split('--backend=').slice(1));

/** What is done with the files of each folder: family, operation, options. */
const operations = {
  zstd: [['zstd', 'decompress']],
  gzip: [['gzip', 'decompress']],
  zlib: [['gzip', 'decompress', { format: 'zlib' }]],
  deflate: [['gzip', 'decompress', { format: 'raw' }]],
  brotli: [['brotli', 'decompress']],
  jpeg: [
    ['image', 'thumbnail'],
    ['image', 'metadata'],
  ],
  png: [
    ['image', 'thumbnail'],
    ['image', 'metadata'],
  ],
  webp: [
    ['image', 'thumbnail'],
    ['image', 'metadata'],
  ],
  gif: [
    ['image', 'thumbnail'],
    ['image', 'metadata'],
  ],
  pdf: [
    ['pdf', 'extractText'],
    ['pdf', 'layout'],
    ['pdf', 'info'],
    ['pdf', 'outline'],
    ['pdf', 'links'],
    ['pdf', 'fonts'],
    ['pdf', 'formFields'],
    ['pdf', 'images'],
    ['pdf', 'rewrite'],
  ],
};

const codecs = ['zstd', 'gzip', 'zlib', 'deflate', 'brotli'];

function call([family, name, options], bytes) {
  const start = process.cpuUsage();
  const peak = process.resourceUsage().maxRSS;
  const resident = process.memoryUsage.rss();
  let outcome;
  try {
    outcome = { value: families[family][`${name}Sync`](bytes, options) };
  } catch (error) {
    outcome = { error };
  }
  const { user, system } = process.cpuUsage(start);
  const { maxRSS } = process.resourceUsage();
  const grown = maxRSS > peak ? maxRSS * 1024 - resident : 0;
  const memory = backend === 'native' ? grown : Math.max(...Object.values(info().memoryBytes));
  return { ...outcome, cpuMs: (user + system) / 1000, memory };
}

/** The outcomes of a batch; what they cost each is not known. */
async function callAll([family, name, options], files) {
  const settled = await families[family][`${name}Batch`](files, { ...options, settle: true });
  return settled.map(({ value, reason }) => ({ value, error: reason, cpuMs: 0, memory: 0 }));
}

/** Everything that is wrong with how a call ended. */
function complaints(bytes, { error, cpuMs, memory }, mostMs) {
  return [
    error && !(error instanceof BytemillError) && `threw ${error}`,
    error?.code === 'ERR_INTERNAL' && error.message,
    cpuMs > mostMs && `took ${cpuMs.toFixed(0)} ms of CPU time`,
    memory > MEMORY_BYTES + bytes.length && `took ${memory >> 20} MiB`,
  ].filter(Boolean);
}

/** The verdicts of the reference implementations, by file. */
function oracle() {
  const lines = readFileSync(join(sets, 'ORACLE.tsv'), 'utf8').trim().split('\n').slice(1);
  return new Map(
    lines
      .map((line) => line.split('\t'))
      .map(([, , file, verdict, , sha256]) => [file, { verdict, sha256 }]),
  );
}

function disagreement({ verdict, sha256 }, { value, error }) {
  if (verdict === 'accept' && error)
    return `should be accepted, got ${error.code}: ${error.message}`;
  if (verdict === 'reject' && value) return `should be refused, got ${value.length} bytes`;
  if (verdict === 'accept' && createHash('sha256').update(value).digest('hex') !== sha256)
    return 'gives other bytes';
  return undefined;
}

/** Runs every file of a folder; gives back a row of the table. */
async function folder(name, path, kind, verdicts) {
  const files = readdirSync(path).sort();
  const mostMs = codecs.includes(kind) ? CODEC_CPU_MS : CPU_MS;
  const read = (file) => new Uint8Array(readFileSync(join(path, file)));
  let failed = 0;
  const check = (operation, file, bytes, outcome) => {
    const found = complaints(bytes, outcome, mostMs);
    if (verdicts?.has(file))
      found.push(...[disagreement(verdicts.get(file), outcome)].filter(Boolean));
    if (found.length === 0) return;
    failed++;
    console.error(`${backend}: ${name}/${file}, ${operation[1]}: ${found.join('; ')}`);
  };
  for (const operation of operations[kind]) {
    for (let start = 0; start < files.length; start += BATCH) {
      const part = files.slice(start, start + BATCH);
      if (backend === 'threads') {
        const inputs = part.map(read);
        const outcomes = await callAll(operation, inputs);
        for (const [at, file] of part.entries()) check(operation, file, inputs[at], outcomes[at]);
        continue;
      }
      for (const file of part) {
        const bytes = read(file);
        check(operation, file, bytes, call(operation, bytes));
        // What grew is given back before the next file, so that every figure is a file's own.
        if (Math.max(0, ...Object.values(info().memoryBytes)) > 16 << 20) renew(operation);
      }
    }
  }
  return { runtime: `set ${name}`, backend, passed: files.length - failed, failed };
}

function renew(operation) {
  configure({ highWaterBytes: 1 });
  call(operation, new Uint8Array(1));
  configure({ highWaterBytes: 2 ** 40 });
}

function bombs() {
  const path = mkdtempSync(join(tmpdir(), 'bytemill-bombs-'));
  const made = spawnSync('python3', [join(sets, 'mkbombs.py'), path], { encoding: 'utf8' });
  if (made.status !== 0) console.error(`no bombs: ${made.error ?? made.stderr}`);
  return path;
}

configure({ backend, highWaterBytes: 2 ** 40 });
// Without its addon the native backend falls back to wasm, whose verdicts would be taken for its own.
const [why] = info().notices;
if (info().backend !== backend) throw new Error(`this is not the ${backend} build: ${why}`);
if (backend === 'threads' && info().threads !== true) throw new Error(info().threads);
if (!existsSync(join(sets, 'ORACLE.tsv'))) {
  console.log('skipped: no conformance and hostile sets (BYTEMILL_SETS names their folder)');
} else {
  const verdicts = oracle();
  const path = bombs();
  const rows = [];
  for (const kind of Object.keys(operations)) {
    const known = codecs.includes(kind) ? verdicts : undefined;
    rows.push(await folder(kind, join(sets, kind), kind, known));
    if (existsSync(join(path, kind)))
      rows.push(await folder(`bombs/${kind}`, join(path, kind), kind));
  }
  rows.push(await folder('pdf-hostile', join(sets, 'pdf-hostile'), 'pdf'));
  rmSync(path, { recursive: true });
  console.log(JSON.stringify(rows));
  process.exit(rows.some((row) => row.failed > 0) ? 1 : 0);
}
