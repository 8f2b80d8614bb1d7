import { type AsyncBytesInput, type BytesInput, toBytes, toBytesAsync, toList } from './bytes.js';
import type { Entry } from './chunk.js';
import type {
  AsyncShape,
  BatchShape,
  BatchSyncShape,
  CallOptions,
  Shapes,
  SyncShape,
} from './contract.js';
import { BytemillError, describe, invalidArgument } from './error.js';
import type { Family } from './family.js';
import { type Item, toError } from './item.js';
import { encodeRow, type OperationSpec, type Row } from './row.js';
import type { Runtime } from './runtime.js';

/** Makes the four shapes of an operation from its declaration and from what turns an item into a result. */
export function operation<Options, Result>(
  runtime: Runtime,
  family: Family,
  spec: OperationSpec,
  decode: (item: Item) => Result,
): Shapes<Options, Result> {
  const kernel = family.name;
  const finish = (item: Item): Result => {
    if (item.status !== 0) throw toError(kernel, item);
    return decode(item);
  };

  const runSync = (row: Row, inputs: readonly Uint8Array[]): Item[] => {
    const { native, config } = runtime.state;
    if (config.backend === 'native' && native) {
      return native.run(spec.id, Float64Array.from(row.cells), row.blob, inputs);
    }
    return family.runner().run(spec.id, row, inputs, config.highWaterBytes);
  };

  const sync: SyncShape<Options, Result> = (input, options) => {
    const [item] = runSync(encodeRow(spec, options), [toBytes(kernel, input)]);
    if (!item)
      throw new BytemillError('ERR_INTERNAL', 'bug in bytemill: a call got no answer', { kernel });
    return finish(item);
  };

  const batchSync = (
    inputs: readonly BytesInput[],
    options?: Options & { settle?: boolean },
  ): unknown[] => {
    const row = encodeRow(spec, options);
    const settle = options?.settle === true;
    const outcomes: Outcome<Uint8Array>[] = toList(kernel, inputs).map((input) =>
      attempt(() => toBytes(kernel, input)),
    );
    const good = outcomes.flatMap((outcome) => ('value' in outcome ? [outcome.value] : []));
    const items = (good.length === outcomes.length || settle ? runSync(row, good) : [])[
      Symbol.iterator
    ]();
    return outcomes.map((outcome, index) => {
      const result =
        'error' in outcome ? outcome : attempt(() => finish(items.next().value as Item));
      if (settle) return settled(result, index);
      if ('error' in result) throw indexed(result.error, index);
      return result.value;
    });
  };

  const one = async (row: Row, input: unknown, call: Call): Promise<Result> => {
    const bytes = toBytesAsync(kernel, input);
    return finish(
      await submit(
        runtime,
        family,
        spec,
        row,
        bytes instanceof Uint8Array ? bytes : await bytes,
        call,
      ),
    );
  };

  const async: AsyncShape<Options, Result> = async (input, options) => {
    const row = encodeRow(spec, options);
    const guard = guardOf(kernel, options);
    try {
      return await one(row, input, { transfer: options?.transfer === true, ...guard });
    } finally {
      guard.dispose();
    }
  };

  const batch = async (
    inputs: readonly AsyncBytesInput[],
    options?: Options & CallOptions & { settle?: boolean },
  ): Promise<unknown[]> => {
    const row = encodeRow(spec, options);
    const list = toList(kernel, inputs);
    const guard = guardOf(kernel, options);
    try {
      const call = { transfer: options?.transfer === true, ...guard };
      const results: PromiseSettledResult<Result>[] = [];
      for (let start = 0; start < list.length; start = results.length) {
        const some = list.slice(start, windowEnd(list, start));
        results.push(...(await Promise.allSettled(some.map((input) => one(row, input, call)))));
      }
      return results.map((result, index) => {
        if (result.status === 'fulfilled') return options?.settle === true ? result : result.value;
        const reason = indexed(result.reason, index);
        if (options?.settle === true) return { status: 'rejected', reason };
        throw reason;
      });
    } finally {
      guard.dispose();
    }
  };

  return {
    async,
    sync,
    batch: batch as BatchShape<Options, Result>,
    batchSync: batchSync as BatchSyncShape<Options, Result>,
  };
}

/** What a batch hands to the queue at a time, so that its length cannot fill it. */
const WINDOW_ITEMS = 16_384;
const WINDOW_BYTES = 256 << 20;

function windowEnd(list: readonly unknown[], start: number): number {
  let bytes = 0;
  for (let end = start; end < list.length; end++) {
    const { byteLength, size } = (list[end] ?? {}) as { byteLength?: number; size?: number };
    bytes += byteLength ?? size ?? 0;
    if (end > start && (bytes > WINDOW_BYTES || end - start >= WINDOW_ITEMS)) return end;
  }
  return list.length;
}

type Outcome<T> = { readonly value: T } | { readonly error: unknown };

function attempt<T>(work: () => T): Outcome<T> {
  try {
    return { value: work() };
  } catch (error) {
    return { error };
  }
}

function settled<T>(outcome: Outcome<T>, index: number): PromiseSettledResult<T> {
  if ('value' in outcome) return { status: 'fulfilled', value: outcome.value };
  return { status: 'rejected', reason: indexed(outcome.error, index) };
}

function indexed(error: unknown, index: number): unknown {
  return error instanceof BytemillError ? error.at(index) : error;
}

/** What may end a call before its kernel does. */
interface Guard {
  /** Calls back when the call is over, at once if it is already. */
  onEnd(end: (error: BytemillError) => void): void;
  dispose(): void;
}

/** A call's way of being handed over, and what may end it. */
type Call = { readonly transfer: boolean } & Guard;

const NO_GUARD: Guard = { onEnd() {}, dispose() {} };

function guardOf(kernel: string, options: CallOptions | undefined): Guard {
  const { signal, timeoutMs } = options ?? {};
  if (signal === undefined && timeoutMs === undefined) return NO_GUARD;
  if (signal !== undefined && typeof signal?.addEventListener !== 'function') {
    throw invalidArgument(kernel, `signal: expected an AbortSignal, got ${describe(signal)}`);
  }
  if (
    timeoutMs !== undefined &&
    !(typeof timeoutMs === 'number' && timeoutMs >= 0 && timeoutMs < 2 ** 31)
  ) {
    throw invalidArgument(
      kernel,
      `timeoutMs: expected milliseconds from 0 to ${2 ** 31 - 1}, got ${describe(timeoutMs)}`,
    );
  }
  const ends: ((error: BytemillError) => void)[] = [];
  let over: BytemillError | undefined;
  const finish = (error: BytemillError) => {
    over ??= error;
    for (const end of ends.splice(0)) end(over);
  };
  const aborted = () =>
    finish(
      new BytemillError('ERR_ABORTED', 'the call was aborted by its signal', {
        kernel,
        cause: signal?.reason,
      }),
    );
  const timedOut = () =>
    finish(
      new BytemillError('ERR_TIMEOUT', `the call took longer than ${timeoutMs} ms`, { kernel }),
    );
  const timer = timeoutMs === undefined ? undefined : setTimeout(timedOut, timeoutMs);
  if (signal?.aborted) aborted();
  else signal?.addEventListener('abort', aborted, { once: true });
  return {
    onEnd(end) {
      if (over) end(over);
      else ends.push(end);
    },
    dispose() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', aborted);
    },
  };
}

/** Hands one input to the scheduler. */
function submit(
  runtime: Runtime,
  family: Family,
  spec: OperationSpec,
  row: Row,
  input: Uint8Array,
  call: Call,
): Promise<Item> {
  return new Promise((resolve, reject) => {
    const { scheduler } = runtime;
    const close = () => {
      entry.settled = true;
      scheduler.release(entry);
    };
    const entry: Entry = {
      input,
      length: input.length,
      transfer: call.transfer,
      settled: false,
      settle(item) {
        close();
        resolve(item);
      },
      fail(error) {
        close();
        reject(error);
      },
    };
    let early: BytemillError | undefined;
    let queued = false;
    call.onEnd((error) => {
      if (!queued) early = error;
      else if (!entry.settled) {
        entry.fail(error);
        scheduler.cancel(entry);
      }
    });
    if (early) return reject(early);
    try {
      scheduler.enqueue(family, spec, row, entry);
      queued = true;
    } catch (error) {
      reject(error);
    }
  });
}
