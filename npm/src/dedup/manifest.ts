import { describe, invalidArgument } from '../core/error.js';
import type { Item } from '../core/item.js';

const DIGEST_BYTES = 32;

/** The chunks of an input, one after another, and the root above them. */
export interface Manifest {
  /** How many chunks there are. */
  readonly count: number;
  /** Length of the input in bytes. */
  readonly totalBytes: number;
  /** Where each chunk starts, in bytes. */
  readonly offsets: Float64Array;
  /** Length of each chunk in bytes. */
  readonly lengths: Uint32Array;
  /** BLAKE3 of each chunk, 32 bytes one after another: that of chunk `i` is `digests.subarray(i * 32, i * 32 + 32)`. */
  readonly digests: Uint8Array;
  /** One hash over all chunks: equal for equal content that was cut in the same way. 32 bytes. */
  readonly root: Uint8Array;
}

/** What two manifests do not have in common. */
export interface Difference {
  /** Positions, in the second manifest, of the chunks that the first has not; equal chunks are listed once. */
  readonly missing: Uint32Array;
  /** Length of those chunks together, in bytes. */
  readonly missingBytes: number;
}

/** The chunks of a piece. */
export interface Part {
  readonly lengths: Uint32Array;
  readonly digests: Uint8Array;
}

/** As bindings/core/src/ops/dedup.rs writes it: digests, lengths. */
export const partOf = ({ bytes, numbers }: Item): Part => ({
  lengths: Uint32Array.from(numbers),
  digests: bytes,
});

/** The same with a root behind the digests. */
export function manifestOf({ bytes, numbers }: Item): Manifest {
  const end = numbers.length * DIGEST_BYTES;
  // Each in a buffer of its own, so that one can be transferred without the other.
  return manifest(Uint32Array.from(numbers), bytes.slice(0, end), bytes.slice(end));
}

export function manifest(lengths: Uint32Array, digests: Uint8Array, root: Uint8Array): Manifest {
  const offsets = new Float64Array(lengths.length);
  let totalBytes = 0;
  for (const [at, length] of lengths.entries()) {
    offsets[at] = totalBytes;
    totalBytes += length;
  }
  return { count: lengths.length, totalBytes, offsets, lengths, digests, root };
}

/**
 * Which chunks of `wanted` are not in `known`: what has to be sent to somebody who has the one and wants the other. Both
 * have to be cut and digested in the same way.
 *
 * @throws {@link BytemillError} `ERR_INVALID_ARGUMENT` for what is no manifest.
 *
 * @example
 * ```ts
 * import { dedup } from 'bytemill';
 *
 * const known = dedup.chunkSync(new Uint8Array(1_000_000));
 * const wanted = dedup.chunkSync(new Uint8Array(1_000_001));
 * const { missing, missingBytes } = dedup.diff(known, wanted);
 * console.log(missing.length, missingBytes); // 1 213569
 * ```
 */
export function diff(known: Manifest, wanted: Manifest): Difference {
  const seen = new Set<string>();
  for (const key of keysOf('known', known)) seen.add(key);
  const missing: number[] = [];
  let missingBytes = 0;
  let at = 0;
  for (const key of keysOf('wanted', wanted)) {
    if (!seen.has(key)) {
      seen.add(key);
      missing.push(at);
      missingBytes += wanted.lengths[at] as number;
    }
    at++;
  }
  return { missing: Uint32Array.from(missing), missingBytes };
}

/** The digest of each chunk as text: engines hash it with a secret, so that chosen digests do not slow a set down. */
function* keysOf(name: string, manifest: Manifest): Generator<string, void> {
  const { lengths, digests } = (manifest ?? {}) as Partial<Manifest>;
  if (!(lengths instanceof Uint32Array && digests instanceof Uint8Array))
    throw invalidArgument('dedup', `${name}: expected a manifest, got ${describe(manifest)}`);
  if (digests.length !== lengths.length * DIGEST_BYTES)
    throw invalidArgument(
      'dedup',
      `${name}: expected 32 bytes of digest for each of ${lengths.length} chunks, got ${digests.length}`,
    );
  for (let at = 0; at < digests.length; at += DIGEST_BYTES)
    yield String.fromCharCode(...digests.subarray(at, at + DIGEST_BYTES));
}
