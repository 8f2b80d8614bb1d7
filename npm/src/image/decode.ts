import type { Item } from '../core/item.js';
import type { ProcessResult } from './chain.js';
import type { DecodedImage } from './raw.js';

// What items of this family become.

/** What is read. */
export type InputFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'bmp' | 'qoi' | 'ico' | 'tiff';

const INPUTS = ['jpeg', 'png', 'webp', 'gif', 'bmp', 'qoi', 'ico', 'tiff'] as const;
/** Behind these comes what is no file. */
const OUTPUTS = ['jpeg', 'png', 'webp', 'gif', 'bmp', 'qoi'] as const;

/** What an image's header says. */
export interface Metadata {
  /** Format of the file. */
  readonly format: InputFormat;
  /** Width as stored, in pixels; orientations 5 to 8 exchange it with the height. */
  readonly width: number;
  /** Height as stored, in pixels. */
  readonly height: number;
  /** EXIF orientation, 1 to 8; 1 is upright. */
  readonly orientation: number;
  /** Samples per pixel: 1 grey, 2 grey and alpha, 3 colour, 4 colour and alpha, or CMYK in JPEG. */
  readonly channels: number;
  /** Bits of a sample, or of an index into a palette: 1 to 16. */
  readonly depth: number;
  /** Whether pixels can be transparent. */
  readonly hasAlpha: boolean;
  /** Whether the image comes in several passes: progressive JPEG, interlaced PNG and GIF. */
  readonly isProgressive: boolean;
  /** Images in the file: frames of an animation, pages of a TIFF, sizes of an icon. */
  readonly pages: number;
  /** How often an animation is played, 0 without end; undefined where there is none. */
  readonly loops: number | undefined;
  /** Pixels per inch; undefined where the file does not say it. */
  readonly density: number | undefined;
  /** Whether there is a colour profile. */
  readonly hasProfile: boolean;
}

/** For `image.metadata`. */
export function metadataOf({ numbers }: Item): Metadata {
  const [format = 0, width = 0, height = 0, orientation = 1, channels = 0, ...rest] =
    Array.from(numbers);
  const [alpha, depth = 8, progressive, pages = 1, loops, density, profile] = rest;
  return {
    format: INPUTS[format] ?? 'jpeg',
    width,
    height,
    orientation,
    channels,
    depth,
    hasAlpha: alpha === 1,
    isProgressive: progressive === 1,
    pages,
    loops: known(loops),
    density: known(density),
    hasProfile: profile === 1,
  };
}

/** For `image.process`. */
export function resultOf({ bytes, numbers }: Item): ProcessResult {
  const [place = 0, width = 0, height = 0, channels = 0] = Array.from(numbers);
  const format = OUTPUTS[place];
  return { data: bytes, width, height, channels, ...(format && { format }) };
}

/** An animation. */
export interface Animation {
  /** Width of the canvas in pixels; every frame covers all of it. */
  readonly width: number;
  /** Height of the canvas in pixels. */
  readonly height: number;
  /** How often it is played, 0 without end; undefined for a still image. */
  readonly loops: number | undefined;
  /** The frames, in order. */
  readonly frames: readonly Frame[];
}

/** A frame as it is shown: red, green, blue and alpha, which is not multiplied in. */
export interface Frame extends DecodedImage {
  readonly channels: 4;
  /** For how long it is shown, in milliseconds as stored: browsers make 100 of 0 to 10. */
  readonly durationMs: number;
}

/** For `image.frames`. */
export function animationOf({ bytes, numbers }: Item): Animation {
  const [width = 0, height = 0, loops, ...durations] = Array.from(numbers);
  const length = width * height * 4;
  const frames = durations.map((durationMs, at): Frame => {
    const data = bytes.slice(at * length, (at + 1) * length);
    return { width, height, channels: 4, data, durationMs };
  });
  return { width, height, loops: known(loops), frames };
}

const known = (value: number | undefined) => (Number.isNaN(value) ? undefined : value);

/** For a hash of 64 bits. */
export const hashOf = ({ bytes }: Item): bigint =>
  new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);

/** In how many of their 64 bits two hashes of {@link perceptualHash} differ. */
export function hammingDistance(one: bigint, other: bigint): number {
  let bits = BigInt.asUintN(64, one ^ other);
  let count = 0;
  for (; bits !== 0n; bits &= bits - 1n) count++;
  return count;
}
