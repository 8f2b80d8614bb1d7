import type { Entry } from './chunk.js';
import type { CallOptions } from './contract.js';
import { BytemillError, describe, invalidArgument } from './error.js';
import type { Family } from './family.js';
import type { Item } from './item.js';
import type { OperationSpec, Row } from './row.js';
import type { Scheduler } from './scheduler.js';

/** What may end a call before its kernel does. */
export interface Guard {
  /** Calls back when the call is over, at once if it is already. */
  onEnd(end: (error: BytemillError) => void): void;
  dispose(): void;
}

/** A call's way of being handed over, and what may end it. */
export type Call = { readonly transfer: boolean } & Guard;

const NO_GUARD: Guard = { onEnd() {}, dispose() {} };

/** Watches the signal and the clock of a call. */
export function guardOf(kernel: string, options: CallOptions | undefined): Guard {
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
export function submit(
  scheduler: Scheduler,
  family: Family,
  spec: OperationSpec,
  row: Row,
  input: Uint8Array,
  call: Call,
): Promise<Item> {
  return new Promise((resolve, reject) => {
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
