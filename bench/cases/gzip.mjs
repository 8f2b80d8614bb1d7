// gzip: large inputs both ways, where size counts beside time, and many small ones.

import * as zlib from 'node:zlib';
import { bytemill, missing } from '../bytemill.mjs';
import { logLines, messages, sourceText } from '../inputs.mjs';
import { peer } from '../peers/import.mjs';
import { sameBytes, sameList } from '../verify.mjs';

const family = 'gzip';
const unavailable = () => missing(family);
/** What the DESIGN asks for. */
const DECODE = { fflate: 0.4, pako: 0.33, 'node:zlib': 1.1 };
const ENCODE = { fflate: 0.45, pako: 0.4, 'node:zlib': 1 };

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
    const [fflate, pako] = await Promise.all([peer('fflate'), peer('pako')]);
    const plain = make();
    const packed = new Uint8Array(zlib.gzipSync(plain));
    return {
      contenders: {
        ours: () => bytemill.gzip.decompressSync(packed),
        fflate: () => fflate.gunzipSync(packed),
        pako: () => pako.ungzip(packed),
        'node:zlib': () => zlib.gunzipSync(packed),
      },
      verify: (answer) => sameBytes(answer, plain),
    };
  },
});

/**
 * @param {string} name
 * @param {string} input
 * @param {() => Uint8Array} make
 * @param {number} level
 * @returns {import('../harness.mjs').Case}
 */
const compress = (name, input, make, level) => ({
  name,
  family,
  input,
  target: ENCODE,
  unavailable,
  async prepare() {
    const [fflate, pako] = await Promise.all([peer('fflate'), peer('pako')]);
    const plain = make();
    return {
      contenders: {
        ours: () => bytemill.gzip.compressSync(plain, { level }),
        fflate: () => fflate.gzipSync(plain, { level }),
        pako: () => pako.gzip(plain, { level }),
        'node:zlib': () => zlib.gzipSync(plain, { level }),
      },
      // Two decoders of others: an encoder must not be checked by its own mirror image.
      verify(answer) {
        sameBytes(zlib.gunzipSync(answer), plain, "decompressed by Node's zlib");
        sameBytes(fflate.gunzipSync(answer), plain, 'decompressed by fflate');
      },
      bytes: (answer) => answer.length,
    };
  },
});

const log = () => logLines(2_400_000);
const source = () => sourceText(1_000_000);

/** @type {import('../harness.mjs').Case[]} */
export const cases = [
  decompress('gunzip log lines', '2.4 MB of JSON log lines, level 6', log),
  decompress('gunzip source text', '1 MB of source-like text, level 6', source),
  {
    name: 'gunzip 1,000 messages',
    family,
    input: '1,000 JSON messages of about 1 KB, a member each, level 6; ours as one batch',
    target: { fflate: 0.4 },
    unavailable,
    async prepare() {
      const fflate = await peer('fflate');
      const plain = messages(1000);
      const packed = plain.map((message) => new Uint8Array(zlib.gzipSync(message)));
      return {
        contenders: {
          ours: () => bytemill.gzip.decompressBatchSync(packed),
          fflate: () => packed.map((one) => fflate.gunzipSync(one)),
          'node:zlib': () => packed.map((one) => zlib.gunzipSync(one)),
        },
        verify: (answer) => sameList(answer, plain),
      };
    },
  },
  compress('gzip log lines', '2.4 MB of JSON log lines, level 6', log, 6),
  compress('gzip source text', '1 MB of source-like text, level 6', source, 6),
  compress('gzip log lines, level 1', '2.4 MB of JSON log lines, level 1', log, 1),
];
