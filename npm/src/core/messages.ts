import type { MemoryLimits } from './engine.js';
import type { PackedItems } from './item.js';
import type { Row } from './row.js';

/** To a worker of the pool. */
export type ToWorker =
  | {
      readonly type: 'module';
      /** The module's `id`, and the family that its errors name. */
      readonly family: string;
      readonly kernel: string;
      readonly module: WebAssembly.Module;
      /** Whether traps tell their stack. */
      readonly debug: boolean;
    }
  | {
      readonly type: 'run';
      readonly id: number;
      readonly family: string;
      readonly op: number;
      readonly row: Row;
      /**
       * The inputs, one after another, and the length of each as f64. Buffers, not views: Deno's worker_threads walks a
       * view byte by byte where it arrives in a worker, 150 ms for each MiB.
       */
      readonly packed: ArrayBuffer;
      readonly lengths: ArrayBuffer;
      readonly limits: MemoryLimits;
    };

/** From a worker of the pool. */
export type FromWorker =
  | { readonly type: 'ready' }
  | {
      readonly type: 'done';
      readonly id: number;
      readonly items: PackedItems;
      /** What the worker's instances hold now. */
      readonly memoryBytes: number;
    }
  /** `exhausted`: there was no room for an instance. */
  | {
      readonly type: 'failed';
      readonly id: number;
      readonly message: string;
      readonly exhausted: boolean;
    };

/** To the host of a threaded twin. */
export type ToHost =
  | {
      readonly type: 'start';
      readonly module: WebAssembly.Module;
      readonly threads: number;
      readonly maxMemoryBytes: number;
      /** Of each thread. */
      readonly stackBytes: number;
    }
  | { readonly type: 'reserve'; readonly id: number; readonly bytes: number }
  | { readonly type: 'submit'; readonly id: number };

/** From the host of a threaded twin. */
export type FromHost =
  | { readonly type: 'listening' }
  | { readonly type: 'ready'; readonly memory: WebAssembly.Memory }
  /** Address of the arena for a job's frame; 0 when memory is short. */
  | { readonly type: 'reserved'; readonly id: number; readonly address: number }
  /** `ms` from submission to notice: the job without the copying of its input and results. */
  | { readonly type: 'done'; readonly id: number; readonly items: PackedItems; readonly ms: number }
  /** The twin can no longer be trusted: a thread trapped. `cause` is what the engine said. */
  | {
      readonly type: 'trap';
      readonly kind: number;
      readonly text: string;
      readonly cause: string;
    };

/** To a rayon thread of a twin. */
export interface ThreadStart {
  readonly type: 'thread';
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly stackBytes: number;
  readonly receiver: number;
}

/** From a rayon thread of a twin. */
export type FromThread =
  | { readonly type: 'listening' }
  | { readonly type: 'started' }
  | { readonly type: 'notify'; readonly job: number }
  | { readonly type: 'panic' };
