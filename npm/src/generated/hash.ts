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
   * Unit: bytes, from 1 to 4294967296.
   * @defaultValue `32`
   */
  readonly length?: number | undefined;
  /**
   * Where in a longer digest the result starts: a slice costs no more than its own length.
   *
   * Unit: bytes, from 0.
   * @defaultValue `0`
   */
  readonly offset?: number | undefined;
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
    { name: 'length', kind: 'integer', min: 1, max: 4294967296 },
    { name: 'offset', kind: 'integer', min: 0, max: 9007199254740991 },
  ],
};

/** Options of `hash.blake3Update`. */
export interface Blake3UpdateOptions {
  /**
   * Key of the keyed mode.
   *
   * Exactly 32 bytes.
   * @defaultValue none
   */
  readonly key?: Uint8Array | undefined;
  /**
   * Context of the key derivation mode.
   *
   * At most 65536 bytes of UTF-8.
   * @defaultValue none
   */
  readonly context?: string | undefined;
  /**
   * What the update before gave; `key` and `context` are in it.
   *
   * From 1 to 6700 bytes.
   * @defaultValue none
   */
  readonly state?: Uint8Array | undefined;
}

/** `hash.blake3Update` on the wire. */
export const BLAKE3_UPDATE: OperationSpec = {
  family: 'hash',
  name: 'blake3Update',
  id: 0x0502,
  parallel: true,
  options: [
    { name: 'key', kind: 'bytes', min: 32, max: 32 },
    { name: 'context', kind: 'text', max: 65536 },
    { name: 'state', kind: 'bytes', min: 1, max: 6700 },
  ],
};

/** Options of `hash.blake3Finish`. */
export interface Blake3FinishOptions {
  /**
   * Length of the digest.
   *
   * Unit: bytes, from 1 to 4294967296.
   * @defaultValue `32`
   */
  readonly length?: number | undefined;
  /**
   * What the last update gave.
   *
   * From 1 to 6700 bytes.
   * @defaultValue none
   */
  readonly state?: Uint8Array | undefined;
  /**
   * Where in a longer digest the result starts.
   *
   * Unit: bytes, from 0.
   * @defaultValue `0`
   */
  readonly offset?: number | undefined;
}

/** `hash.blake3Finish` on the wire. */
export const BLAKE3_FINISH: OperationSpec = {
  family: 'hash',
  name: 'blake3Finish',
  id: 0x0503,
  parallel: false,
  options: [
    { name: 'length', kind: 'integer', min: 1, max: 4294967296 },
    { name: 'state', kind: 'bytes', min: 1, max: 6700 },
    { name: 'offset', kind: 'integer', min: 0, max: 9007199254740991 },
  ],
};

/** Options of `hash.sha256`. */
export interface Sha256Options {}

/** `hash.sha256` on the wire. */
export const SHA256: OperationSpec = {
  family: 'hash',
  name: 'sha256',
  id: 0x0511,
  parallel: false,
  options: [],
};

/** Options of `hash.xxh3`. */
export interface Xxh3Options {
  /**
   * Seed: other seeds give other hashes.
   *
   * Whole, from 0 to 2^64 - 1.
   * @defaultValue `0`
   */
  readonly seed?: bigint | number | undefined;
}

/** `hash.xxh3` on the wire. */
export const XXH3: OperationSpec = {
  family: 'hash',
  name: 'xxh3',
  id: 0x0512,
  parallel: false,
  options: [
    { name: 'seed', kind: 'wide' },
  ],
};

/** Options of `hash.xxh128`. */
export interface Xxh128Options {
  /**
   * Seed: other seeds give other hashes.
   *
   * Whole, from 0 to 2^64 - 1.
   * @defaultValue `0`
   */
  readonly seed?: bigint | number | undefined;
}

/** `hash.xxh128` on the wire. */
export const XXH128: OperationSpec = {
  family: 'hash',
  name: 'xxh128',
  id: 0x0513,
  parallel: false,
  options: [
    { name: 'seed', kind: 'wide' },
  ],
};

/** Options of `hash.crc32`. */
export interface Crc32Options {
  /**
   * Checksum of what comes before the input.
   *
   * Unit: checksum, from 0 to 4294967295.
   * @defaultValue `0`
   */
  readonly value?: number | undefined;
}

/** `hash.crc32` on the wire. */
export const CRC32: OperationSpec = {
  family: 'hash',
  name: 'crc32',
  id: 0x0514,
  parallel: false,
  options: [
    { name: 'value', kind: 'integer', min: 0, max: 4294967295 },
  ],
};

/** Options of `hash.crc32c`. */
export interface Crc32cOptions {
  /**
   * Checksum of what comes before the input.
   *
   * Unit: checksum, from 0 to 4294967295.
   * @defaultValue `0`
   */
  readonly value?: number | undefined;
}

/** `hash.crc32c` on the wire. */
export const CRC32C: OperationSpec = {
  family: 'hash',
  name: 'crc32c',
  id: 0x0515,
  parallel: false,
  options: [
    { name: 'value', kind: 'integer', min: 0, max: 4294967295 },
  ],
};

/** Options of `hash.update`. */
export interface UpdateOptions {
  /**
   * Which hash.
   * @defaultValue `'sha256'`
   */
  readonly algorithm?: 'sha256' | 'xxh3' | 'xxh128' | undefined;
  /**
   * Seed of XXH3.
   *
   * Whole, from 0 to 2^64 - 1.
   * @defaultValue `0`
   */
  readonly seed?: bigint | number | undefined;
  /**
   * What the update before gave; `seed` is in it.
   *
   * From 1 to 80 bytes.
   * @defaultValue none
   */
  readonly state?: Uint8Array | undefined;
}

/** `hash.update` on the wire. */
export const UPDATE: OperationSpec = {
  family: 'hash',
  name: 'update',
  id: 0x0516,
  parallel: false,
  options: [
    { name: 'algorithm', kind: 'choice', names: ['sha256', 'xxh3', 'xxh128'] },
    { name: 'seed', kind: 'wide' },
    { name: 'state', kind: 'bytes', min: 1, max: 80 },
  ],
};

/** Options of `hash.finish`. */
export interface FinishOptions {
  /**
   * Which hash.
   * @defaultValue `'sha256'`
   */
  readonly algorithm?: 'sha256' | 'xxh3' | 'xxh128' | undefined;
  /**
   * What the last update gave.
   *
   * From 1 to 80 bytes.
   * @defaultValue none
   */
  readonly state?: Uint8Array | undefined;
}

/** `hash.finish` on the wire. */
export const FINISH: OperationSpec = {
  family: 'hash',
  name: 'finish',
  id: 0x0517,
  parallel: false,
  options: [
    { name: 'algorithm', kind: 'choice', names: ['sha256', 'xxh3', 'xxh128'] },
    { name: 'state', kind: 'bytes', min: 1, max: 80 },
  ],
};
