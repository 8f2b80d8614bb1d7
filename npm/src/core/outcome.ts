import type { BatchOptions } from './contract.js';
import { bytesOf } from './decode.js';
import { BytemillError, invalidArgument } from './error.js';
import { type Item, toError } from './item.js';
import type { Operation } from './operation.js';

/** A value, or what was thrown instead. */
export type Outcome<T> = { readonly value: T } | { readonly error: unknown };

/** Runs `work` and keeps what it throws. */
export function attempt<T>(work: () => T): Outcome<T> {
  try {
    return { value: work() };
  } catch (error) {
    return { error };
  }
}

/** The result that an item stands for. */
export function finish<Result>({ family, decode }: Operation<Result>, item: Item): Result {
  if (item.status !== 0) throw toError(family.name, item, family.symbols);
  return decode(item);
}

/** An error, with the place in the batch of the input that it concerns. */
export function indexed(error: unknown, index: number): unknown {
  return error instanceof BytemillError ? error.at(index) : error;
}

/** The outcomes of a batch as its caller wants them: all of them, or the values, where the first failure is thrown. */
export function delivered<T>(
  all: readonly PromiseSettledResult<T>[],
  settle: boolean | undefined,
): T[] | PromiseSettledResult<T>[] {
  if (settle !== true) {
    return all.map((outcome, index) => {
      if (outcome.status === 'rejected') throw indexed(outcome.reason, index);
      return outcome.value;
    });
  }
  return all.map((outcome, index): PromiseSettledResult<T> => {
    if (outcome.status === 'fulfilled') return outcome;
    return { status: 'rejected', reason: indexed(outcome.reason, index) };
  });
}

/** Whether results are wanted packed; refused where they are no bytes, or where failures are to stand beside them. */
export function wantsPacked(
  { spec, decode }: Operation<unknown>,
  options: BatchOptions | undefined,
): boolean {
  if (options?.packed !== true) return false;
  if (decode !== bytesOf)
    throw invalidArgument(spec.family, `packed: the results of ${spec.name} are not bytes`);
  if (options.settle === true)
    throw invalidArgument(
      spec.family,
      'packed: expected at most one of packed and settle, got both',
    );
  return true;
}
