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
  /**
   * How far back matches reach, as a power of two, which a decoder needs as memory; 0 leaves it to the level.
   *
   * Unit: power of two, from 0 to 27.
   * @defaultValue `0`
   */
  readonly windowLog?: number | undefined;
  /**
   * Look for repetitions of 64 bytes and more that lie far apart, up to the window, which is then 27 (128 MiB) unless
   * `windowLog` says otherwise. Takes memory of that size.
   * @defaultValue `false`
   */
  readonly longDistance?: boolean | undefined;
  /**
   * What frames may refer to: a dictionary of `zstd --train`, or any other bytes as mere content. Who decompresses
   * needs the same.
   *
   * From 1 to 67108864 bytes.
   * @defaultValue none
   */
  readonly dictionary?: Uint8Array | undefined;
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
    { name: 'windowLog', kind: 'integer', min: 0, max: 27 },
    { name: 'longDistance', kind: 'boolean' },
    { name: 'dictionary', kind: 'bytes', min: 1, max: 67108864 },
  ],
};

/** Options of `zstd.compressJob`. */
export interface CompressJobOptions {
  /**
   * As in `zstd.compress`.
   *
   * Unit: level, from -7 to 19.
   * @defaultValue `3`
   */
  readonly level?: number | undefined;
  /**
   * As in `zstd.compress`; the first part's header says so, but the checksum itself is not written.
   * @defaultValue `true`
   */
  readonly checksum?: boolean | undefined;
  /**
   * As in `zstd.compress`.
   * @defaultValue `true`
   */
  readonly contentSize?: boolean | undefined;
  /**
   * As in `zstd.compress`.
   *
   * Unit: power of two, from 0 to 27.
   * @defaultValue `0`
   */
  readonly windowLog?: number | undefined;
  /**
   * As in `zstd.compress`.
   * @defaultValue `false`
   */
  readonly longDistance?: boolean | undefined;
  /**
   * How much of the input is content of the parts before, which this one may refer to.
   *
   * Unit: bytes, from 0.
   * @defaultValue `0`
   */
  readonly prefixBytes?: number | undefined;
  /**
   * Content of the whole frame.
   *
   * Unit: bytes, from 0.
   * @defaultValue `0`
   */
  readonly totalBytes?: number | undefined;
  /**
   * Whether this is the frame's last part.
   * @defaultValue `true`
   */
  readonly last?: boolean | undefined;
}

/** `zstd.compressJob` on the wire. */
export const COMPRESS_JOB: OperationSpec = {
  family: 'zstd',
  name: 'compressJob',
  id: 0x0103,
  parallel: false,
  options: [
    { name: 'level', kind: 'integer', min: -7, max: 19 },
    { name: 'checksum', kind: 'boolean' },
    { name: 'contentSize', kind: 'boolean' },
    { name: 'windowLog', kind: 'integer', min: 0, max: 27 },
    { name: 'longDistance', kind: 'boolean' },
    { name: 'prefixBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'totalBytes', kind: 'integer', min: 0, max: 9007199254740991 },
    { name: 'last', kind: 'boolean' },
  ],
};

/** Options of `zstd.checksum`. */
export interface ChecksumOptions {}

/** `zstd.checksum` on the wire. */
export const CHECKSUM: OperationSpec = {
  family: 'zstd',
  name: 'checksum',
  id: 0x0104,
  parallel: false,
  options: [],
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

/** Options of `zstd.trainDictionary`. */
export interface TrainDictionaryOptions {
  /**
   * Largest dictionary wanted; a hundredth of the samples is enough.
   *
   * Unit: bytes, from 512 to 67108864.
   * @defaultValue `112640`
   */
  readonly maxBytes?: number | undefined;
  /**
   * Level that the messages will be compressed at.
   *
   * Unit: level, from -7 to 19.
   * @defaultValue `3`
   */
  readonly level?: number | undefined;
  /**
   * Id that frames name; 0 takes one from the dictionary's content, 32768 to 2147483647. Numbers below 32768 and
   * from 2147483648 may be used in private only.
   *
   * Unit: id, from 0 to 4294967295.
   * @defaultValue `0`
   */
  readonly dictionaryId?: number | undefined;
}

/** `zstd.trainDictionary` on the wire. */
export const TRAIN_DICTIONARY: OperationSpec = {
  family: 'zstd',
  name: 'trainDictionary',
  id: 0x0105,
  parallel: false,
  options: [
    { name: 'maxBytes', kind: 'integer', min: 512, max: 67108864 },
    { name: 'level', kind: 'integer', min: -7, max: 19 },
    { name: 'dictionaryId', kind: 'integer', min: 0, max: 4294967295 },
  ],
};
