import type { AsyncBytesInput, BytesInput } from '../core/bytes.js';
import type {
  BatchOptions,
  BatchShape,
  BatchSyncShape,
  CallOptions,
  SettleOption,
  Shapes,
} from '../core/contract.js';
import { invalidArgument } from '../core/error.js';
import { attempt, delivered } from '../core/outcome.js';
import type { ProcessOptions } from '../generated/image.js';
import type { OutputFormat, Process } from './chain.js';
import type { DecodedImage, RawImage } from './raw.js';
import { readRaw } from './raw.js';

/** Options of `image.decode`. */
export type DecodeOptions = Pick<
  ProcessOptions,
  'page' | 'autoOrient' | 'maxPixels' | 'maxOutputBytes'
>;

/** Options of `image.encode`. */
export type EncodeOptions = Pick<
  ProcessOptions,
  | 'quality'
  | 'progressive'
  | 'chromaSubsampling'
  | 'lossless'
  | 'effort'
  | 'colours'
  | 'background'
  | 'maxPixels'
  | 'maxOutputBytes'
> & {
  /**
   * Format of the result.
   * @defaultValue `'png'`
   */
  readonly format?: OutputFormat | undefined;
};

/** `image.decode`: a chain without steps whose result is pixels. */
export function decoding(process: Process): Shapes<DecodeOptions, DecodedImage> {
  const raw = <Options extends object>(options: Options | undefined) =>
    ({ ...options, format: 'raw' }) as const;
  const batch = (
    inputs: readonly AsyncBytesInput[],
    options?: DecodeOptions & CallOptions & BatchOptions,
  ): Promise<unknown> => process.batch(inputs, raw(options));
  const batchSync = (
    inputs: readonly BytesInput[],
    options?: DecodeOptions & BatchOptions,
  ): unknown => process.batchSync(inputs, raw(options));
  return {
    sync: (input, options) => process.sync(input, raw(options)),
    async: (input, options) => process.async(input, raw(options)),
    batch: batch as BatchShape<DecodeOptions, DecodedImage>,
    batchSync: batchSync as BatchSyncShape<DecodeOptions, DecodedImage>,
  };
}

/** The four shapes of `image.encode`, whose inputs are pixels. */
export interface EncodeShapes {
  readonly sync: (image: RawImage, options?: EncodeOptions) => Uint8Array;
  readonly async: (image: RawImage, options?: EncodeOptions & CallOptions) => Promise<Uint8Array>;
  readonly batch: {
    (
      images: readonly RawImage[],
      options: EncodeOptions & CallOptions & SettleOption,
    ): Promise<PromiseSettledResult<Uint8Array>[]>;
    (images: readonly RawImage[], options?: EncodeOptions & CallOptions): Promise<Uint8Array[]>;
  };
  readonly batchSync: {
    (
      images: readonly RawImage[],
      options: EncodeOptions & SettleOption,
    ): PromiseSettledResult<Uint8Array>[];
    (images: readonly RawImage[], options?: EncodeOptions): Uint8Array[];
  };
}

/** `image.encode`: a chain without steps whose input is pixels. Each image says its own size, so each is a call. */
export function encoding(process: Process): EncodeShapes {
  const sync = (image: RawImage, options?: EncodeOptions): Uint8Array => {
    const { bytes, row } = readRaw(image);
    return process.sync(bytes, { ...options, ...row }).data;
  };
  const async = async (
    image: RawImage,
    options?: EncodeOptions & CallOptions,
  ): Promise<Uint8Array> => {
    const { bytes, row } = readRaw(image);
    return (await process.async(bytes, { ...options, ...row })).data;
  };
  const batch = async (
    images: readonly RawImage[],
    options: EncodeOptions & CallOptions & Partial<SettleOption> = {},
  ) => {
    const { settle, ...each } = options;
    const outcomes = await Promise.allSettled(listed(images).map((image) => async(image, each)));
    return delivered(outcomes, settle);
  };
  const batchSync = (
    images: readonly RawImage[],
    options: EncodeOptions & Partial<SettleOption> = {},
  ) => {
    const { settle, ...each } = options;
    const outcomes = listed(images).map((image): PromiseSettledResult<Uint8Array> => {
      const outcome = attempt(() => sync(image, each));
      return 'error' in outcome
        ? { status: 'rejected', reason: outcome.error }
        : { status: 'fulfilled', value: outcome.value };
    });
    return delivered(outcomes, settle);
  };
  return { sync, async, batch, batchSync } as EncodeShapes;
}

function listed(images: readonly RawImage[]): readonly RawImage[] {
  if (Array.isArray(images)) return images;
  throw invalidArgument('image', 'images: expected an array of { width, height, data }');
}
