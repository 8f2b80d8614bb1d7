import platform from 'bytemill:platform';
import source from 'bytemill:wasm/hash_checksums';
import type { AsyncShape, BatchShape, BatchSyncShape, SyncShape } from '../core/contract.js';
import { bytesOf, hexOf, hexOfBytes } from '../core/decode.js';
import { type Hasher, PieceHasher, type Sha256Hasher } from '../core/hasher.js';
import type { Item } from '../core/item.js';
import { kernel } from '../core/kernel.js';
import type { Pieces } from '../core/pieces.js';
import { isLargeBlob, type SourceShape, sourceOf } from '../core/source.js';
import {
  CRC32,
  CRC32C,
  type Crc32cOptions,
  type Crc32Options,
  FINISH,
  SHA256,
  type Sha256Options,
  UPDATE,
  XXH3,
  XXH128,
  type Xxh3Options,
  type Xxh128Options,
} from '../generated/hash.js';

export type { Crc32cOptions, Crc32Options, Sha256Options, Xxh3Options, Xxh128Options };

// A module of its own: who needs BLAKE3 alone does not load it.
const checksums = /* @__PURE__ */ kernel(platform, 'hash_checksums', source, 'readyChecksums');

/** Loads the module of everything but BLAKE3 now; needed in browsers before a synchronous call. */
export const readyChecksums = checksums.ready;

const numberOf = ({ numbers }: Item): number => numbers[0] as number;

/** Halves of 32 bits go in, a `BigInt` comes out: a third of the time of shifting and adding. */
const halves = /* @__PURE__ */ new Uint32Array(2);
const whole = /* @__PURE__ */ new BigUint64Array(halves.buffer);

function wideOf({ numbers }: Item, at = 0): bigint {
  halves[0] = numbers[at] as number;
  halves[1] = numbers[at + 1] as number;
  return whole[0] as bigint;
}
const bits64Of = (item: Item): bigint => wideOf(item);
/** Wasm's numbers of 64 bits arrive with a sign. */
const unsigned = (number: bigint): bigint => BigInt.asUintN(64, number);
const bits128Of = (item: Item): bigint => (wideOf(item, 2) << 64n) | wideOf(item);

const sha256Digest = /* @__PURE__ */ checksums.operation<Sha256Options, Uint8Array>(
  SHA256,
  bytesOf,
  { builtin: (input, _, { sha256 }) => sha256?.(input) },
);
const sha256HexDigest = /* @__PURE__ */ checksums.operation<Sha256Options, string>(SHA256, hexOf, {
  builtin(input, _, { sha256 }) {
    const digest = sha256?.(input);
    return digest && hexOfBytes(digest);
  },
});
const xxh3Hash = /* @__PURE__ */ checksums.operation<Xxh3Options, bigint>(XXH3, bits64Of, {
  direct: unsigned,
});
const xxh128Hash = /* @__PURE__ */ checksums.operation<Xxh128Options, bigint>(XXH128, bits128Of);
const crc32Sum = /* @__PURE__ */ checksums.operation<Crc32Options, number>(CRC32, numberOf, {
  direct: Number,
  builtin: (input, options, { crc32 }) => crc32?.(input, options?.value),
});
const crc32cSum = /* @__PURE__ */ checksums.operation<Crc32cOptions, number>(CRC32C, numberOf, {
  direct: Number,
});

function hashPieces<Options extends { readonly seed?: bigint | number | undefined }, Result>(
  algorithm: string,
  all: Pieces<Options, Uint8Array, Result>['whole'],
  decode: (item: Item) => Result,
): Pieces<Options, Uint8Array, Result> {
  return {
    whole: all,
    update: checksums.operation<object, Uint8Array>(UPDATE, bytesOf),
    finish: checksums.operation<object, Result>(FINISH, decode),
    next: (options, state) => ({ algorithm, ...(state ? { state } : { seed: options?.seed }) }),
    last: (_, state) => ({ algorithm, state }),
  };
}

/** The checksum so far is all of the state. */
function sumPieces<Options extends { readonly value?: number | undefined }>(
  all: Pieces<Options, number, number>['whole'],
): Pieces<Options, number, number> {
  const operation = all as Pieces<Options, number, number>['update'];
  return {
    whole: all,
    update: operation,
    finish: operation,
    next: (options, state) => ({ value: state ?? options?.value }),
    last: (_, value) => ({ value }),
  };
}

const sha256Pieces = /* @__PURE__ */ hashPieces('sha256', sha256Digest, bytesOf);
const xxh3Pieces = /* @__PURE__ */ hashPieces('xxh3', xxh3Hash, bits64Of);
const xxh128Pieces = /* @__PURE__ */ hashPieces('xxh128', xxh128Hash, bits128Of);
const crc32Pieces = /* @__PURE__ */ sumPieces(crc32Sum);
const crc32cPieces = /* @__PURE__ */ sumPieces(crc32cSum);

/**
 * SHA-256 of the input ([FIPS 180-4](https://csrc.nist.gov/pubs/fips/180-4/upd1/final)): 32 bytes. In Node, Bun and Deno
 * `sha256Sync` gives a large input to the runtime's own, unless a backend was chosen.
 *
 * @example
 * ```ts
 * import { hash } from 'bytemill';
 *
 * const digest = await hash.sha256(new TextEncoder().encode('abc'));
 * console.log(digest.length); // 32
 * ```
 */
export const sha256: AsyncShape<Sha256Options, Uint8Array> = (input, options) =>
  isLargeBlob(input) ? sha256Stream(input, options) : sha256Digest.async(input, options);
/** {@link sha256}, now, on the calling thread. */
export const sha256Sync: SyncShape<Sha256Options, Uint8Array> = sha256Digest.sync;
/** {@link sha256} of many inputs, over all cores. */
export const sha256Batch: BatchShape<Sha256Options, Uint8Array> = sha256Digest.batch;
/** {@link sha256} of many inputs in one boundary crossing; short ones share the lanes of the vector unit. */
export const sha256BatchSync: BatchSyncShape<Sha256Options, Uint8Array> = sha256Digest.batchSync;

/**
 * {@link sha256} as lower-case hexadecimal text.
 *
 * @example
 * ```ts
 * import { hash } from 'bytemill';
 *
 * const text = hash.sha256HexSync(new TextEncoder().encode('abc'));
 * console.log(text.slice(0, 8)); // ba7816bf
 * ```
 */
export const sha256Hex: AsyncShape<Sha256Options, string> = (input, options) =>
  isLargeBlob(input)
    ? sha256Stream(input, options).then(hexOfBytes)
    : sha256HexDigest.async(input, options);
/** {@link sha256Hex}, now, on the calling thread. */
export const sha256HexSync: SyncShape<Sha256Options, string> = sha256HexDigest.sync;
/** {@link sha256Hex} of many inputs, over all cores. */
export const sha256HexBatch: BatchShape<Sha256Options, string> = sha256HexDigest.batch;
/** {@link sha256Hex} of many inputs in one boundary crossing. */
export const sha256HexBatchSync: BatchSyncShape<Sha256Options, string> = sha256HexDigest.batchSync;

/**
 * {@link sha256} of everything that a stream, a Blob or an iterable gives, off the calling thread and in constant memory.
 *
 * @throws {@link BytemillError} `ERR_ABORTED`, and whatever the source fails with.
 *
 * @example
 * ```ts
 * import { hash } from 'bytemill';
 *
 * const digest = await hash.sha256Stream(new Blob(['abc', 'def']).stream());
 * console.log(digest.length); // 32
 * ```
 */
export const sha256Stream: SourceShape<Sha256Options, Uint8Array> = /* @__PURE__ */ sourceOf(
  'hash',
  sha256Pieces,
);

/**
 * Takes the input of {@link sha256} piece by piece, on the calling thread. There is nothing that must be released.
 *
 * @example
 * ```ts
 * import { hash } from 'bytemill';
 *
 * const hasher = hash.createSha256().update(new Uint8Array([97, 98, 99]));
 * console.log(hasher.digestHex().slice(0, 8)); // ba7816bf
 * ```
 */
export const createSha256 = (options?: Sha256Options): Sha256Hasher =>
  new PieceHasher('hash', sha256Pieces, options) as unknown as Sha256Hasher;

/**
 * XXH3 of the input with 64 bits ([specification](https://github.com/Cyan4973/xxHash)): fast, not cryptographic. As a
 * `BigInt`; its hexadecimal digits are those of `xxhsum -H3`.
 *
 * @example
 * ```ts
 * import { hash } from 'bytemill';
 *
 * const number = hash.xxh3Sync(new TextEncoder().encode('abc'));
 * console.log(number.toString(16)); // 78af5f94892f3950
 * ```
 */
export const xxh3: AsyncShape<Xxh3Options, bigint> = (input, options) =>
  isLargeBlob(input) ? xxh3Stream(input, options) : xxh3Hash.async(input, options);
/** {@link xxh3}, now, on the calling thread. */
export const xxh3Sync: SyncShape<Xxh3Options, bigint> = xxh3Hash.sync;
/** {@link xxh3} of many inputs, over all cores. */
export const xxh3Batch: BatchShape<Xxh3Options, bigint> = xxh3Hash.batch;
/** {@link xxh3} of many inputs in one boundary crossing. */
export const xxh3BatchSync: BatchSyncShape<Xxh3Options, bigint> = xxh3Hash.batchSync;

/**
 * {@link xxh3} of everything that a stream, a Blob or an iterable gives, off the calling thread and in constant memory.
 *
 * @throws {@link BytemillError} `ERR_ABORTED`, and whatever the source fails with.
 *
 * @example
 * ```ts
 * import { hash } from 'bytemill';
 *
 * const number = await hash.xxh3Stream(new Blob(['a', 'bc']).stream());
 * console.log(number === hash.xxh3Sync(new TextEncoder().encode('abc'))); // true
 * ```
 */
export const xxh3Stream: SourceShape<Xxh3Options, bigint> = /* @__PURE__ */ sourceOf(
  'hash',
  xxh3Pieces,
);

/**
 * Takes the input of {@link xxh3} piece by piece, on the calling thread. There is nothing that must be released.
 *
 * @example
 * ```ts
 * import { hash } from 'bytemill';
 *
 * const hasher = hash.createXxh3({ seed: 7 }).update(new Uint8Array([97, 98, 99]));
 * console.log(typeof hasher.digest()); // bigint
 * ```
 */
export const createXxh3 = (options?: Xxh3Options): Hasher<bigint> =>
  new PieceHasher('hash', xxh3Pieces, options) as unknown as Hasher<bigint>;

/**
 * XXH3 of the input with 128 bits: fast, not cryptographic. As a `BigInt`; its hexadecimal digits are those of
 * `xxhsum -H2`.
 *
 * @example
 * ```ts
 * import { hash } from 'bytemill';
 *
 * const number = hash.xxh128Sync(new TextEncoder().encode('abc'));
 * console.log(number.toString(16).length); // 31
 * ```
 */
export const xxh128: AsyncShape<Xxh128Options, bigint> = (input, options) =>
  isLargeBlob(input) ? xxh128Stream(input, options) : xxh128Hash.async(input, options);
/** {@link xxh128}, now, on the calling thread. */
export const xxh128Sync: SyncShape<Xxh128Options, bigint> = xxh128Hash.sync;
/** {@link xxh128} of many inputs, over all cores. */
export const xxh128Batch: BatchShape<Xxh128Options, bigint> = xxh128Hash.batch;
/** {@link xxh128} of many inputs in one boundary crossing. */
export const xxh128BatchSync: BatchSyncShape<Xxh128Options, bigint> = xxh128Hash.batchSync;

/**
 * {@link xxh128} of everything that a stream, a Blob or an iterable gives, off the calling thread and in constant memory.
 *
 * @throws {@link BytemillError} `ERR_ABORTED`, and whatever the source fails with.
 *
 * @example
 * ```ts
 * import { hash } from 'bytemill';
 *
 * const number = await hash.xxh128Stream(new Blob(['a', 'bc']).stream());
 * console.log(number === hash.xxh128Sync(new TextEncoder().encode('abc'))); // true
 * ```
 */
export const xxh128Stream: SourceShape<Xxh128Options, bigint> = /* @__PURE__ */ sourceOf(
  'hash',
  xxh128Pieces,
);

/**
 * Takes the input of {@link xxh128} piece by piece, on the calling thread. There is nothing that must be released.
 *
 * @example
 * ```ts
 * import { hash } from 'bytemill';
 *
 * const hasher = hash.createXxh128().update(new Uint8Array([97, 98, 99]));
 * console.log(typeof hasher.digest()); // bigint
 * ```
 */
export const createXxh128 = (options?: Xxh128Options): Hasher<bigint> =>
  new PieceHasher('hash', xxh128Pieces, options) as unknown as Hasher<bigint>;

/**
 * CRC-32 of the input, as in gzip, zip and PNG. With `value`, of the input after what has that checksum. In Node, Bun and Deno
 * `crc32Sync` gives a large input to the runtime's own, unless a backend was chosen.
 *
 * @example
 * ```ts
 * import { hash } from 'bytemill';
 *
 * const bytes = new TextEncoder().encode('123456789');
 * console.log(hash.crc32Sync(bytes).toString(16)); // cbf43926
 * const half = hash.crc32Sync(bytes.subarray(0, 4));
 * console.log(hash.crc32Sync(bytes.subarray(4), { value: half }).toString(16)); // cbf43926
 * ```
 */
export const crc32: AsyncShape<Crc32Options, number> = (input, options) =>
  isLargeBlob(input) ? crc32Stream(input, options) : crc32Sum.async(input, options);
/** {@link crc32}, now, on the calling thread. */
export const crc32Sync: SyncShape<Crc32Options, number> = crc32Sum.sync;
/** {@link crc32} of many inputs, over all cores. */
export const crc32Batch: BatchShape<Crc32Options, number> = crc32Sum.batch;
/** {@link crc32} of many inputs in one boundary crossing. */
export const crc32BatchSync: BatchSyncShape<Crc32Options, number> = crc32Sum.batchSync;

/**
 * {@link crc32} of everything that a stream, a Blob or an iterable gives, off the calling thread and in constant memory.
 *
 * @throws {@link BytemillError} `ERR_ABORTED`, and whatever the source fails with.
 *
 * @example
 * ```ts
 * import { hash } from 'bytemill';
 *
 * const number = await hash.crc32Stream(new Blob(['12345', '6789']).stream());
 * console.log(number.toString(16)); // cbf43926
 * ```
 */
export const crc32Stream: SourceShape<Crc32Options, number> = /* @__PURE__ */ sourceOf(
  'hash',
  crc32Pieces,
);

/**
 * Takes the input of {@link crc32} piece by piece, on the calling thread. There is nothing that must be released.
 *
 * @example
 * ```ts
 * import { hash } from 'bytemill';
 *
 * const hasher = hash.createCrc32().update(new TextEncoder().encode('123456789'));
 * console.log(hasher.digest().toString(16)); // cbf43926
 * ```
 */
export const createCrc32 = (options?: Crc32Options): Hasher<number> =>
  new PieceHasher('hash', crc32Pieces, options) as unknown as Hasher<number>;

/**
 * CRC-32C (Castagnoli) of the input, as in iSCSI, Snappy and cloud storage. With `value`, of the input after what has
 * that checksum.
 *
 * @example
 * ```ts
 * import { hash } from 'bytemill';
 *
 * const bytes = new TextEncoder().encode('123456789');
 * console.log(hash.crc32cSync(bytes).toString(16)); // e3069283
 * ```
 */
export const crc32c: AsyncShape<Crc32cOptions, number> = (input, options) =>
  isLargeBlob(input) ? crc32cStream(input, options) : crc32cSum.async(input, options);
/** {@link crc32c}, now, on the calling thread. */
export const crc32cSync: SyncShape<Crc32cOptions, number> = crc32cSum.sync;
/** {@link crc32c} of many inputs, over all cores. */
export const crc32cBatch: BatchShape<Crc32cOptions, number> = crc32cSum.batch;
/** {@link crc32c} of many inputs in one boundary crossing. */
export const crc32cBatchSync: BatchSyncShape<Crc32cOptions, number> = crc32cSum.batchSync;

/**
 * {@link crc32c} of everything that a stream, a Blob or an iterable gives, off the calling thread and in constant memory.
 *
 * @throws {@link BytemillError} `ERR_ABORTED`, and whatever the source fails with.
 *
 * @example
 * ```ts
 * import { hash } from 'bytemill';
 *
 * const number = await hash.crc32cStream(new Blob(['12345', '6789']).stream());
 * console.log(number.toString(16)); // e3069283
 * ```
 */
export const crc32cStream: SourceShape<Crc32cOptions, number> = /* @__PURE__ */ sourceOf(
  'hash',
  crc32cPieces,
);

/**
 * Takes the input of {@link crc32c} piece by piece, on the calling thread. There is nothing that must be released.
 *
 * @example
 * ```ts
 * import { hash } from 'bytemill';
 *
 * const hasher = hash.createCrc32c().update(new TextEncoder().encode('123456789'));
 * console.log(hasher.digest().toString(16)); // e3069283
 * ```
 */
export const createCrc32c = (options?: Crc32cOptions): Hasher<number> =>
  new PieceHasher('hash', crc32cPieces, options) as unknown as Hasher<number>;
