import type { BatchOptions, CallOptions, Shapes } from '../core/contract.js';

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
  return {
    sync: (input, options) => now([input], options).sync(input, options),
    async async(input, options) {
      const fits = asks(options) && (await isJpegLater(input));
      return (fits ? small : whole).async(input, options);
    },
    async batch(inputs: never, options?: Options & CallOptions & BatchOptions) {
      const all: readonly unknown[] = listed(inputs);
      const fits = asks(options) && (await Promise.all(all.map(isJpegLater))).every(Boolean);
      return (fits ? small : whole).batch(inputs, options as never) as never;
    },
    batchSync: ((inputs: never, options?: Options & BatchOptions) =>
      now(listed(inputs), options).batchSync(inputs, options as never)) as Shapes<
      Options,
      Result
    >['batchSync'],
  } as Shapes<Options, Result>;
}

/** The inputs of a batch; of packed ones none, which are for the whole module. */
const listed = (inputs: unknown): readonly unknown[] => (Array.isArray(inputs) ? inputs : ['']);

function isJpeg(input: unknown): boolean {
  if (ArrayBuffer.isView(input)) return starts(input.buffer, input.byteOffset, input.byteLength);
  if (input instanceof ArrayBuffer) return starts(input, 0, input.byteLength);
  return false;
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
