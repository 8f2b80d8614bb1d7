import { type BytesInput, toBytes } from '../core/bytes.js';
import { describe, invalidArgument } from '../core/error.js';

/** Pixels without a file: rows from the top, without gaps between them. A browser's `ImageData` is one. */
export interface RawImage {
  /** Width in pixels. */
  readonly width: number;
  /** Height in pixels. */
  readonly height: number;
  /**
   * Samples per pixel: 1 grey, 2 grey and alpha, 3 red, green and blue, 4 with alpha. Alpha is not multiplied in.
   * @defaultValue as many as there are bytes to a pixel
   */
  readonly channels?: number | undefined;
  /** The samples, a byte each. */
  readonly data: BytesInput;
}

/** Pixels that this package decoded. */
export interface DecodedImage extends RawImage {
  readonly channels: number;
  readonly data: Uint8Array;
}

/** How pixels without a file are described to the kernel. */
export interface RawRow {
  readonly rawWidth: number;
  readonly rawHeight: number;
  readonly rawChannels: number;
}

/** Whether this is pixels rather than the bytes of a file. */
export const isRaw = (input: unknown): input is RawImage =>
  typeof input === 'object' && input !== null && 'width' in input && 'data' in input;

/** The pixels' bytes, and their description; refused where they do not fit together. */
export function readRaw(image: RawImage): { readonly bytes: Uint8Array; readonly row: RawRow } {
  const { width, height } = image;
  for (const [name, side] of Object.entries({ width, height })) {
    if (!Number.isInteger(side) || side < 1 || side > 16_383)
      throw invalidArgument(
        'image',
        `${name}: expected a whole number from 1 to 16383, got ${describe(side)}`,
      );
  }
  const bytes = toBytes('image', image.data);
  const channels = image.channels ?? bytes.length / (width * height);
  if (![1, 2, 3, 4].includes(channels) || bytes.length !== width * height * channels) {
    const expected = `${width} x ${height} pixels of 1 to 4 bytes`;
    throw invalidArgument('image', `data: expected ${expected}, got ${bytes.length} bytes`);
  }
  return { bytes, row: { rawWidth: width, rawHeight: height, rawChannels: channels } };
}
