import { VERSION } from '../generated/version.js';
import type { Family } from './family.js';
import type { NativeEngine } from './native.js';
import type { Platform } from './platform.js';
import type { Pool } from './pool.js';
import type { Scheduler } from './scheduler.js';
import type { Twin } from './twin.js';

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
   * `<family>.debug.wasm` and `.debug.map` of the package are served beside `<family>.wasm`.
   * @defaultValue `false`
   */
  debug: boolean;
  /** What may wait for a free worker; above it calls reject with `ERR_BUSY`. */
  queue: QueueLimits;
  /**
   * Smallest input that is spread over threads, in bytes.
   * @defaultValue 4_194_304
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

/** Everything that the copies of this package in one process (ESM, CJS, a reloaded bundle) share. */
export interface State {
  readonly platform: Platform;
  readonly config: Configuration;
  readonly families: Map<string, Family>;
  readonly twins: Map<string, Twin>;
  readonly counters: Counters;
  pool?: Pool;
  scheduler?: Scheduler;
  /** The native addon, once it was loaded. */
  addon?: NativeEngine;
  /** The same, while it is what runs kernels. */
  native?: NativeEngine | undefined;
  /** Why the native build or the threads were asked for and could not be had. */
  notices: string[];
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

const KEY = Symbol.for(`bytemill@${VERSION}`);

/** The shared state; the first copy to ask makes it. */
export function sharedState(platform: Platform): State {
  const holder = globalThis as { [KEY]?: State };
  holder[KEY] ??= {
    platform,
    config: {
      backend: 'auto',
      concurrency: Math.max(1, platform.concurrency()),
      highWaterBytes: 64 << 20,
      maxMemoryBytes: platform.maxMemoryBytes ?? 2 ** 31,
      debug: false,
      queue: { maxItems: 65_536, maxBytes: 1 << 30 },
      threadsFromBytes: 4 << 20,
      idleMs: 10_000,
    },
    families: new Map(),
    twins: new Map(),
    counters: { batches: 0, items: 0, threadedMs: 0, workersStarted: 0, workersKilled: 0 },
    notices: [],
  };
  return holder[KEY];
}
