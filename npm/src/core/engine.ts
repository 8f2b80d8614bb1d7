import type { Packed } from './contract.js';
import type { Item } from './item.js';
import type { Row } from './row.js';

/** What bounds the memory of instances, in bytes. */
export interface MemoryLimits {
  /** An instance that grew beyond this is replaced between calls. */
  readonly highWaterBytes: number;
  /** Most that a kernel may allocate. */
  readonly maxMemoryBytes: number;
}

/** The first input of a batch that failed, and how. */
export interface Failure {
  readonly index: number;
  readonly item: Item;
}

/** What runs kernels on the calling thread: an instance of a wasm module, or the native addon. */
export interface Engine {
  /** Runs one input. */
  one(op: number, row: Row, input: Uint8Array, limits: MemoryLimits): Item;
  /** Runs a batch; one item per input, in order, whatever happens. */
  many(op: number, row: Row, inputs: readonly Uint8Array[], limits: MemoryLimits): Item[];
  /** Runs a batch whose results are wanted in one buffer, or the first failure of them. */
  packed(
    op: number,
    row: Row,
    inputs: readonly Uint8Array[] | Packed,
    limits: MemoryLimits,
  ): Packed | Failure;
}
