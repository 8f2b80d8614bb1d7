// What wasm-opt's levels do to each module, in bytes and in speed:
//   node bench/levels.mjs [--filter FAMILY] [--rounds N]
//
// Takes the modules as the linker left them (target/wasm/dwarf, after `npm run build`), optimises them at every level
// and times the family's main operation in fresh processes, in turns. docs/decisions.md keeps the table.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import { median, order } from './harness.mjs';
import { bytes, digits, printTable } from './table.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = fileURLToPath(new URL('./.build/levels/', import.meta.url));
const tool = join(root, 'node_modules/binaryen/bin/wasm-opt');
/** None of them: names and DWARF taken out, nothing else. */
const NONE = '--strip-debug';
const LEVELS = [NONE, '-O1', '-O2', '-O3', '-O4', '-Os', '-Oz'];

/** Times one operation with the module that the environment names; printed: milliseconds of CPU per call. */
const program = (/** @type {string} */ family, /** @type {string} */ call) => `
import { readFileSync } from 'node:fs';
import { logLines, photo, randomBytes, report } from ${JSON.stringify(new URL('inputs.mjs', import.meta.url).href)};
import { ${family} } from ${JSON.stringify(new URL('../npm/dist/index.mjs', import.meta.url).href)};
await ${family}.ready(readFileSync(process.env.MODULE));
const call = ${call};
const until = performance.now() + 600;
while (performance.now() < until) call();
let calls = 0;
const start = process.cpuUsage();
const end = performance.now() + 600;
do { call(); calls++; } while (performance.now() < end);
const { user, system } = process.cpuUsage(start);
console.log((user + system) / 1000 / calls);
`;
const families = {
  zstd: `(() => { const frame = zstd.compressSync(logLines(1 << 20)); return () => zstd.decompressSync(frame); })()`,
  hash: `(() => { const input = randomBytes(1 << 20); return () => hash.blake3Sync(input); })()`,
  image: `(() => { const input = photo(2); return () => image.thumbnailSync(input, { width: 320 }); })()`,
  pdf: `(() => { const { bytes } = report(8); return () => pdf.extractTextSync(bytes); })()`,
};

const { values } = parseArgs({
  options: {
    filter: { type: 'string', default: '' },
    rounds: { type: 'string', default: '5' },
  },
});

/** @param {string} family @param {string} level */
function optimised(family, level) {
  const file = join(out, `${family}${level}.wasm`);
  const input = join(root, `target/wasm/dwarf/${family}.dwarf.wasm`);
  const features = ['--all-features', '--disable-custom-descriptors'];
  const strip = level === NONE ? [] : [NONE];
  execFileSync(process.execPath, [tool, input, '-o', file, level, ...strip, ...features], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return file;
}

/** @param {string} family @param {string} call @param {string} module */
function timed(family, call, module) {
  const words = ['--input-type=module', '--eval', program(family, call)];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, {
    encoding: 'utf8',
    env: { ...process.env, MODULE: module },
  });
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
}

mkdirSync(out, { recursive: true });
for (const [family, call] of Object.entries(families)) {
  if (!family.includes(values.filter)) continue;
  const modules = LEVELS.map((level) => ({
    level,
    file: optimised(family, level),
    samples: /** @type {number[]} */ ([]),
  }));
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const { file, samples } of order(modules, round)) samples.push(timed(family, call, file));
  }
  const base = median(modules.find(({ level }) => level === '-O3')?.samples ?? []);
  console.log(`${family}: milliseconds of CPU for its main operation`);
  printTable(
    ['level', 'raw', 'brotli 11', 'ms', 'of -O3'],
    modules.map(({ level, file, samples }) => {
      const content = readFileSync(file);
      return [
        level === NONE ? 'none' : level,
        bytes(content.length),
        bytes(brotliCompressSync(content).length),
        digits(median(samples)),
        digits(median(samples) / base),
      ];
    }),
  );
  console.log();
}
