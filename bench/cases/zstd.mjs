// Zstandard: one large input, many small ones, and compression, where size counts beside time.

import * as zlib from 'node:zlib';
import { bytemill, missing } from '../bytemill.mjs';
import { logLines, messages, sourceText } from '../inputs.mjs';
import { peer } from '../peers/import.mjs';
import { sameBytes, sameList } from '../verify.mjs';

const family = 'zstd';
const unavailable = () => missing(family);
/** What the DESIGN asks of decoding. */
const DECODE = { fzstd: 0.27, 'zstd-wasm': 0.9 };
/** Level of the frames that are decoded: the default of the reference implementation, which makes them. */
const FRAME_LEVEL = 3;

/** @type {ReturnType<typeof loadPeers> | undefined} */
let loaded;
/** Once only: a second `init` of zstd-wasm leaves it with two memories and wrong answers. */
const peers = () => (loaded ??= loadPeers());

async function loadPeers() {
  const [fzstd, wasm] = await Promise.all([peer('fzstd'), peer('@bokuweb/zstd-wasm')]);
  await wasm.init();
  const native = 'zstdDecompressSync' in zlib ? /** @type {any} */ (zlib) : undefined;
  return { fzstd, wasm, native };
}

/**
 * @param {string} name
 * @param {string} input
 * @param {() => Uint8Array} make
 * @returns {import('../harness.mjs').Case}
 */
const decompress = (name, input, make) => ({
  name,
  family,
  input,
  target: DECODE,
  unavailable,
  async prepare() {
    const { fzstd, wasm, native } = await peers();
    const plain = make();
    const frame = new Uint8Array(wasm.compress(plain, FRAME_LEVEL));
    return {
      contenders: {
        ours: () => bytemill.zstd.decompressSync(frame),
        fzstd: () => fzstd.decompress(frame),
        'zstd-wasm': () => wasm.decompress(frame),
        ...(native && { 'node:zlib': () => native.zstdDecompressSync(frame) }),
      },
      verify: (answer) => sameBytes(answer, plain),
    };
  },
});

/**
 * @param {string} name
 * @param {string} input
 * @param {() => Uint8Array} make
 * @returns {import('../harness.mjs').Case}
 */
const compress = (name, input, make) => ({
  name,
  family,
  input,
  target: { 'zstd-wasm': 1 },
  unavailable,
  async prepare() {
    const { fzstd, wasm, native } = await peers();
    const plain = make();
    const level = 1;
    const params = { [zlib.constants.ZSTD_c_compressionLevel ?? 0]: level };
    return {
      contenders: {
        ours: () => bytemill.zstd.compressSync(plain, { level }),
        'zstd-wasm': () => wasm.compress(plain, level),
        ...(native && { 'node:zlib': () => native.zstdCompressSync(plain, { params }) }),
      },
      // Two decoders of others: an encoder must not be checked by its own mirror image.
      verify(answer) {
        sameBytes(wasm.decompress(answer), plain, 'decompressed by zstd-wasm');
        sameBytes(fzstd.decompress(answer), plain, 'decompressed by fzstd');
      },
      bytes: (answer) => answer.length,
    };
  },
});

const log = () => logLines(2_400_000);
const source = () => sourceText(1_000_000);

/** @type {import('../harness.mjs').Case[]} */
export const cases = [
  decompress('decompress log lines', '2.4 MB of JSON log lines, level 3', log),
  decompress('decompress source text', '1 MB of source-like text, level 3', source),
  {
    name: 'decompress 1,000 messages',
    family,
    input: '1,000 JSON messages of about 1 KB, a frame each, level 3; ours as one batch',
    target: DECODE,
    unavailable,
    async prepare() {
      const { fzstd, wasm, native } = await peers();
      const plain = messages(1000);
      const frames = plain.map((message) => new Uint8Array(wasm.compress(message, FRAME_LEVEL)));
      return {
        contenders: {
          ours: () => bytemill.zstd.decompressBatchSync(frames),
          fzstd: () => frames.map((frame) => fzstd.decompress(frame)),
          'zstd-wasm': () => frames.map((frame) => wasm.decompress(frame)),
          ...(native && {
            'node:zlib': () => frames.map((frame) => native.zstdDecompressSync(frame)),
          }),
        },
        verify: (answer) => sameList(answer, plain),
      };
    },
  },
  compress('compress log lines', '2.4 MB of JSON log lines, level 1', log),
  compress('compress source text', '1 MB of source-like text, level 1', source),
];
