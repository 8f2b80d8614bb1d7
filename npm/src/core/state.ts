import { VERSION } from '../generated/version.js';
import type { Family } from './family.js';
import type { NativeAddon, Platform } from './platform.js';
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
   * How many inputs may wait; above it calls reject with `ERR_BUSY`.
   * @defaultValue 65_536
   */
  maxQueuedItems: number;
  /**
   * How many bytes of input may wait; above it calls reject with `ERR_BUSY`, unless nothing else is waiting.
   * @defaultValue 1_073_741_824
   */
  maxQueuedBytes: number;
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

/** Everything that the copies of this package in one process (ESM, CJS, a reloaded bundle) share. */
export interface State {
  readonly platform: Platform;
  readonly config: Configuration;
  readonly families: Map<string, Family>;
  readonly twins: Map<string, Twin>;
  readonly counters: Counters;
  pool?: Pool;
  scheduler?: Scheduler;
  native?: NativeAddon;
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
      maxQueuedItems: 65_536,
      maxQueuedBytes: 1 << 30,
      threadsFromBytes: platform.threadsFromBytes ?? 4 << 20,
      idleMs: 10_000,
    },
    families: new Map(),
    twins: new Map(),
    counters: { batches: 0, items: 0, threadedMs: 0, workersStarted: 0, workersKilled: 0 },
    notices: [],
  };
  return holder[KEY];
}
