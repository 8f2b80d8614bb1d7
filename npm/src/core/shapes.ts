import type { AsyncBytesInput, BytesInput } from './bytes.js';
import type { CallOptions } from './call.js';
import type { Packed } from './packed.js';

/** Options of a batch whose failures stand beside its results. */
export interface SettleOption {
  /** Give `PromiseSettledResult`s instead of failing with the first error. */
  readonly settle: true;
}

/** Options of a batch whose results are wanted in one buffer. */
export interface PackedOption {
  /** Give all results in one {@link Packed} buffer instead of an array each: cheaper where they are many and small. */
  readonly packed: true;
}

/** Results that are bytes can be packed. */
type PackedResult<Result> = Result extends Uint8Array ? Packed : never;

/** `f(input, options?)`: off the calling thread. Do not change the input before the promise settles. */
export type AsyncShape<Options, Result> = (
  input: AsyncBytesInput,
  options?: Options & CallOptions,
) => Promise<Result>;

/** `fSync(input, options?)`: now, on the calling thread. */
export type SyncShape<Options, Result> = (input: BytesInput, options?: Options) => Result;

/** `fBatch(inputs, options?)`: over all cores, results in the order of the inputs. */
export interface BatchShape<Options, Result> {
  (
    inputs: readonly AsyncBytesInput[] | Packed,
    options: Options & CallOptions & SettleOption,
  ): Promise<PromiseSettledResult<Result>[]>;
  (
    inputs: readonly AsyncBytesInput[] | Packed,
    options: Options & CallOptions & PackedOption,
  ): Promise<PackedResult<Result>>;
  (inputs: readonly AsyncBytesInput[] | Packed, options?: Options & CallOptions): Promise<Result[]>;
}

/** `fBatchSync(inputs, options?)`: one boundary crossing for all inputs. */
export interface BatchSyncShape<Options, Result> {
  (
    inputs: readonly BytesInput[] | Packed,
    options: Options & SettleOption,
  ): PromiseSettledResult<Result>[];
  (inputs: readonly BytesInput[] | Packed, options: Options & PackedOption): PackedResult<Result>;
  (inputs: readonly BytesInput[] | Packed, options?: Options): Result[];
}

/** The four shapes of an operation. */
export interface Shapes<Options, Result> {
  readonly async: AsyncShape<Options, Result>;
  readonly sync: SyncShape<Options, Result>;
  readonly batch: BatchShape<Options, Result>;
  readonly batchSync: BatchSyncShape<Options, Result>;
}

/** What the options of a batch say of its results. */
export interface BatchOptions {
  readonly settle?: boolean;
  readonly packed?: boolean;
}
