import type { AsyncBytesInput, BytesInput } from '../core/bytes.js';
import type {
  BatchOptions,
  BatchShape,
  BatchSyncShape,
  CallOptions,
  Packed,
  Shapes,
} from '../core/contract.js';
import { delivered, indexed } from '../core/outcome.js';
import { listOf } from '../core/packed.js';

/** What the module without the tables of predefined CMaps makes of a document. */
export interface Answer<Result> {
  readonly result: Result;
  /** Whether text is missing for want of these tables. */
  readonly incomplete: boolean;
}

type Settled<Result> = PromiseSettledResult<Answer<Result>>;

/**
 * Reads documents with the small module, and those once more with the whole one, whose tables are as large as all the
 * rest, that turn out to need it: Chinese, Japanese and Korean fonts that do not say themselves what their codes mean.
 */
export function completed<Options extends object, Result>(
  small: Shapes<Options, Answer<Result>>,
  whole: Shapes<Options, Answer<Result>>,
): Shapes<Options, Result> {
  /** The first results, with those in place that come from the whole module. */
  const again = (
    first: readonly Settled<Result>[],
  ): { readonly at: number[]; finish(second: readonly Settled<Result>[]): Settled<Result>[] } => {
    const at = first.flatMap((outcome, index) => (lacks(outcome) ? [index] : []));
    const finish = (second: readonly Settled<Result>[]) => {
      const all = [...first];
      second.forEach((outcome, place) => {
        const index = at[place] as number;
        // Its place in the second batch is not what the caller knows it by.
        all[index] =
          outcome.status === 'fulfilled'
            ? outcome
            : { status: 'rejected', reason: indexed(outcome.reason, index) };
      });
      return all;
    };
    return { at, finish };
  };

  const batch = async (
    inputs: readonly AsyncBytesInput[] | Packed,
    options?: Options & CallOptions & BatchOptions,
  ): Promise<unknown> => {
    const { settle, ...each } = { ...options } as Options & CallOptions & BatchOptions;
    const settling = { ...each, settle: true } as unknown as Options &
      CallOptions & { settle: true };
    // A buffer that is handed over can be read once.
    if (options?.transfer) return given(await whole.batch(inputs, settling), settle);
    const { at, finish } = again(await small.batch(inputs, settling));
    if (at.length === 0) return given(finish([]), settle);
    const list = listed(inputs);
    const some = at.map((index) => list[index] as AsyncBytesInput);
    return given(finish(await whole.batch(some, settling)), settle);
  };

  const batchSync = (
    inputs: readonly BytesInput[] | Packed,
    options?: Options & BatchOptions,
  ): unknown => {
    const { settle, ...each } = { ...options } as Options & BatchOptions;
    const settling = { ...each, settle: true } as unknown as Options & { settle: true };
    const { at, finish } = again(small.batchSync(inputs, settling));
    if (at.length === 0) return given(finish([]), settle);
    const list = listed(inputs);
    const some = at.map((index) => list[index] as BytesInput);
    return given(finish(whole.batchSync(some, settling)), settle);
  };

  return {
    sync(input, options) {
      const { result, incomplete } = small.sync(input, options);
      return incomplete ? whole.sync(input, options).result : result;
    },
    async async(input, options) {
      if (options?.transfer) return (await whole.async(input, options)).result;
      const { result, incomplete } = await small.async(input, options);
      return incomplete ? (await whole.async(input, options)).result : result;
    },
    batch: batch as BatchShape<Options, Result>,
    batchSync: batchSync as BatchSyncShape<Options, Result>,
  };
}

const lacks = <Result>(outcome: Settled<Result>): boolean =>
  outcome.status === 'fulfilled' && outcome.value.incomplete;

const listed = <Input>(inputs: readonly Input[] | Packed): readonly (Input | Uint8Array)[] =>
  'offsets' in inputs ? listOf(inputs) : inputs;

const resultOf = <Result>(outcome: Settled<Result>): PromiseSettledResult<Result> =>
  outcome.status === 'fulfilled' ? { status: 'fulfilled', value: outcome.value.result } : outcome;

const given = <Result>(all: readonly Settled<Result>[], settle: boolean | undefined): unknown =>
  delivered(all.map(resultOf), settle);
