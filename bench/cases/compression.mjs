// Compression: time and size together, by the geometric mean over source code, log lines and machine code.

import * as zlib from 'node:zlib';
import { bytemill, missing } from '../bytemill.mjs';
import { logLines, machineCode, messages, realSource } from '../inputs.mjs';
import { peer, requiredPeer } from '../peers/import.mjs';
import { sameBytes, sameList } from '../verify.mjs';

/** @typedef {import('../harness.mjs').Case} Case */
/** @typedef {import('../harness.mjs').Group} Group */
/** @typedef {import('../harness.mjs').Prepared} Prepared */
/** @typedef {(plain: Uint8Array) => Uint8Array} Codec */

/** What compresses slowly gets less of it. */
const CORPORA = { source: realSource, logs: logLines, binary: machineCode };
const LARGE = 4_000_000;
const SMALL = 1_000_000;
/** "At equal bytes". */
const EQUAL = 1.01;

const node = /** @type {any} */ (zlib);
const hasZstd = 'zstdDecompressSync' in zlib;
const { constants } = node;

/** @type {Promise<Record<string, any>> | undefined} */
let loaded;
/** Once only: a second `init` of zstd-wasm leaves it with two memories and wrong answers. */
const peers = () => (loaded ??= loadPeers());

async function loadPeers() {
  const names = ['fzstd', '@bokuweb/zstd-wasm', 'fflate', 'pako', 'lz4-wasm-nodejs'];
  const [fzstd, zstdWasm, fflate, pako, lz4Wasm] = await Promise.all(names.map(peer));
  await zstdWasm.init();
  return { fzstd, zstdWasm, fflate, pako, brotliWasm: requiredPeer('brotli-wasm'), lz4Wasm };
}

/**
 * @param {(plain: Uint8Array) => Prepared | Promise<Prepared>} prepare
 * @param {number} length
 */
const parts = (prepare, length) =>
  Object.fromEntries(
    Object.entries(CORPORA).map(([name, make]) => [name, () => prepare(make(length))]),
  );

/** @param {number} length */
const words = (length) => `${length / 1e6} MB each of source code, log lines, machine code`;

/**
 * Decompression of what a peer compressed.
 * @param {string} family
 * @param {string} name
 * @param {Record<string, number>} target
 * @param {(plain: Uint8Array, peers: Record<string, any>) => Promise<Prepared['contenders']>} contenders
 * @returns {Group}
 */
const decompress = (family, name, target, contenders) => ({
  name,
  family,
  input: words(LARGE),
  target,
  unavailable: () => missing(family),
  parts: parts(async (plain) => {
    const all = await contenders(plain, await peers());
    return { contenders: all, verify: (answer) => sameBytes(answer, plain) };
  }, LARGE),
});

/**
 * Compression, checked with a decoder of others.
 * @param {string} family
 * @param {string} name
 * @param {number} length
 * @param {Pick<Group, 'target' | 'bytesTarget'>} targets
 * @param {(plain: Uint8Array, peers: Record<string, any>) => Record<string, () => unknown>} contenders
 * @param {(answer: Uint8Array, peers: Record<string, any>, plain: Uint8Array, contender: string) => Uint8Array} back
 * @returns {Group}
 */
const compress = (family, name, length, targets, contenders, back) => ({
  name,
  family,
  input: words(length),
  ...targets,
  unavailable: () => missing(family),
  parts: parts(async (plain) => {
    const all = await peers();
    return {
      contenders: contenders(plain, all),
      verify: (answer, contender) => sameBytes(back(answer, all, plain, contender), plain),
      bytes: (answer) => answer.length,
    };
  }, length),
});

/** @param {number} level */
const zstdLevel = (level) => ({ params: { [constants.ZSTD_c_compressionLevel ?? 0]: level } });

/**
 * @param {number} level
 * @param {Record<string, number>} target
 */
const zstdCompress = (level, target) =>
  compress(
    'zstd',
    `compress, level ${level}`,
    level < 9 ? LARGE : SMALL,
    { target, bytesTarget: { 'zstd-wasm': EQUAL } },
    (plain, { zstdWasm }) => ({
      ours: () => bytemill.zstd.compressSync(plain, { level }),
      'zstd-wasm': () => zstdWasm.compress(plain, level),
      ...(hasZstd && { 'node:zlib': () => node.zstdCompressSync(plain, zstdLevel(level)) }),
    }),
    (answer, { zstdWasm }) => zstdWasm.decompress(answer),
  );

/** @type {Group[]} */
const zstd = [
  ...[1, 3, 9, 19].map((level) =>
    decompress(
      'zstd',
      `decompress, level ${level}`,
      { fzstd: 0.27, 'zstd-wasm': 0.9, 'node:zlib': 1.25 },
      async (plain, { fzstd, zstdWasm }) => {
        const frame = new Uint8Array(zstdWasm.compress(plain, level));
        return {
          ours: () => bytemill.zstd.decompressSync(frame),
          fzstd: () => fzstd.decompress(frame),
          'zstd-wasm': () => zstdWasm.decompress(frame),
          ...(hasZstd && { 'node:zlib': () => node.zstdDecompressSync(frame) }),
        };
      },
    ),
  ),
  zstdCompress(1, { 'zstd-wasm': 1 }),
  zstdCompress(3, { 'zstd-wasm': 1, 'node:zlib': 1.5 }),
  zstdCompress(6, { 'zstd-wasm': 0.9 }),
  zstdCompress(9, { 'zstd-wasm': 0.65 }),
  zstdCompress(12, { 'zstd-wasm': 0.45 }),
  zstdCompress(19, {}),
];

/** @type {Case[]} */
const zstdCases = [
  {
    name: 'decompress log lines',
    family: 'zstd',
    input:
      '2.4 MB of JSON log lines, level 3: the case of the articles, which saw fzstd 4 times slower',
    target: { fzstd: 0.27, 'zstd-wasm': 0.9 },
    unavailable: () => missing('zstd'),
    async prepare() {
      const { fzstd, zstdWasm } = await peers();
      const plain = logLines(2_400_000);
      const frame = new Uint8Array(zstdWasm.compress(plain, 3));
      return {
        contenders: {
          ours: () => bytemill.zstd.decompressSync(frame),
          fzstd: () => fzstd.decompress(frame),
          'zstd-wasm': () => zstdWasm.decompress(frame),
        },
        verify: (answer) => sameBytes(answer, plain),
      };
    },
  },
  {
    name: 'decompress 1,000 messages',
    family: 'zstd',
    input: '1,000 JSON messages of about 1 KB, a frame each, level 3; ours as one batch',
    target: { fzstd: 0.27, 'zstd-wasm': 0.9, 'node:zlib': 0.22 },
    unavailable: () => missing('zstd'),
    async prepare() {
      const { fzstd, zstdWasm } = await peers();
      const plain = messages(1000);
      const frames = plain.map((message) => new Uint8Array(zstdWasm.compress(message, 3)));
      return {
        contenders: {
          ours: () => bytemill.zstd.decompressBatchSync(frames),
          fzstd: () => frames.map((frame) => fzstd.decompress(frame)),
          'zstd-wasm': () => frames.map((frame) => zstdWasm.decompress(frame)),
          ...(hasZstd && {
            'node:zlib': () => frames.map((frame) => node.zstdDecompressSync(frame)),
          }),
        },
        verify: (answer) => sameList(answer, plain),
      };
    },
  },
  {
    name: 'train a dictionary',
    family: 'zstd',
    input:
      '2,000 JSON messages of about 1 KB, 16 KiB of dictionary; no peer has a trainer. Bytes: 200 others with it',
    target: {},
    unavailable: () => missing('zstd'),
    async prepare() {
      const [seen, unseen] = [messages(2000), messages(200, 5)];
      const plain = bytemill.zstd.compressBatchSync(unseen);
      const sum = (/** @type {Uint8Array[]} */ frames) =>
        frames.reduce((bytes, frame) => bytes + frame.length, 0);
      const size = (/** @type {Uint8Array} */ dictionary) =>
        sum(bytemill.zstd.compressBatchSync(unseen, { dictionary }));
      return {
        contenders: { ours: () => bytemill.zstd.trainDictionarySync(seen, { maxBytes: 16_384 }) },
        verify: (answer) => {
          const part = size(answer) / sum(plain);
          if (part > 0.75)
            throw new Error(`with the dictionary messages take ${part} of the bytes`);
        },
        bytes: size,
      };
    },
  },
  {
    name: 'compress 1,000 messages',
    family: 'zstd',
    input: '1,000 JSON messages of about 1 KB, a frame each, level 1; ours as one batch',
    target: { 'zstd-wasm': 1, 'node:zlib': 0.4 },
    unavailable: () => missing('zstd'),
    async prepare() {
      const { zstdWasm } = await peers();
      const plain = messages(1000);
      return {
        contenders: {
          ours: () => bytemill.zstd.compressBatchSync(plain, { level: 1 }),
          'zstd-wasm': () => plain.map((message) => zstdWasm.compress(message, 1)),
          ...(hasZstd && {
            'node:zlib': () => plain.map((message) => node.zstdCompressSync(message, zstdLevel(1))),
          }),
        },
        verify: (answers) =>
          sameList(
            answers.map((/** @type {Uint8Array} */ frame) => zstdWasm.decompress(frame)),
            plain,
          ),
        bytes: (answers) =>
          answers.reduce(
            (/** @type {number} */ sum, /** @type {Uint8Array} */ { length }) => sum + length,
            0,
          ),
      };
    },
  },
  ...[16, 100].flatMap(withDictionary),
];

/**
 * Messages with a dictionary in common: others of their kind.
 * @param {number} kilobytes
 * @returns {Case[]}
 */
function withDictionary(kilobytes) {
  const prepareBoth = async () => {
    const { zstdWasm } = await peers();
    const plain = messages(1000);
    const dictionary = Buffer.concat(messages(200, 5)).subarray(0, kilobytes << 10);
    const context = zstdWasm.createCCtx();
    const decoding = zstdWasm.createDCtx();
    /** @type {Codec} */
    const compressPeer = (message) => zstdWasm.compressUsingDict(context, message, dictionary, 3);
    /** @type {Codec} */
    const decompressPeer = (frame) => zstdWasm.decompressUsingDict(decoding, frame, dictionary);
    return { plain, dictionary: new Uint8Array(dictionary), compressPeer, decompressPeer };
  };
  const input = `1,000 JSON messages of about 1 KB, a dictionary of ${kilobytes} KB, level 3; ours as one batch`;
  return [
    {
      name: `compress with ${kilobytes} KB of dictionary`,
      family: 'zstd',
      input,
      target: { 'zstd-wasm': 0.5 },
      unavailable: () => missing('zstd'),
      async prepare() {
        const { plain, dictionary, compressPeer, decompressPeer } = await prepareBoth();
        return {
          contenders: {
            ours: () => bytemill.zstd.compressBatchSync(plain, { dictionary }),
            'zstd-wasm': () => plain.map(compressPeer),
          },
          verify: (answers) => sameList(answers.map(decompressPeer), plain),
          bytes: (answers) =>
            answers.reduce(
              (/** @type {number} */ sum, /** @type {Uint8Array} */ { length }) => sum + length,
              0,
            ),
        };
      },
    },
    {
      name: `decompress with ${kilobytes} KB of dictionary`,
      family: 'zstd',
      input,
      target: { 'zstd-wasm': 0.5 },
      unavailable: () => missing('zstd'),
      async prepare() {
        const { plain, dictionary, compressPeer, decompressPeer } = await prepareBoth();
        const frames = plain.map((message) => new Uint8Array(compressPeer(message)));
        return {
          contenders: {
            ours: () => bytemill.zstd.decompressBatchSync(frames, { dictionary }),
            'zstd-wasm': () => frames.map(decompressPeer),
          },
          verify: (answer) => sameList(answer, plain),
        };
      },
    },
  ];
}

/**
 * @param {1 | 2 | 3 | 6 | 9} level
 * @param {Pick<Group, 'target' | 'bytesTarget'>} targets
 */
const gzipCompress = (level, targets) =>
  compress(
    'gzip',
    `compress, level ${level}`,
    LARGE,
    targets,
    (plain, { fflate, pako }) => ({
      ours: () => bytemill.gzip.compressSync(plain, { level }),
      fflate: () => fflate.gzipSync(plain, { level }),
      pako: () => pako.gzip(plain, { level }),
      'node:zlib': () => zlib.gzipSync(plain, { level }),
    }),
    (answer) => zlib.gunzipSync(answer),
  );

/** @type {Group[]} */
const gzip = [
  decompress(
    'gzip',
    'decompress',
    { fflate: 0.4, pako: 0.33, 'node:zlib': 1.1 },
    async (plain, { fflate, pako }) => {
      const packed = new Uint8Array(zlib.gzipSync(plain));
      return {
        ours: () => bytemill.gzip.decompressSync(packed),
        fflate: () => fflate.gunzipSync(packed),
        pako: () => pako.ungzip(packed),
        'node:zlib': () => zlib.gunzipSync(packed),
      };
    },
  ),
  ...[1, 2, 3].map((level) =>
    gzipCompress(/** @type {1 | 2 | 3} */ (level), {
      target: { 'node:zlib': 1 },
      bytesTarget: { 'node:zlib': 1.03 },
    }),
  ),
  gzipCompress(6, {
    target: { fflate: 0.45, pako: 0.4, 'node:zlib': 1 },
    bytesTarget: { 'node:zlib': EQUAL },
  }),
  gzipCompress(9, {}),
];

/** @param {number} quality */
const brotliQuality = (quality) => ({ params: { [constants.BROTLI_PARAM_QUALITY]: quality } });

/** @param {number} quality */
const brotliCompress = (quality) =>
  compress(
    'brotli',
    `compress, quality ${quality}`,
    quality < 9 ? LARGE : SMALL,
    { target: { 'brotli-wasm': 0.75 }, bytesTarget: { 'brotli-wasm': EQUAL } },
    (plain, { brotliWasm }) => ({
      ours: () => bytemill.brotli.compressSync(plain, { quality }),
      'brotli-wasm': () => brotliWasm.compress(plain, { quality }),
      'node:zlib': () => zlib.brotliCompressSync(plain, brotliQuality(quality)),
    }),
    (answer) => zlib.brotliDecompressSync(answer),
  );

/** @type {Group[]} */
const brotli = [
  decompress('brotli', 'decompress', { 'brotli-wasm': 0.8 }, async (plain, { brotliWasm }) => {
    const packed = new Uint8Array(zlib.brotliCompressSync(plain, brotliQuality(5)));
    return {
      ours: () => bytemill.brotli.decompressSync(packed),
      'brotli-wasm': () => brotliWasm.decompress(packed),
      'node:zlib': () => zlib.brotliDecompressSync(packed),
    };
  }),
  ...[1, 5, 9, 11].map(brotliCompress),
];

/** lz4-wasm puts the length in front of its blocks. */
const PREFIX_BYTES = 4;

/** @type {Group[]} */
const lz4 = [
  decompress('lz4', 'decompress a block', { 'lz4-wasm': 0.85 }, async (plain, { lz4Wasm }) => {
    const prefixed = new Uint8Array(lz4Wasm.compress(plain));
    const block = prefixed.subarray(PREFIX_BYTES);
    return {
      ours: () => bytemill.lz4.decompressSync(block, { format: 'block' }),
      'lz4-wasm': () => lz4Wasm.decompress(prefixed),
    };
  }),
  compress(
    'lz4',
    'compress a block',
    LARGE,
    { target: { 'lz4-wasm': 0.9 }, bytesTarget: { 'lz4-wasm': EQUAL } },
    (plain, { lz4Wasm }) => ({
      ours: () => bytemill.lz4.compressSync(plain, { format: 'block' }),
      'lz4-wasm': () => lz4Wasm.compress(plain),
    }),
    (answer, { lz4Wasm }, plain, contender) => {
      if (contender !== 'ours') return lz4Wasm.decompress(answer);
      const prefixed = new Uint8Array(answer.length + PREFIX_BYTES);
      new DataView(prefixed.buffer).setUint32(0, plain.length, true);
      prefixed.set(answer, PREFIX_BYTES);
      return lz4Wasm.decompress(prefixed);
    },
  ),
];

/** @type {(Case | Group)[]} */
export const cases = [...zstdCases, ...zstd, ...gzip, ...brotli, ...lz4];
