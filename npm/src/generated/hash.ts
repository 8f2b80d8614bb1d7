// Written by `cargo xtask codegen` from bindings/core. Do not edit.

import type { OperationSpec } from '../core/row.js';

/** Options of `hash.blake3`. */
export interface Blake3Options {
  /**
   * Key of the keyed mode (a message authentication code); excludes `context`.
   *
   * Exactly 32 bytes.
   * @defaultValue none
   */
  readonly key?: Uint8Array | undefined;
  /**
   * Context of the key derivation mode: hard-coded, globally unique text; excludes `key`.
   *
   * At most 65536 bytes of UTF-8.
   * @defaultValue none
   */
  readonly context?: string | undefined;
  /**
   * Length of the digest. Every length is a prefix of the longer ones.
   *
   * Unit: bytes, from 1 to 1073741824.
   * @defaultValue `32`
   */
  readonly length?: number | undefined;
}

/** `hash.blake3` on the wire. */
export const BLAKE3: OperationSpec = {
  family: 'hash',
  name: 'blake3',
  id: 0x0501,
  parallel: true,
  options: [
    { name: 'key', kind: 'bytes', min: 32, max: 32 },
    { name: 'context', kind: 'text', max: 65536 },
    { name: 'length', kind: 'integer', min: 1, max: 1073741824 },
  ],
};
