// Cross-checks with the command-line tools of the formats, both ways: what this package compresses at every level they
// decompress, and what they compress at every level is decompressed here; dictionaries trained on either side work on the
// other; frames in parts and seekable files are read by any zstd.
//
// A tool that is not installed is passed over, which is said on the standard error. The report, one row per tool, goes to
// the standard output as JSON. Each tool is started a few dozen times, with all files of the corpus at once.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as bytemill from '../../npm/dist/index.mjs';
import { corpus, messages } from './corpus.mjs';
import { zstdOnly } from './zstd.mjs';

const { brotli, gzip, lz4, zstd } = bytemill;
const vector = (path) =>
  new Uint8Array(readFileSync(fileURLToPath(new URL(`../vectors/${path}`, import.meta.url))));
const range = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** How each tool is asked for a level and for its inverse; all leave the original in place. */
const tools = [
  {
    name: 'zstd',
    suffix: '.zst',
    levels: range(-7, 19),
    theirLevels: range(-7, 19).filter((level) => level !== 0),
    compress: (level) => [level < 0 ? `--fast=${-level}` : `-${level}`, '-q', '-f', '-k'],
    decompress: ['-d', '-q', '-f', '-k'],
    ours: (input, level) => zstd.compressSync(input, { level }),
    back: (input) => zstd.decompressSync(input),
    more: zstdOnly,
  },
  {
    name: 'gzip',
    suffix: '.gz',
    levels: range(0, 9),
    theirLevels: range(1, 9),
    compress: (level) => [`-${level}`, '-f', '-k'],
    decompress: ['-d', '-f', '-k'],
    ours: (input, level) => gzip.compressSync(input, { level }),
    back: (input) => gzip.decompressSync(input),
  },
  {
    name: 'brotli',
    suffix: '.br',
    levels: range(0, 11),
    theirLevels: range(0, 11),
    compress: (level) => ['-q', `${level}`, '-f', '-k'],
    decompress: ['-d', '-f', '-k'],
    ours: (input, quality) => brotli.compressSync(input, { quality }),
    back: (input) => brotli.decompressSync(input),
  },
  {
    name: 'lz4',
    suffix: '.lz4',
    // The format's options stand in the place of levels, of which ours has one.
    levels: [
      {},
      { checksum: false, contentSize: false },
      { independentBlocks: true, blockChecksum: true },
      { blockBytes: 4_194_304 },
    ],
    theirLevels: [...range(1, 12), '-fast=3', 'BD', 'BX', 'B7'],
    compress: (level) => [`-${level}`, '-q', '-f', '-k', '-m'],
    decompress: ['-d', '-q', '-f', '-k', '-m'],
    ours: (input, options) => lz4.compressSync(input, options),
    back: (input) => lz4.decompressSync(input),
  },
];

/** Runs a tool in a folder; throws what it complains of. */
function run(program, args, cwd, input) {
  const { error, status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    input,
    maxBuffer: 64 << 20,
    timeout: 30_000,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr.toString().trim()}`);
  return stdout;
}

/** What it says of its version, or nothing where it is not installed. */
const versionOf = (program) => {
  const { error, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return error ? undefined : (stdout.match(/\d+\.\d+(\.\d+)*/)?.[0] ?? 'of an unknown version');
};

function same(actual, expected, what) {
  if (Buffer.compare(actual, expected) !== 0)
    throw new Error(`${what}: ${expected.length} bytes went in, ${actual.length} others came out`);
}

/** Ours at every level, decompressed by the tool in one go. */
function oursToTheirs(tool, files, folder) {
  const expected = new Map();
  tool.levels.forEach((level, index) => {
    for (const [name, content] of files) {
      const file = `${index}-${name}`;
      writeFileSync(join(folder, file + tool.suffix), tool.ours(content, level));
      expected.set(file, content);
    }
  });
  run(tool.name, [...tool.decompress, ...[...expected.keys()].map((f) => f + tool.suffix)], folder);
  for (const [file, content] of expected) same(readFileSync(join(folder, file)), content, file);
}

/** Theirs at one level, decompressed here. */
function theirsToOurs(tool, level, files, folder) {
  for (const [name, content] of files) writeFileSync(join(folder, name), content);
  run(tool.name, [...tool.compress(level), ...files.keys()], folder);
  for (const [name, content] of files) {
    const file = new Uint8Array(readFileSync(join(folder, name + tool.suffix)));
    same(tool.back(file), content, `${name} at level ${level}`);
  }
}

/** Tests of one tool: name and what is done in a folder of its own. */
function testsOf(tool, files) {
  const more = tool.more?.({ bytemill, run, same, files, messages }) ?? {};
  return [
    ['ours at all levels', (folder) => oursToTheirs(tool, files, folder)],
    ...tool.theirLevels.map((level) => [
      `theirs at ${level}`,
      (folder) => theirsToOurs(tool, level, files, folder),
    ]),
    ...Object.entries(more),
  ];
}

const rows = [];
const files = corpus(vector);
const temporary = mkdtempSync(join(tmpdir(), 'bytemill-cli-'));
try {
  for (const tool of tools) {
    const version = versionOf(tool.name);
    if (!version) {
      console.error(
        `The command ${tool.name} is not installed, so nothing is cross-checked with it (on Debian: apt-get install ${tool.name}).`,
      );
      continue;
    }
    let failed = 0;
    const tests = testsOf(tool, files);
    for (const [index, [name, test]] of tests.entries()) {
      const folder = join(temporary, `${tool.name}-${index}`);
      mkdirSync(folder);
      try {
        await test(folder);
      } catch (error) {
        failed++;
        console.error(`${tool.name} ${version}: ${name}: ${error?.message ?? error}`);
      }
      rmSync(folder, { recursive: true });
    }
    rows.push({
      runtime: `${tool.name} ${version}`,
      backend: 'command line',
      passed: tests.length - failed,
      failed,
    });
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
console.log(JSON.stringify(rows));
