import platform from 'bytemill:platform';
import source from 'bytemill:wasm/hash';
import type { AsyncShape, BatchShape, BatchSyncShape, SyncShape } from './core/contract.js';
import { bytesOf, hexOf } from './core/decode.js';
import { kernel } from './core/kernel.js';
import { BLAKE3, type Blake3Options } from './generated/hash.js';

export { BytemillError } from './core/error.js';
export type { Blake3Options };

const hash = /* @__PURE__ */ kernel(platform, 'hash', source);

/** Loads the module now; needed in browsers before a synchronous call. */
export const ready = hash.ready;

const digest = /* @__PURE__ */ hash.operation<Blake3Options, Uint8Array>(BLAKE3, bytesOf);
const hexDigest = /* @__PURE__ */ hash.operation<Blake3Options, string>(BLAKE3, hexOf);

/**
 * BLAKE3 of the input ([specification](https://github.com/BLAKE3-team/BLAKE3-specs)): a hash, with `key` a message
 * authentication code, with `context` a derived key; `length` bytes of it, 32 unless told.
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
export const blake3: AsyncShape<Blake3Options, Uint8Array> = digest.async;
/** {@link blake3}, now, on the calling thread. */
export const blake3Sync: SyncShape<Blake3Options, Uint8Array> = digest.sync;
/** {@link blake3} of many inputs, over all cores. */
export const blake3Batch: BatchShape<Blake3Options, Uint8Array> = digest.batch;
/** {@link blake3} of many inputs in one boundary crossing. */
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
export const blake3Hex: AsyncShape<Blake3Options, string> = hexDigest.async;
/** {@link blake3Hex}, now, on the calling thread. */
export const blake3HexSync: SyncShape<Blake3Options, string> = hexDigest.sync;
/** {@link blake3Hex} of many inputs, over all cores. */
export const blake3HexBatch: BatchShape<Blake3Options, string> = hexDigest.batch;
/** {@link blake3Hex} of many inputs in one boundary crossing. */
export const blake3HexBatchSync: BatchSyncShape<Blake3Options, string> = hexDigest.batchSync;
