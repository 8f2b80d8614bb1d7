import platform from 'bytemill:platform';
import source from 'bytemill:wasm/lz4';
import streamSource from 'bytemill:wasm/lz4_stream';
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
} from './generated/lz4.js';

export { BytemillError } from './core/error.js';
export type { CompressOptions, DecompressOptions };

const lz4 = /* @__PURE__ */ kernel(platform, 'lz4', source);
/** The same with what streams need besides. */
const streams = /* @__PURE__ */ kernel(platform, 'lz4_stream', streamSource);

/** Loads the module now; needed in browsers before a synchronous call. */
export const ready = lz4.ready;

const compression = /* @__PURE__ */ lz4.operation<CompressOptions, Uint8Array>(COMPRESS, bytesOf);
const decompression = /* @__PURE__ */ lz4.operation<DecompressOptions, Uint8Array>(
  DECOMPRESS,
  bytesOf,
);

/**
 * Compresses the input into one LZ4 frame
 * ([format](https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md)), or into a bare block
 * ([format](https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md)) with `{ format: 'block' }`.
 *
 * @example
 * ```ts
 * import { lz4 } from 'bytemill';
 *
 * const log = new TextEncoder().encode('GET /index.html 200\n'.repeat(1000));
 * const frame = await lz4.compress(log);
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
 * Decompresses all LZ4 frames of the input ([format](https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md)), one
 * after another; skippable frames are skipped. Every checksum that is there is compared, and memory grows with the bytes
 * that really come out, never with what a header promises.
 *
 * With `{ format: 'block' }` the input is one bare block. Where its size stands in front of it, as other packages put
 * it, leave that out: `decompress(block.subarray(4), { format: 'block' })`.
 *
 * @throws {@link BytemillError} `ERR_TRUNCATED`, `ERR_INVALID_DATA`, `ERR_CHECKSUM`, `ERR_LIMIT_EXCEEDED`
 * (`maxOutputBytes`, `maxRatio`) or `ERR_UNSUPPORTED` (a frame that needs a dictionary, or of the legacy format).
 *
 * @example
 * ```ts
 * import { lz4 } from 'bytemill';
 *
 * const bytes = new TextEncoder().encode('hello');
 * const back = lz4.decompressSync(lz4.compressSync(bytes));
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
 * {@link compress} for an input that comes in pieces, with constant memory. Frames only.
 *
 * @example
 * ```ts
 * import { lz4 } from 'bytemill';
 *
 * const log = new Blob(['GET /index.html 200\n'.repeat(1000)]);
 * const packed = new Response(log.stream().pipeThrough(lz4.compressStream()));
 * console.log((await packed.arrayBuffer()).byteLength < 1000); // true
 * ```
 */
export const compressStream: StreamShape<CompressOptions> =
  /* @__PURE__ */ streams.stream<CompressOptions>(COMPRESS);

/**
 * {@link decompress} for an input that comes in pieces, with constant memory. Frames only.
 *
 * @example
 * ```ts
 * import { lz4 } from 'bytemill';
 *
 * const packed = new Blob([await lz4.compress(new TextEncoder().encode('hello'))]);
 * const text = packed.stream().pipeThrough(lz4.decompressStream());
 * console.log(await new Response(text).text()); // hello
 * ```
 */
export const decompressStream: StreamShape<DecompressOptions> =
  /* @__PURE__ */ streams.stream<DecompressOptions>(DECOMPRESS);
