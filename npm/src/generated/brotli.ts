// Written by `cargo xtask codegen` from bindings/core. Do not edit.

import type { OperationSpec } from '../core/row.js';

/** Options of `brotli.decompress`. */
export interface DecompressOptions {
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
   * Ignore what follows the stream instead of refusing it.
   * @defaultValue `false`
   */
  readonly allowTrailing?: boolean | undefined;
}

/** `brotli.decompress` on the wire. */
export const DECOMPRESS: OperationSpec = {
  family: 'brotli',
  name: 'decompress',
  id: 0x0302,
  parallel: false,
  options: [
    { name: 'maxOutputBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxRatio', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'allowTrailing', kind: 'boolean' },
  ],
};

/** Options of `brotli.compress`. */
export interface CompressOptions {
  /**
   * 0 is fast, 11 is small and takes about 200 times as long as 5.
   *
   * Unit: level, from 0 to 11.
   * @defaultValue `5`
   */
  readonly quality?: number | undefined;
  /**
   * How far back repetitions may be found, as a base-two logarithm of bytes. What decompresses needs that much memory.
   *
   * Unit: bits, from 10 to 24.
   * @defaultValue `22`
   */
  readonly windowBits?: number | undefined;
  /**
   * What the content is: `'text'` in UTF-8, a `'font'` in WOFF 2.0, or anything.
   * @defaultValue `'generic'`
   */
  readonly mode?: 'generic' | 'text' | 'font' | undefined;
}

/** `brotli.compress` on the wire. */
export const COMPRESS: OperationSpec = {
  family: 'brotli',
  name: 'compress',
  id: 0x0301,
  parallel: false,
  options: [
    { name: 'quality', kind: 'integer', min: 0, max: 11 },
    { name: 'windowBits', kind: 'integer', min: 10, max: 24 },
    { name: 'mode', kind: 'choice', names: ['generic', 'text', 'font'] },
  ],
};
