import type { ReadySource, Shapes, StreamShape } from './contract.js';
import { bytesOf } from './decode.js';
import type { Family } from './family.js';
import type { Item } from './item.js';
import { type Short, shapesOf } from './operation.js';
import type { Platform, WasmSource } from './platform.js';
import { encodeRow, type OperationSpec } from './row.js';
import { Runtime } from './runtime.js';
import { Session } from './session.js';
import { streamOf } from './stream.js';

/** The operations of one wasm module, bound to the runtime that it runs in. */
export interface Kernel {
  operation<Options, Result>(
    spec: OperationSpec,
    decode: (item: Item) => Result,
    short?: Short<Options, Result>,
  ): Shapes<Options, Result>;
  /** The operation's shape that takes its input in pieces. */
  stream<Options>(spec: OperationSpec): StreamShape<Options>;
  /** The same, pushed by the caller; compiles the module now where that has not been done. */
  session(spec: OperationSpec, options?: object): Session;
  ready(source?: ReadySource): Promise<void>;
  /** Whether a synchronous call would find its code: it is loaded, or can be at once. */
  runsNow(): boolean;
}

/** A thread's stack for kernels whose calls nest as deep as they are written. */
const STACK_BYTES = 2 << 20;
/**
 * The same for those that nest as deep as their input does. A thread's stack has no guard below it, so it is made larger
 * than the engine's own stack lets recursion get: that one ends first, with an exception instead of overwritten memory.
 */
export const NESTING_STACK_BYTES: number = 16 << 20;

/**
 * Binds a module, `<family>` or `<family>_<part>`, to its runtime and its wasm. Nothing is loaded before the first call.
 * `loader` is the name under which the family exports `ready`, for the error of a synchronous call that comes too early.
 */
export function kernel(
  platform: Platform,
  module: string,
  source: WasmSource,
  loader = 'ready',
  stackBytes = STACK_BYTES,
): Kernel {
  const runtime = new Runtime(platform);
  const family: Family = runtime.family(module, source, loader, stackBytes);
  return {
    operation: (spec, decode, short) => shapesOf({ runtime, family, spec, decode, short }),
    stream: (spec) => streamOf({ runtime, family, spec, decode: bytesOf }),
    session: (spec, options) =>
      new Session({ runtime, family, spec, decode: bytesOf }, encodeRow(spec, options)),
    ready: (from) => runtime.ready(family, from),
    runsNow: () => runtime.state.native !== undefined || family.runsNow,
  };
}

/** A member, read by a function: bundlers may leave out a call that is marked as pure, but not the reading itself. */
export const member = <Of, Name extends keyof Of>(of: Of, name: Name): Of[Name] => of[name];
