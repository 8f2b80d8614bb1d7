import platform from 'bytemill:platform';
import source from 'bytemill:wasm/zstd';
import type { AsyncShape, BatchShape, BatchSyncShape, SyncShape } from './core/contract.js';
import { bytesOf } from './core/decode.js';
import { kernel } from './core/kernel.js';
import {
  COMPRESS,
  type CompressOptions,
  DECOMPRESS,
  type DecompressOptions,
} from './generated/zstd.js';

export { BytemillError } from './core/error.js';
export type { CompressOptions, DecompressOptions };

const zstd = /* @__PURE__ */ kernel(platform, 'zstd', source);

/** Loads the module now; needed in browsers before a synchronous call. */
export const ready = zstd.ready;

const compression = /* @__PURE__ */ zstd.operation<CompressOptions, Uint8Array>(COMPRESS, bytesOf);
const decompression = /* @__PURE__ */ zstd.operation<DecompressOptions, Uint8Array>(
  DECOMPRESS,
  bytesOf,
);

/**
 * Compresses the input into one Zstandard frame ([RFC 8878](https://www.rfc-editor.org/rfc/rfc8878)).
 *
 * @example
 * ```ts
 * import { zstd } from 'bytemill';
 *
 * const log = new TextEncoder().encode('GET /index.html 200\n'.repeat(1000));
 * const frame = await zstd.compress(log);
 * console.log(frame.length < 200); // true
 * ```
 */
export const compress: AsyncShape<CompressOptions, Uint8Array> = compression.async;
/** {@link compress}, now, on the calling thread. */
export const compressSync: SyncShape<CompressOptions, Uint8Array> = compression.sync;
/** {@link compress} for many inputs, over all cores. */
export const compressBatch: BatchShape<CompressOptions, Uint8Array> = compression.batch;
/** {@link compress} for many inputs in one boundary crossing. */
export const compressBatchSync: BatchSyncShape<CompressOptions, Uint8Array> = compression.batchSync;

/**
 * Decompresses all Zstandard frames of the input ([RFC 8878](https://www.rfc-editor.org/rfc/rfc8878)), one after
 * another; skippable frames are skipped. Checksums are always compared, and memory grows with the bytes that really
 * come out, never with what a header promises.
 *
 * @throws {@link BytemillError} `ERR_TRUNCATED`, `ERR_INVALID_DATA`, `ERR_CHECKSUM`, `ERR_LIMIT_EXCEEDED`
 * (`maxOutputBytes`, `maxWindowBytes`) or `ERR_UNSUPPORTED` (a frame that needs a dictionary).
 *
 * @example
 * ```ts
 * import { zstd } from 'bytemill';
 *
 * const bytes = new TextEncoder().encode('hello');
 * const back = zstd.decompressSync(zstd.compressSync(bytes));
 * console.log(new TextDecoder().decode(back)); // hello
 * ```
 */
export const decompress: AsyncShape<DecompressOptions, Uint8Array> = decompression.async;
/** {@link decompress}, now, on the calling thread. */
export const decompressSync: SyncShape<DecompressOptions, Uint8Array> = decompression.sync;
/** {@link decompress} for many inputs, over all cores. */
export const decompressBatch: BatchShape<DecompressOptions, Uint8Array> = decompression.batch;
/** {@link decompress} for many inputs in one boundary crossing. */
export const decompressBatchSync: BatchSyncShape<DecompressOptions, Uint8Array> =
  decompression.batchSync;
