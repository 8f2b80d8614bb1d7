// LZ4: bare blocks, which is what peers have, and many small ones.

import { bytemill, missing } from '../bytemill.mjs';
import { logLines, messages, sourceText } from '../inputs.mjs';
import { peer } from '../peers/import.mjs';
import { sameBytes, sameList } from '../verify.mjs';

const family = 'lz4';
const unavailable = () => missing(family);
const peerName = 'lz4-wasm';
const BLOCK = { format: 'block' };

/** The peer puts a block's size in front of it, in four bytes; for ours they are left out. */
const theirs = () => peer('lz4-wasm-nodejs');
const bare = (/** @type {Uint8Array} */ block) => block.subarray(4);

/** @param {Uint8Array} block @param {number} size */
function sized(block, size) {
  const bytes = new Uint8Array(4 + block.length);
  new DataView(bytes.buffer).setUint32(0, size, true);
  bytes.set(block, 4);
  return bytes;
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
  target: { [peerName]: 0.85 },
  unavailable,
  async prepare() {
    const wasm = await theirs();
    const plain = make();
    const block = wasm.compress(plain);
    return {
      contenders: {
        ours: () => bytemill.lz4.decompressSync(bare(block), BLOCK),
        [peerName]: () => wasm.decompress(block),
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
  target: { [peerName]: 0.9 },
  unavailable,
  async prepare() {
    const wasm = await theirs();
    const plain = make();
    return {
      contenders: {
        ours: () => sized(bytemill.lz4.compressSync(plain, BLOCK), plain.length),
        [peerName]: () => wasm.compress(plain),
      },
      // By the peer: an encoder must not be checked by its own mirror image.
      verify: (answer) => sameBytes(wasm.decompress(answer), plain),
      bytes: (answer) => answer.length,
    };
  },
});

const log = () => logLines(2_400_000);
const source = () => sourceText(1_000_000);

/** @type {import('../harness.mjs').Case[]} */
export const cases = [
  decompress('decompress log lines', '2.4 MB of JSON log lines, a block', log),
  decompress('decompress source text', '1 MB of source-like text, a block', source),
  {
    name: 'decompress 1,000 messages',
    family,
    input: '1,000 JSON messages of about 1 KB, a block each; ours as one batch',
    target: { [peerName]: 0.85 },
    unavailable,
    async prepare() {
      const wasm = await theirs();
      const plain = messages(1000);
      const blocks = plain.map((message) => wasm.compress(message));
      const ours = blocks.map(bare);
      return {
        contenders: {
          ours: () => bytemill.lz4.decompressBatchSync(ours, BLOCK),
          [peerName]: () => blocks.map((block) => wasm.decompress(block)),
        },
        verify: (answer) => sameList(answer, plain),
      };
    },
  },
  compress('compress log lines', '2.4 MB of JSON log lines', log),
  compress('compress source text', '1 MB of source-like text', source),
];
