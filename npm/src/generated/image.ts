// Written by `cargo xtask codegen` from bindings/core. Do not edit.

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
   * Leave an image that is smaller than its box as it is.
   * @defaultValue `true`
   */
  readonly withoutEnlargement?: boolean | undefined;
  /**
   * Format of the result.
   * @defaultValue `'jpeg'`
   */
  readonly format?: 'jpeg' | 'png' | undefined;
  /**
   * Quality of a JPEG result.
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
   * Colour behind transparent pixels and beside a `contain`ed image, as 0xRRGGBB.
   *
   * Unit: 0xRRGGBB, from 0 to 16777215.
   * @defaultValue `0`
   */
  readonly background?: number | undefined;
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
    { name: 'withoutEnlargement', kind: 'boolean' },
    { name: 'format', kind: 'choice', names: ['jpeg', 'png'] },
    { name: 'quality', kind: 'integer', min: 1, max: 100 },
    { name: 'autoOrient', kind: 'boolean' },
    { name: 'background', kind: 'integer', min: 0, max: 16777215 },
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
