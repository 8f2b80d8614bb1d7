import platform from 'bytemill:platform';
import source from 'bytemill:wasm/gzip';
import type {
  AsyncShape,
  BatchShape,
  BatchSyncShape,
  StreamShape,
  SyncShape,
} from './core/contract.js';
import { bytesOf } from './core/decode.js';
import { kernel } from './core/kernel.js';
import {
  COMPRESS,
  type CompressOptions,
  DECOMPRESS,
  type DecompressOptions,
} from './generated/gzip.js';

export { BytemillError } from './core/error.js';
export type { CompressOptions, DecompressOptions };

const gzip = /* @__PURE__ */ kernel(platform, 'gzip', source);

/** Loads the module now; needed in browsers before a synchronous call. */
export const ready = gzip.ready;

const compression = /* @__PURE__ */ gzip.operation<CompressOptions, Uint8Array>(COMPRESS, bytesOf);
const decompression = /* @__PURE__ */ gzip.operation<DecompressOptions, Uint8Array>(
  DECOMPRESS,
  bytesOf,
);

/**
 * Compresses the input into one gzip member ([RFC 1952](https://www.rfc-editor.org/rfc/rfc1952)), a zlib stream
 * ([RFC 1950](https://www.rfc-editor.org/rfc/rfc1950)) or raw deflate blocks
 * ([RFC 1951](https://www.rfc-editor.org/rfc/rfc1951)). The same input and options give the same bytes on every
 * runtime.
 *
 * @throws {@link BytemillError} `ERR_INVALID_ARGUMENT`: a `name` for a format other than gzip or with U+0000, a
 * `dictionary` for gzip.
 *
 * @example
 * ```ts
 * import { gzip } from 'bytemill';
 *
 * const log = new TextEncoder().encode('GET /index.html 200\n'.repeat(1000));
 * const file = await gzip.compress(log, { name: 'access.log' });
 * console.log(file.length < 200); // true
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
 * Decompresses all members of a gzip file, one after another, or a zlib stream or raw deflate blocks. Checksums and
 * lengths are always compared, and memory grows with the bytes that really come out.
 *
 * @throws {@link BytemillError} `ERR_TRUNCATED`, `ERR_INVALID_DATA`, `ERR_CHECKSUM`, `ERR_LIMIT_EXCEEDED`
 * (`maxOutputBytes`, `maxRatio`) or `ERR_INVALID_ARGUMENT` (a zlib stream that needs another `dictionary`).
 *
 * @example
 * ```ts
 * import { gzip } from 'bytemill';
 *
 * const bytes = new TextEncoder().encode('hello');
 * const stream = gzip.compressSync(bytes, { format: 'zlib' });
 * const back = gzip.decompressSync(stream, { format: 'zlib', maxOutputBytes: 1000 });
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

/**
 * {@link compress} for an input that comes in pieces, with constant memory.
 *
 * @example
 * ```ts
 * import { gzip } from 'bytemill';
 *
 * const log = new Blob(['GET /index.html 200\n'.repeat(1000)]);
 * const packed = new Response(log.stream().pipeThrough(gzip.compressStream()));
 * console.log((await packed.arrayBuffer()).byteLength < 1000); // true
 * ```
 */
export const compressStream: StreamShape<CompressOptions> =
  /* @__PURE__ */ gzip.stream<CompressOptions>(COMPRESS);

/**
 * {@link decompress} for an input that comes in pieces, with constant memory.
 *
 * @example
 * ```ts
 * import { gzip } from 'bytemill';
 *
 * const packed = new Blob([await gzip.compress(new TextEncoder().encode('hello'))]);
 * const text = packed.stream().pipeThrough(gzip.decompressStream());
 * console.log(await new Response(text).text()); // hello
 * ```
 */
export const decompressStream: StreamShape<DecompressOptions> =
  /* @__PURE__ */ gzip.stream<DecompressOptions>(DECOMPRESS);
