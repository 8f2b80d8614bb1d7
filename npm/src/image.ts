import platform from 'bytemill:platform';
import source from 'bytemill:wasm/image';
import jpegSource from 'bytemill:wasm/image_jpeg';
import type { AsyncBytesInput } from './core/bytes.js';
import type { AsyncShape, BatchShape, BatchSyncShape, SyncShape } from './core/contract.js';
import { bytesOf, listOfBytes, textOf } from './core/decode.js';
import { kernel, member } from './core/kernel.js';
import {
  BLURHASH,
  type BlurhashOptions,
  FRAMES,
  type FramesOptions,
  JPEG_THUMBNAIL,
  METADATA,
  type MetadataOptions,
  PERCEPTUAL_HASH,
  type PerceptualHashOptions,
  PROCESS,
  type ProcessOptions,
  THUMBHASH,
  THUMBNAIL,
  THUMBNAILS,
  type ThumbhashOptions,
  type ThumbnailOptions,
  type ThumbnailsOptions,
} from './generated/image.js';
import { ImageChain, type ImageOptions, type ProcessResult } from './image/chain.js';
import {
  type Animation,
  animationOf,
  hashOf,
  type Metadata,
  metadataOf,
  resultOf,
} from './image/decode.js';
import { type DecodeOptions, decoding, encoding } from './image/pixels.js';
import type { DecodedImage, RawImage } from './image/raw.js';
import { routed } from './image/route.js';

export type { Colour } from './core/colour.js';
export { BytemillError } from './core/error.js';
export type {
  ExtendOptions,
  ExtractOptions,
  ModulateOptions,
  ResizeOptions,
  SharpenOptions,
} from './generated/image.js';
export type {
  ImageChain,
  ImageOptions,
  ImageResult,
  JpegOptions,
  OutputFormat,
  OverlayOptions,
  PngOptions,
  WebpOptions,
} from './image/chain.js';
export type { Animation, Frame, InputFormat, Metadata } from './image/decode.js';
export { hammingDistance } from './image/decode.js';
export type { DecodeOptions, EncodeOptions } from './image/pixels.js';
export type { DecodedImage, RawImage } from './image/raw.js';
export type {
  BlurhashOptions,
  FramesOptions,
  MetadataOptions,
  PerceptualHashOptions,
  ThumbhashOptions,
  ThumbnailOptions,
  ThumbnailsOptions,
};

// Every export is a call without effects, so that bundlers leave out a module that nothing calls.
const whole = /* @__PURE__ */ kernel(platform, 'image', source);
const small = /* @__PURE__ */ kernel(platform, 'image_jpeg', jpegSource, 'image.readyJpeg');

/** Loads the module now; needed in browsers before a synchronous call. */
export const ready = /* @__PURE__ */ member(whole, 'ready');
/** Loads the module that makes JPEG of JPEG alone; needed in browsers before {@link jpegThumbnailSync}. */
export const readyJpeg = /* @__PURE__ */ member(small, 'ready');

const jpegThumbnails = /* @__PURE__ */ small.operation<ThumbnailOptions, Uint8Array>(
  JPEG_THUMBNAIL,
  bytesOf,
);
const thumbnailsOfAll = /* @__PURE__ */ routed<ThumbnailOptions, Uint8Array>(
  jpegThumbnails,
  /* @__PURE__ */ whole.operation<ThumbnailOptions, Uint8Array>(THUMBNAIL, bytesOf),
  () => small.runsNow(),
);
const several = /* @__PURE__ */ whole.operation<ThumbnailsOptions, Uint8Array[]>(
  THUMBNAILS,
  listOfBytes,
);
const headers = /* @__PURE__ */ whole.operation<MetadataOptions, Metadata>(METADATA, metadataOf);
const processing = /* @__PURE__ */ whole.operation<ProcessOptions, ProcessResult>(
  PROCESS,
  resultOf,
);
const animations = /* @__PURE__ */ whole.operation<FramesOptions, Animation>(FRAMES, animationOf);
const hashes = /* @__PURE__ */ whole.operation<PerceptualHashOptions, bigint>(
  PERCEPTUAL_HASH,
  hashOf,
);
const thumbhashes = /* @__PURE__ */ whole.operation<ThumbhashOptions, Uint8Array>(
  THUMBHASH,
  bytesOf,
);
const blurhashes = /* @__PURE__ */ whole.operation<BlurhashOptions, string>(BLURHASH, textOf);
const decodings = /* @__PURE__ */ decoding(processing);
const encodings = /* @__PURE__ */ encoding(processing);

/**
 * Begins a chain: any steps between decoding and encoding, done in one crossing. The input is a file (JPEG, PNG, WebP,
 * GIF, BMP, QOI, ICO, TIFF) or pixels.
 *
 * @throws {@link BytemillError}, when the result is asked for: `ERR_INVALID_DATA`, `ERR_TRUNCATED`, `ERR_CHECKSUM`,
 * `ERR_UNSUPPORTED` (another format, AVIF among them), `ERR_INVALID_ARGUMENT` or `ERR_LIMIT_EXCEEDED` (`maxPixels`,
 * `maxOutputBytes`).
 *
 * @example
 * ```ts
 * import { image } from 'bytemill/image';
 * import { readFile, writeFile } from 'node:fs/promises';
 *
 * const chain = image(await readFile('photo.jpg')).resize({ width: 200, height: 200, fit: 'cover' }).grayscale();
 * await writeFile('square.webp', await chain.webp({ quality: 75 }).toBytes());
 * await writeFile('square.png', chain.png().toBytesSync());
 * ```
 */
export function image(input: AsyncBytesInput | RawImage, options: ImageOptions = {}): ImageChain {
  return new ImageChain(processing, { input, steps: [], options });
}

/**
 * Makes a small image of an image: decode, turn upright, resize (Lanczos3), convert to sRGB, encode, in one crossing. From
 * JPEG to JPEG a module of its own does it, which is a quarter of the size.
 *
 * @throws {@link BytemillError} `ERR_INVALID_DATA`, `ERR_TRUNCATED`, `ERR_CHECKSUM`, `ERR_UNSUPPORTED` (another format)
 * or `ERR_LIMIT_EXCEEDED` (`maxPixels`, `maxOutputBytes`).
 *
 * @example
 * ```ts
 * import { image } from 'bytemill';
 * import { readFile, writeFile } from 'node:fs/promises';
 *
 * const photo = await readFile('photo.jpg');
 * await writeFile('small.jpg', await image.thumbnail(photo, { width: 320, quality: 80 }));
 * ```
 */
export const thumbnail: AsyncShape<ThumbnailOptions, Uint8Array> = /* @__PURE__ */ member(
  thumbnailsOfAll,
  'async',
);
/** {@link thumbnail}, now, on the calling thread. */
export const thumbnailSync: SyncShape<ThumbnailOptions, Uint8Array> = /* @__PURE__ */ member(
  thumbnailsOfAll,
  'sync',
);
/** {@link thumbnail} of many images, over all cores. */
export const thumbnailBatch: BatchShape<ThumbnailOptions, Uint8Array> = /* @__PURE__ */ member(
  thumbnailsOfAll,
  'batch',
);
/** {@link thumbnail} of many images in one boundary crossing. */
export const thumbnailBatchSync: BatchSyncShape<ThumbnailOptions, Uint8Array> =
  /* @__PURE__ */ member(thumbnailsOfAll, 'batchSync');

/**
 * {@link thumbnail} from JPEG to JPEG alone. Whoever bundles nothing else of this family ships 69 KB.
 *
 * @throws {@link BytemillError} `ERR_INVALID_ARGUMENT` for another `format`, else as {@link thumbnail}.
 *
 * @example
 * ```ts
 * import { jpegThumbnail } from 'bytemill/image';
 * import { readFile } from 'node:fs/promises';
 *
 * const small = await jpegThumbnail(await readFile('photo.jpg'), { width: 320 });
 * ```
 */
export const jpegThumbnail: AsyncShape<ThumbnailOptions, Uint8Array> = /* @__PURE__ */ member(
  jpegThumbnails,
  'async',
);
/** {@link jpegThumbnail}, now, on the calling thread. */
export const jpegThumbnailSync: SyncShape<ThumbnailOptions, Uint8Array> = /* @__PURE__ */ member(
  jpegThumbnails,
  'sync',
);
/** {@link jpegThumbnail} of many images, over all cores. */
export const jpegThumbnailBatch: BatchShape<ThumbnailOptions, Uint8Array> = /* @__PURE__ */ member(
  jpegThumbnails,
  'batch',
);
/** {@link jpegThumbnail} of many images in one boundary crossing. */
export const jpegThumbnailBatchSync: BatchSyncShape<ThumbnailOptions, Uint8Array> =
  /* @__PURE__ */ member(jpegThumbnails, 'batchSync');

/**
 * Makes several thumbnails of one image, which is decoded once.
 *
 * @throws {@link BytemillError} as {@link thumbnail}.
 *
 * @example
 * ```ts
 * import { image } from 'bytemill';
 * import { readFile } from 'node:fs/promises';
 *
 * const photo = await readFile('photo.jpg');
 * const [small, medium, large] = await image.thumbnails(photo, { widths: [320, 640, 1280] });
 * ```
 */
export const thumbnails: AsyncShape<ThumbnailsOptions, Uint8Array[]> = /* @__PURE__ */ member(
  several,
  'async',
);
/** {@link thumbnails}, now, on the calling thread. */
export const thumbnailsSync: SyncShape<ThumbnailsOptions, Uint8Array[]> = /* @__PURE__ */ member(
  several,
  'sync',
);
/** {@link thumbnails} of many images, over all cores. */
export const thumbnailsBatch: BatchShape<ThumbnailsOptions, Uint8Array[]> = /* @__PURE__ */ member(
  several,
  'batch',
);
/** {@link thumbnails} of many images in one boundary crossing. */
export const thumbnailsBatchSync: BatchSyncShape<ThumbnailsOptions, Uint8Array[]> =
  /* @__PURE__ */ member(several, 'batchSync');

/**
 * Reads format, size and orientation from an image's header; no pixel is decoded. The first 64 KB of a file are enough, but
 * for icons and TIFF.
 *
 * @throws {@link BytemillError} `ERR_INVALID_DATA`, `ERR_TRUNCATED` or `ERR_UNSUPPORTED` (another format).
 *
 * @example
 * ```ts
 * import { image } from 'bytemill';
 * import { readFileSync } from 'node:fs';
 *
 * const { width, height } = image.metadataSync(readFileSync('photo.jpg'));
 * console.log(`${width} x ${height}`);
 * ```
 */
export const metadata: AsyncShape<MetadataOptions, Metadata> = /* @__PURE__ */ member(
  headers,
  'async',
);
/** {@link metadata}, now, on the calling thread. */
export const metadataSync: SyncShape<MetadataOptions, Metadata> = /* @__PURE__ */ member(
  headers,
  'sync',
);
/** {@link metadata} of many images, over all cores. */
export const metadataBatch: BatchShape<MetadataOptions, Metadata> = /* @__PURE__ */ member(
  headers,
  'batch',
);
/** {@link metadata} of many images in one boundary crossing. */
export const metadataBatchSync: BatchSyncShape<MetadataOptions, Metadata> = /* @__PURE__ */ member(
  headers,
  'batchSync',
);

/**
 * Decodes an image to its pixels, upright and in sRGB.
 *
 * @throws {@link BytemillError} as {@link thumbnail}.
 *
 * @example
 * ```ts
 * import { image } from 'bytemill';
 * import { readFileSync } from 'node:fs';
 *
 * const { width, height, channels, data } = image.decodeSync(readFileSync('photo.jpg'));
 * console.log(data.length === width * height * channels); // true
 * ```
 */
export const decode: AsyncShape<DecodeOptions, DecodedImage> = /* @__PURE__ */ member(
  decodings,
  'async',
);
/** {@link decode}, now, on the calling thread. */
export const decodeSync: SyncShape<DecodeOptions, DecodedImage> = /* @__PURE__ */ member(
  decodings,
  'sync',
);
/** {@link decode} of many images, over all cores. */
export const decodeBatch: BatchShape<DecodeOptions, DecodedImage> = /* @__PURE__ */ member(
  decodings,
  'batch',
);
/** {@link decode} of many images in one boundary crossing. */
export const decodeBatchSync: BatchSyncShape<DecodeOptions, DecodedImage> = /* @__PURE__ */ member(
  decodings,
  'batchSync',
);

/**
 * Decodes all frames of an animated GIF, PNG or WebP, as a viewer shows them and in sRGB. A still image has one.
 *
 * @throws {@link BytemillError} as {@link thumbnail}, and `ERR_LIMIT_EXCEEDED` (`maxFrames`, `maxOutputBytes`).
 *
 * @example
 * ```ts
 * import { image } from 'bytemill';
 * import { readFileSync } from 'node:fs';
 *
 * const { frames, loops } = image.framesSync(readFileSync('photo.jpg'));
 * console.log(frames.length, frames[0]?.durationMs, loops); // 1 0 undefined
 * ```
 */
export const frames: AsyncShape<FramesOptions, Animation> = /* @__PURE__ */ member(
  animations,
  'async',
);
/** {@link frames}, now, on the calling thread. */
export const framesSync: SyncShape<FramesOptions, Animation> = /* @__PURE__ */ member(
  animations,
  'sync',
);
/** {@link frames} of many images, over all cores. */
export const framesBatch: BatchShape<FramesOptions, Animation> = /* @__PURE__ */ member(
  animations,
  'batch',
);
/** {@link frames} of many images in one boundary crossing. */
export const framesBatchSync: BatchSyncShape<FramesOptions, Animation> = /* @__PURE__ */ member(
  animations,
  'batchSync',
);

/**
 * Encodes pixels, such as those of {@link decode} or of a canvas' `ImageData`.
 *
 * @throws {@link BytemillError} `ERR_INVALID_ARGUMENT` where the bytes are not as many as width, height and channels make;
 * `ERR_LIMIT_EXCEEDED` (`maxPixels`, `maxOutputBytes`).
 *
 * @example
 * ```ts
 * import { image } from 'bytemill';
 *
 * const red = { width: 2, height: 1, data: Uint8Array.of(255, 0, 0, 255, 0, 0) };
 * const file = image.encodeSync(red, { format: 'png' });
 * console.log(image.metadataSync(file).format); // png
 * ```
 */
export const encode = /* @__PURE__ */ member(encodings, 'async');
/** {@link encode}, now, on the calling thread. */
export const encodeSync = /* @__PURE__ */ member(encodings, 'sync');
/** {@link encode} of many images, over all cores. */
export const encodeBatch = /* @__PURE__ */ member(encodings, 'batch');
/** {@link encode} of many images, one after another. */
export const encodeBatchSync = /* @__PURE__ */ member(encodings, 'batchSync');

/**
 * 64 bits that are alike for images that look alike, whatever their size and format. Compare two of them with
 * {@link hammingDistance}: up to about 10 is the same picture.
 *
 * @throws {@link BytemillError} as {@link thumbnail}.
 *
 * @example
 * ```ts
 * import { image } from 'bytemill';
 * import { readFileSync } from 'node:fs';
 *
 * const photo = readFileSync('photo.jpg');
 * const small = image.thumbnailSync(photo, { width: 200 });
 * const [one, other] = image.perceptualHashBatchSync([photo, small]);
 * console.log(image.hammingDistance(one, other) < 10); // true
 * ```
 */
export const perceptualHash: AsyncShape<PerceptualHashOptions, bigint> = /* @__PURE__ */ member(
  hashes,
  'async',
);
/** {@link perceptualHash}, now, on the calling thread. */
export const perceptualHashSync: SyncShape<PerceptualHashOptions, bigint> = /* @__PURE__ */ member(
  hashes,
  'sync',
);
/** {@link perceptualHash} of many images, over all cores. */
export const perceptualHashBatch: BatchShape<PerceptualHashOptions, bigint> =
  /* @__PURE__ */ member(hashes, 'batch');
/** {@link perceptualHash} of many images in one boundary crossing. */
export const perceptualHashBatchSync: BatchSyncShape<PerceptualHashOptions, bigint> =
  /* @__PURE__ */ member(hashes, 'batchSync');

/**
 * A placeholder of about 25 bytes, as `thumbHashToDataURL` of the package thumbhash takes it.
 *
 * @throws {@link BytemillError} as {@link thumbnail}.
 *
 * @example
 * ```ts
 * import { image } from 'bytemill';
 * import { readFileSync } from 'node:fs';
 *
 * const placeholder = image.thumbhashSync(readFileSync('photo.jpg'));
 * console.log(placeholder.length < 40); // true
 * ```
 */
export const thumbhash: AsyncShape<ThumbhashOptions, Uint8Array> = /* @__PURE__ */ member(
  thumbhashes,
  'async',
);
/** {@link thumbhash}, now, on the calling thread. */
export const thumbhashSync: SyncShape<ThumbhashOptions, Uint8Array> = /* @__PURE__ */ member(
  thumbhashes,
  'sync',
);
/** {@link thumbhash} of many images, over all cores. */
export const thumbhashBatch: BatchShape<ThumbhashOptions, Uint8Array> = /* @__PURE__ */ member(
  thumbhashes,
  'batch',
);
/** {@link thumbhash} of many images in one boundary crossing. */
export const thumbhashBatchSync: BatchSyncShape<ThumbhashOptions, Uint8Array> =
  /* @__PURE__ */ member(thumbhashes, 'batchSync');

/**
 * A placeholder that is text, as `decode` of the package blurhash takes it.
 *
 * @throws {@link BytemillError} as {@link thumbnail}.
 *
 * @example
 * ```ts
 * import { image } from 'bytemill';
 * import { readFileSync } from 'node:fs';
 *
 * const placeholder = image.blurhashSync(readFileSync('photo.jpg'), { componentsX: 4, componentsY: 3 });
 * console.log(placeholder.length); // 28
 * ```
 */
export const blurhash: AsyncShape<BlurhashOptions, string> = /* @__PURE__ */ member(
  blurhashes,
  'async',
);
/** {@link blurhash}, now, on the calling thread. */
export const blurhashSync: SyncShape<BlurhashOptions, string> = /* @__PURE__ */ member(
  blurhashes,
  'sync',
);
/** {@link blurhash} of many images, over all cores. */
export const blurhashBatch: BatchShape<BlurhashOptions, string> = /* @__PURE__ */ member(
  blurhashes,
  'batch',
);
/** {@link blurhash} of many images in one boundary crossing. */
export const blurhashBatchSync: BatchSyncShape<BlurhashOptions, string> = /* @__PURE__ */ member(
  blurhashes,
  'batchSync',
);
