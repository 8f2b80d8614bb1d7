import { type BytesInput, toBytes } from './bytes.js';
import { guardOf } from './call.js';
import type { CallOptions } from './contract.js';
import { describe, invalidArgument } from './error.js';
import { LAST_BYTES, type Pieces, wholeBytes } from './pieces.js';

/** What is read piece by piece. */
export type SourceInput =
  | ReadableStream<Uint8Array>
  | AsyncIterable<BytesInput>
  | Iterable<BytesInput>
  | Blob;

/** `fStream(source, options?)`: the result for all that a source gives, off the calling thread, in constant memory. */
export type SourceShape<Options, Result> = (
  source: SourceInput,
  options?: Options & Pick<CallOptions, 'signal'>,
) => Promise<Result>;

/** What travels to a worker at a time: enough for threads to share it, little enough that three of it do not count. */
export const PIECE_BYTES = 8 << 20;
/** The first piece is gathered in this, because most sources are short. */
const FIRST_BYTES = 64 << 10;

/** Whether a Blob is read piece by piece rather than at once. */
export const isLargeBlob = (input: unknown): input is Blob =>
  typeof Blob !== 'undefined' && input instanceof Blob && input.size > PIECE_BYTES;

/** Makes the shape that reads a source. One piece is read while the one before is with the kernel. */
export function sourceOf<Options, State, Result>(
  kernel: string,
  pieces: Pieces<Options, State, Result>,
): SourceShape<Options, Result> {
  return async (source, given) => {
    const { signal, ...others } = (given ?? {}) as CallOptions & object;
    const options = others as Options;
    const call = { signal, transfer: true };
    let state: State | undefined;
    let running: Promise<void> | undefined;
    let gathered = new Uint8Array(isLargeBlob(source) ? PIECE_BYTES : FIRST_BYTES);
    let filled = 0;

    /** Hands over what was gathered; `more` bytes are known to follow. */
    const push = async (more: number) => {
      const whole = more >= LAST_BYTES ? filled : wholeBytes(filled);
      const rest = gathered.slice(whole, filled);
      const piece = whole === gathered.length ? gathered : gathered.slice(0, whole);
      gathered = new Uint8Array(PIECE_BYTES);
      gathered.set(rest);
      filled = rest.length;
      await running;
      const row = pieces.next(options, state);
      running = pieces.update.async(piece, { ...row, ...call }).then((next) => {
        state = next;
      });
      // Whoever waits next hears of a failure; until then nobody may call it unhandled.
      running.catch(() => {});
    };

    const take = async (chunk: unknown) => {
      let bytes = toBytes(kernel, chunk);
      while (bytes.length > 0) {
        if (filled === gathered.length) {
          if (filled < PIECE_BYTES) {
            const grown = new Uint8Array(Math.min(PIECE_BYTES, filled * 8));
            grown.set(gathered);
            gathered = grown;
          } else await push(bytes.length);
        }
        const some = bytes.subarray(0, gathered.length - filled);
        gathered.set(some, filled);
        filled += some.length;
        bytes = bytes.subarray(some.length);
      }
    };

    const { aborted, stop } = watch(kernel, signal);
    const chunks = chunksOf(kernel, source);
    try {
      for (;;) {
        const { done, value } = await Promise.race([chunks.next(), aborted]);
        if (done) break;
        await take(value);
      }
      await running;
    } catch (error) {
      // Not waited for: a source that never gives its next chunk would never end either.
      chunks.return().catch(() => {});
      throw error;
    } finally {
      stop();
    }
    const rest = gathered.slice(0, filled);
    if (state === undefined) return pieces.whole.async(rest, { ...options, ...call });
    return pieces.finish.async(rest, { ...pieces.last(options, state), ...call });
  };
}

/** A promise that is rejected when the signal is aborted, so that a source that hangs can be left. */
export function watch(
  kernel: string,
  signal: AbortSignal | undefined,
): { readonly aborted: Promise<never>; stop(): void } {
  const guard = guardOf(kernel, { signal });
  const aborted = new Promise<never>((_, reject) => guard.onEnd(reject));
  aborted.catch(() => {});
  return { aborted, stop: () => guard.dispose() };
}

/** The chunks of a source; ends it where the caller stops before its end. */
export async function* chunksOf(kernel: string, source: unknown): AsyncGenerator<unknown, void> {
  if (typeof Blob !== 'undefined' && source instanceof Blob) {
    for (let at = 0; at < source.size; at += PIECE_BYTES)
      yield await source.slice(at, at + PIECE_BYTES).arrayBuffer();
    return;
  }
  const { getReader } = (source ?? {}) as { getReader?: unknown };
  if (typeof getReader === 'function') {
    // Not every runtime can iterate over its streams.
    const reader = (source as ReadableStream<Uint8Array>).getReader();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        yield value;
      }
    } finally {
      // Does nothing where the stream has ended.
      reader.cancel().catch(() => {});
      reader.releaseLock();
    }
  }
  const iterable = source as AsyncIterable<unknown> & Iterable<unknown>;
  if (
    typeof source !== 'object' ||
    source === null ||
    !(Symbol.asyncIterator in source || Symbol.iterator in source) ||
    ArrayBuffer.isView(source)
  ) {
    throw invalidArgument(
      kernel,
      `source: expected a ReadableStream, a Blob or an iterable of bytes, got ${describe(source)}`,
    );
  }
  yield* iterable;
}
