import { toBytesAsync, toList } from './bytes.js';
import { type Call, guardOf, submit } from './call.js';
import type { AsyncShape, BatchOptions, BatchShape, CallOptions, Shapes } from './contract.js';
import type { Operation } from './operation.js';
import { delivered, finish, wantsPacked } from './outcome.js';
import { isPacked, listOf, packList } from './packed.js';
import { encodeRow, type Row } from './row.js';

/** What a batch hands to the queue at a time, so that its length cannot fill it. */
const WINDOW_ITEMS = 16_384;
const WINDOW_BYTES = 256 << 20;

/** The two shapes that run elsewhere. */
export function asyncShapes<Options, Result>(
  operation: Operation<Result>,
): Pick<Shapes<Options, Result>, 'async' | 'batch'> {
  const { runtime, family, spec } = operation;
  const kernel = family.name;

  const one = async (row: Row, input: unknown, call: Call): Promise<Result> => {
    const bytes = toBytesAsync(kernel, input);
    const there = bytes instanceof Uint8Array ? bytes : await bytes;
    return finish(operation, await submit(runtime.scheduler, family, spec, row, there, call));
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
    inputs: unknown,
    options?: Options & CallOptions & BatchOptions,
  ): Promise<unknown> => {
    const row = encodeRow(spec, options);
    const packed = wantsPacked(operation, options);
    const list = isPacked(kernel, inputs) ? listOf(inputs) : toList(kernel, inputs);
    const guard = guardOf(kernel, options);
    try {
      const call = { transfer: options?.transfer === true, ...guard };
      const results: PromiseSettledResult<Result>[] = [];
      for (let start = 0; start < list.length; start = results.length) {
        const some = list.slice(start, windowEnd(list, start));
        for (const result of await Promise.allSettled(some.map((input) => one(row, input, call))))
          results.push(result);
      }
      const outcomes = delivered(results, options?.settle);
      return packed ? packList(outcomes as Uint8Array[]) : outcomes;
    } finally {
      guard.dispose();
    }
  };

  return { async, batch: batch as BatchShape<Options, Result> };
}

function windowEnd(list: readonly unknown[], start: number): number {
  let bytes = 0;
  for (let end = start; end < list.length; end++) {
    const { byteLength, size } = (list[end] ?? {}) as { byteLength?: number; size?: number };
    bytes += byteLength ?? size ?? 0;
    if (end > start && (bytes > WINDOW_BYTES || end - start >= WINDOW_ITEMS)) return end;
  }
  return list.length;
}
