// Written by `cargo xtask codegen` from bindings/core. Do not edit.

import type { OperationSpec } from '../core/row.js';

/** Options of `zstd.compress`. */
export interface CompressOptions {
  /**
   * From -7, the fastest, to 19, the strongest; 0 means 3.
   *
   * Unit: level, from -7 to 19.
   * @defaultValue `3`
   */
  readonly level?: number | undefined;
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

/** `zstd.compress` on the wire. */
export const COMPRESS: OperationSpec = {
  family: 'zstd',
  name: 'compress',
  id: 0x0101,
  parallel: false,
  options: [
    { name: 'level', kind: 'integer', min: -7, max: 19 },
    { name: 'checksum', kind: 'boolean' },
    { name: 'contentSize', kind: 'boolean' },
  ],
};

/** Options of `zstd.decompress`. */
export interface DecompressOptions {
  /**
   * Largest output accepted; exactly reaching it works.
   *
   * Unit: bytes, from 0.
   * @defaultValue `268435456`
   */
  readonly maxOutputBytes?: number | undefined;
  /**
   * Largest window that a frame may ask for.
   *
   * Unit: bytes, from 1024.
   * @defaultValue `134217728`
   */
  readonly maxWindowBytes?: number | undefined;
  /**
   * Most bytes of output per byte of input; 0 allows any.
   *
   * Unit: times, from 0.
   * @defaultValue `0`
   */
  readonly maxRatio?: number | undefined;
  /**
   * What the frames were compressed with: a dictionary of `zstd --train`, or any other bytes as mere content.
   *
   * From 1 to 67108864 bytes.
   * @defaultValue none
   */
  readonly dictionary?: Uint8Array | undefined;
  /**
   * Pass over what follows the last frame and is none; else it is an error.
   * @defaultValue `false`
   */
  readonly allowTrailing?: boolean | undefined;
}

/** `zstd.decompress` on the wire. */
export const DECOMPRESS: OperationSpec = {
  family: 'zstd',
  name: 'decompress',
  id: 0x0102,
  parallel: false,
  options: [
    { name: 'maxOutputBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxWindowBytes', kind: 'integer', min: 1024, max: 9007199254740991 },
    { name: 'maxRatio', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'dictionary', kind: 'bytes', min: 1, max: 67108864 },
    { name: 'allowTrailing', kind: 'boolean' },
  ],
};
