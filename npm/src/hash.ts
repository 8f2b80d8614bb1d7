import platform from 'bytemill:platform';
import source from 'bytemill:wasm/hash';
import type { AsyncShape, BatchShape, BatchSyncShape, SyncShape } from './core/contract.js';
import { bytesOf, hexOf, hexOfBytes } from './core/decode.js';
import { type Blake3Hasher, PieceHasher } from './core/hasher.js';
import { kernel } from './core/kernel.js';
import type { Pieces } from './core/pieces.js';
import { isLargeBlob, type SourceShape, sourceOf } from './core/source.js';
import { BLAKE3, BLAKE3_FINISH, BLAKE3_UPDATE, type Blake3Options } from './generated/hash.js';
import { isLong, sliced } from './hash/long.js';

export { BytemillError } from './core/error.js';
export type { Blake3Hasher, Hasher, Sha256Hasher } from './core/hasher.js';
export type { SourceInput, SourceShape } from './core/source.js';
export * from './hash/checksums.js';
export type { Blake3Options };

const hash = /* @__PURE__ */ kernel(platform, 'hash', source);

/** Loads the module of BLAKE3 now; needed in browsers before a synchronous call. */
export const ready = hash.ready;

const digest = /* @__PURE__ */ hash.operation<Blake3Options, Uint8Array>(BLAKE3, bytesOf);
const hexDigest = /* @__PURE__ */ hash.operation<Blake3Options, string>(BLAKE3, hexOf);

const pieces = /* @__PURE__ */ (() =>
  ({
    whole: sliced(digest),
    update: hash.operation<object, Uint8Array>(BLAKE3_UPDATE, bytesOf),
    finish: sliced(hash.operation<object, Uint8Array>(BLAKE3_FINISH, bytesOf)),
    next: (options, state) =>
      state ? { state } : { key: options?.key, context: options?.context },
    last: (options, state) => ({ state, length: options?.length, offset: options?.offset }),
  }) satisfies Pieces<Blake3Options, Uint8Array, Uint8Array>)();

/**
 * BLAKE3 of the input ([specification](https://github.com/BLAKE3-team/BLAKE3-specs)): a hash, with `key` a message
 * authentication code, with `context` a derived key; `length` bytes of it, 32 unless told, up to 4 GiB, from `offset` on. A
 * large Blob is read piece by piece.
 *
 * @throws {@link BytemillError} `ERR_INVALID_ARGUMENT` for a key that is not 32 bytes, or for both key and context.
 *
 * @example
 * ```ts
 * import { hash } from 'bytemill';
 *
 * const digest = await hash.blake3(new TextEncoder().encode('abc'));
 * console.log(digest.length); // 32
 * ```
 */
export const blake3: AsyncShape<Blake3Options, Uint8Array> = (input, options) =>
  isLargeBlob(input)
    ? blake3Stream(input, options)
    : isLong(options)
      ? blake3Stream(input instanceof Blob ? input : [input], options)
      : digest.async(input, options);
/** {@link blake3}, now, on the calling thread. */
export const blake3Sync: SyncShape<Blake3Options, Uint8Array> = (input, options) =>
  isLong(options) ? createBlake3(options).update(input).digest() : digest.sync(input, options);
/** {@link blake3} of many inputs, over all cores. */
export const blake3Batch: BatchShape<Blake3Options, Uint8Array> = digest.batch;
/** {@link blake3} of many inputs in one boundary crossing; short ones share the lanes of the vector unit. */
export const blake3BatchSync: BatchSyncShape<Blake3Options, Uint8Array> = digest.batchSync;

/**
 * {@link blake3} as lower-case hexadecimal text.
 *
 * @example
 * ```ts
 * import { hash } from 'bytemill';
 *
 * const text = hash.blake3HexSync(new TextEncoder().encode('abc'));
 * console.log(text.slice(0, 8)); // 6437b3ac
 * ```
 */
export const blake3Hex: AsyncShape<Blake3Options, string> = (input, options) =>
  isLargeBlob(input)
    ? blake3Stream(input, options).then(hexOfBytes)
    : hexDigest.async(input, options);
/** {@link blake3Hex}, now, on the calling thread. */
export const blake3HexSync: SyncShape<Blake3Options, string> = hexDigest.sync;
/** {@link blake3Hex} of many inputs, over all cores. */
export const blake3HexBatch: BatchShape<Blake3Options, string> = hexDigest.batch;
/** {@link blake3Hex} of many inputs in one boundary crossing. */
export const blake3HexBatchSync: BatchSyncShape<Blake3Options, string> = hexDigest.batchSync;

/**
 * {@link blake3} of everything that a stream, a Blob or an iterable gives, off the calling thread and in constant memory.
 *
 * @throws {@link BytemillError} `ERR_ABORTED`, and whatever the source fails with.
 *
 * @example
 * ```ts
 * import { hash } from 'bytemill';
 *
 * const file = new Blob(['abc', 'def']);
 * const digest = await hash.blake3Stream(file.stream());
 * console.log(digest.length); // 32
 * ```
 */
export const blake3Stream: SourceShape<Blake3Options, Uint8Array> = /* @__PURE__ */ sourceOf(
  'hash',
  pieces,
);

/**
 * Takes the input of {@link blake3} piece by piece, on the calling thread. There is nothing that must be released.
 *
 * @throws {@link BytemillError} `ERR_INVALID_ARGUMENT` at the first digest or the first 64 KB: see {@link blake3}.
 *
 * @example
 * ```ts
 * import { hash } from 'bytemill';
 *
 * const hasher = hash.createBlake3().update(new Uint8Array([97, 98]));
 * const fork = hasher.clone();
 * console.log(hasher.update(new Uint8Array([99])).digestHex().slice(0, 8)); // 6437b3ac
 * console.log(fork.digest(64).length); // 64
 * ```
 */
export const createBlake3 = (options?: Blake3Options): Blake3Hasher =>
  new PieceHasher('hash', pieces, options) as unknown as Blake3Hasher;
