// Brotli: decoding of streams of several qualities, and compression, where size counts beside time.

import { createRequire } from 'node:module';
import * as zlib from 'node:zlib';
import { bytemill, missing } from '../bytemill.mjs';
import { logLines, sourceText } from '../inputs.mjs';
import { sameBytes } from '../verify.mjs';

const family = 'brotli';
const unavailable = () => missing(family);
const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = zlib.constants;

/** Its entry for ES modules fetches, which Node does not do for files. */
const theirs = () => createRequire(new URL('../peers/import.mjs', import.meta.url))('brotli-wasm');

/**
 * @param {Uint8Array} plain
 * @param {number} quality
 */
const native = (plain, quality) =>
  zlib.brotliCompressSync(plain, {
    params: { [BROTLI_PARAM_QUALITY]: quality, [BROTLI_PARAM_SIZE_HINT]: plain.length },
  });

/**
 * @param {string} name
 * @param {number} quality
 * @param {() => Uint8Array} make
 * @returns {import('../harness.mjs').Case}
 */
const decompress = (name, quality, make) => ({
  name: `decompress ${name}, quality ${quality}`,
  family,
  input: 'a stream by the reference implementation',
  target: { 'brotli-wasm': 0.8 },
  unavailable,
  async prepare() {
    const wasm = theirs();
    const plain = make();
    const stream = new Uint8Array(native(plain, quality));
    return {
      contenders: {
        ours: () => bytemill.brotli.decompressSync(stream),
        'brotli-wasm': () => wasm.decompress(stream),
        'node:zlib': () => zlib.brotliDecompressSync(stream),
      },
      verify: (answer) => sameBytes(answer, plain),
    };
  },
});

/**
 * @param {string} name
 * @param {number} quality
 * @param {() => Uint8Array} make
 * @returns {import('../harness.mjs').Case}
 */
const compress = (name, quality, make) => ({
  name: `compress ${name}, quality ${quality}`,
  family,
  input: `${name}`,
  target: { 'brotli-wasm': 0.75 },
  unavailable,
  async prepare() {
    const wasm = theirs();
    const plain = make();
    return {
      contenders: {
        ours: () => bytemill.brotli.compressSync(plain, { quality }),
        'brotli-wasm': () => wasm.compress(plain, { quality }),
        'node:zlib': () => native(plain, quality),
      },
      // The reference implementation: an encoder must not be checked by its own mirror image.
      verify: (answer) => sameBytes(zlib.brotliDecompressSync(answer), plain),
      bytes: (answer) => answer.length,
    };
  },
});

const log = () => logLines(1_000_000);
const source = () => sourceText(1_000_000);

/** @type {import('../harness.mjs').Case[]} */
export const cases = [
  decompress('1 MB of log lines', 5, log),
  decompress('1 MB of source text', 11, source),
  compress('1 MB of log lines', 1, log),
  compress('1 MB of log lines', 5, log),
  compress('1 MB of source text', 9, source),
  compress('200 KB of log lines', 11, () => logLines(200_000)),
];
