import { toBytes } from './bytes.js';
import type { StreamOptions, StreamShape } from './contract.js';
import type { Operation } from './operation.js';
import { encodeRow } from './row.js';
import { Session } from './session.js';

/**
 * Makes the shape that takes its input in pieces: a pair of streams, as `TransformStream` is one. Made by hand because a
 * `TransformStream` gives all that one chunk turns into before it looks at its reader: a bomb of a few KB would fill the
 * memory. Here the next part is made when the one before was taken.
 */
export function streamOf<Options>(operation: Operation<Uint8Array>): StreamShape<Options> {
  const { family, runtime, spec } = operation;
  return (options) => {
    const { flush = false, ...others } = (options ?? {}) as StreamOptions & object;
    // What a stream gives is not kept, so it needs no bound unless it is given one.
    const unbounded = spec.options.some(({ name }) => name === 'maxOutputBytes');
    const row = encodeRow(spec, {
      ...(unbounded && { maxOutputBytes: Number.MAX_SAFE_INTEGER }),
      ...others,
    });
    const open = async () => {
      if (!runtime.state.native) await family.module();
      return new Session(operation, row);
    };
    return pair(open, (chunk) => toBytes(family.name, chunk), flush);
  };
}

function pair(
  open: () => Promise<Session>,
  toInput: (chunk: unknown) => Uint8Array,
  flush: boolean,
): TransformStream<Uint8Array, Uint8Array> {
  let session: Session | undefined;
  let reader!: ReadableStreamDefaultController<Uint8Array>;
  let writer!: WritableStreamDefaultController;
  /** Wakes the writer that waits for room. */
  let wake = () => {};
  let over = false;

  const end = () => {
    over = true;
    session?.release();
    wake();
  };
  /** Hands a part on when there is room for it. Whether it is read is no longer this write's business. */
  const give = async (bytes: Uint8Array) => {
    if (bytes.length === 0) return;
    while (!over && (reader.desiredSize ?? 0) <= 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    if (!over) reader.enqueue(bytes);
  };
  /** Runs a step of the writing side; its failure is the reading side's too. */
  const step = async (work: (session: Session) => Promise<void>) => {
    try {
      session ??= await open();
      if (!over) await work(session);
    } catch (error) {
      if (!over) reader.error(error);
      end();
      throw error;
    }
  };

  const readable = new ReadableStream<Uint8Array>({
    start(controller) {
      reader = controller;
    },
    pull: () => wake(),
    cancel(reason) {
      end();
      writer.error(reason);
    },
  });
  const writable = new WritableStream<Uint8Array>({
    start(controller) {
      writer = controller;
    },
    write: (chunk) =>
      step(async (session) => {
        for (const part of session.push(toInput(chunk))) {
          await give(part);
          if (over) return;
        }
        if (flush) await give(session.flush());
      }),
    close: () =>
      step(async (session) => {
        const last = session.finish();
        if (last.length > 0) reader.enqueue(last);
        reader.close();
      }),
    abort(reason) {
      if (!over) reader.error(reason);
      end();
    },
  });
  return { readable, writable };
}
