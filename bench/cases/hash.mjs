// BLAKE3: one call at the sizes where the cost moves from call to kernel, batches, and threads.

import { bytemill, missing } from '../bytemill.mjs';
import { random, randomBytes } from '../inputs.mjs';
import { peer } from '../peers/import.mjs';
import { sameBytes, sameList } from '../verify.mjs';

const family = 'hash';
const unavailable = () => missing(family);
const SIZES = /** @type {const} */ ([
  ['64 B', 64],
  ['1 KB', 1024],
  ['64 KB', 65_536],
  ['1 MB', 1 << 20],
]);
const BATCH = 2000;
const MIB = 1 << 20;

/** Each peer's fastest way to hash one input. */
async function peers() {
  const [wasm, noble, jit] = await Promise.all([
    peer('hash-wasm'),
    peer('@noble/hashes/blake3.js'),
    peer('blake3-jit'),
  ]);
  const hasher = await wasm.createBLAKE3();
  return {
    /** @type {(bytes: Uint8Array) => Uint8Array} */
    'hash-wasm': (bytes) => hasher.init().update(bytes).digest('binary'),
    /** @type {(bytes: Uint8Array) => Uint8Array} */
    noble: (bytes) => noble.blake3(bytes),
    /** @type {(bytes: Uint8Array) => Uint8Array} */
    'blake3-jit': (bytes) => jit.hash(bytes),
  };
}

/** @type {import('../harness.mjs').Case[]} */
const single = SIZES.map(([label, length]) => ({
  name: `blake3 ${label}`,
  family,
  input: `${label} of random bytes, one call`,
  ...(length === MIB && { target: { 'hash-wasm': 0.43, noble: 0.03, 'blake3-jit': 0.75 } }),
  unavailable,
  async prepare() {
    const others = await peers();
    const bytes = randomBytes(length);
    const expected = others.noble(bytes);
    return {
      contenders: {
        ours: () => bytemill.hash.blake3Sync(bytes),
        'hash-wasm': () => others['hash-wasm'](bytes),
        noble: () => others.noble(bytes),
        'blake3-jit': () => others['blake3-jit'](bytes),
      },
      verify: (answer) => sameBytes(answer, expected),
    };
  },
}));

/** @type {import('../harness.mjs').Case} */
const batch = {
  name: 'blake3 batch',
  family,
  input: '2,000 inputs of 64 B to 1 KB of random bytes; ours as one batch',
  target: { 'hash-wasm': 0.4, noble: 0.4, 'blake3-jit': 0.4 },
  unavailable,
  async prepare() {
    const others = await peers();
    const { below } = random(5);
    const pool = randomBytes(MIB);
    const inputs = Array.from({ length: BATCH }, () => {
      const length = 64 + below(1024 - 64 + 1);
      const at = below(pool.length - length);
      return pool.slice(at, at + length);
    });
    const expected = inputs.map(others.noble);
    return {
      contenders: {
        ours: () => bytemill.hash.blake3BatchSync(inputs),
        'hash-wasm': () => inputs.map((input) => others['hash-wasm'](input)),
        noble: () => inputs.map((input) => others.noble(input)),
        'blake3-jit': () => inputs.map((input) => others['blake3-jit'](input)),
      },
      verify: (answer) => sameList(answer, expected),
    };
  },
};

/** @type {import('../harness.mjs').Case} */
const threads = {
  name: 'blake3 64 MB on threads',
  family,
  input:
    '64 MB of random bytes, asynchronous, wall time; the peers are our own single-thread paths',
  metric: 'wall',
  target: { 'one worker': 1 / 1.8 },
  unavailable() {
    const refused = missing(family);
    if (refused) return refused;
    const { threads: usable, backend, concurrency } = bytemill.info();
    if (usable !== true) return `no threads: ${usable}`;
    if (backend === 'native') return 'no threads: the native build is measured';
    return concurrency < 2 ? 'no threads: one core' : undefined;
  },
  async prepare() {
    const { configure, hash } = bytemill;
    const bytes = randomBytes(64 * MIB);
    const expected = (await peers())['hash-wasm'](bytes);
    const asynchronous = (/** @type {string} */ backend) => () => {
      configure({ backend });
      return hash.blake3(bytes);
    };
    return {
      contenders: {
        ours: asynchronous('auto'),
        'one worker': asynchronous('wasm'),
        'calling thread': () => hash.blake3Sync(bytes),
      },
      verify: (answer) => sameBytes(answer, expected),
    };
  },
};

export const cases = [...single, batch, threads];
