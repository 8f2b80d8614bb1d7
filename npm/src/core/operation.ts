import { asyncShapes } from './async.js';
import type { Shapes } from './contract.js';
import type { Family } from './family.js';
import type { Item } from './item.js';
import type { Builtins } from './platform.js';
import type { OperationSpec } from './row.js';
import type { Runtime } from './runtime.js';
import { syncShapes } from './sync.js';

/** An operation, bound to the runtime that it runs in. */
export interface Operation<Result> {
  readonly runtime: Runtime;
  readonly family: Family;
  readonly spec: OperationSpec;
  /** Turns an item without an error into a result. */
  decode(item: Item): Result;
  /** Ways around {@link decode}, where there are any. */
  readonly short?: Short<never, Result> | undefined;
}

/** What makes some synchronous calls cheaper. */
export interface Short<Options, Result> {
  /** Turns the number into a result that an operation without options has: `DIRECT` in Rust. */
  direct?(number: bigint): Result;
  /** What the runtime itself makes of a large input, if it has this. The options are known to be right. */
  builtin?(input: Uint8Array, options: Options | undefined, builtins: Builtins): Result | undefined;
}

/** Makes the four shapes of an operation. */
export function shapesOf<Options, Result>(operation: Operation<Result>): Shapes<Options, Result> {
  return { ...syncShapes<Options, Result>(operation), ...asyncShapes<Options, Result>(operation) };
}
