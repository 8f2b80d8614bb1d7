import platform from 'bytemill:platform';
import source from 'bytemill:wasm/dedup';
import { bytesOf } from './core/decode.js';
import { kernel } from './core/kernel.js';
import type { AsyncShape, BatchShape, BatchSyncShape, SyncShape } from './core/contract.js';
import { RUN, type RunOptions } from './generated/dedup.js';

export { BytemillError } from './core/error.js';
export type { RunOptions };

const dedup = /* @__PURE__ */ kernel(platform, 'dedup', source);

/** Loads the module now; needed in browsers before a synchronous call. */
export const ready = dedup.ready;

const runs = /* @__PURE__ */ dedup.operation<RunOptions, Uint8Array>(RUN, bytesOf);

/** What the kernel does to one input. */
export const run: AsyncShape<RunOptions, Uint8Array> = runs.async;
/** {@link run}, now, on the calling thread. */
export const runSync: SyncShape<RunOptions, Uint8Array> = runs.sync;
/** {@link run} for many inputs, over all cores. */
export const runBatch: BatchShape<RunOptions, Uint8Array> = runs.batch;
/** {@link run} for many inputs in one boundary crossing. */
export const runBatchSync: BatchSyncShape<RunOptions, Uint8Array> = runs.batchSync;
