import type { AsyncBytesInput, BytesInput } from '../core/bytes.js';
import type {
  BatchOptions,
  BatchShape,
  BatchSyncShape,
  CallOptions,
  Shapes,
} from '../core/contract.js';

/** The option that decides whether a result is JPEG. */
interface ToFormat {
  readonly format?: string | undefined;
}

/**
 * Gives inputs that are JPEG, and are to become JPEG, to a small module that can do no more, and all others to the whole
 * one. The results are the same. `smallReady` tells whether the small one can run now.
 */
export function routed<Options extends ToFormat, Result>(
  small: Shapes<Options, Result>,
  whole: Shapes<Options, Result>,
  smallReady: () => boolean,
): Shapes<Options, Result> {
  const asks = (options: ToFormat | undefined) => (options?.format ?? 'jpeg') === 'jpeg';
  const now = (all: readonly unknown[], options: ToFormat | undefined) =>
    asks(options) && smallReady() && all.every(isJpeg) ? small : whole;
  const later = async (all: readonly unknown[], options: ToFormat | undefined) =>
    asks(options) && (await Promise.all(all.map(isJpegLater))).every(Boolean) ? small : whole;

  const batch = async (
    inputs: readonly AsyncBytesInput[],
    options?: Options & CallOptions & BatchOptions,
  ): Promise<unknown> => (await later(listed(inputs), options)).batch(inputs, options);
  const batchSync = (inputs: readonly BytesInput[], options?: Options & BatchOptions): unknown =>
    now(listed(inputs), options).batchSync(inputs, options);
  return {
    sync: (input, options) => now([input], options).sync(input, options),
    async: async (input, options) => (await later([input], options)).async(input, options),
    batch: batch as BatchShape<Options, Result>,
    batchSync: batchSync as BatchSyncShape<Options, Result>,
  };
}

/** The inputs of a batch; for packed ones something that is no JPEG: they are for the whole module. */
const listed = (inputs: unknown): readonly unknown[] => (Array.isArray(inputs) ? inputs : [inputs]);

function isJpeg(input: unknown): boolean {
  if (ArrayBuffer.isView(input)) return starts(input.buffer, input.byteOffset, input.byteLength);
  return input instanceof ArrayBuffer && starts(input, 0, input.byteLength);
}

/** The first three bytes of every JPEG: start of image, and the marker after it. */
function starts(buffer: ArrayBufferLike, offset: number, length: number): boolean {
  const [a, b, c] = new Uint8Array(buffer, offset, Math.min(length, 3));
  return a === 0xff && b === 0xd8 && c === 0xff;
}

async function isJpegLater(input: unknown): Promise<boolean> {
  if (typeof Blob === 'undefined' || !(input instanceof Blob)) return isJpeg(input);
  try {
    return isJpeg(await input.slice(0, 3).arrayBuffer());
  } catch {
    // What cannot be read says so where it is needed.
    return false;
  }
}
