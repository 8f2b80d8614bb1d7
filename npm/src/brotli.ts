import platform from 'bytemill:platform';
import source from 'bytemill:wasm/brotli';
import encoderSource from 'bytemill:wasm/brotli_encode';
import type {
  AsyncShape,
  BatchShape,
  BatchSyncShape,
  StreamShape,
  SyncShape,
} from './core/contract.js';
import { bytesOf } from './core/decode.js';
import { kernel, member } from './core/kernel.js';
import {
  COMPRESS,
  type CompressOptions,
  DECOMPRESS,
  type DecompressOptions,
} from './generated/brotli.js';

export { BytemillError } from './core/error.js';
export type { CompressOptions, DecompressOptions };

// Every export is a call without effects, so that bundlers leave out the encoder where only decompression is used.
const decoder = /* @__PURE__ */ kernel(platform, 'brotli', source);
const encoder = /* @__PURE__ */ kernel(
  platform,
  'brotli_encode',
  encoderSource,
  'brotli.readyEncoder',
);

/**
 * Loads the decoder now; needed in browsers before a synchronous call of {@link decompressSync}. The encoder is a module
 * of its own, six times as large: {@link readyEncoder} loads that.
 */
export const ready = /* @__PURE__ */ member(decoder, 'ready');

/**
 * Loads the encoder now; needed in browsers before a synchronous call of {@link compressSync}. Other calls load it when
 * they need it, and programs that never compress never do.
 */
export const readyEncoder = /* @__PURE__ */ member(encoder, 'ready');

const compression = /* @__PURE__ */ encoder.operation<CompressOptions, Uint8Array>(
  COMPRESS,
  bytesOf,
);
const decompression = /* @__PURE__ */ decoder.operation<DecompressOptions, Uint8Array>(
  DECOMPRESS,
  bytesOf,
);

/**
 * Compresses the input into one Brotli stream ([RFC 7932](https://www.rfc-editor.org/rfc/rfc7932)). Loads the encoder,
 * a module of its own, on its first call.
 *
 * @example
 * ```ts
 * import { brotli } from 'bytemill';
 *
 * const page = new TextEncoder().encode('<p>Hello, world.</p>\n'.repeat(100));
 * const stream = await brotli.compress(page, { quality: 11, mode: 'text' });
 * console.log(stream.length < 50); // true
 * ```
 */
export const compress: AsyncShape<CompressOptions, Uint8Array> = /* @__PURE__ */ member(
  compression,
  'async',
);
/** {@link compress}, now, on the calling thread. */
export const compressSync: SyncShape<CompressOptions, Uint8Array> = /* @__PURE__ */ member(
  compression,
  'sync',
);
/** {@link compress} for many inputs, over all cores. */
export const compressBatch: BatchShape<CompressOptions, Uint8Array> = /* @__PURE__ */ member(
  compression,
  'batch',
);
/** {@link compress} for many inputs in one boundary crossing. */
export const compressBatchSync: BatchSyncShape<CompressOptions, Uint8Array> =
  /* @__PURE__ */ member(compression, 'batchSync');

/**
 * Decompresses the Brotli stream that the input is ([RFC 7932](https://www.rfc-editor.org/rfc/rfc7932)). Memory grows
 * with the bytes that really come out.
 *
 * @throws {@link BytemillError} `ERR_TRUNCATED`, `ERR_INVALID_DATA` (also for bytes behind the stream) or
 * `ERR_LIMIT_EXCEEDED` (`maxOutputBytes`, `maxRatio`).
 *
 * @example
 * ```ts
 * import { brotli } from 'bytemill';
 *
 * const stream = Uint8Array.of(11, 2, 128, 104, 101, 108, 108, 111, 3);
 * const bytes = brotli.decompressSync(stream);
 * console.log(new TextDecoder().decode(bytes)); // hello
 * ```
 */
export const decompress: AsyncShape<DecompressOptions, Uint8Array> = /* @__PURE__ */ member(
  decompression,
  'async',
);
/** {@link decompress}, now, on the calling thread. */
export const decompressSync: SyncShape<DecompressOptions, Uint8Array> = /* @__PURE__ */ member(
  decompression,
  'sync',
);
/** {@link decompress} for many inputs, over all cores. */
export const decompressBatch: BatchShape<DecompressOptions, Uint8Array> = /* @__PURE__ */ member(
  decompression,
  'batch',
);
/** {@link decompress} for many inputs in one boundary crossing. */
export const decompressBatchSync: BatchSyncShape<DecompressOptions, Uint8Array> =
  /* @__PURE__ */ member(decompression, 'batchSync');

/**
 * {@link compress} for an input that comes in pieces, with constant memory.
 *
 * @example
 * ```ts
 * import { brotli } from 'bytemill';
 *
 * const log = new Blob(['GET /index.html 200\n'.repeat(1000)]);
 * const packed = new Response(log.stream().pipeThrough(brotli.compressStream()));
 * console.log((await packed.arrayBuffer()).byteLength < 1000); // true
 * ```
 */
export const compressStream: StreamShape<CompressOptions> =
  /* @__PURE__ */ encoder.stream<CompressOptions>(COMPRESS);

/**
 * {@link decompress} for an input that comes in pieces, with constant memory.
 *
 * @example
 * ```ts
 * import { brotli } from 'bytemill';
 *
 * const packed = new Blob([await brotli.compress(new TextEncoder().encode('hello'))]);
 * const text = packed.stream().pipeThrough(brotli.decompressStream());
 * console.log(await new Response(text).text()); // hello
 * ```
 */
export const decompressStream: StreamShape<DecompressOptions> =
  /* @__PURE__ */ decoder.stream<DecompressOptions>(DECOMPRESS);
