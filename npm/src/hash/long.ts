import type { Shapes } from '../core/contract.js';
import { BytemillError } from '../core/error.js';

/** What a long digest is made of at a time: one instance could not hold 4 GiB, and would keep what it took. */
const SLICE_BYTES = 16 << 20;
/** Longest digest that there is: `length` in bindings/core. */
const MAX_BYTES = 2 ** 32;

/** The options that say which part of a digest is wanted. */
interface Part {
  readonly length?: number | undefined;
  readonly offset?: number | undefined;
}

/** Whether a digest is made slice by slice; what cannot be a length is for the operation to refuse. */
export const isLong = (
  options: Part | undefined,
): options is Part & { readonly length: number } => {
  const { length } = options ?? {};
  return Number.isInteger(length) && Number(length) > SLICE_BYTES && Number(length) <= MAX_BYTES;
};

/** Makes long digests slice by slice of an operation that hashes a short input, or ends a long one. */
export function sliced<Options extends Part>(
  operation: Shapes<Options, Uint8Array>,
): Shapes<Options, Uint8Array> {
  return {
    ...operation,
    sync(input, options) {
      if (!isLong(options)) return operation.sync(input, options);
      const digest = room(options.length);
      for (const [at, part] of partsOf(options)) digest.set(operation.sync(input, part), at);
      return digest;
    },
    async async(input, options) {
      if (!isLong(options)) return operation.async(input, options);
      const digest = room(options.length);
      // Every slice needs the input.
      for (const [at, part] of partsOf({ ...options, transfer: false }))
        digest.set(await operation.async(input, part), at);
      return digest;
    },
  };
}

/** Where each slice goes, and the options that ask for it. */
function* partsOf<Options extends Part>(options: Options): Generator<[number, Options]> {
  const { length = 0, offset = 0 } = options;
  for (let at = 0; at < length; at += SLICE_BYTES) {
    const part = { length: Math.min(SLICE_BYTES, length - at), offset: offset + at };
    yield [at, { ...options, ...part }];
  }
}

function room(length: number): Uint8Array {
  try {
    return new Uint8Array(length);
  } catch (cause) {
    const message = `length: this runtime has no room for a digest of ${length} bytes`;
    throw new BytemillError('ERR_OUT_OF_MEMORY', message, { kernel: 'hash', cause });
  }
}
