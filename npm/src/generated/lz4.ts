// Written by `cargo xtask codegen` from bindings/core. Do not edit.

import type { OperationSpec } from '../core/row.js';

/** Options of `lz4.compress`. */
export interface CompressOptions {
  /**
   * A `'frame'`, as the command `lz4` writes it, or a bare `'block'` without its size.
   * @defaultValue `'frame'`
   */
  readonly format?: 'frame' | 'block' | undefined;
  /**
   * What a block of the frame holds at most, raised to 64 KiB, 256 KiB, 1 MiB or 4 MiB.
   *
   * Unit: bytes, from 1 to 4194304.
   * @defaultValue `65536`
   */
  readonly blockBytes?: number | undefined;
  /**
   * Let no block refer to the one before it; they compress less.
   * @defaultValue `false`
   */
  readonly independentBlocks?: boolean | undefined;
  /**
   * End each block with a checksum of what is stored.
   * @defaultValue `false`
   */
  readonly blockChecksum?: boolean | undefined;
  /**
   * End the frame with a checksum of its content.
   * @defaultValue `true`
   */
  readonly checksum?: boolean | undefined;
  /**
   * Declare the content's size in the frame's header.
   * @defaultValue `true`
   */
  readonly contentSize?: boolean | undefined;
}

/** `lz4.compress` on the wire. */
export const COMPRESS: OperationSpec = {
  family: 'lz4',
  name: 'compress',
  id: 0x0401,
  parallel: false,
  options: [
    { name: 'format', kind: 'choice', names: ['frame', 'block'] },
    { name: 'blockBytes', kind: 'integer', min: 1, max: 4194304 },
    { name: 'independentBlocks', kind: 'boolean' },
    { name: 'blockChecksum', kind: 'boolean' },
    { name: 'checksum', kind: 'boolean' },
    { name: 'contentSize', kind: 'boolean' },
  ],
};

/** Options of `lz4.decompress`. */
export interface DecompressOptions {
  /**
   * Frames, one after another, or a bare `'block'` without its size.
   * @defaultValue `'frame'`
   */
  readonly format?: 'frame' | 'block' | undefined;
  /**
   * Largest output accepted; exactly reaching it works.
   *
   * Unit: bytes, from 0.
   * @defaultValue `268435456`
   */
  readonly maxOutputBytes?: number | undefined;
  /**
   * Most bytes of output per byte of input; 0 allows any.
   *
   * Unit: times, from 0.
   * @defaultValue `0`
   */
  readonly maxRatio?: number | undefined;
  /**
   * Ignore what follows the last frame instead of refusing it.
   * @defaultValue `false`
   */
  readonly allowTrailing?: boolean | undefined;
}

/** `lz4.decompress` on the wire. */
export const DECOMPRESS: OperationSpec = {
  family: 'lz4',
  name: 'decompress',
  id: 0x0402,
  parallel: false,
  options: [
    { name: 'format', kind: 'choice', names: ['frame', 'block'] },
    { name: 'maxOutputBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxRatio', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'allowTrailing', kind: 'boolean' },
  ],
};
