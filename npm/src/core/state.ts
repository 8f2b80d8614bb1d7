import { VERSION } from '../generated/version.js';
import type { Configuration, Counters } from './contract.js';
import type { Family } from './family.js';
import type { NativeEngine } from './native.js';
import type { Platform } from './platform.js';
import type { Pool } from './pool.js';
import type { Scheduler } from './scheduler.js';
import type { Twin } from './twin.js';

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
