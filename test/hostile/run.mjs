// Feeds conformance and hostile files to the wasm build: each must end in a right result or in an error of the closed
// list, within 2 s of CPU time, 1 s for codecs, and 256 MiB over its input.
//
// The files are not part of the repository. BYTEMILL_SETS, or a folder beside the repository, says where they are;
// without them this says so and is skipped.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as bytemill from '../../npm/dist/index.mjs';

const { BytemillError, brotli, configure, gzip, image, info, pdf, zstd } = bytemill;
const beside = fileURLToPath(new URL('../../../shared/sets', import.meta.url));
const sets = process.env.BYTEMILL_SETS ?? beside;
const CPU_MS = 2000;
/** The same for codecs, whose verdicts the oracle knows. */
const CODEC_CPU_MS = 1000;
const MEMORY_BYTES = 256 << 20;

/** What is done with the files of each folder. */
const operations = {
  zstd: { decompress: (bytes) => zstd.decompressSync(bytes) },
  gzip: { decompress: (bytes) => gzip.decompressSync(bytes) },
  zlib: { decompress: (bytes) => gzip.decompressSync(bytes, { format: 'zlib' }) },
  deflate: { decompress: (bytes) => gzip.decompressSync(bytes, { format: 'raw' }) },
  brotli: { decompress: (bytes) => brotli.decompressSync(bytes) },
  jpeg: {
    thumbnail: (bytes) => image.thumbnailSync(bytes),
    metadata: (bytes) => image.metadataSync(bytes),
  },
  png: {
    thumbnail: (bytes) => image.thumbnailSync(bytes),
    metadata: (bytes) => image.metadataSync(bytes),
  },
  pdf: { text: (bytes) => pdf.extractTextSync(bytes), info: (bytes) => pdf.infoSync(bytes) },
};

const codecs = ['zstd', 'gzip', 'zlib', 'deflate', 'brotli'];

function call(run, bytes) {
  const start = process.cpuUsage();
  let outcome;
  try {
    outcome = { value: run(bytes) };
  } catch (error) {
    outcome = { error };
  }
  const { user, system } = process.cpuUsage(start);
  return {
    ...outcome,
    cpuMs: (user + system) / 1000,
    memory: Math.max(...Object.values(info().memoryBytes)),
  };
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
function folder(name, path, kind, verdicts) {
  const files = readdirSync(path).sort();
  let failed = 0;
  for (const file of files) {
    const bytes = new Uint8Array(readFileSync(join(path, file)));
    for (const [operation, run] of Object.entries(operations[kind])) {
      const outcome = call(run, bytes);
      const mostMs = codecs.includes(kind) ? CODEC_CPU_MS : CPU_MS;
      const found = complaints(bytes, outcome, mostMs);
      if (verdicts?.has(file))
        found.push(...[disagreement(verdicts.get(file), outcome)].filter(Boolean));
      if (found.length === 0) continue;
      failed++;
      console.error(`${name}/${file}, ${operation}: ${found.join('; ')}`);
    }
    // What grew is given back before the next file, so that every figure is a file's own.
    if (Math.max(...Object.values(info().memoryBytes)) > 16 << 20) renew(kind);
  }
  return { runtime: `set ${name}`, backend: 'wasm', passed: files.length - failed, failed };
}

function renew(kind) {
  configure({ highWaterBytes: 1 });
  call(Object.values(operations[kind])[0], new Uint8Array(1));
  configure({ highWaterBytes: 2 ** 40 });
}

function bombs() {
  const path = mkdtempSync(join(tmpdir(), 'bytemill-bombs-'));
  const made = spawnSync('python3', [join(sets, 'mkbombs.py'), path], { encoding: 'utf8' });
  if (made.status !== 0) console.error(`no bombs: ${made.error ?? made.stderr}`);
  return path;
}

configure({ highWaterBytes: 2 ** 40 });
if (!existsSync(join(sets, 'ORACLE.tsv'))) {
  console.log('skipped: no conformance and hostile sets (BYTEMILL_SETS names their folder)');
} else {
  const verdicts = oracle();
  const path = bombs();
  const rows = Object.keys(operations).flatMap((kind) => [
    folder(kind, join(sets, kind), kind, codecs.includes(kind) ? verdicts : undefined),
    ...(existsSync(join(path, kind)) ? [folder(`bombs/${kind}`, join(path, kind), kind)] : []),
  ]);
  rows.push(folder('pdf-hostile', join(sets, 'pdf-hostile'), 'pdf'));
  rmSync(path, { recursive: true });
  console.log(JSON.stringify(rows));
  process.exit(rows.some((row) => row.failed > 0) ? 1 : 0);
}
