import platform from 'bytemill:platform';
import source from 'bytemill:wasm/image';
import type { AsyncShape, BatchShape, BatchSyncShape, SyncShape } from './core/contract.js';
import { bytesOf } from './core/decode.js';
import type { Item } from './core/item.js';
import { kernel } from './core/kernel.js';
import {
  METADATA,
  type MetadataOptions,
  THUMBNAIL,
  type ThumbnailOptions,
} from './generated/image.js';

export { BytemillError } from './core/error.js';
export type { MetadataOptions, ThumbnailOptions };

/** What an image's header says. */
export interface Metadata {
  /** Format of the file. */
  readonly format: 'jpeg' | 'png';
  /** Width as stored, in pixels; orientations 5 to 8 exchange it with the height. */
  readonly width: number;
  /** Height as stored, in pixels. */
  readonly height: number;
  /** EXIF orientation, 1 to 8; 1 is upright. */
  readonly orientation: number;
  /** Samples per pixel: 1 grey, 2 grey and alpha, 3 colour, 4 colour and alpha. */
  readonly channels: number;
  /** Whether pixels can be transparent. */
  readonly hasAlpha: boolean;
}

const FORMATS = ['jpeg', 'png'] as const;

const image = /* @__PURE__ */ kernel(platform, 'image', source);

/** Loads the module now; needed in browsers before a synchronous call. */
export const ready = image.ready;

const thumbnails = /* @__PURE__ */ image.operation<ThumbnailOptions, Uint8Array>(
  THUMBNAIL,
  bytesOf,
);
const headers = /* @__PURE__ */ image.operation<MetadataOptions, Metadata>(METADATA, metadataOf);

/**
 * Makes a small JPEG or PNG of a JPEG or PNG: decode, turn upright, resize (Lanczos3), encode, in one crossing.
 *
 * @throws {@link BytemillError} `ERR_INVALID_DATA`, `ERR_TRUNCATED`, `ERR_UNSUPPORTED` (another format) or
 * `ERR_LIMIT_EXCEEDED` (`maxPixels`, `maxOutputBytes`).
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
export const thumbnail: AsyncShape<ThumbnailOptions, Uint8Array> = thumbnails.async;
/** {@link thumbnail}, now, on the calling thread. */
export const thumbnailSync: SyncShape<ThumbnailOptions, Uint8Array> = thumbnails.sync;
/** {@link thumbnail} of many images, over all cores. */
export const thumbnailBatch: BatchShape<ThumbnailOptions, Uint8Array> = thumbnails.batch;
/** {@link thumbnail} of many images in one boundary crossing. */
export const thumbnailBatchSync: BatchSyncShape<ThumbnailOptions, Uint8Array> =
  thumbnails.batchSync;

/**
 * Reads format, size and orientation from the header of a JPEG or PNG; no pixel is decoded.
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
export const metadata: AsyncShape<MetadataOptions, Metadata> = headers.async;
/** {@link metadata}, now, on the calling thread. */
export const metadataSync: SyncShape<MetadataOptions, Metadata> = headers.sync;
/** {@link metadata} of many images, over all cores. */
export const metadataBatch: BatchShape<MetadataOptions, Metadata> = headers.batch;
/** {@link metadata} of many images in one boundary crossing. */
export const metadataBatchSync: BatchSyncShape<MetadataOptions, Metadata> = headers.batchSync;

function metadataOf({ numbers }: Item): Metadata {
  const [format = 0, width = 0, height = 0, orientation = 1, channels = 0, alpha = 0] =
    Array.from(numbers);
  return {
    format: FORMATS[format] ?? 'jpeg',
    width,
    height,
    orientation,
    channels,
    hasAlpha: alpha === 1,
  };
}
