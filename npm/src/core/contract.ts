// The types that users see. They refer to nothing of the machinery and to nothing that only TypeScript's `dom` library
// declares, so that they hold in projects without it.
import type { AsyncBytesInput, BytesInput } from './bytes.js';

/** `WebAssembly.Module`, where TypeScript knows it. */
export type WasmModule = typeof globalThis extends {
  WebAssembly: { Module: { prototype: infer Module } };
}
  ? Module
  : object;

/** What `ready()` accepts instead of the file that the package brings. */
export type ReadySource =
  | URL
  | string
  | Response
  | PromiseLike<Response>
  | WasmModule
  | ArrayBuffer
  | ArrayBufferView;

/** Options of every asynchronous call. */
export interface CallOptions {
  /** Aborting it rejects the call with `ERR_ABORTED` and stops a kernel that is running already. */
  readonly signal?: AbortSignal | undefined;
  /**
   * The call rejects with `ERR_TIMEOUT` after this many milliseconds, and a running kernel is stopped.
   * @defaultValue no limit
   */
  readonly timeoutMs?: number | undefined;
  /**
   * Hand the input's buffer over instead of copying it. It is detached; a view of a part of a buffer is copied.
   * @defaultValue `false`
   */
  readonly transfer?: boolean | undefined;
}

/** Many contents in one buffer: how inputs of a batch may come, and how results come with `packed: true`. */
export interface Packed {
  /** The contents, one after another. */
  readonly bytes: Uint8Array;
  /**
   * Where each starts, ascending; one number more than there are contents, the last being the end of all.
   * Content `i` is `bytes.subarray(offsets[i], offsets[i + 1])`.
   */
  readonly offsets: Uint32Array;
}

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

/** Options of every stream. */
export interface StreamOptions {
  /**
   * Write after every chunk all that a reader needs to have the whole of it, as interactive protocols want. Costs bytes.
   * @defaultValue `false`
   */
  readonly flush?: boolean | undefined;
}

/**
 * `fStream(options?)`: a pair of streams for `pipeThrough`, on the calling thread, with constant memory. The reading side
 * sets the pace. `maxOutputBytes`, where the operation has it, has no default here. An error of the input errors both
 * sides.
 */
export type StreamShape<Options> = (
  options?: Options & StreamOptions,
) => TransformStream<Uint8Array, Uint8Array>;

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

/** Which build of the kernels runs. `'auto'` takes threads for one large input where they help, else workers. */
export type Backend = 'auto' | 'wasm' | 'threads' | 'native';

/** Settings of the whole process; see `configure`. */
export interface Configuration {
  /**
   * Which build of the kernels runs.
   * @defaultValue `'auto'`, or the environment variable BYTEMILL_BACKEND
   */
  backend: Backend;
  /**
   * How many kernels may run at once.
   * @defaultValue the number of cores
   */
  concurrency: number;
  /**
   * An instance whose memory grew beyond this is replaced when it is idle, in bytes: wasm memory never shrinks.
   * @defaultValue 67_108_864
   */
  highWaterBytes: number;
  /**
   * Most that one kernel may allocate, its input and its result included, in bytes; beyond it calls fail with
   * `ERR_OUT_OF_MEMORY`. Instances that run already keep their limit. The native build knows no such limit.
   * @defaultValue 2_147_483_648; 100_663_296 where the runtime gives a program 128 MB
   */
  maxMemoryBytes: number;
  /**
   * Whether to load builds with names of functions and a map to lines of Rust: an `ERR_INTERNAL` then has the trap
   * as its `cause`, with a stack that names them. Slower, without threads, and for bundlers only where the files
   * `<module>.debug.wasm` and `.debug.map` of the package are served beside `<module>.wasm`. Changing it forgets what
   * is loaded, so browsers need `ready()` again before a synchronous call.
   * @defaultValue `false`
   */
  debug: boolean;
  /** What may wait for a free worker; above it calls reject with `ERR_BUSY`. */
  queue: QueueLimits;
  /**
   * Smallest input that is spread over threads, in bytes.
   * @defaultValue 4_194_304; in Deno 1_073_741_824, because threads take more than a second to start there
   */
  threadsFromBytes: number;
  /**
   * How long an idle worker is kept, in milliseconds.
   * @defaultValue 10_000
   */
  idleMs: number;
}

/** Bounds of what waits. */
export interface QueueLimits {
  /**
   * How many inputs.
   * @defaultValue 65_536
   */
  maxItems: number;
  /**
   * How many bytes of input; a single one that is larger is taken where nothing else is waiting.
   * @defaultValue 1_073_741_824
   */
  maxBytes: number;
}

/** What `configure` takes: settings by name, and parts of those that have parts. */
export type Settings = Partial<Omit<Configuration, 'queue'>> & {
  readonly queue?: Partial<QueueLimits> | undefined;
};

/** What `info()` tells. */
export interface Info {
  /** Version of the package. */
  readonly version: string;
  /** Versions of the package, of the runtime and of the native build, where they are known. */
  readonly versions: Readonly<Record<string, string>>;
  /** `'node'`, `'bun'`, `'deno'`, `'browser'`, `'workerd'`. */
  readonly runtime: string;
  /** Which build of the kernels was asked for. */
  readonly backend: Backend;
  /** Whether debug builds were asked for. */
  readonly debug: boolean;
  /** Whether this engine runs WebAssembly SIMD, which every module needs. */
  readonly simd: boolean;
  /** Whether one large input can be spread over shared-memory threads, or why not. */
  readonly threads: true | string;
  /** Workers alive in the pool. */
  readonly workers: number;
  /** Most kernels that run at once. */
  readonly concurrency: number;
  /** Bytes of wasm memory that the instances of the calling thread hold, by module. */
  readonly memoryBytes: Readonly<Record<string, number>>;
  /** Bytes of wasm memory that workers, by their last answers, and threads hold, all together. */
  readonly workerMemoryBytes: number;
  /** What was asked for and could not be had, in sentences. */
  readonly notices: readonly string[];
  /** What the package did so far. */
  readonly counters: Readonly<Counters>;
}

/** What the package did so far; for tests and the curious. */
export interface Counters {
  /** Batches handed to workers or threads. */
  batches: number;
  /** Inputs in those batches. */
  items: number;
  /** Milliseconds that threaded jobs ran, without the copying of their inputs and results. */
  threadedMs: number;
  /** Workers started. */
  workersStarted: number;
  /** Workers ended because of an aborted or timed-out call. */
  workersKilled: number;
}
