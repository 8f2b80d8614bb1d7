import platform from 'bytemill:platform';
import source from 'bytemill:wasm/zstd';
import encoderSource from 'bytemill:wasm/zstd_encode';
import { type AsyncBytesInput, type BytesInput, toBytes } from './core/bytes.js';
import type {
  AsyncShape,
  BatchShape,
  BatchSyncShape,
  CallOptions,
  ReadySource,
  StreamShape,
  SyncShape,
} from './core/contract.js';
import { bytesOf } from './core/decode.js';
import { kernel, member } from './core/kernel.js';
import {
  CHECKSUM,
  COMPRESS,
  COMPRESS_JOB,
  type CompressJobOptions,
  type CompressOptions,
  DECOMPRESS,
  type DecompressOptions,
} from './generated/zstd.js';
import { type FrameInfo, readHeader } from './zstd/header.js';
import type { ParallelOptions } from './zstd/parallel.js';
import * as range from './zstd/range.js';
import * as spread from './zstd/spread.js';

export { BytemillError } from './core/error.js';
export type { ParallelOptions } from './zstd/parallel.js';
export type { RangeOptions } from './zstd/range.js';
export * from './zstd/train.js';
export type { CompressOptions, DecompressOptions, FrameInfo };

const decoder = /* @__PURE__ */ kernel(platform, 'zstd', source);
const encoder = /* @__PURE__ */ kernel(platform, 'zstd_encode', encoderSource);

/**
 * Loads decoder and encoder now; needed in browsers before a synchronous call. They are a module each: `decoderModule`
 * and `encoderModule` say where they come from if not from the package.
 */
export const ready = async (
  decoderModule?: ReadySource,
  encoderModule?: ReadySource,
): Promise<void> => {
  await Promise.all([decoder.ready(decoderModule), encoder.ready(encoderModule)]);
};

const compression = /* @__PURE__ */ encoder.operation<CompressOptions, Uint8Array>(
  COMPRESS,
  bytesOf,
);
const encoders: spread.Encoders = {
  compress: compression,
  job: /* @__PURE__ */ encoder.operation<CompressJobOptions, Uint8Array>(COMPRESS_JOB, bytesOf),
  checksum: () => encoder.session(CHECKSUM),
};
const decompression = /* @__PURE__ */ decoder.operation<DecompressOptions, Uint8Array>(
  DECOMPRESS,
  bytesOf,
);

/**
 * Compresses the input into one Zstandard frame ([RFC 8878](https://www.rfc-editor.org/rfc/rfc8878)), or with
 * `parallel` a large one in parts, on all cores. The bytes are the same on one core and on many.
 *
 * A `dictionary` is read once: calls and batches with the same bytes, up to four by turns, start from what was made of it.
 * `longDistance` finds what comes again megabytes later, in backups and disk images say.
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
export const compress: AsyncShape<CompressOptions & ParallelOptions, Uint8Array> = (
  input,
  options,
) =>
  options?.parallel === undefined
    ? compression.async(input, options)
    : spread.compressSpread(encoders, input, options);
/** {@link compress}, now, on the calling thread. */
export const compressSync: SyncShape<CompressOptions & ParallelOptions, Uint8Array> = (
  input,
  options,
) =>
  options?.parallel === undefined
    ? compression.sync(input, options)
    : spread.compressParts(encoders, input, options);
/** {@link compress} for many inputs, over all cores. */
export const compressBatch: BatchShape<CompressOptions, Uint8Array> = /* @__PURE__ */ member(
  compression,
  'batch',
);
/** {@link compress} for many inputs in one boundary crossing. */
export const compressBatchSync: BatchSyncShape<CompressOptions, Uint8Array> =
  /* @__PURE__ */ member(compression, 'batchSync');
/**
 * {@link compress} for an input that comes in pieces, with memory that the window bounds. How it is cut into pieces makes
 * no difference to what comes out.
 *
 * @example
 * ```ts
 * import { zstd } from 'bytemill';
 *
 * const log = new Blob(['GET /index.html 200\n'.repeat(1000)]);
 * const frame = await new Response(log.stream().pipeThrough(zstd.compressStream())).arrayBuffer();
 * console.log(frame.byteLength < 200); // true
 * ```
 */
export const compressStream: StreamShape<CompressOptions> =
  /* @__PURE__ */ encoder.stream<CompressOptions>(COMPRESS);

/**
 * Decompresses all Zstandard frames of the input ([RFC 8878](https://www.rfc-editor.org/rfc/rfc8878)), one after
 * another; skippable frames are skipped. A large input of several frames that say what they hold is spread over all
 * cores. Checksums are always compared, and memory grows with the bytes that really
 * come out, never with what a header promises.
 *
 * @throws {@link BytemillError} `ERR_TRUNCATED`, `ERR_INVALID_DATA`, `ERR_CHECKSUM`, `ERR_LIMIT_EXCEEDED`
 * (`maxOutputBytes`, `maxWindowBytes`, `maxRatio`) or `ERR_UNSUPPORTED` (a frame that needs a dictionary which was not
 * given).
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
export const decompress: AsyncShape<DecompressOptions, Uint8Array> = (input, options) =>
  spread.isLarge(input)
    ? spread.decompressSpread(decompression, input, options)
    : decompression.async(input, options);
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
 * {@link decompress} for an input that comes in pieces, with memory that the frames' windows bound.
 *
 * @example
 * ```ts
 * import { zstd } from 'bytemill';
 *
 * const frame = zstd.compressSync(new TextEncoder().encode('hello'));
 * const text = new Blob([frame]).stream().pipeThrough(zstd.decompressStream());
 * console.log(await new Response(text).text()); // hello
 * ```
 */
export const decompressStream: StreamShape<DecompressOptions> =
  /* @__PURE__ */ decoder.stream<DecompressOptions>(DECOMPRESS);

/**
 * A range of the content of a file in zstd's seekable format, of which only the frames that hold it are decompressed;
 * of a Blob or File only those are read.
 *
 * @throws {@link BytemillError} `ERR_INVALID_DATA` for an input without a seek table, and those of {@link decompress}.
 */
export const decompressRange = (
  input: AsyncBytesInput,
  options?: range.RangeOptions & DecompressOptions & CallOptions,
): Promise<Uint8Array> => range.decompressRange(decompression, input, options);
/** {@link decompressRange}, now, on the calling thread. */
export const decompressRangeSync = (
  input: BytesInput,
  options?: range.RangeOptions & DecompressOptions,
): Uint8Array => range.decompressRangeSync(decompression, input, options);

/**
 * What the header of the first frame says, of which the first 18 bytes are enough. Needs no module.
 *
 * @throws {@link BytemillError} `ERR_TRUNCATED` or `ERR_INVALID_DATA`.
 *
 * @example
 * ```ts
 * import { zstd } from 'bytemill';
 *
 * const { contentBytes } = zstd.frameInfo(zstd.compressSync(new Uint8Array(1000)));
 * console.log(contentBytes); // 1000
 * ```
 */
export const frameInfo = (input: BytesInput): FrameInfo => readHeader(toBytes('zstd', input), 0);
