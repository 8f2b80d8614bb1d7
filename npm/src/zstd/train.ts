import platform from 'bytemill:platform';
import source from 'bytemill:wasm/zstd_train';
import {
  type AsyncBytesInput,
  type BytesInput,
  toBytes,
  toBytesAsync,
  toList,
} from '../core/bytes.js';
import type { CallOptions, Packed } from '../core/contract.js';
import { bytesOf } from '../core/decode.js';
import { BytemillError, invalidArgument } from '../core/error.js';
import { kernel } from '../core/kernel.js';
import { isPacked } from '../core/packed.js';
import { TRAIN_DICTIONARY, type TrainDictionaryOptions } from '../generated/zstd.js';

export type { TrainDictionaryOptions };

const KERNEL = 'zstd';
/** Lengths cross the boundary with 32 bits, and so does their sum with a word for each. */
const MAX_BYTES = 2 ** 32 - 1;

// A module of its own: who only compresses with a dictionary does not load it.
const trainer = /* @__PURE__ */ kernel(platform, 'zstd_train', source, 'readyTrainer');

/** Loads the module of {@link trainDictionary} now; needed in browsers before the synchronous call. */
export const readyTrainer = trainer.ready;

const training = /* @__PURE__ */ trainer.operation<TrainDictionaryOptions, Uint8Array>(
  TRAIN_DICTIONARY,
  bytesOf,
);

/**
 * Trains a dictionary on samples of the messages that it is for ([RFC 8878](https://www.rfc-editor.org/rfc/rfc8878), 5):
 * what many of them have in common, and tables for how they are coded. With it small messages that are alike take a
 * fraction of the bytes; `compress` and `decompress` take it as `dictionary`, and so does every other zstd. Hundreds of
 * samples, a hundred times the dictionary's size together, are good. The same samples give the same dictionary.
 *
 * @throws {@link BytemillError} `ERR_INVALID_ARGUMENT` for fewer than 8 samples of 8 bytes or more.
 *
 * @example
 * ```ts
 * import { zstd } from 'bytemill';
 *
 * const event = (id: number) => new TextEncoder().encode(`{"id":${id},"type":"order.created","country":"DE"}`);
 * const samples = Array.from({ length: 500 }, (_, id) => event(id * 37));
 * const dictionary = await zstd.trainDictionary(samples, { maxBytes: 4096 });
 *
 * const frame = zstd.compressSync(event(4), { dictionary });
 * console.log(frame.length < 30); // true
 * console.log(new TextDecoder().decode(zstd.decompressSync(frame, { dictionary }))); // {"id":4,"type":"order.created","country":"DE"}
 * ```
 */
export async function trainDictionary(
  samples: readonly AsyncBytesInput[] | Packed,
  options?: TrainDictionaryOptions & Omit<CallOptions, 'transfer'>,
): Promise<Uint8Array> {
  const input = isPacked(KERNEL, samples)
    ? joinPacked(samples)
    : join(await Promise.all(toList(KERNEL, samples).map(named(toBytesAsync))));
  return training.async(input, { ...options, transfer: true });
}

/** {@link trainDictionary}, now, on the calling thread. */
export function trainDictionarySync(
  samples: readonly BytesInput[] | Packed,
  options?: TrainDictionaryOptions,
): Uint8Array {
  const input = isPacked(KERNEL, samples)
    ? joinPacked(samples)
    : join(toList(KERNEL, samples).map(named(toBytes)));
  return training.sync(input, options);
}

/** A reader of samples whose errors name the sample. */
const named =
  <T>(read: (kernel: string, input: unknown) => T) =>
  (input: unknown, index: number): T => {
    try {
      return read(KERNEL, input);
    } catch (error) {
      throw error instanceof BytemillError ? error.at(index) : error;
    }
  };

/** The samples in one buffer, as bindings/core reads them: their count, the length of each, then all of them. */
function join(samples: readonly Uint8Array[]): Uint8Array {
  const { all, words, at } = room(
    samples.length,
    samples.reduce((sum, sample) => sum + sample.length, 0),
  );
  let end = at;
  samples.forEach((sample, index) => {
    words[index + 1] = sample.length;
    all.set(sample, end);
    end += sample.length;
  });
  return all;
}

function joinPacked({ bytes, offsets }: Packed): Uint8Array {
  const count = offsets.length - 1;
  const first = offsets[0] as number;
  const last = offsets[count] as number;
  const { all, words, at } = room(count, last - first);
  for (let index = 0; index < count; index++)
    words[index + 1] = (offsets[index + 1] as number) - (offsets[index] as number);
  all.set(bytes.subarray(first, last), at);
  return all;
}

/** A buffer for so many samples and bytes, with their count in it. Every engine that runs wasm is little-endian. */
function room(count: number, bytes: number) {
  const at = 4 + 4 * count;
  if (at + bytes > MAX_BYTES) {
    const message = `samples: expected less than 4 GiB together, got ${bytes} bytes`;
    throw invalidArgument(KERNEL, message);
  }
  const buffer = new ArrayBuffer(at + bytes);
  const words = new Uint32Array(buffer, 0, count + 1);
  words[0] = count;
  return { all: new Uint8Array(buffer), words, at };
}
