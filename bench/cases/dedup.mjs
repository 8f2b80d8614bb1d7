// Content-defined chunks with a digest each, and fingerprints, beside what others do for either.

import { bytemill, missing } from '../bytemill.mjs';
import { random, randomBytes } from '../inputs.mjs';
import { peer, requiredPeer } from '../peers/import.mjs';
import { sameBytes, sameList } from '../verify.mjs';

const family = 'dedup';
const unavailable = () => missing(family);
const MIB = 1 << 20;
const BATCH = 2000;
const KEY = Uint8Array.from({ length: 32 }, (_, index) => index);
/** The key of Xet's chunks, from its specification. */
const XET_KEY = Uint8Array.from([
  102, 151, 245, 119, 91, 149, 80, 222, 49, 53, 203, 172, 165, 151, 24, 28, 157, 228, 33, 16, 155,
  235, 43, 88, 180, 208, 176, 75, 147, 173, 242, 41,
]);

/** Another implementation's keyed BLAKE3. */
async function keyed(/** @type {Uint8Array} */ key) {
  const { blake3 } = await peer('@noble/hashes/blake3.js');
  return (/** @type {Uint8Array} */ bytes) => /** @type {Uint8Array} */ (blake3(bytes, { key }));
}

/**
 * Whether these are chunks of the input, one after another, each with its digest.
 * @param {Uint8Array} input
 * @param {readonly number[]} lengths
 * @param {readonly Uint8Array[]} found
 * @param {(bytes: Uint8Array) => Uint8Array} digest
 */
function verifyChunks(input, lengths, found, digest) {
  let at = 0;
  const expected = lengths.map((length) => digest(input.subarray(at, (at += length))));
  if (at !== input.length) throw new Error(`${at} of ${input.length} bytes`);
  sameList(found, expected);
}

/** @typedef {{ lengths: Uint32Array, digests: Uint8Array }} Manifest */

const digestsOf = (/** @type {Manifest} */ { lengths, digests }) =>
  Array.from(lengths, (_, index) => digests.subarray(index * 32, index * 32 + 32));

/**
 * xetchunk-wasm 0.2.0 cuts about one chunk in 16 below the protocol's minimum of 8,192 bytes, at 8,128. So its chunks are
 * checked for what they are, not for where they are; ours are that by the vectors.
 * @type {import('../harness.mjs').Case}
 */
const xet = {
  name: 'chunk and keyed blake3, Xet',
  family,
  input: '1 MB of random bytes; 64 KB on average',
  target: { 'xetchunk-wasm': 0.37 },
  unavailable,
  async prepare() {
    const [{ getChunks }, digest] = await Promise.all([
      peer('@huggingface/xetchunk-wasm'),
      keyed(XET_KEY),
    ]);
    const bytes = randomBytes(MIB);
    return {
      contenders: {
        ours: () => bytemill.dedup.chunkSync(bytes, { algorithm: 'xet' }),
        'xetchunk-wasm': () => getChunks(bytes),
      },
      verify(answer, name) {
        if (name === 'ours')
          return verifyChunks(bytes, [...answer.lengths], digestsOf(answer), digest);
        const chunks = /** @type {{ length: number, hash: Uint8Array }[]} */ (answer);
        const lengths = chunks.map(({ length }) => length);
        return verifyChunks(
          bytes,
          lengths,
          chunks.map(({ hash }) => hash),
          digest,
        );
      },
    };
  },
};

/** @type {import('../harness.mjs').Case} */
const fastcdc = {
  name: 'chunk and keyed blake3, FastCDC',
  family,
  input: '1 MB of random bytes; 64 KB on average; rabin-wasm cuts, hash-wasm digests its chunks',
  target: { 'rabin-wasm': 0.1 },
  unavailable,
  async prepare() {
    const digest = await keyed(KEY);
    const bytes = randomBytes(MIB);
    // 2^16 bytes on average, over a window of 64, with its own polynomial.
    const rabin = await requiredPeer('rabin-wasm').create(16, 16_384, 262_144, 64);
    const hasher = await (await peer('hash-wasm')).createBLAKE3(256, KEY);
    return {
      contenders: {
        ours: () => bytemill.dedup.chunkSync(bytes, { key: KEY }),
        'rabin-wasm': () => {
          /** @type {number[]} */
          const lengths = [...rabin.fingerprint(bytes)];
          const cut = lengths.reduce((sum, length) => sum + length, 0);
          // What follows its last cut it leaves to the next call.
          if (cut < bytes.length) lengths.push(bytes.length - cut);
          let at = 0;
          const digests = lengths.map((length) =>
            hasher
              .init()
              .update(bytes.subarray(at, (at += length)))
              .digest('binary'),
          );
          return { lengths, digests };
        },
      },
      verify(answer, name) {
        const digests = name === 'ours' ? digestsOf(answer) : answer.digests;
        return verifyChunks(bytes, [...answer.lengths], digests, digest);
      },
    };
  },
};

/** @type {import('../harness.mjs').Case} */
const fingerprints = {
  name: 'fingerprints, a batch',
  family,
  input:
    '2,000 inputs of 64 B to 1 KB of random bytes; ours as one batch, noble: keyed BLAKE3 of each',
  unavailable,
  async prepare() {
    const { below } = random(7);
    const pool = randomBytes(MIB);
    const inputs = Array.from({ length: BATCH }, () => {
      const length = 64 + below(1024 - 64 + 1);
      const at = below(pool.length - length);
      return pool.slice(at, at + length);
    });
    const namespace = 'bench';
    const context = new TextEncoder().encode('bytemill 2026-11 dedup fingerprint');
    const { blake3 } = await peer('@noble/hashes/blake3.js');
    const parameters = Uint8Array.from([
      1,
      0,
      0,
      0,
      0,
      32,
      0,
      ...new TextEncoder().encode(namespace),
    ]);
    const digest = await keyed(blake3(parameters, { context }));
    const expected = inputs.map(digest);
    return {
      contenders: {
        ours: () => bytemill.dedup.fingerprintBatchSync(inputs, { namespace }),
        noble: () => inputs.map(digest),
      },
      verify: (answer) => sameList(answer, expected),
    };
  },
};

/** @type {import('../harness.mjs').Case} */
const threads = {
  name: 'chunk 64 MB on threads',
  family,
  input: '64 MB of random bytes, asynchronous, wall time; the peer is our own single-thread path',
  metric: 'wall',
  unavailable() {
    const refused = missing(family);
    if (refused) return refused;
    const { threads: usable, backend, concurrency } = bytemill.info();
    if (usable !== true) return `no threads: ${usable}`;
    if (backend === 'native') return 'no threads: the native build is measured';
    return concurrency < 2 ? 'no threads: one core' : undefined;
  },
  async prepare() {
    const { configure, dedup } = bytemill;
    const bytes = randomBytes(64 * MIB);
    const { root } = dedup.chunkSync(bytes);
    const asynchronous = (/** @type {string} */ backend) => () => {
      configure({ backend });
      return dedup.chunk(bytes);
    };
    return {
      contenders: { ours: asynchronous('auto'), 'one worker': asynchronous('wasm') },
      verify: (answer) => sameBytes(answer.root, root),
    };
  },
};

export const cases = [xet, fastcdc, fingerprints, threads];
