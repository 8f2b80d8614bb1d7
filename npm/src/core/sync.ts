import { toBytes, toList } from './bytes.js';
import type { BatchOptions, BatchSyncShape, Shapes, SyncShape } from './contract.js';
import type { Engine } from './engine.js';
import type { Item } from './item.js';
import type { Operation } from './operation.js';
import { attempt, finish, indexed, type Outcome, wantsPacked } from './outcome.js';
import { isPacked, listOf } from './packed.js';
import { encodeRow, type Row } from './row.js';

/** From here on a hash of the runtime's own is worth what loading it costs: 64 KB of SHA-256 are 0.2 ms of ours. */
const BUILTIN_BYTES = 64 << 10;

type Direct<Result> = { direct(number: bigint): Result };

/** The two shapes that run on the calling thread. */
export function syncShapes<Options, Result>(
  operation: Operation<Result>,
): Pick<Shapes<Options, Result>, 'sync' | 'batchSync'> {
  const { runtime, family, spec, short } = operation;
  const { state } = runtime;
  const { config } = state;
  const { id } = spec;
  const decode = (item: Item): Result => operation.decode(item);
  const kernel = family.name;
  const engine = (): Engine => state.native ?? family.runner();

  const plain: SyncShape<Options, Result> = (input, options) => {
    const row = encodeRow(spec, options);
    return finish(operation, engine().one(id, row, toBytes(kernel, input), config));
  };

  /** What is one number without options crosses without an item: half the time of a hash of 64 bytes. */
  const direct: SyncShape<Options, Result> = (input, options) => {
    if (options === undefined && state.native === undefined) {
      const number = family.runner().direct(id, toBytes(kernel, input), config);
      if (number !== undefined) return (short as Direct<Result>).direct(number);
    }
    return plain(input, options);
  };

  const ours = short?.direct ? direct : plain;

  /** Gives large inputs to the runtime itself, where nobody asked for one of our own engines. */
  const routed: SyncShape<Options, Result> = (input, options) => {
    const { builtins } = state.platform;
    if (builtins && config.backend === 'auto' && input.byteLength >= BUILTIN_BYTES) {
      encodeRow(spec, options);
      const bytes = toBytes(kernel, input);
      const result = short?.builtin?.(bytes, options as never, builtins);
      if (result !== undefined) return result;
    }
    return ours(input, options);
  };

  const sync = short?.builtin ? routed : ours;

  const batchSync = (inputs: unknown, options?: Options & BatchOptions): unknown => {
    const row = encodeRow(spec, options);
    if (wantsPacked(operation, options)) {
      const some = isPacked(kernel, inputs)
        ? inputs
        : toList(kernel, inputs).map((input, index) => known(() => toBytes(kernel, input), index));
      const packed = engine().packed(id, row, some, config);
      if ('item' in packed) known(() => finish(operation, packed.item), packed.index);
      return packed;
    }
    const list = isPacked(kernel, inputs) ? listOf(inputs) : toList(kernel, inputs);
    return options?.settle === true ? settle(row, list) : all(row, list);
  };

  /** All results, or the first failure: of an input that is none, before any kernel runs. */
  const all = (row: Row, list: readonly unknown[]): Result[] => {
    // Closures for what goes wrong alone: on short inputs they would show.
    const bytes = list.map((input, index) =>
      input instanceof Uint8Array ? input : known(() => toBytes(kernel, input), index),
    );
    const items = engine().many(id, row, bytes, config);
    return items.map((item, index) =>
      item.status === 0 ? decode(item) : known(() => finish(operation, item), index),
    );
  };

  const settle = (row: Row, list: readonly unknown[]): PromiseSettledResult<Result>[] => {
    const bytes = list.map((input) => attempt(() => toBytes(kernel, input)));
    const good = bytes.flatMap((outcome) => ('value' in outcome ? [outcome.value] : []));
    const items = engine().many(id, row, good, config).values();
    return bytes.map((outcome, index) => {
      if ('error' in outcome) return settled<Result>(outcome, index);
      const item = items.next().value as never;
      return settled(
        attempt(() => finish(operation, item)),
        index,
      );
    });
  };

  return { sync, batchSync: batchSync as BatchSyncShape<Options, Result> };
}

/** Runs `work` for the input at `index`, which its error then names. */
function known<T>(work: () => T, index: number): T {
  try {
    return work();
  } catch (error) {
    throw indexed(error, index);
  }
}

function settled<T>(outcome: Outcome<T>, index: number): PromiseSettledResult<T> {
  if ('value' in outcome) return { status: 'fulfilled', value: outcome.value };
  return { status: 'rejected', reason: indexed(outcome.error, index) };
}
