// Written by `cargo xtask codegen` from bindings/core. Do not edit.

import type { OperationSpec } from '../core/row.js';

/** Options of `dedup.chunk`. */
export interface ChunkOptions {
  /**
   * How to cut: FastCDC (2020), or as the Xet protocol of Hugging Face does (64 KiB on average, 8 to 128 KiB,
   * digests under its key, its hash of a file as the root), which has no other options.
   * @defaultValue `'fastcdc'`
   */
  readonly algorithm?: 'fastcdc' | 'xet' | undefined;
  /**
   * Size of chunks on average, even.
   *
   * Unit: bytes, from 256 to 4194304.
   * @defaultValue `65536`
   */
  readonly averageBytes?: number | undefined;
  /**
   * Least size of a chunk but the last: even, at least 64, at most `averageBytes`; 0 is a quarter of that.
   *
   * Unit: bytes, from 0 to 1048576.
   * @defaultValue `0`
   */
  readonly minBytes?: number | undefined;
  /**
   * Largest size of a chunk: even, at least 1,024 and `averageBytes`; 0 is four times that.
   *
   * Unit: bytes, from 0 to 16777216.
   * @defaultValue `0`
   */
  readonly maxBytes?: number | undefined;
  /**
   * How close the sizes of chunks keep to the average (FastCDC's normalized chunking); 0 is not at all.
   *
   * Unit: level, from 0 to 3.
   * @defaultValue `1`
   */
  readonly normalization?: number | undefined;
  /**
   * Key of the chunks' digests, so that nobody without it can tell what they are of; excludes `context`.
   *
   * Exactly 32 bytes.
   * @defaultValue none
   */
  readonly key?: Uint8Array | undefined;
  /**
   * Context under which the chunks' digests are derived, which keeps uses apart; excludes `key`.
   *
   * At most 65536 bytes of UTF-8.
   * @defaultValue none
   */
  readonly context?: string | undefined;
}

/** `dedup.chunk` on the wire. */
export const CHUNK: OperationSpec = {
  family: 'dedup',
  name: 'chunk',
  id: 0x0601,
  parallel: true,
  options: [
    { name: 'algorithm', kind: 'choice', names: ['fastcdc', 'xet'] },
    { name: 'averageBytes', kind: 'integer', min: 256, max: 4194304 },
    { name: 'minBytes', kind: 'integer', min: 0, max: 1048576 },
    { name: 'maxBytes', kind: 'integer', min: 0, max: 16777216 },
    { name: 'normalization', kind: 'integer', min: 0, max: 3 },
    { name: 'key', kind: 'bytes', min: 32, max: 32 },
    { name: 'context', kind: 'text', max: 65536 },
  ],
};

/** Options of `dedup.chunkPiece`. */
export interface ChunkPieceOptions {
  /**
   * How to cut: FastCDC (2020), or as the Xet protocol of Hugging Face does (64 KiB on average, 8 to 128 KiB,
   * digests under its key, its hash of a file as the root), which has no other options.
   * @defaultValue `'fastcdc'`
   */
  readonly algorithm?: 'fastcdc' | 'xet' | undefined;
  /**
   * Size of chunks on average, even.
   *
   * Unit: bytes, from 256 to 4194304.
   * @defaultValue `65536`
   */
  readonly averageBytes?: number | undefined;
  /**
   * Least size of a chunk but the last: even, at least 64, at most `averageBytes`; 0 is a quarter of that.
   *
   * Unit: bytes, from 0 to 1048576.
   * @defaultValue `0`
   */
  readonly minBytes?: number | undefined;
  /**
   * Largest size of a chunk: even, at least 1,024 and `averageBytes`; 0 is four times that.
   *
   * Unit: bytes, from 0 to 16777216.
   * @defaultValue `0`
   */
  readonly maxBytes?: number | undefined;
  /**
   * How close the sizes of chunks keep to the average (FastCDC's normalized chunking); 0 is not at all.
   *
   * Unit: level, from 0 to 3.
   * @defaultValue `1`
   */
  readonly normalization?: number | undefined;
  /**
   * Key of the chunks' digests, so that nobody without it can tell what they are of; excludes `context`.
   *
   * Exactly 32 bytes.
   * @defaultValue none
   */
  readonly key?: Uint8Array | undefined;
  /**
   * Context under which the chunks' digests are derived, which keeps uses apart; excludes `key`.
   *
   * At most 65536 bytes of UTF-8.
   * @defaultValue none
   */
  readonly context?: string | undefined;
}

/** `dedup.chunkPiece` on the wire. */
export const CHUNK_PIECE: OperationSpec = {
  family: 'dedup',
  name: 'chunkPiece',
  id: 0x0602,
  parallel: true,
  options: [
    { name: 'algorithm', kind: 'choice', names: ['fastcdc', 'xet'] },
    { name: 'averageBytes', kind: 'integer', min: 256, max: 4194304 },
    { name: 'minBytes', kind: 'integer', min: 0, max: 1048576 },
    { name: 'maxBytes', kind: 'integer', min: 0, max: 16777216 },
    { name: 'normalization', kind: 'integer', min: 0, max: 3 },
    { name: 'key', kind: 'bytes', min: 32, max: 32 },
    { name: 'context', kind: 'text', max: 65536 },
  ],
};

/** Options of `dedup.root`. */
export interface RootOptions {
  /**
   * How the chunks were cut.
   * @defaultValue `'fastcdc'`
   */
  readonly algorithm?: 'fastcdc' | 'xet' | undefined;
}

/** `dedup.root` on the wire. */
export const ROOT: OperationSpec = {
  family: 'dedup',
  name: 'root',
  id: 0x0603,
  parallel: false,
  options: [
    { name: 'algorithm', kind: 'choice', names: ['fastcdc', 'xet'] },
  ],
};

/** Options of `dedup.fingerprint`. */
export interface FingerprintOptions {
  /**
   * Name of the use. Fingerprints under different names have nothing to do with each other.
   *
   * At most 1024 bytes of UTF-8.
   * @defaultValue none
   */
  readonly namespace?: string | undefined;
  /**
   * Version of the use; as the namespace.
   *
   * Unit: version, from 0 to 4294967295.
   * @defaultValue `1`
   */
  readonly version?: number | undefined;
  /**
   * Length of the fingerprint. A shorter one is not the beginning of a longer one.
   *
   * Unit: bytes, from 8 to 32.
   * @defaultValue `32`
   */
  readonly length?: number | undefined;
  /**
   * What is done to the input first: nothing, or every CR LF and lone CR becomes LF.
   * @defaultValue `'none'`
   */
  readonly normalization?: 'none' | 'newlines' | undefined;
  /**
   * Secret, without which nobody can tell what has a fingerprint.
   *
   * Exactly 32 bytes.
   * @defaultValue none
   */
  readonly key?: Uint8Array | undefined;
}

/** `dedup.fingerprint` on the wire. */
export const FINGERPRINT: OperationSpec = {
  family: 'dedup',
  name: 'fingerprint',
  id: 0x0604,
  parallel: true,
  options: [
    { name: 'namespace', kind: 'text', max: 1024 },
    { name: 'version', kind: 'integer', min: 0, max: 4294967295 },
    { name: 'length', kind: 'integer', min: 8, max: 32 },
    { name: 'normalization', kind: 'choice', names: ['none', 'newlines'] },
    { name: 'key', kind: 'bytes', min: 32, max: 32 },
  ],
};
