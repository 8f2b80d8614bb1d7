import platform from 'bytemill:platform';
import source from 'bytemill:wasm/pdf_images';
import type { AsyncShape, BatchShape, BatchSyncShape, SyncShape } from '../core/contract.js';
import type { Item } from '../core/item.js';
import { kernel, member, NESTING_STACK_BYTES } from '../core/kernel.js';
import { IMAGES, type ImagesOptions } from '../generated/pdf.js';
import { Cursor } from './cursor.js';

export type { ImagesOptions };

/** A file of an image. */
export interface ImageFile {
  /** `'jbig2'` is the bare data, global segments first, which few programs read. */
  readonly format: 'png' | 'jpeg' | 'jp2' | 'jbig2';
  readonly data: Uint8Array;
}

/** An image on a page. */
export interface PdfImage {
  /** The first page that shows it, counted from 1. */
  readonly page: number;
  /** Its name among the page's resources; empty for an inline image. */
  readonly name: string;
  /** The number of its object; undefined for an inline image. */
  readonly object: number | undefined;
  /** Width in samples, as the document has it. */
  readonly width: number;
  /** Height in samples. */
  readonly height: number;
  /** Bits to a component; 0 where JPEG 2000 says it. */
  readonly bits: number;
  /** Such as `'DeviceRGB'`, `'ICCBased 3'`, `'Indexed DeviceRGB'`. */
  readonly colourSpace: string;
  /** The last filter of its data, such as `'DCTDecode'`. */
  readonly filter: string;
  /** Whether it is a stencil through which a colour is painted. */
  readonly isStencil: boolean;
  /** Whether it has a mask or transparent colours; a PNG has them as alpha. */
  readonly isMasked: boolean;
  /** Whether the samples of its JPEG are to be turned round. */
  readonly isInverted: boolean;
  /** JPEG and JPEG 2000 as they are in the document, all others as PNG; undefined where `problem` says why. */
  readonly file: ImageFile | undefined;
  /** The mask, where it could not become a PNG's alpha: white where the image is to be seen. */
  readonly mask: ImageFile | undefined;
  /** Why there is no file, or one that others will not read. */
  readonly problem: string | undefined;
}

const FORMATS = ['png', 'jpeg', 'jp2', 'jbig2'] as const;

function imagesOf(item: Item): PdfImage[] {
  const cursor = new Cursor(item);
  const file = (): ImageFile | undefined =>
    cursor.flag() ? { format: cursor.choice(FORMATS), data: cursor.bytes() } : undefined;
  return cursor.list(() => ({
    page: cursor.number(),
    name: cursor.text(),
    object: cursor.optional(),
    width: cursor.number(),
    height: cursor.number(),
    bits: cursor.number(),
    colourSpace: cursor.text(),
    filter: cursor.text(),
    isStencil: cursor.flag(),
    isMasked: cursor.flag(),
    isInverted: cursor.flag(),
    file: file(),
    mask: file(),
    problem: cursor.optionalText(),
  }));
}

// A module of its own: it writes PNG, which reading text does without.
const imaging = /* @__PURE__ */ kernel(
  platform,
  'pdf_images',
  source,
  'pdf.readyImages',
  NESTING_STACK_BYTES,
);

/** Loads the module of {@link images} now; needed in browsers before a synchronous call of it. */
export const readyImages = /* @__PURE__ */ member(imaging, 'ready');

const lists = /* @__PURE__ */ imaging.operation<ImagesOptions, PdfImage[]>(IMAGES, imagesOf);

/**
 * The images that pages show, each once, in the order in which they are shown.
 *
 * @throws {@link BytemillError} `ERR_INVALID_DATA`, `ERR_TRUNCATED`, `ERR_PASSWORD`, `ERR_UNSUPPORTED` or
 * `ERR_LIMIT_EXCEEDED` (`maxStreamBytes`, `maxOutputBytes`, `maxPages`). What is wrong with one image is said with it.
 *
 * @example
 * ```ts
 * import { pdf } from 'bytemill';
 * import { readFile, writeFile } from 'node:fs/promises';
 *
 * const images = await pdf.images(await readFile('report.pdf'));
 * for (const [at, { file }] of images.entries()) if (file) await writeFile(`${at}.${file.format}`, file.data);
 * ```
 */
export const images: AsyncShape<ImagesOptions, PdfImage[]> = /* @__PURE__ */ member(lists, 'async');
/** {@link images}, now, on the calling thread. */
export const imagesSync: SyncShape<ImagesOptions, PdfImage[]> = /* @__PURE__ */ member(
  lists,
  'sync',
);
/** {@link images} of many documents, over all cores. */
export const imagesBatch: BatchShape<ImagesOptions, PdfImage[]> = /* @__PURE__ */ member(
  lists,
  'batch',
);
/** {@link images} of many documents in one boundary crossing. */
export const imagesBatchSync: BatchSyncShape<ImagesOptions, PdfImage[]> = /* @__PURE__ */ member(
  lists,
  'batchSync',
);
