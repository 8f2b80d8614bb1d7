// Written by `cargo xtask codegen` from bindings/core. Do not edit.

import type { OperationSpec } from '../core/row.js';

/** Options of `gzip.compress`. */
export interface CompressOptions {
  /**
   * What is around the blocks: gzip's header and CRC-32, zlib's header and Adler-32, or nothing.
   * @defaultValue `'gzip'`
   */
  readonly format?: 'gzip' | 'zlib' | 'raw' | undefined;
  /**
   * 0 stores, 1 is the fastest, 9 gives the fewest bytes.
   *
   * Unit: level, from 0 to 9.
   * @defaultValue `6`
   */
  readonly level?: number | undefined;
  /**
   * Name of the file, for gzip's header; without U+0000.
   *
   * At most 4096 bytes of UTF-8.
   * @defaultValue none
   */
  readonly name?: string | undefined;
  /**
   * When the file was changed, for gzip's header; 0 for unknown.
   *
   * Unit: seconds since 1970, from 0 to 4294967295.
   * @defaultValue `0`
   */
  readonly mtime?: number | undefined;
  /**
   * Bytes that the input is likely to repeat and that the reader has too; the last 32 KiB count. Not for gzip.
   *
   * From 0 to 1073741824 bytes.
   * @defaultValue none
   */
  readonly dictionary?: Uint8Array | undefined;
}

/** `gzip.compress` on the wire. */
export const COMPRESS: OperationSpec = {
  family: 'gzip',
  name: 'compress',
  id: 0x0201,
  parallel: false,
  options: [
    { name: 'format', kind: 'choice', names: ['gzip', 'zlib', 'raw'] },
    { name: 'level', kind: 'integer', min: 0, max: 9 },
    { name: 'name', kind: 'text', max: 4096 },
    { name: 'mtime', kind: 'integer', min: 0, max: 4294967295 },
    { name: 'dictionary', kind: 'bytes', min: 0, max: 1073741824 },
  ],
};

/** Options of `gzip.decompress`. */
export interface DecompressOptions {
  /**
   * What is around the blocks: gzip's header and CRC-32, zlib's header and Adler-32, or nothing.
   * @defaultValue `'gzip'`
   */
  readonly format?: 'gzip' | 'zlib' | 'raw' | undefined;
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
   * What a zlib stream or raw blocks were compressed with.
   *
   * From 0 to 1073741824 bytes.
   * @defaultValue none
   */
  readonly dictionary?: Uint8Array | undefined;
  /**
   * Ignore bytes behind the end instead of refusing them.
   * @defaultValue `false`
   */
  readonly allowTrailing?: boolean | undefined;
}

/** `gzip.decompress` on the wire. */
export const DECOMPRESS: OperationSpec = {
  family: 'gzip',
  name: 'decompress',
  id: 0x0202,
  parallel: false,
  options: [
    { name: 'format', kind: 'choice', names: ['gzip', 'zlib', 'raw'] },
    { name: 'maxOutputBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'maxRatio', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'dictionary', kind: 'bytes', min: 0, max: 1073741824 },
    { name: 'allowTrailing', kind: 'boolean' },
  ],
};
