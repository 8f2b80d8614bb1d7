import platform from 'bytemill:platform';
import source from 'bytemill:wasm/dedup';
import type { AsyncShape, BatchShape, BatchSyncShape, SyncShape } from './core/contract.js';
import { bytesOf, hexOf } from './core/decode.js';
import { kernel } from './core/kernel.js';
import { isLargeBlob, type SourceShape } from './core/source.js';
import { type Manifest, manifestOf, partOf } from './dedup/manifest.js';
import { chunkSourceOf } from './dedup/stream.js';
import {
  CHUNK,
  CHUNK_PIECE,
  type ChunkOptions,
  FINGERPRINT,
  type FingerprintOptions,
  ROOT,
  type RootOptions,
} from './generated/dedup.js';

export { BytemillError } from './core/error.js';
export type { SourceInput, SourceShape } from './core/source.js';
export { type Difference, diff, type Manifest } from './dedup/manifest.js';
export type { ChunkOptions, FingerprintOptions };

const dedup = /* @__PURE__ */ kernel(platform, 'dedup', source);

/** Loads the module now; needed in browsers before a synchronous call. */
export const ready = dedup.ready;

const chunks = /* @__PURE__ */ dedup.operation<ChunkOptions, Manifest>(CHUNK, manifestOf);
const fingerprints = /* @__PURE__ */ dedup.operation<FingerprintOptions, Uint8Array>(
  FINGERPRINT,
  bytesOf,
);
const hexFingerprints = /* @__PURE__ */ dedup.operation<FingerprintOptions, string>(
  FINGERPRINT,
  hexOf,
);

/**
 * Cuts an input where its content says, so that equal parts of different inputs become equal chunks, and digests each
 * chunk with BLAKE3, in one pass: by FastCDC (2020) with the sizes of your choice, or as the Xet protocol does. Chunks are
 * the same on every runtime and whatever the number of threads. A large Blob is read piece by piece.
 *
 * A digest is what `hash.blake3` gives for the chunk's bytes with the same `key` or `context`. The root is a Merkle tree
 * hash as in RFC 9162, 2.1.1, whose leaves are BLAKE3 in key derivation mode, context `bytemill 2026-11 dedup manifest
 * leaf`, of a chunk's length (8 bytes, little-endian) and digest, and whose nodes are the same, context `bytemill 2026-11
 * dedup manifest node`, of both children; with `algorithm: 'xet'` it is Xet's hash of the file.
 *
 * @throws {@link BytemillError} `ERR_INVALID_ARGUMENT` for sizes that are odd or do not ascend, for both key and context,
 * and for any of these beside `algorithm: 'xet'`.
 *
 * @example
 * ```ts
 * import { dedup } from 'bytemill';
 *
 * const manifest = await dedup.chunk(new Uint8Array(1_000_000), { averageBytes: 16_384 });
 * console.log(manifest.count, manifest.lengths[0]); // 16 65536
 * ```
 */
export const chunk: AsyncShape<ChunkOptions, Manifest> = (input, options) =>
  isLargeBlob(input) ? chunkStream(input, options) : chunks.async(input, options);
/** {@link chunk}, now, on the calling thread. */
export const chunkSync: SyncShape<ChunkOptions, Manifest> = chunks.sync;
/** {@link chunk} of many inputs, over all cores. */
export const chunkBatch: BatchShape<ChunkOptions, Manifest> = chunks.batch;
/** {@link chunk} of many inputs in one boundary crossing. */
export const chunkBatchSync: BatchSyncShape<ChunkOptions, Manifest> = chunks.batchSync;

/**
 * {@link chunk} of everything that a stream, a Blob or an iterable gives, off the calling thread and in constant memory but
 * for the manifest.
 *
 * @throws {@link BytemillError} `ERR_ABORTED`, what {@link chunk} throws, and whatever the source fails with.
 *
 * @example
 * ```ts
 * import { dedup } from 'bytemill';
 *
 * const file = new Blob(['some', 'content']);
 * const manifest = await dedup.chunkStream(file.stream());
 * console.log(manifest.count, manifest.totalBytes); // 1 11
 * ```
 */
export const chunkStream: SourceShape<ChunkOptions, Manifest> = /* @__PURE__ */ (() => {
  const piece = dedup.operation<ChunkOptions, ReturnType<typeof partOf>>(CHUNK_PIECE, partOf);
  const roots = dedup.operation<RootOptions, Uint8Array>(ROOT, bytesOf);
  return chunkSourceOf<ChunkOptions>({
    whole: chunks,
    piece,
    root: (entries, { algorithm }, signal) =>
      roots.async(entries, { algorithm, signal, transfer: true }),
  });
})();

/**
 * A fingerprint for recognising equal inputs: BLAKE3 under a key that all options make, so that values of different
 * namespaces, versions, lengths and normalizations have nothing to do with each other. Stable for ever; byte by byte, with
 * `‖` for "followed by":
 *
 * - parameters: `version` (4 bytes, little-endian) ‖ normalization (1 byte: 0 none, 1 newlines) ‖ `length` (1 byte) ‖
 *   length of `key` (1 byte: 0 or 32) ‖ `key` ‖ `namespace` (UTF-8)
 * - key: BLAKE3 in key derivation mode, context `bytemill 2026-11 dedup fingerprint`, of the parameters, 32 bytes
 * - fingerprint: keyed BLAKE3 of the normalized input under that key, the first `length` bytes
 *
 * @throws {@link BytemillError} `ERR_INVALID_ARGUMENT` for an option outside its range.
 *
 * @example
 * ```ts
 * import { dedup } from 'bytemill';
 *
 * const input = new TextEncoder().encode('one\r\ntwo\r\n');
 * const fingerprint = await dedup.fingerprint(input, {
 *   namespace: 'example.com/notes',
 *   normalization: 'newlines',
 *   length: 16,
 * });
 * console.log(fingerprint.length); // 16
 * ```
 */
export const fingerprint: AsyncShape<FingerprintOptions, Uint8Array> = fingerprints.async;
/** {@link fingerprint}, now, on the calling thread. */
export const fingerprintSync: SyncShape<FingerprintOptions, Uint8Array> = fingerprints.sync;
/** {@link fingerprint} of many inputs, over all cores. */
export const fingerprintBatch: BatchShape<FingerprintOptions, Uint8Array> = fingerprints.batch;
/** {@link fingerprint} of many inputs in one boundary crossing; short ones share the lanes of the vector unit. */
export const fingerprintBatchSync: BatchSyncShape<FingerprintOptions, Uint8Array> =
  fingerprints.batchSync;

/**
 * {@link fingerprint} as lower-case hexadecimal text.
 *
 * @example
 * ```ts
 * import { dedup } from 'bytemill';
 *
 * const input = new TextEncoder().encode('abc');
 * const text = dedup.fingerprintHexSync(input, { namespace: 'example.com/notes', length: 8 });
 * console.log(text.length); // 16
 * ```
 */
export const fingerprintHex: AsyncShape<FingerprintOptions, string> = hexFingerprints.async;
/** {@link fingerprintHex}, now, on the calling thread. */
export const fingerprintHexSync: SyncShape<FingerprintOptions, string> = hexFingerprints.sync;
/** {@link fingerprintHex} of many inputs, over all cores. */
export const fingerprintHexBatch: BatchShape<FingerprintOptions, string> = hexFingerprints.batch;
/** {@link fingerprintHex} of many inputs in one boundary crossing. */
export const fingerprintHexBatchSync: BatchSyncShape<FingerprintOptions, string> =
  hexFingerprints.batchSync;
