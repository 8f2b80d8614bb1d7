// Sizes of the built package against budgets.json:
//   node bench/size.mjs [--json] [--write-budgets]

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import { transform } from 'esbuild';
import { bytes, printTable } from './table.mjs';

const FAMILIES = ['zstd', 'brotli', 'lz4', 'hash', 'image', 'pdf'];
/** Modules beside that of a family's own name: `<family>_<part>`. */
const PARTS = ['brotli_encode'];
const SHARED = ['index.mjs', 'worker.mjs', 'threads.mjs'];
/** Room above today's figure in a new budget. */
const ROOM = 1.05;

const npm = new URL('../npm/', import.meta.url);
const dist = new URL('./dist/', npm);
const budgetsFile = new URL('./budgets.json', import.meta.url);

/** @param {Uint8Array} content */
const brotli = (content) =>
  brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  }).length;

/**
 * A file as it lies in dist/, and as a browser gets it: a module as it is, JavaScript minified as its user's
 * bundler would, both with brotli.
 * @param {string} file
 */
async function measure(file) {
  let content;
  try {
    content = readFileSync(new URL(file, dist));
  } catch {
    return { file, raw: undefined, brotli: undefined };
  }
  if (!file.endsWith('.mjs')) return { file, raw: content.length, brotli: brotli(content) };
  const { code } = await transform(content.toString('utf8'), {
    loader: 'js',
    format: 'esm',
    minify: true,
    legalComments: 'none',
  });
  return { file, raw: content.length, brotli: brotli(Buffer.from(code)) };
}

/** What `npm pack` would put into the package, without what only the repository's tests and this machine use. */
function unpacked() {
  const list = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: fileURLToPath(npm),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    shell: process.platform === 'win32',
  });
  const parsed = JSON.parse(list);
  const [{ files }] = Array.isArray(parsed) ? parsed : Object.values(parsed);
  let total = 0;
  for (const { path, size } of files) {
    if (!/(^|\/)selftest\.|\.node$/.test(path)) total += size;
  }
  return total;
}

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    'write-budgets': { type: 'boolean', default: false },
  },
});

const names = [
  ...FAMILIES.flatMap((f) => [`${f}.wasm`, `${f}.threads.wasm`, `${f}.mjs`]),
  ...PARTS.flatMap((p) => [`${p}.wasm`, `${p}.threads.wasm`]),
  ...SHARED,
];
const sizes = await Promise.all(names.map(measure));
const unpackedBytes = unpacked();

if (values['write-budgets']) {
  const raise = (/** @type {number} */ value) => Math.ceil((value * ROOM) / 100) * 100;
  const old = JSON.parse(readFileSync(budgetsFile, 'utf8'));
  const entries = sizes.map(({ file, brotli: size }) => [
    file,
    size === undefined ? old.brotliBytes[file] : raise(size),
  ]);
  const budgets = { brotliBytes: Object.fromEntries(entries), unpackedBytes: raise(unpackedBytes) };
  writeFileSync(budgetsFile, `${JSON.stringify(budgets, null, 2)}\n`);
}

/** @type {{ brotliBytes: Record<string, number>, unpackedBytes: number }} */
const budgets = JSON.parse(readFileSync(budgetsFile, 'utf8'));
/** @type {string[]} */
const complaints = [];
for (const { file, brotli: size } of sizes) {
  const budget = budgets.brotliBytes[file];
  if (size === undefined) {
    complaints.push(`npm/dist/${file} is missing: run \`npm run build\`.`);
  } else if (budget === undefined) {
    complaints.push(
      `${file} has ${bytes(size)} bytes after brotli and no budget in bench/budgets.json.`,
    );
  } else if (size > budget) {
    complaints.push(
      `${file} has ${bytes(size)} bytes after brotli, ${bytes(size - budget)} over its budget of ${bytes(budget)}.`,
    );
  }
}
if (unpackedBytes > budgets.unpackedBytes) {
  complaints.push(
    `The package has ${bytes(unpackedBytes)} bytes unpacked, ${bytes(unpackedBytes - budgets.unpackedBytes)} over its budget of ${bytes(budgets.unpackedBytes)}.`,
  );
}

if (values.json) {
  console.log(JSON.stringify({ sizes, unpackedBytes, budgets, complaints }, null, 2));
} else {
  const cell = (/** @type {number | undefined} */ value) =>
    value === undefined ? '' : bytes(value);
  const share = (
    /** @type {number | undefined} */ value,
    /** @type {number | undefined} */ budget,
  ) => (value && budget ? `${Math.round((value / budget) * 100)}%` : '');
  printTable(
    ['file', 'raw', 'brotli 11', 'budget', 'of it'],
    [
      ...sizes.map(({ file, raw, brotli: size }) => {
        const budget = budgets.brotliBytes[file];
        return [file, cell(raw), cell(size), cell(budget), share(size, budget)];
      }),
      [
        'package, unpacked',
        cell(unpackedBytes),
        '',
        cell(budgets.unpackedBytes),
        share(unpackedBytes, budgets.unpackedBytes),
      ],
    ],
  );
  console.log(
    '\nBytes. JavaScript is minified (esbuild) before brotli; raw is the file as published.',
  );
}
for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length > 0 ? 1 : 0;
