// Written by `cargo xtask codegen` from bindings/core. Do not edit.

import { type Colour, parseColour } from '../core/colour.js';
import type { OperationSpec } from '../core/row.js';

/** Options of `image.thumbnail`. */
export interface ThumbnailOptions {
  /**
   * Width of the box that the result is fitted to; 0 follows from the height.
   *
   * Unit: pixels, from 0 to 16383.
   * @defaultValue `320`
   */
  readonly width?: number | undefined;
  /**
   * Height of the box; 0 follows from the width.
   *
   * Unit: pixels, from 0 to 16383.
   * @defaultValue `0`
   */
  readonly height?: number | undefined;
  /**
   * How the image meets its box, as in CSS `object-fit`; `inside` never crops and never exceeds it.
   * @defaultValue `'inside'`
   */
  readonly fit?: 'inside' | 'cover' | 'contain' | 'fill' | 'outside' | undefined;
  /**
   * What `cover` keeps of the image, and where `contain` places it.
   * @defaultValue `'centre'`
   */
  readonly position?: 'centre' | 'top' | 'right top' | 'right' | 'right bottom' | 'bottom' | 'left bottom' | 'left' | 'left top' | 'center' | 'north' | 'northeast' | 'east' | 'southeast' | 'south' | 'southwest' | 'west' | 'northwest' | undefined;
  /**
   * The filter. `cubic` is Catmull and Rom's.
   * @defaultValue `'lanczos3'`
   */
  readonly kernel?: 'lanczos3' | 'mitchell' | 'cubic' | 'linear' | 'nearest' | 'lanczos2' | undefined;
  /**
   * Leave an image that is smaller than its box as it is.
   * @defaultValue `true`
   */
  readonly withoutEnlargement?: boolean | undefined;
  /**
   * Format of the result.
   * @defaultValue `'jpeg'`
   */
  readonly format?: 'jpeg' | 'png' | 'webp' | 'gif' | 'bmp' | 'qoi' | undefined;
  /**
   * Quality of a JPEG or lossy WebP result.
   *
   * Unit: percent, from 1 to 100.
   * @defaultValue `80`
   */
  readonly quality?: number | undefined;
  /**
   * Turn the image as its EXIF orientation says.
   * @defaultValue `true`
   */
  readonly autoOrient?: boolean | undefined;
  /**
   * Colour behind transparent pixels where the format has none, and beside a `contain`ed image.
   * @defaultValue `'#000000ff'`
   */
  readonly background?: Colour | undefined;
  /**
   * Largest input accepted.
   *
   * Unit: pixels, from 1.
   * @defaultValue `268402689`
   */
  readonly maxPixels?: number | undefined;
  /**
   * Largest output accepted.
   *
   * Unit: bytes, from 0.
   * @defaultValue `268435456`
   */
  readonly maxOutputBytes?: number | undefined;
}

/** `image.thumbnail` on the wire. */
export const THUMBNAIL: OperationSpec = {
  family: 'image',
  name: 'thumbnail',
  id: 0x0801,
  parallel: false,
  options: [
    { name: 'width', kind: 'integer', min: 0, max: 16383 },
    { name: 'height', kind: 'integer', min: 0, max: 16383 },
    { name: 'fit', kind: 'choice', names: ['inside', 'cover', 'contain', 'fill', 'outside'] },
    {
      name: 'position',
      kind: 'choice',
      names: ['centre', 'top', 'right top', 'right', 'right bottom', 'bottom', 'left bottom', 'left', 'left top', 'center', 'north', 'northeast', 'east', 'southeast', 'south', 'southwest', 'west', 'northwest'],
    },
    {
      name: 'kernel',
      kind: 'choice',
      names: ['lanczos3', 'mitchell', 'cubic', 'linear', 'nearest', 'lanczos2'],
    },
    { name: 'withoutEnlargement', kind: 'boolean' },
    { name: 'format', kind: 'choice', names: ['jpeg', 'png', 'webp', 'gif', 'bmp', 'qoi'] },
    { name: 'quality', kind: 'integer', min: 1, max: 100 },
    { name: 'autoOrient', kind: 'boolean' },
    { name: 'background', kind: 'colour', parse: parseColour },
    { name: 'maxPixels', kind: 'integer', min: 1, max: 9007199254740991 },
    { name: 'maxOutputBytes', kind: 'integer', min: 0, max: 9007199254740991 },
  ],
};

/** Options of `image.thumbnails`. */
export interface ThumbnailsOptions {
  /**
   * Widths of the results, in their order; heights follow from them.
   *
   * Unit: pixels, each from 1 to 16383; at most 32 of them.
   * @defaultValue none
   */
  readonly widths?: readonly number[] | undefined;
  /**
   * Leave an image that is smaller than asked for as it is.
   * @defaultValue `true`
   */
  readonly withoutEnlargement?: boolean | undefined;
  /**
   * Format of the results.
   * @defaultValue `'jpeg'`
   */
  readonly format?: 'jpeg' | 'png' | 'webp' | 'gif' | 'bmp' | 'qoi' | undefined;
  /**
   * Quality of JPEG or lossy WebP results.
   *
   * Unit: percent, from 1 to 100.
   * @defaultValue `80`
   */
  readonly quality?: number | undefined;
  /**
   * Turn the image as its EXIF orientation says.
   * @defaultValue `true`
   */
  readonly autoOrient?: boolean | undefined;
  /**
   * Colour behind transparent pixels where the format has none.
   * @defaultValue `'#000000ff'`
   */
  readonly background?: Colour | undefined;
  /**
   * Largest input accepted.
   *
   * Unit: pixels, from 1.
   * @defaultValue `268402689`
   */
  readonly maxPixels?: number | undefined;
  /**
   * Largest output accepted, all results together.
   *
   * Unit: bytes, from 0.
   * @defaultValue `268435456`
   */
  readonly maxOutputBytes?: number | undefined;
}

/** `image.thumbnails` on the wire. */
export const THUMBNAILS: OperationSpec = {
  family: 'image',
  name: 'thumbnails',
  id: 0x0803,
  parallel: false,
  options: [
    { name: 'widths', kind: 'integers', min: 1, max: 16383, count: 32 },
    { name: 'withoutEnlargement', kind: 'boolean' },
    { name: 'format', kind: 'choice', names: ['jpeg', 'png', 'webp', 'gif', 'bmp', 'qoi'] },
    { name: 'quality', kind: 'integer', min: 1, max: 100 },
    { name: 'autoOrient', kind: 'boolean' },
    { name: 'background', kind: 'colour', parse: parseColour },
    { name: 'maxPixels', kind: 'integer', min: 1, max: 9007199254740991 },
    { name: 'maxOutputBytes', kind: 'integer', min: 0, max: 9007199254740991 },
  ],
};

/** Options of `image.process`. */
export interface ProcessOptions {
  /**
   * The steps, in their order.
   *
   * From 0 to 1073741824 bytes.
   * @defaultValue none
   */
  readonly steps?: Uint8Array | undefined;
  /**
   * Width of an input that is nothing but samples; 0 for a file.
   *
   * Unit: pixels, from 0 to 16383.
   * @defaultValue `0`
   */
  readonly rawWidth?: number | undefined;
  /**
   * Height of an input that is nothing but samples.
   *
   * Unit: pixels, from 0 to 16383.
   * @defaultValue `0`
   */
  readonly rawHeight?: number | undefined;
  /**
   * Samples per pixel of an input that is nothing but samples.
   *
   * Unit: samples, from 1 to 4.
   * @defaultValue `4`
   */
  readonly rawChannels?: number | undefined;
  /**
   * Which image of a file that has several.
   *
   * Unit: images before it, from 0 to 65535.
   * @defaultValue `0`
   */
  readonly page?: number | undefined;
  /**
   * Turn the image as its EXIF orientation says, before all steps.
   * @defaultValue `true`
   */
  readonly autoOrient?: boolean | undefined;
  /**
   * Format of the result.
   * @defaultValue `'input'`
   */
  readonly format?: 'input' | 'jpeg' | 'png' | 'webp' | 'gif' | 'bmp' | 'qoi' | 'raw' | undefined;
  /**
   * Quality of JPEG and lossy WebP.
   *
   * Unit: percent, from 1 to 100.
   * @defaultValue `80`
   */
  readonly quality?: number | undefined;
  /**
   * JPEG in several scans, each finer than the one before.
   * @defaultValue `false`
   */
  readonly progressive?: boolean | undefined;
  /**
   * How much of the chroma JPEG keeps.
   * @defaultValue `'4:2:0'`
   */
  readonly chromaSubsampling?: '4:2:0' | '4:4:4' | undefined;
  /**
   * WebP without loss.
   * @defaultValue `false`
   */
  readonly lossless?: boolean | undefined;
  /**
   * How hard PNG and WebP are compressed.
   *
   * Unit: effort, from 0 to 6.
   * @defaultValue `4`
   */
  readonly effort?: number | undefined;
  /**
   * Colours of a PNG with a palette; 0 for all that there are.
   *
   * Unit: colours, from 0 to 256.
   * @defaultValue `0`
   */
  readonly colours?: number | undefined;
  /**
   * What shows behind transparent pixels where the format has none.
   * @defaultValue `'#000000ff'`
   */
  readonly background?: Colour | undefined;
  /**
   * Keep EXIF.
   * @defaultValue `false`
   */
  readonly keepExif?: boolean | undefined;
  /**
   * Keep the colour profile, and pixels as they are, instead of converting them to sRGB.
   * @defaultValue `false`
   */
  readonly keepIcc?: boolean | undefined;
  /**
   * Keep XMP.
   * @defaultValue `false`
   */
  readonly keepXmp?: boolean | undefined;
  /**
   * Largest input accepted, and largest image between steps.
   *
   * Unit: pixels, from 1.
   * @defaultValue `268402689`
   */
  readonly maxPixels?: number | undefined;
  /**
   * Largest output accepted.
   *
   * Unit: bytes, from 0.
   * @defaultValue `268435456`
   */
  readonly maxOutputBytes?: number | undefined;
}

/** `image.process` on the wire. */
export const PROCESS: OperationSpec = {
  family: 'image',
  name: 'process',
  id: 0x0804,
  parallel: false,
  options: [
    { name: 'steps', kind: 'bytes', min: 0, max: 1073741824 },
    { name: 'rawWidth', kind: 'integer', min: 0, max: 16383 },
    { name: 'rawHeight', kind: 'integer', min: 0, max: 16383 },
    { name: 'rawChannels', kind: 'integer', min: 1, max: 4 },
    { name: 'page', kind: 'integer', min: 0, max: 65535 },
    { name: 'autoOrient', kind: 'boolean' },
    {
      name: 'format',
      kind: 'choice',
      names: ['input', 'jpeg', 'png', 'webp', 'gif', 'bmp', 'qoi', 'raw'],
    },
    { name: 'quality', kind: 'integer', min: 1, max: 100 },
    { name: 'progressive', kind: 'boolean' },
    { name: 'chromaSubsampling', kind: 'choice', names: ['4:2:0', '4:4:4'] },
    { name: 'lossless', kind: 'boolean' },
    { name: 'effort', kind: 'integer', min: 0, max: 6 },
    { name: 'colours', kind: 'integer', min: 0, max: 256 },
    { name: 'background', kind: 'colour', parse: parseColour },
    { name: 'keepExif', kind: 'boolean' },
    { name: 'keepIcc', kind: 'boolean' },
    { name: 'keepXmp', kind: 'boolean' },
    { name: 'maxPixels', kind: 'integer', min: 1, max: 9007199254740991 },
    { name: 'maxOutputBytes', kind: 'integer', min: 0, max: 9007199254740991 },
  ],
};

/** Options of `image.frames`. */
export interface FramesOptions {
  /**
   * Most frames accepted.
   *
   * Unit: frames, from 1 to 4294967295.
   * @defaultValue `10000`
   */
  readonly maxFrames?: number | undefined;
  /**
   * Largest canvas accepted.
   *
   * Unit: pixels, from 1.
   * @defaultValue `268402689`
   */
  readonly maxPixels?: number | undefined;
  /**
   * Most bytes of pixels, all frames taken together.
   *
   * Unit: bytes, from 0.
   * @defaultValue `268435456`
   */
  readonly maxOutputBytes?: number | undefined;
}

/** `image.frames` on the wire. */
export const FRAMES: OperationSpec = {
  family: 'image',
  name: 'frames',
  id: 0x0808,
  parallel: false,
  options: [
    { name: 'maxFrames', kind: 'integer', min: 1, max: 4294967295 },
    { name: 'maxPixels', kind: 'integer', min: 1, max: 9007199254740991 },
    { name: 'maxOutputBytes', kind: 'integer', min: 0, max: 9007199254740991 },
  ],
};

/** Options of `image.metadata`. */
export interface MetadataOptions {}

/** `image.metadata` on the wire. */
export const METADATA: OperationSpec = {
  family: 'image',
  name: 'metadata',
  id: 0x0802,
  parallel: false,
  options: [],
};

/** Options of `image.perceptualHash`. */
export interface PerceptualHashOptions {
  /**
   * How it is computed: `dhash` compares neighbours, `phash` the lowest frequencies.
   * @defaultValue `'dhash'`
   */
  readonly algorithm?: 'dhash' | 'phash' | undefined;
  /**
   * Turn the image as its EXIF orientation says.
   * @defaultValue `true`
   */
  readonly autoOrient?: boolean | undefined;
  /**
   * Largest input accepted.
   *
   * Unit: pixels, from 1.
   * @defaultValue `268402689`
   */
  readonly maxPixels?: number | undefined;
}

/** `image.perceptualHash` on the wire. */
export const PERCEPTUAL_HASH: OperationSpec = {
  family: 'image',
  name: 'perceptualHash',
  id: 0x0805,
  parallel: false,
  options: [
    { name: 'algorithm', kind: 'choice', names: ['dhash', 'phash'] },
    { name: 'autoOrient', kind: 'boolean' },
    { name: 'maxPixels', kind: 'integer', min: 1, max: 9007199254740991 },
  ],
};

/** Options of `image.thumbhash`. */
export interface ThumbhashOptions {
  /**
   * Turn the image as its EXIF orientation says.
   * @defaultValue `true`
   */
  readonly autoOrient?: boolean | undefined;
  /**
   * Largest input accepted.
   *
   * Unit: pixels, from 1.
   * @defaultValue `268402689`
   */
  readonly maxPixels?: number | undefined;
}

/** `image.thumbhash` on the wire. */
export const THUMBHASH: OperationSpec = {
  family: 'image',
  name: 'thumbhash',
  id: 0x0806,
  parallel: false,
  options: [
    { name: 'autoOrient', kind: 'boolean' },
    { name: 'maxPixels', kind: 'integer', min: 1, max: 9007199254740991 },
  ],
};

/** Options of `image.blurhash`. */
export interface BlurhashOptions {
  /**
   * Components across.
   *
   * Unit: components, from 1 to 9.
   * @defaultValue `4`
   */
  readonly componentsX?: number | undefined;
  /**
   * Components down.
   *
   * Unit: components, from 1 to 9.
   * @defaultValue `3`
   */
  readonly componentsY?: number | undefined;
  /**
   * Turn the image as its EXIF orientation says.
   * @defaultValue `true`
   */
  readonly autoOrient?: boolean | undefined;
  /**
   * Largest input accepted.
   *
   * Unit: pixels, from 1.
   * @defaultValue `268402689`
   */
  readonly maxPixels?: number | undefined;
}

/** `image.blurhash` on the wire. */
export const BLURHASH: OperationSpec = {
  family: 'image',
  name: 'blurhash',
  id: 0x0807,
  parallel: false,
  options: [
    { name: 'componentsX', kind: 'integer', min: 1, max: 9 },
    { name: 'componentsY', kind: 'integer', min: 1, max: 9 },
    { name: 'autoOrient', kind: 'boolean' },
    { name: 'maxPixels', kind: 'integer', min: 1, max: 9007199254740991 },
  ],
};

/** Options of `image.jpegThumbnail`. */
export interface JpegThumbnailOptions {
  /**
   * Width of the box that the result is fitted to; 0 follows from the height.
   *
   * Unit: pixels, from 0 to 16383.
   * @defaultValue `320`
   */
  readonly width?: number | undefined;
  /**
   * Height of the box; 0 follows from the width.
   *
   * Unit: pixels, from 0 to 16383.
   * @defaultValue `0`
   */
  readonly height?: number | undefined;
  /**
   * How the image meets its box, as in CSS `object-fit`; `inside` never crops and never exceeds it.
   * @defaultValue `'inside'`
   */
  readonly fit?: 'inside' | 'cover' | 'contain' | 'fill' | 'outside' | undefined;
  /**
   * What `cover` keeps of the image, and where `contain` places it.
   * @defaultValue `'centre'`
   */
  readonly position?: 'centre' | 'top' | 'right top' | 'right' | 'right bottom' | 'bottom' | 'left bottom' | 'left' | 'left top' | 'center' | 'north' | 'northeast' | 'east' | 'southeast' | 'south' | 'southwest' | 'west' | 'northwest' | undefined;
  /**
   * The filter. `cubic` is Catmull and Rom's.
   * @defaultValue `'lanczos3'`
   */
  readonly kernel?: 'lanczos3' | 'mitchell' | 'cubic' | 'linear' | 'nearest' | 'lanczos2' | undefined;
  /**
   * Leave an image that is smaller than its box as it is.
   * @defaultValue `true`
   */
  readonly withoutEnlargement?: boolean | undefined;
  /**
   * Format of the result.
   * @defaultValue `'jpeg'`
   */
  readonly format?: 'jpeg' | 'png' | 'webp' | 'gif' | 'bmp' | 'qoi' | undefined;
  /**
   * Quality of a JPEG or lossy WebP result.
   *
   * Unit: percent, from 1 to 100.
   * @defaultValue `80`
   */
  readonly quality?: number | undefined;
  /**
   * Turn the image as its EXIF orientation says.
   * @defaultValue `true`
   */
  readonly autoOrient?: boolean | undefined;
  /**
   * Colour behind transparent pixels where the format has none, and beside a `contain`ed image.
   * @defaultValue `'#000000ff'`
   */
  readonly background?: Colour | undefined;
  /**
   * Largest input accepted.
   *
   * Unit: pixels, from 1.
   * @defaultValue `268402689`
   */
  readonly maxPixels?: number | undefined;
  /**
   * Largest output accepted.
   *
   * Unit: bytes, from 0.
   * @defaultValue `268435456`
   */
  readonly maxOutputBytes?: number | undefined;
}

/** `image.jpegThumbnail` on the wire. */
export const JPEG_THUMBNAIL: OperationSpec = {
  family: 'image',
  name: 'jpegThumbnail',
  id: 0x0810,
  parallel: false,
  options: [
    { name: 'width', kind: 'integer', min: 0, max: 16383 },
    { name: 'height', kind: 'integer', min: 0, max: 16383 },
    { name: 'fit', kind: 'choice', names: ['inside', 'cover', 'contain', 'fill', 'outside'] },
    {
      name: 'position',
      kind: 'choice',
      names: ['centre', 'top', 'right top', 'right', 'right bottom', 'bottom', 'left bottom', 'left', 'left top', 'center', 'north', 'northeast', 'east', 'southeast', 'south', 'southwest', 'west', 'northwest'],
    },
    {
      name: 'kernel',
      kind: 'choice',
      names: ['lanczos3', 'mitchell', 'cubic', 'linear', 'nearest', 'lanczos2'],
    },
    { name: 'withoutEnlargement', kind: 'boolean' },
    { name: 'format', kind: 'choice', names: ['jpeg', 'png', 'webp', 'gif', 'bmp', 'qoi'] },
    { name: 'quality', kind: 'integer', min: 1, max: 100 },
    { name: 'autoOrient', kind: 'boolean' },
    { name: 'background', kind: 'colour', parse: parseColour },
    { name: 'maxPixels', kind: 'integer', min: 1, max: 9007199254740991 },
    { name: 'maxOutputBytes', kind: 'integer', min: 0, max: 9007199254740991 },
  ],
};

/** Options of `image.resize`. */
export interface ResizeOptions {
  /**
   * Width of the result; 0 follows from the height.
   *
   * Unit: pixels, from 0 to 16383.
   * @defaultValue `0`
   */
  readonly width?: number | undefined;
  /**
   * Height of the result; 0 follows from the width.
   *
   * Unit: pixels, from 0 to 16383.
   * @defaultValue `0`
   */
  readonly height?: number | undefined;
  /**
   * How the image meets its box when both width and height are given, as in CSS `object-fit`.
   * @defaultValue `'cover'`
   */
  readonly fit?: 'cover' | 'contain' | 'fill' | 'inside' | 'outside' | undefined;
  /**
   * What `cover` keeps of the image, and where `contain` places it.
   * @defaultValue `'centre'`
   */
  readonly position?: 'centre' | 'top' | 'right top' | 'right' | 'right bottom' | 'bottom' | 'left bottom' | 'left' | 'left top' | 'center' | 'north' | 'northeast' | 'east' | 'southeast' | 'south' | 'southwest' | 'west' | 'northwest' | undefined;
  /**
   * The filter. `cubic` is Catmull and Rom's.
   * @defaultValue `'lanczos3'`
   */
  readonly kernel?: 'lanczos3' | 'mitchell' | 'cubic' | 'linear' | 'nearest' | 'lanczos2' | undefined;
  /**
   * Leave an image that is smaller than its box as it is.
   * @defaultValue `false`
   */
  readonly withoutEnlargement?: boolean | undefined;
  /**
   * Leave an image that is larger than its box as it is.
   * @defaultValue `false`
   */
  readonly withoutReduction?: boolean | undefined;
  /**
   * Colour beside an image that `contain` fits.
   * @defaultValue `'#000000ff'`
   */
  readonly background?: Colour | undefined;
}

/** `image.resize` on the wire. */
export const RESIZE: OperationSpec = {
  family: 'image',
  name: 'resize',
  id: 0x0001,
  parallel: false,
  options: [
    { name: 'width', kind: 'integer', min: 0, max: 16383 },
    { name: 'height', kind: 'integer', min: 0, max: 16383 },
    { name: 'fit', kind: 'choice', names: ['cover', 'contain', 'fill', 'inside', 'outside'] },
    {
      name: 'position',
      kind: 'choice',
      names: ['centre', 'top', 'right top', 'right', 'right bottom', 'bottom', 'left bottom', 'left', 'left top', 'center', 'north', 'northeast', 'east', 'southeast', 'south', 'southwest', 'west', 'northwest'],
    },
    {
      name: 'kernel',
      kind: 'choice',
      names: ['lanczos3', 'mitchell', 'cubic', 'linear', 'nearest', 'lanczos2'],
    },
    { name: 'withoutEnlargement', kind: 'boolean' },
    { name: 'withoutReduction', kind: 'boolean' },
    { name: 'background', kind: 'colour', parse: parseColour },
  ],
};

/** Options of `image.extract`. */
export interface ExtractOptions {
  /**
   * Columns to leave out on the left.
   *
   * Unit: pixels, from 0 to 16383.
   * @defaultValue `0`
   */
  readonly left?: number | undefined;
  /**
   * Rows to leave out above.
   *
   * Unit: pixels, from 0 to 16383.
   * @defaultValue `0`
   */
  readonly top?: number | undefined;
  /**
   * Width of what is kept; 0 for all that is right of `left`.
   *
   * Unit: pixels, from 0 to 16383.
   * @defaultValue `0`
   */
  readonly width?: number | undefined;
  /**
   * Height of what is kept; 0 for all that is below `top`.
   *
   * Unit: pixels, from 0 to 16383.
   * @defaultValue `0`
   */
  readonly height?: number | undefined;
}

/** `image.extract` on the wire. */
export const EXTRACT: OperationSpec = {
  family: 'image',
  name: 'extract',
  id: 0x0002,
  parallel: false,
  options: [
    { name: 'left', kind: 'integer', min: 0, max: 16383 },
    { name: 'top', kind: 'integer', min: 0, max: 16383 },
    { name: 'width', kind: 'integer', min: 0, max: 16383 },
    { name: 'height', kind: 'integer', min: 0, max: 16383 },
  ],
};

/** Options of `image.trim`. */
export interface TrimOptions {
  /**
   * How much a pixel may differ from the upper left one and still be border.
   *
   * Unit: levels, from 0 to 255.
   * @defaultValue `10`
   */
  readonly threshold?: number | undefined;
  /**
   * Whether the image is a drawing: no median evens out the noise of photographs first.
   * @defaultValue `false`
   */
  readonly lineArt?: boolean | undefined;
}

/** `image.trim` on the wire. */
export const TRIM: OperationSpec = {
  family: 'image',
  name: 'trim',
  id: 0x0003,
  parallel: false,
  options: [
    { name: 'threshold', kind: 'integer', min: 0, max: 255 },
    { name: 'lineArt', kind: 'boolean' },
  ],
};

/** Options of `image.extend`. */
export interface ExtendOptions {
  /**
   * Rows to add above.
   *
   * Unit: pixels, from 0 to 16383.
   * @defaultValue `0`
   */
  readonly top?: number | undefined;
  /**
   * Rows to add below.
   *
   * Unit: pixels, from 0 to 16383.
   * @defaultValue `0`
   */
  readonly bottom?: number | undefined;
  /**
   * Columns to add on the left.
   *
   * Unit: pixels, from 0 to 16383.
   * @defaultValue `0`
   */
  readonly left?: number | undefined;
  /**
   * Columns to add on the right.
   *
   * Unit: pixels, from 0 to 16383.
   * @defaultValue `0`
   */
  readonly right?: number | undefined;
  /**
   * What the new pixels are.
   * @defaultValue `'background'`
   */
  readonly extendWith?: 'background' | 'copy' | 'repeat' | 'mirror' | undefined;
  /**
   * Their colour, with `'background'`.
   * @defaultValue `'#000000ff'`
   */
  readonly background?: Colour | undefined;
}

/** `image.extend` on the wire. */
export const EXTEND: OperationSpec = {
  family: 'image',
  name: 'extend',
  id: 0x0004,
  parallel: false,
  options: [
    { name: 'top', kind: 'integer', min: 0, max: 16383 },
    { name: 'bottom', kind: 'integer', min: 0, max: 16383 },
    { name: 'left', kind: 'integer', min: 0, max: 16383 },
    { name: 'right', kind: 'integer', min: 0, max: 16383 },
    { name: 'extendWith', kind: 'choice', names: ['background', 'copy', 'repeat', 'mirror'] },
    { name: 'background', kind: 'colour', parse: parseColour },
  ],
};

/** Options of `image.rotate`. */
export interface RotateOptions {
  /**
   * Clockwise. What is no multiple of 90 makes the canvas larger.
   *
   * Unit: degrees, from -360000 to 360000.
   * @defaultValue `0`
   */
  readonly angle?: number | undefined;
  /**
   * Colour of the corners that appear.
   * @defaultValue `'#000000ff'`
   */
  readonly background?: Colour | undefined;
}

/** `image.rotate` on the wire. */
export const ROTATE: OperationSpec = {
  family: 'image',
  name: 'rotate',
  id: 0x0005,
  parallel: false,
  options: [
    { name: 'angle', kind: 'number', min: -360000, max: 360000 },
    { name: 'background', kind: 'colour', parse: parseColour },
  ],
};

/** Options of `image.flip`. */
export interface FlipOptions {}

/** `image.flip` on the wire. */
export const FLIP: OperationSpec = {
  family: 'image',
  name: 'flip',
  id: 0x0006,
  parallel: false,
  options: [],
};

/** Options of `image.flop`. */
export interface FlopOptions {}

/** `image.flop` on the wire. */
export const FLOP: OperationSpec = {
  family: 'image',
  name: 'flop',
  id: 0x0007,
  parallel: false,
  options: [],
};

/** Options of `image.grayscale`. */
export interface GrayscaleOptions {}

/** `image.grayscale` on the wire. */
export const GRAYSCALE: OperationSpec = {
  family: 'image',
  name: 'grayscale',
  id: 0x0008,
  parallel: false,
  options: [],
};

/** Options of `image.negate`. */
export interface NegateOptions {
  /**
   * Alpha too.
   * @defaultValue `true`
   */
  readonly alpha?: boolean | undefined;
}

/** `image.negate` on the wire. */
export const NEGATE: OperationSpec = {
  family: 'image',
  name: 'negate',
  id: 0x0009,
  parallel: false,
  options: [
    { name: 'alpha', kind: 'boolean' },
  ],
};

/** Options of `image.threshold`. */
export interface ThresholdOptions {
  /**
   * From this level on a sample becomes 255, below it 0.
   *
   * Unit: level, from 0 to 255.
   * @defaultValue `128`
   */
  readonly value?: number | undefined;
  /**
   * Make the image grey first.
   * @defaultValue `true`
   */
  readonly grayscale?: boolean | undefined;
}

/** `image.threshold` on the wire. */
export const THRESHOLD: OperationSpec = {
  family: 'image',
  name: 'threshold',
  id: 0x000a,
  parallel: false,
  options: [
    { name: 'value', kind: 'integer', min: 0, max: 255 },
    { name: 'grayscale', kind: 'boolean' },
  ],
};

/** Options of `image.gamma`. */
export interface GammaOptions {
  /**
   * Exponent that darkens the image before it is resized.
   *
   * Unit: exponent, from 1 to 3.
   * @defaultValue `2.2`
   */
  readonly gamma?: number | undefined;
  /**
   * Exponent whose inverse lightens it after; 0 for the same.
   *
   * Unit: exponent, from 0 to 3.
   * @defaultValue `0`
   */
  readonly gammaOut?: number | undefined;
}

/** `image.gamma` on the wire. */
export const GAMMA: OperationSpec = {
  family: 'image',
  name: 'gamma',
  id: 0x000b,
  parallel: false,
  options: [
    { name: 'gamma', kind: 'number', min: 1, max: 3 },
    { name: 'gammaOut', kind: 'number', min: 0, max: 3 },
  ],
};

/** Options of `image.modulate`. */
export interface ModulateOptions {
  /**
   * Factor of the lightness (CIE L*).
   *
   * Unit: factor, from 0 to 1000.
   * @defaultValue `1`
   */
  readonly brightness?: number | undefined;
  /**
   * Factor of the chroma (CIE C*).
   *
   * Unit: factor, from 0 to 1000.
   * @defaultValue `1`
   */
  readonly saturation?: number | undefined;
  /**
   * Angle that is added to the hue.
   *
   * Unit: degrees, from -360000 to 360000.
   * @defaultValue `0`
   */
  readonly hue?: number | undefined;
  /**
   * What is added to the lightness.
   *
   * Unit: percent, from -100 to 100.
   * @defaultValue `0`
   */
  readonly lightness?: number | undefined;
}

/** `image.modulate` on the wire. */
export const MODULATE: OperationSpec = {
  family: 'image',
  name: 'modulate',
  id: 0x000c,
  parallel: false,
  options: [
    { name: 'brightness', kind: 'number', min: 0, max: 1000 },
    { name: 'saturation', kind: 'number', min: 0, max: 1000 },
    { name: 'hue', kind: 'number', min: -360000, max: 360000 },
    { name: 'lightness', kind: 'number', min: -100, max: 100 },
  ],
};

/** Options of `image.blur`. */
export interface BlurOptions {
  /**
   * Standard deviation of the Gaussian; 0 for a fast and mild blur of 3 by 3 pixels.
   *
   * Unit: pixels, from 0 to 1000.
   * @defaultValue `0`
   */
  readonly sigma?: number | undefined;
}

/** `image.blur` on the wire. */
export const BLUR: OperationSpec = {
  family: 'image',
  name: 'blur',
  id: 0x000d,
  parallel: false,
  options: [
    { name: 'sigma', kind: 'number', min: 0, max: 1000 },
  ],
};

/** Options of `image.sharpen`. */
export interface SharpenOptions {
  /**
   * Standard deviation of the Gaussian; 0 for a fast and mild sharpening of 3 by 3 pixels.
   *
   * Unit: pixels, from 0 to 10.
   * @defaultValue `0`
   */
  readonly sigma?: number | undefined;
  /**
   * Sharpening of flat areas.
   *
   * Unit: factor, from 0 to 1000000.
   * @defaultValue `1`
   */
  readonly m1?: number | undefined;
  /**
   * Sharpening of jagged areas.
   *
   * Unit: factor, from 0 to 1000000.
   * @defaultValue `2`
   */
  readonly m2?: number | undefined;
  /**
   * Where flat ends and jagged begins.
   *
   * Unit: L*, from 0 to 1000000.
   * @defaultValue `2`
   */
  readonly x1?: number | undefined;
  /**
   * Most brightening.
   *
   * Unit: L*, from 0 to 1000000.
   * @defaultValue `10`
   */
  readonly y2?: number | undefined;
  /**
   * Most darkening.
   *
   * Unit: L*, from 0 to 1000000.
   * @defaultValue `20`
   */
  readonly y3?: number | undefined;
}

/** `image.sharpen` on the wire. */
export const SHARPEN: OperationSpec = {
  family: 'image',
  name: 'sharpen',
  id: 0x000e,
  parallel: false,
  options: [
    { name: 'sigma', kind: 'number', min: 0, max: 10 },
    { name: 'm1', kind: 'number', min: 0, max: 1000000 },
    { name: 'm2', kind: 'number', min: 0, max: 1000000 },
    { name: 'x1', kind: 'number', min: 0, max: 1000000 },
    { name: 'y2', kind: 'number', min: 0, max: 1000000 },
    { name: 'y3', kind: 'number', min: 0, max: 1000000 },
  ],
};

/** Options of `image.tint`. */
export interface TintOptions {
  /**
   * The colour.
   * @defaultValue `'#000000ff'`
   */
  readonly colour?: Colour | undefined;
}

/** `image.tint` on the wire. */
export const TINT: OperationSpec = {
  family: 'image',
  name: 'tint',
  id: 0x000f,
  parallel: false,
  options: [
    { name: 'colour', kind: 'colour', parse: parseColour },
  ],
};

/** Options of `image.flatten`. */
export interface FlattenOptions {
  /**
   * What shows behind transparent pixels.
   * @defaultValue `'#000000ff'`
   */
  readonly background?: Colour | undefined;
}

/** `image.flatten` on the wire. */
export const FLATTEN: OperationSpec = {
  family: 'image',
  name: 'flatten',
  id: 0x0010,
  parallel: false,
  options: [
    { name: 'background', kind: 'colour', parse: parseColour },
  ],
};

/** Options of `image.median`. */
export interface MedianOptions {
  /**
   * Side of the square whose median a pixel becomes.
   *
   * Unit: pixels, from 1 to 63.
   * @defaultValue `3`
   */
  readonly size?: number | undefined;
}

/** `image.median` on the wire. */
export const MEDIAN: OperationSpec = {
  family: 'image',
  name: 'median',
  id: 0x0011,
  parallel: false,
  options: [
    { name: 'size', kind: 'integer', min: 1, max: 63 },
  ],
};

/** Options of `image.linear`. */
export interface LinearOptions {
  /**
   * What samples are multiplied with.
   *
   * Unit: factor, from -1000000 to 1000000.
   * @defaultValue `1`
   */
  readonly multiplier?: number | undefined;
  /**
   * What is added to them then.
   *
   * Unit: levels, from -1000000 to 1000000.
   * @defaultValue `0`
   */
  readonly offset?: number | undefined;
}

/** `image.linear` on the wire. */
export const LINEAR: OperationSpec = {
  family: 'image',
  name: 'linear',
  id: 0x0012,
  parallel: false,
  options: [
    { name: 'multiplier', kind: 'number', min: -1000000, max: 1000000 },
    { name: 'offset', kind: 'number', min: -1000000, max: 1000000 },
  ],
};

/** Options of `image.normalize`. */
export interface NormalizeOptions {
  /**
   * The share of the darkest pixels that may become black.
   *
   * Unit: percent, from 0 to 99.
   * @defaultValue `1`
   */
  readonly lower?: number | undefined;
  /**
   * The share of pixels beyond which they may become white.
   *
   * Unit: percent, from 1 to 100.
   * @defaultValue `99`
   */
  readonly upper?: number | undefined;
}

/** `image.normalize` on the wire. */
export const NORMALIZE: OperationSpec = {
  family: 'image',
  name: 'normalize',
  id: 0x0013,
  parallel: false,
  options: [
    { name: 'lower', kind: 'integer', min: 0, max: 99 },
    { name: 'upper', kind: 'integer', min: 1, max: 100 },
  ],
};

/** Options of `image.composite`. */
export interface CompositeOptions {
  /**
   * The image.
   *
   * From 1 to 1073741824 bytes.
   * @defaultValue none
   */
  readonly input?: Uint8Array | undefined;
  /**
   * Width of an image that is nothing but samples; 0 for a file.
   *
   * Unit: pixels, from 0 to 16383.
   * @defaultValue `0`
   */
  readonly rawWidth?: number | undefined;
  /**
   * Height of an image that is nothing but samples.
   *
   * Unit: pixels, from 0 to 16383.
   * @defaultValue `0`
   */
  readonly rawHeight?: number | undefined;
  /**
   * Samples per pixel of an image that is nothing but samples.
   *
   * Unit: samples, from 1 to 4.
   * @defaultValue `4`
   */
  readonly rawChannels?: number | undefined;
  /**
   * Where it lies.
   * @defaultValue `'centre'`
   */
  readonly gravity?: 'centre' | 'top' | 'right top' | 'right' | 'right bottom' | 'bottom' | 'left bottom' | 'left' | 'left top' | 'center' | 'north' | 'northeast' | 'east' | 'southeast' | 'south' | 'southwest' | 'west' | 'northwest' | undefined;
  /**
   * Whether `left` and `top` say where it lies instead.
   * @defaultValue `false`
   */
  readonly placed?: boolean | undefined;
  /**
   * Distance of its left edge from that of the image.
   *
   * Unit: pixels, from -16383 to 16383.
   * @defaultValue `0`
   */
  readonly left?: number | undefined;
  /**
   * Distance of its upper edge from that of the image.
   *
   * Unit: pixels, from -16383 to 16383.
   * @defaultValue `0`
   */
  readonly top?: number | undefined;
  /**
   * How the two become one.
   * @defaultValue `'over'`
   */
  readonly blend?: 'over' | 'clear' | 'source' | 'in' | 'out' | 'atop' | 'dest' | 'dest-over' | 'dest-in' | 'dest-out' | 'dest-atop' | 'xor' | 'add' | 'multiply' | 'screen' | 'overlay' | 'darken' | 'lighten' | 'colour-dodge' | 'color-dodge' | 'colour-burn' | 'color-burn' | 'hard-light' | 'soft-light' | 'difference' | 'exclusion' | undefined;
  /**
   * Repeat it over the whole image.
   * @defaultValue `false`
   */
  readonly tile?: boolean | undefined;
  /**
   * How much of it is seen.
   *
   * Unit: part, from 0 to 1.
   * @defaultValue `1`
   */
  readonly opacity?: number | undefined;
}

/** `image.composite` on the wire. */
export const COMPOSITE: OperationSpec = {
  family: 'image',
  name: 'composite',
  id: 0x0014,
  parallel: false,
  options: [
    { name: 'input', kind: 'bytes', min: 1, max: 1073741824 },
    { name: 'rawWidth', kind: 'integer', min: 0, max: 16383 },
    { name: 'rawHeight', kind: 'integer', min: 0, max: 16383 },
    { name: 'rawChannels', kind: 'integer', min: 1, max: 4 },
    {
      name: 'gravity',
      kind: 'choice',
      names: ['centre', 'top', 'right top', 'right', 'right bottom', 'bottom', 'left bottom', 'left', 'left top', 'center', 'north', 'northeast', 'east', 'southeast', 'south', 'southwest', 'west', 'northwest'],
    },
    { name: 'placed', kind: 'boolean' },
    { name: 'left', kind: 'integer', min: -16383, max: 16383 },
    { name: 'top', kind: 'integer', min: -16383, max: 16383 },
    {
      name: 'blend',
      kind: 'choice',
      names: ['over', 'clear', 'source', 'in', 'out', 'atop', 'dest', 'dest-over', 'dest-in', 'dest-out', 'dest-atop', 'xor', 'add', 'multiply', 'screen', 'overlay', 'darken', 'lighten', 'colour-dodge', 'color-dodge', 'colour-burn', 'color-burn', 'hard-light', 'soft-light', 'difference', 'exclusion'],
    },
    { name: 'tile', kind: 'boolean' },
    { name: 'opacity', kind: 'number', min: 0, max: 1 },
  ],
};
