// Hashes: one call at the sizes where the cost moves from call to kernel, batches, and threads.

import { createHash } from 'node:crypto';
import zlib from 'node:zlib';
import { bytemill, missing } from '../bytemill.mjs';
import { random, randomBytes } from '../inputs.mjs';
import { peer } from '../peers/import.mjs';
import { sameBytes, sameList } from '../verify.mjs';

const family = 'hash';
const unavailable = () => missing(family);
const KIB = 1 << 10;
const MIB = 1 << 20;
const SIZES = /** @type {const} */ ([
  ['64 B', 64],
  ['1 KB', KIB],
  ['64 KB', 64 * KIB],
  ['1 MB', MIB],
]);
const BATCH = 2000;
/** Calls of a contender whose single call is as short as the call of the contender itself. */
const LOOP = 100;

/**
 * The last answer of many calls.
 * @template T
 * @param {number} calls
 * @param {() => T} run
 */
function repeated(calls, run) {
  let answer = run();
  for (let call = 1; call < calls; call++) answer = run();
  return answer;
}

/**
 * Each contender does the same call as often as hides the harness, once for long inputs.
 * @param {number} length
 * @param {Record<string, () => unknown>} contenders
 */
const often = (length, contenders) =>
  Object.fromEntries(
    Object.entries(contenders).map(([name, run]) => [
      name,
      length > KIB ? run : () => repeated(LOOP, run),
    ]),
  );

/** Inputs of 64 B to 1 KB, or all of one length. @param {number} [length] */
function small(length) {
  const { below } = random(5);
  const pool = randomBytes(MIB);
  return Array.from({ length: BATCH }, () => {
    const size = length ?? 64 + below(KIB - 64 + 1);
    const at = below(pool.length - size);
    return pool.slice(at, at + size);
  });
}

/** The same in one buffer. @param {readonly Uint8Array[]} list */
function packed(list) {
  const offsets = new Uint32Array(list.length + 1);
  list.forEach((input, index) => {
    offsets[index + 1] = offsets[index] + input.length;
  });
  return { bytes: new Uint8Array(Buffer.concat(list)), offsets };
}

/** Each peer's fastest way to hash one input with BLAKE3. */
async function blake3Peers() {
  const [wasm, noble, jit, native] = await Promise.all([
    peer('hash-wasm'),
    peer('@noble/hashes/blake3.js'),
    peer('blake3-jit'),
    peer('@napi-rs/blake-hash'),
  ]);
  const hasher = await wasm.createBLAKE3();
  return {
    /** @type {(bytes: Uint8Array) => Uint8Array} */
    'hash-wasm': (bytes) => hasher.init().update(bytes).digest('binary'),
    /** @type {(bytes: Uint8Array) => Uint8Array} */
    noble: (bytes) => noble.blake3(bytes),
    /** @type {(bytes: Uint8Array) => Uint8Array} */
    'blake3-jit': (bytes) => jit.hash(bytes),
    /** @type {(bytes: Uint8Array) => Uint8Array} */
    '@napi-rs/blake-hash': (bytes) => native.blake3(bytes),
  };
}

/** @type {Record<number, Record<string, number>>} */
const BLAKE3_TARGETS = {
  64: { 'hash-wasm': 0.62, noble: 0.1, 'blake3-jit': 1, '@napi-rs/blake-hash': 0.25 },
  [MIB]: { 'hash-wasm': 0.43, noble: 0.03, 'blake3-jit': 0.75, '@napi-rs/blake-hash': 3.3 },
};

/** @type {import('../harness.mjs').Case[]} */
const single = SIZES.map(([label, length]) => ({
  name: `blake3 ${label}`,
  family,
  input: `${label} of random bytes, one call`,
  ...(BLAKE3_TARGETS[length] && { target: BLAKE3_TARGETS[length] }),
  unavailable,
  async prepare() {
    const others = await blake3Peers();
    const bytes = randomBytes(length);
    const expected = others.noble(bytes);
    return {
      contenders: often(length, {
        ours: () => bytemill.hash.blake3Sync(bytes),
        'hash-wasm': () => others['hash-wasm'](bytes),
        noble: () => others.noble(bytes),
        'blake3-jit': () => others['blake3-jit'](bytes),
        '@napi-rs/blake-hash': () => others['@napi-rs/blake-hash'](bytes),
      }),
      verify: (answer) => sameBytes(answer, expected),
    };
  },
}));

/** @type {import('../harness.mjs').Case} */
const batch = {
  name: 'blake3 batch',
  family,
  input: '2,000 inputs of 64 B to 1 KB of random bytes; ours as one batch',
  target: { 'hash-wasm': 0.25, 'blake3-jit': 0.4 },
  unavailable,
  async prepare() {
    const others = await blake3Peers();
    const inputs = small();
    const expected = inputs.map(others.noble);
    return {
      contenders: {
        ours: () => bytemill.hash.blake3BatchSync(inputs),
        'hash-wasm': () => inputs.map((input) => others['hash-wasm'](input)),
        noble: () => inputs.map((input) => others.noble(input)),
        'blake3-jit': () => inputs.map((input) => others['blake3-jit'](input)),
        '@napi-rs/blake-hash': () => inputs.map((input) => others['@napi-rs/blake-hash'](input)),
      },
      verify: (answer) => sameList(answer, expected),
    };
  },
};

/** @type {import('../harness.mjs').Case} */
const prepacked = {
  name: 'blake3 batch in one buffer',
  family,
  input: 'the same inputs; ours come and go in one buffer with offsets',
  target: { 'hash-wasm': 0.25, 'blake3-jit': 0.4 },
  unavailable,
  async prepare() {
    const others = await blake3Peers();
    const inputs = small();
    const together = packed(inputs);
    const expected = Buffer.concat(inputs.map(others.noble));
    return {
      contenders: {
        ours: () => bytemill.hash.blake3BatchSync(together, { packed: true }).bytes,
        'hash-wasm': () => inputs.map((input) => others['hash-wasm'](input)),
        'blake3-jit': () => inputs.map((input) => others['blake3-jit'](input)),
      },
      verify: (answer) =>
        sameBytes(Array.isArray(answer) ? Buffer.concat(answer) : answer, expected),
    };
  },
};

/** @type {import('../harness.mjs').Case} */
const extended = {
  name: 'blake3 extended to 1 MB',
  family,
  input: '1 MB of output from 64 random bytes',
  unavailable,
  async prepare() {
    const noble = await peer('@noble/hashes/blake3.js');
    const bytes = randomBytes(64);
    const expected = noble.blake3(bytes, { dkLen: MIB });
    return {
      contenders: {
        ours: () => bytemill.hash.blake3Sync(bytes, { length: MIB }),
        noble: () => noble.blake3(bytes, { dkLen: MIB }),
      },
      verify: (answer) => sameBytes(answer, expected),
    };
  },
};

/** @type {import('../harness.mjs').Case} */
const pieces = {
  name: 'blake3 in pieces',
  family,
  input: '4 MB of random bytes, 1 KB at a time; one call is the same input whole',
  unavailable,
  async prepare() {
    const wasm = await (await peer('hash-wasm')).createBLAKE3();
    const jit = await peer('blake3-jit');
    const bytes = randomBytes(4 * MIB);
    const steps = Array.from({ length: bytes.length / KIB }, (_, step) =>
      bytes.subarray(step * KIB, (step + 1) * KIB),
    );
    const expected = bytemill.hash.blake3Sync(bytes);
    return {
      contenders: {
        ours: () => {
          const hasher = bytemill.hash.createBlake3();
          for (const step of steps) hasher.update(step);
          return hasher.digest();
        },
        'one call': () => bytemill.hash.blake3Sync(bytes),
        'hash-wasm': () => {
          wasm.init();
          for (const step of steps) wasm.update(step);
          return wasm.digest('binary');
        },
        'blake3-jit': () => {
          const hasher = jit.createHasher();
          for (const step of steps) hasher.update(step);
          return hasher.finalize();
        },
      },
      verify: (answer) => sameBytes(answer, expected),
    };
  },
};

/** Each peer's fastest way to the 64 bits that xxHash gives for one input: XXH3, and the older XXH64 that others have. */
async function xxhPeers() {
  const wasm = await peer('hash-wasm');
  const [xxh3, xxh64] = await Promise.all([wasm.createXXHash3(), wasm.createXXHash64()]);
  const { h64Raw } = await (await peer('xxhash-wasm')).default();
  return {
    /** @type {(bytes: Uint8Array) => Uint8Array} */
    'hash-wasm xxh3': (bytes) => xxh3.init().update(bytes).digest('binary'),
    /** @type {(bytes: Uint8Array) => Uint8Array} */
    'hash-wasm xxh64': (bytes) => xxh64.init().update(bytes).digest('binary'),
    /** @type {(bytes: Uint8Array) => bigint} */
    'xxhash-wasm xxh64': (bytes) => h64Raw(bytes),
  };
}

/** @type {Record<number, Record<string, number>>} */
const XXH_TARGETS = {
  64: { 'xxhash-wasm xxh64': 1 },
  [MIB]: { 'hash-wasm xxh3': 0.74, 'hash-wasm xxh64': 0.74, 'xxhash-wasm xxh64': 0.74 },
};

/** @param {bigint | Uint8Array} hash */
const number64 = (hash) => (typeof hash === 'bigint' ? hash : Buffer.from(hash).readBigUInt64BE());

/** @type {import('../harness.mjs').Case[]} */
const xxh3 = SIZES.map(([label, length]) => ({
  name: `xxh3 ${label}`,
  family,
  input: `${label} of random bytes, one call`,
  ...(XXH_TARGETS[length] && { target: XXH_TARGETS[length] }),
  unavailable,
  async prepare() {
    const others = await xxhPeers();
    const bytes = randomBytes(length);
    const older = number64(others['hash-wasm xxh64'](bytes));
    const newer = number64(others['hash-wasm xxh3'](bytes));
    return {
      contenders: often(length, {
        ours: () => bytemill.hash.xxh3Sync(bytes),
        'hash-wasm xxh3': () => others['hash-wasm xxh3'](bytes),
        'hash-wasm xxh64': () => others['hash-wasm xxh64'](bytes),
        'xxhash-wasm xxh64': () => others['xxhash-wasm xxh64'](bytes),
      }),
      verify(answer, name) {
        const expected = name.endsWith('xxh64') ? older : newer;
        const got = number64(answer);
        if (got !== expected) throw new Error(`expected ${expected}, got ${got}`);
      },
    };
  },
}));

/** Each peer's fastest way to hash one input with SHA-256. */
async function sha256Peers() {
  const [wasm, noble] = await Promise.all([peer('hash-wasm'), peer('@noble/hashes/sha2.js')]);
  const hasher = await wasm.createSHA256();
  return {
    /** @type {(bytes: Uint8Array) => Uint8Array} */
    'node:crypto': (bytes) => createHash('sha256').update(bytes).digest(),
    /** @type {(bytes: Uint8Array) => Uint8Array} */
    'hash-wasm': (bytes) => hasher.init().update(bytes).digest('binary'),
    /** @type {(bytes: Uint8Array) => Uint8Array} */
    noble: (bytes) => noble.sha256(bytes),
  };
}

/** @type {import('../harness.mjs').Case[]} */
const sha256 = SIZES.map(([label, length]) => ({
  name: `sha256 ${label}`,
  family,
  input: `${label} of random bytes, one call`,
  unavailable,
  async prepare() {
    const others = await sha256Peers();
    const bytes = randomBytes(length);
    const expected = others['node:crypto'](bytes);
    return {
      contenders: often(length, {
        ours: () => bytemill.hash.sha256Sync(bytes),
        'node:crypto': () => others['node:crypto'](bytes),
        'hash-wasm': () => others['hash-wasm'](bytes),
        noble: () => others.noble(bytes),
      }),
      verify: (answer) => sameBytes(answer, expected),
    };
  },
}));

/** @type {import('../harness.mjs').Case[]} */
const sha256Batches = /** @type {const} */ ([
  ['64 B', 64],
  ['256 B', 256],
  ['1 KB', KIB],
]).map(([label, length]) => ({
  name: `sha256 batch ${label}`,
  family,
  input: `2,000 inputs of ${label} of random bytes; ours as one batch`,
  ...(length === 64 && { target: { 'node:crypto': 0.25 } }),
  unavailable,
  async prepare() {
    const others = await sha256Peers();
    const inputs = small(length);
    const expected = inputs.map(others['node:crypto']);
    return {
      contenders: {
        ours: () => bytemill.hash.sha256BatchSync(inputs),
        'node:crypto': () => inputs.map((input) => others['node:crypto'](input)),
        'hash-wasm': () => inputs.map((input) => others['hash-wasm'](input)),
      },
      verify: (answer) => sameList(answer, expected),
    };
  },
}));

/** @type {import('../harness.mjs').Case[]} */
const crc32 = SIZES.map(([label, length]) => ({
  name: `crc32 ${label}`,
  family,
  input: `${label} of random bytes, one call`,
  unavailable,
  async prepare() {
    const wasm = await (await peer('hash-wasm')).createCRC32();
    const bytes = randomBytes(length);
    const expected = Buffer.from(wasm.init().update(bytes).digest('binary')).readUInt32BE();
    return {
      contenders: often(length, {
        ours: () => bytemill.hash.crc32Sync(bytes),
        'hash-wasm': () => wasm.init().update(bytes).digest('binary'),
        // Node has it from 20.15 and 22.2 on.
        ...(zlib.crc32 && { 'node:zlib': () => zlib.crc32(bytes) }),
      }),
      verify(answer) {
        const got = typeof answer === 'number' ? answer : Buffer.from(answer).readUInt32BE();
        if (got !== expected) throw new Error(`expected ${expected}, got ${got}`);
      },
    };
  },
}));

/** @type {import('../harness.mjs').Case} */
const threads = {
  name: 'blake3 64 MB on threads',
  family,
  input:
    '64 MB of random bytes, asynchronous, wall time; the peers are our own single-thread paths',
  metric: 'wall',
  target: { 'one worker': 1 / 1.85 },
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
    const expected = (await blake3Peers())['hash-wasm'](bytes);
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

export const cases = [
  ...single,
  batch,
  prepacked,
  extended,
  pieces,
  ...xxh3,
  ...sha256,
  ...sha256Batches,
  ...crc32,
  threads,
];
