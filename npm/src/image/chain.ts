import { type AsyncBytesInput, type BytesInput, toBytes } from '../core/bytes.js';
import type { Colour } from '../core/colour.js';
import type { CallOptions, Shapes } from '../core/contract.js';
import { describe, invalidArgument } from '../core/error.js';
import type { OperationSpec } from '../core/row.js';
import {
  BLUR,
  COMPOSITE,
  type CompositeOptions,
  EXTEND,
  EXTRACT,
  type ExtendOptions,
  type ExtractOptions,
  FLATTEN,
  FLIP,
  FLOP,
  type FlattenOptions,
  GAMMA,
  GRAYSCALE,
  LINEAR,
  MEDIAN,
  MODULATE,
  type ModulateOptions,
  NEGATE,
  type NegateOptions,
  NORMALIZE,
  type NormalizeOptions,
  type ProcessOptions,
  RESIZE,
  type ResizeOptions,
  ROTATE,
  type RotateOptions,
  SHARPEN,
  type SharpenOptions,
  THRESHOLD,
  type ThresholdOptions,
  TINT,
  TRIM,
  type TrimOptions,
} from '../generated/image.js';
import { type DecodedImage, isRaw, type RawImage, readRaw } from './raw.js';
import { encodeStep, joinSteps } from './steps.js';

/** What concerns the input, and all of the chain. */
export type ImageOptions = Pick<
  ProcessOptions,
  'page' | 'autoOrient' | 'maxPixels' | 'maxOutputBytes'
>;

/** Options of a JPEG result. */
export type JpegOptions = Pick<
  ProcessOptions,
  'quality' | 'progressive' | 'chromaSubsampling' | 'background'
>;
/** Options of a PNG result. */
export type PngOptions = Pick<ProcessOptions, 'effort' | 'colours'>;
/** Options of a WebP result. */
export type WebpOptions = Pick<ProcessOptions, 'quality' | 'lossless' | 'effort'>;
/** What a result can be written as. */
export type OutputFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'bmp' | 'qoi';

/** An image that is laid over another. */
export type OverlayOptions = Omit<
  CompositeOptions,
  'input' | 'rawWidth' | 'rawHeight' | 'rawChannels' | 'placed'
> & {
  /** The image: a file or pixels. */
  readonly input: BytesInput | RawImage;
};

/** A result with its size. */
export interface ImageResult {
  /** The file's bytes. */
  readonly data: Uint8Array;
  /** Its format. */
  readonly format: OutputFormat;
  /** Width in pixels. */
  readonly width: number;
  /** Height in pixels. */
  readonly height: number;
  /** Samples per pixel before it was encoded. */
  readonly channels: number;
}

/** What a chain runs on: `image.process`. */
export type Process = Shapes<ProcessOptions, ProcessResult>;

/** What comes out of the kernel. */
export type ProcessResult = Omit<ImageResult, 'format'> & {
  /** None where it is pixels. */
  readonly format?: OutputFormat;
};

interface State {
  readonly input: AsyncBytesInput | RawImage;
  readonly steps: readonly Uint8Array[];
  readonly options: ProcessOptions;
}

/**
 * Steps that turn one image into another, done in one crossing when the result is asked for. Steps are done in the order
 * of the calls. A chain does not change: every call gives another one, so that several can go on from one beginning.
 */
export class ImageChain {
  readonly #process: Process;
  readonly #state: State;

  /** Use {@link image}. */
  constructor(process: Process, state: State) {
    this.#process = process;
    this.#state = state;
  }

  /**
   * Changes the size. Where only one side is given the other follows; where both are, `fit` decides, `'cover'` if nothing
   * else is said.
   */
  resize(options: ResizeOptions): ImageChain;
  /** The same, as sharp has it. */
  resize(width?: number | null, height?: number | null, options?: ResizeOptions): ImageChain;
  resize(
    first?: ResizeOptions | number | null,
    height?: number | null,
    options?: ResizeOptions,
  ): ImageChain {
    const given =
      typeof first === 'object' && first !== null
        ? first
        : { ...options, ...(first && { width: first }), ...(height && { height }) };
    return this.#step(RESIZE, given);
  }

  /** Keeps a part of the image. It has to lie within it. */
  extract(options: ExtractOptions): ImageChain {
    return this.#step(EXTRACT, options);
  }

  /** Cuts off what looks like the upper left pixel, on all sides. */
  trim(options?: TrimOptions): ImageChain {
    return this.#step(TRIM, options);
  }

  /** Adds rows and columns; a number for as many on every side. */
  extend(options: ExtendOptions | number): ImageChain {
    if (typeof options !== 'number') return this.#step(EXTEND, options);
    const [top, bottom, left, right] = [options, options, options, options];
    return this.#step(EXTEND, { top, bottom, left, right });
  }

  /** Turns clockwise by degrees. Without an angle, as EXIF says, which is done at the start in any case. */
  rotate(angle?: number, options?: Omit<RotateOptions, 'angle'>): ImageChain {
    return angle === undefined ? this.autoOrient() : this.#step(ROTATE, { ...options, angle });
  }

  /** Turns upright as EXIF says, before all other steps; that is the default. */
  autoOrient(): ImageChain {
    return this.#with({ autoOrient: true });
  }

  /** Exchanges top and bottom. */
  flip(): ImageChain {
    return this.#step(FLIP);
  }

  /** Exchanges left and right. */
  flop(): ImageChain {
    return this.#step(FLOP);
  }

  /** Makes grey: 0.299 red, 0.587 green and 0.114 blue (BT.601). */
  grayscale(): ImageChain {
    return this.#step(GRAYSCALE);
  }

  /** {@link ImageChain.grayscale}. */
  greyscale(): ImageChain {
    return this.grayscale();
  }

  /** Inverts every sample. */
  negate(options?: NegateOptions): ImageChain {
    return this.#step(NEGATE, options);
  }

  /** Makes every sample 0 or, from `value` on, 255. */
  threshold(value?: number, options?: Omit<ThresholdOptions, 'value'>): ImageChain {
    return this.#step(THRESHOLD, { ...options, value });
  }

  /** Darkens by an exponent before the image is resized and lightens after, so that resizing is done in about linear light. */
  gamma(gamma?: number, gammaOut?: number): ImageChain {
    return this.#step(GAMMA, { gamma, gammaOut });
  }

  /** Changes lightness, chroma and hue (CIE LCh). */
  modulate(options: ModulateOptions): ImageChain {
    return this.#step(MODULATE, options);
  }

  /** Blurs by a Gaussian of `sigma` pixels; mildly without one. */
  blur(sigma?: number): ImageChain {
    return this.#step(BLUR, { sigma });
  }

  /** Sharpens; mildly without options. */
  sharpen(options?: SharpenOptions): ImageChain {
    return this.#step(SHARPEN, options);
  }

  /** Replaces every sample by the median of a square around it. */
  median(size?: number): ImageChain {
    return this.#step(MEDIAN, { size });
  }

  /** Multiplies every sample but alpha, and adds to it. */
  linear(multiplier?: number, offset?: number): ImageChain {
    return this.#step(LINEAR, { multiplier, offset });
  }

  /** Stretches lightness to the whole range. */
  normalize(options?: NormalizeOptions): ImageChain {
    return this.#step(NORMALIZE, options);
  }

  /** {@link ImageChain.normalize}. */
  normalise(options?: NormalizeOptions): ImageChain {
    return this.normalize(options);
  }

  /** Keeps the lightness and gives it the hue of a colour. */
  tint(colour: Colour): ImageChain {
    return this.#step(TINT, { colour });
  }

  /** Lays the image on a background and drops its alpha. */
  flatten(options?: FlattenOptions): ImageChain {
    return this.#step(FLATTEN, options);
  }

  /** Lays other images over it, one after another. */
  composite(overlays: OverlayOptions | readonly OverlayOptions[]): ImageChain {
    const all = Array.isArray(overlays) ? overlays : [overlays];
    return all.reduce<ImageChain>((chain, overlay) => chain.#overlay(overlay), this);
  }

  /** Writes JPEG. */
  jpeg(options?: JpegOptions): ImageChain {
    return this.#with({ ...options, format: 'jpeg' });
  }

  /** Writes PNG. */
  png(options?: PngOptions): ImageChain {
    return this.#with({ ...options, format: 'png' });
  }

  /** Writes WebP, lossy unless `lossless` says otherwise. */
  webp(options?: WebpOptions): ImageChain {
    return this.#with({ ...options, format: 'webp' });
  }

  /** Writes the format of this name, with the options of its own method. Without any of them the input's format stays. */
  toFormat(format: OutputFormat, options?: JpegOptions & PngOptions & WebpOptions): ImageChain {
    return this.#with({ ...options, format });
  }

  /** Keeps EXIF; its orientation is set to upright where the image was turned. */
  keepExif(): ImageChain {
    return this.#with({ keepExif: true });
  }

  /** Keeps the colour profile, and pixels as they are; otherwise they are converted to sRGB. */
  keepIccProfile(): ImageChain {
    return this.#with({ keepIcc: true });
  }

  /** Keeps XMP. */
  keepXmp(): ImageChain {
    return this.#with({ keepXmp: true });
  }

  /** Keeps EXIF, the colour profile and XMP. */
  keepMetadata(): ImageChain {
    return this.keepExif().keepIccProfile().keepXmp();
  }

  /** The result as a file, off the calling thread. */
  async toBytes(options?: CallOptions): Promise<Uint8Array> {
    return (await this.toResult(options)).data;
  }

  /** The result as a file, now, on the calling thread. */
  toBytesSync(): Uint8Array {
    return this.toResultSync().data;
  }

  /** The result with its format and size, off the calling thread. */
  async toResult(options?: CallOptions): Promise<ImageResult> {
    return (await this.#run(this.#state.options, options)) as ImageResult;
  }

  /** The result with its format and size, now, on the calling thread. */
  toResultSync(): ImageResult {
    return this.#runSync(this.#state.options) as ImageResult;
  }

  /** The result's pixels, off the calling thread. */
  async toRaw(options?: CallOptions): Promise<DecodedImage> {
    return this.#run({ ...this.#state.options, format: 'raw' }, options);
  }

  /** The result's pixels, now, on the calling thread. */
  toRawSync(): DecodedImage {
    return this.#runSync({ ...this.#state.options, format: 'raw' });
  }

  #step(spec: OperationSpec, options?: object): ImageChain {
    const steps = [...this.#state.steps, encodeStep(spec, options)];
    return new ImageChain(this.#process, { ...this.#state, steps });
  }

  #with(changes: ProcessOptions): ImageChain {
    const options = { ...this.#state.options, ...changes };
    return new ImageChain(this.#process, { ...this.#state, options });
  }

  #overlay(overlay: OverlayOptions): ImageChain {
    if (typeof overlay !== 'object' || overlay === null)
      throw invalidArgument('image', `composite: expected { input, … }, got ${describe(overlay)}`);
    const { input, ...options } = overlay;
    const placed = options.left !== undefined || options.top !== undefined;
    if (!isRaw(input))
      return this.#step(COMPOSITE, { ...options, placed, input: toBytes('image', input) });
    const { bytes, row } = readRaw(input);
    return this.#step(COMPOSITE, { ...options, placed, input: bytes, ...row });
  }

  #run(options: ProcessOptions, call: CallOptions | undefined): Promise<ProcessResult> {
    const { input } = this.#state;
    const steps = joinSteps(this.#state.steps);
    if (!isRaw(input)) return this.#process.async(input, { ...options, ...call, steps });
    const { bytes, row } = readRaw(input);
    return this.#process.async(bytes, { ...options, ...row, ...call, steps });
  }

  #runSync(options: ProcessOptions): ProcessResult {
    const { input } = this.#state;
    const steps = joinSteps(this.#state.steps);
    if (!isRaw(input)) return this.#process.sync(input as BytesInput, { ...options, steps });
    const { bytes, row } = readRaw(input);
    return this.#process.sync(bytes, { ...options, ...row, steps });
  }
}
