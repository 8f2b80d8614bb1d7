import platform from 'bytemill:platform';
import type { Info, Settings } from './core/contract.js';
import { Runtime } from './core/runtime.js';
import { VERSION } from './generated/version.js';

export * as brotli from './brotli.js';
export type { AsyncBytesInput, BytesInput } from './core/bytes.js';
export type {
  AsyncShape,
  Backend,
  BatchShape,
  BatchSyncShape,
  CallOptions,
  Configuration,
  Info,
  Packed,
  PackedOption,
  QueueLimits,
  Settings,
  SettleOption,
  StreamOptions,
  StreamShape,
  SyncShape,
} from './core/contract.js';
export { BytemillError } from './core/error.js';
export * as dedup from './dedup.js';
export type { ErrorCode } from './generated/errors.js';
export * as gzip from './gzip.js';
export * as hash from './hash.js';
export * as image from './image.js';
export * as lz4 from './lz4.js';
export * as pdf from './pdf.js';
export * as zstd from './zstd.js';

const runtime = /* @__PURE__ */ new Runtime(platform);

/**
 * Changes settings for the whole process; what is not named stays.
 *
 * @example
 * ```ts
 * import { configure } from 'bytemill';
 *
 * configure({ concurrency: 2, highWaterBytes: 128 << 20 });
 * ```
 */
export const configure = (changes: Settings): void => runtime.configure(changes);

/** What runs, and why: backend, threads, workers, memory, counters. */
export const info = (): Info => runtime.info(VERSION);

/** Ends all workers and threads now instead of when they have been idle for a while. The next call starts new ones. */
export const close = (): Promise<void> => runtime.close();
