// Cold starts: a fresh process loads a package and makes its first call.
//   node bench/startup.mjs [--json] [--filter TEXT] [--rounds N]
//
// Figures are above an empty process of the same module kind, which costs tens of milliseconds by itself.

import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { environment, load } from './environment.mjs';
import { judge, median, order, quantile } from './harness.mjs';
import { describeEnvironment, printOutcome } from './table.mjs';

/**
 * @typedef {object} Start
 * @property {'module' | 'commonjs'} kind
 * @property {'npm' | 'peers'} from Whose packages the script sees.
 * @property {string} script
 */

/**
 * @typedef {object} StartCase
 * @property {string} name
 * @property {string} family
 * @property {string} input
 * @property {Record<string, Start>} contenders
 * @property {Record<string, number>} [target]
 */

const folders = {
  npm: fileURLToPath(new URL('../npm/', import.meta.url)),
  peers: fileURLToPath(new URL('./peers/', import.meta.url)),
};
const build = new URL('./.build/', import.meta.url);
const emptyModule = new URL('empty.mjs', build);
const ROUNDS = 9;
/** Differences below this are nothing; a ratio to them would be noise. */
const FLOOR_MS = 0.1;

const ABC = 'new Uint8Array([97, 98, 99])';
/** First bytes of BLAKE3 of "abc". */
const digest = (/** @type {string} */ call) =>
  `expect(Array.from(${call}.slice(0, 3)), '100,55,179');`;
/** A frame of one raw block, "bytemill". */
const FRAME = `Uint8Array.from(Buffer.from('KLUv/SAIQQAAYnl0ZW1pbGw=', 'base64'))`;
const text = (/** @type {string} */ call) => `expect(String.fromCharCode(...${call}), 'bytemill');`;

/** @type {(from: Start['from'], script: string) => Start} */
const esm = (from, script) => ({ kind: 'module', from, script });
/** @type {(from: Start['from'], script: string) => Start} */
const cjs = (from, script) => ({ kind: 'commonjs', from, script });

/** A document of one page that says "Hello". */
const HELLO = `%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>> endobj
4 0 obj <</Length 35>> stream
BT /F 12 Tf 20 100 Td (Hello) Tj ET
endstream endobj
5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
trailer <</Root 1 0 R>>
%%EOF
`;
const PDF = `new TextEncoder().encode(${JSON.stringify(HELLO)})`;
const hello = (/** @type {string} */ page) => `expect((${page}).trim(), 'Hello');`;
/** pdf.js and what is made of it; what Node 20 misses comes first. */
const overPdfJs = (/** @type {string} */ script) =>
  esm(
    'peers',
    `await import(${JSON.stringify(new URL('./peers/import.mjs', import.meta.url).href)});
    ${script}
    finish(); process.exit(0);`,
  );

/** @type {StartCase} */
export const pdfStart = {
  name: 'import, first page of a PDF',
  family: 'startup',
  input: 'ESM, text of a page of one word',
  target: { unpdf: 0.3 },
  contenders: {
    ours: esm(
      'npm',
      `import { extractTextSync } from 'bytemill/pdf'; ${hello(`extractTextSync(${PDF})`)}`,
    ),
    mupdf: esm(
      'peers',
      `import { Document } from 'mupdf';
      const page = Document.openDocument(${PDF}, 'application/pdf').loadPage(0);
      ${hello('page.toStructuredText().asText()')}`,
    ),
    pdfium: esm(
      'peers',
      `import { PDFiumLibrary } from '@hyzyla/pdfium';
      const document = await (await PDFiumLibrary.init()).loadDocument(${PDF});
      ${hello('document.getPage(0).getText()')}`,
    ),
    'pdf.js': overPdfJs(
      `const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
      const document = await getDocument({ data: ${PDF}, verbosity: 0 }).promise;
      const { items } = await (await document.getPage(1)).getTextContent();
      ${hello('items[0].str')}`,
    ),
    unpdf: overPdfJs(
      `const { extractText } = await import('unpdf');
      ${hello(`(await extractText(${PDF})).text[0]`)}`,
    ),
    'pdf-parse': overPdfJs(
      `const { PDFParse } = await import('pdf-parse');
      ${hello(`(await new PDFParse({ data: ${PDF}, verbosity: 0 }).getText()).pages[0].text`)}`,
    ),
  },
};

/** @type {StartCase[]} */
export const cases = [
  {
    name: 'require, first digest',
    family: 'startup',
    input: 'CommonJS, BLAKE3 of 3 bytes; the peers load theirs and do as little',
    target: { 'brotli-wasm': 0.2, 'resvg-wasm': 0.2 },
    contenders: {
      ours: cjs(
        'npm',
        `const { blake3Sync } = require('bytemill/hash'); ${digest(`blake3Sync(${ABC})`)}`,
      ),
      'hash-wasm': cjs(
        'peers',
        `require('hash-wasm').createBLAKE3().then((hasher) => {
          ${digest(`hasher.init().update(${ABC}).digest('binary')`)}
          finish();
        }); const later = true;`,
      ),
      'brotli-wasm': cjs(
        'peers',
        `const brotli = require('brotli-wasm');
        expect(brotli.decompress(brotli.compress(${ABC})).length, '3');`,
      ),
      'resvg-wasm': cjs(
        'peers',
        `const { initWasm, Resvg } = require('@resvg/resvg-wasm');
        const wasm = require('node:fs').readFileSync(require.resolve('@resvg/resvg-wasm/index_bg.wasm'));
        initWasm(wasm).then(() => {
          expect(new Resvg('<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"/>').width, '3');
          finish();
        });`,
      ),
    },
  },
  {
    name: 'import, first digest',
    family: 'startup',
    input: 'ESM, BLAKE3 of 3 bytes',
    contenders: {
      ours: esm(
        'npm',
        `import { blake3Sync } from 'bytemill/hash'; ${digest(`blake3Sync(${ABC})`)}`,
      ),
      'hash-wasm': esm(
        'peers',
        `import { createBLAKE3 } from 'hash-wasm'; const hasher = await createBLAKE3();
        ${digest(`hasher.init().update(${ABC}).digest('binary')`)}`,
      ),
      noble: esm(
        'peers',
        `import { blake3 } from '@noble/hashes/blake3.js'; ${digest(`blake3(${ABC})`)}`,
      ),
      'blake3-jit': esm('peers', `import { hash } from 'blake3-jit'; ${digest(`hash(${ABC})`)}`),
    },
  },
  {
    name: 'import, first decompression',
    family: 'startup',
    input: 'ESM, a zstd frame of 8 bytes',
    contenders: {
      ours: esm(
        'npm',
        `import { decompressSync } from 'bytemill/zstd'; ${text(`decompressSync(${FRAME})`)}`,
      ),
      fzstd: esm('peers', `import { decompress } from 'fzstd'; ${text(`decompress(${FRAME})`)}`),
    },
  },
  {
    name: 'import the root, no call',
    family: 'startup',
    input: 'ESM, all families beside an empty file',
    target: { 'an empty file': 1.5 },
    contenders: {
      ours: esm('npm', `import 'bytemill';`),
      'an empty file': esm('npm', `import ${JSON.stringify(emptyModule.href)};`),
    },
  },
  pdfStart,
];

/** Reads the clocks before anything is printed: printing loads more of Node. */
const PRELUDE = `
const expect = (got, expected) => {
  if (String(got) !== expected) throw new Error('expected ' + expected + ', got ' + got);
};
const finish = () => {
  const { user, system } = process.cpuUsage();
  const figures = { cpuMs: (user + system) / 1000, wallMs: performance.now() };
  console.log(JSON.stringify(figures));
};
`;

/**
 * Runs a script in a fresh process.
 * @param {Start} start
 * @returns {{ cpuMs: number, wallMs: number }} From the process's birth to the end of the script.
 */
function launch({ kind, from, script }) {
  const end = script.includes('finish()') ? '' : 'finish();';
  const source = `${PRELUDE}${script}\n${end}`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [`--input-type=${kind}`, '--eval', source],
    { cwd: folders[from], encoding: 'utf8' },
  );
  if (status !== 0)
    throw new Error(
      stderr
        .trim()
        .split('\n')
        .find((l) => /Error/.test(l)) ?? stderr,
    );
  return JSON.parse(stdout);
}

/**
 * Starts every contender again and again, in turns; each checks its own answer.
 * @param {StartCase} startCase
 * @param {{ rounds: number }} options
 * @returns {import('./harness.mjs').Outcome}
 */
export function measureStart({ name, family, input, contenders, target }, { rounds }) {
  mkdirSync(build, { recursive: true });
  writeFileSync(emptyModule, 'export {};\n');
  const names = Object.keys(contenders);
  const { kind } = contenders.ours;
  /** @type {Start} */
  const empty = { kind, from: 'npm', script: '' };
  const starts = { ...contenders, empty };
  /** @type {Record<string, { cpuMs: number, wallMs: number }[]>} */
  const samples = Object.fromEntries(Object.keys(starts).map((key) => [key, []]));
  // The first start reads files from the disk.
  for (const start of Object.values(starts)) launch(start);
  for (let round = 0; round < rounds; round++) {
    for (const [key, start] of order(Object.entries(starts), round))
      samples[key].push(launch(start));
  }
  const middle = (/** @type {string} */ key, /** @type {'cpuMs' | 'wallMs'} */ field) =>
    median(samples[key].map((sample) => sample[field]));
  const above = (/** @type {string} */ key, /** @type {'cpuMs' | 'wallMs'} */ field) =>
    Math.max(0, middle(key, field) - middle('empty', field));

  /** @type {import('./harness.mjs').Outcome} */
  const outcome = {
    name,
    family,
    input,
    metric: 'cpu',
    rounds,
    results: {},
    ratios: {},
    spread: {},
  };
  for (const key of names) {
    outcome.results[key] = { cpuMs: above(key, 'cpuMs'), wallMs: above(key, 'wallMs') };
    const peer = outcome.results[key].cpuMs;
    if (key === 'ours' || peer < FLOOR_MS) continue;
    outcome.ratios[key] = outcome.results.ours.cpuMs / peer;
    const base = middle('empty', 'cpuMs');
    const ratios = samples.ours.map(({ cpuMs }) => (cpuMs - base) / peer);
    outcome.spread[key] = [quantile(ratios, 0.25), quantile(ratios, 0.75)];
  }
  return judge(outcome, target);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      filter: { type: 'string', default: '' },
      rounds: { type: 'string', default: `${ROUNDS}` },
    },
  });
  const before = load();
  const chosen = cases.filter(({ name }) => name.includes(values.filter));
  const outcomes = chosen.map((one) => measureStart(one, { rounds: Number(values.rounds) }));
  const place = environment();
  if (values.json) {
    const document = {
      environment: { ...place, load: { before, after: load() } },
      cases: outcomes,
    };
    console.log(JSON.stringify(document, null, 2));
  } else {
    console.log(`${describeEnvironment(place, before)}\n`);
    for (const outcome of outcomes) printOutcome(outcome);
    console.log('milliseconds above an empty process of the same module kind');
  }
}
