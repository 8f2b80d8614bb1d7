import type { Shapes } from './contract.js';

/** Every piece but the last is a multiple of this, in bytes. */
export const UNIT_BYTES = 4096;
/** Bytes that stay back for the last piece, where it is not the only one. */
export const LAST_BYTES = 64;

/**
 * A result that can be had piece by piece: nothing lives in the kernel between two pieces, the state comes back with each
 * one and goes along with the next. So any instance, worker or thread can go on, and a copy of the state is a copy of
 * the hash. What goes into `update` is a multiple of 4096 bytes; 64 bytes at least are left for `finish`.
 */
export interface Pieces<Options, State, Result> {
  /** Everything at once. */
  readonly whole: Shapes<Options, Result>;
  /** A piece in, the state out. */
  readonly update: Shapes<object, State>;
  /** The last piece in, the result out. */
  readonly finish: Shapes<object, Result>;
  /** Options of `update`. */
  next(options: Options | undefined, state: State | undefined): object;
  /** Options of `finish`. */
  last(options: Options | undefined, state: State): object;
}

/** How many of so many bytes can go into `update`. */
export const wholeBytes = (length: number): number =>
  Math.max(0, length - LAST_BYTES) & -UNIT_BYTES;
