import { CODES } from '../generated/errors.js';
import { BytemillError } from './error.js';
import type { Symbols } from './symbols.js';
import { decodeText, encodeText } from './text.js';

/** What became of one input: bytes and numbers, or the bytes of an error's message. */
export interface Item {
  /** 0, or the number of an error code. */
  readonly status: number;
  readonly bytes: Uint8Array;
  readonly numbers: ArrayLike<number>;
  /** Where a debug build trapped. */
  readonly stack?: string;
}

/** The items of a batch as they travel between threads: one buffer, whatever their count. */
export interface PackedItems {
  /** Per item: status, bytes, numbers. */
  readonly index: Float64Array;
  readonly bytes: Uint8Array;
  readonly numbers: Float64Array;
  /** Stacks of debug builds that trapped, by position. */
  readonly stacks?: ReadonlyMap<number, string> | undefined;
}

/** Puts items into one buffer. A single item keeps its own, so a large result is not copied again. */
export function pack(items: readonly Item[]): PackedItems {
  const index = new Float64Array(items.length * 3);
  let byteCount = 0;
  let numberCount = 0;
  items.forEach((item, position) => {
    index.set([item.status, item.bytes.length, item.numbers.length], position * 3);
    byteCount += item.bytes.length;
    numberCount += item.numbers.length;
  });
  const [only] = items;
  const numbers = new Float64Array(numberCount);
  // Nor may the array that all results without bytes share be transferred.
  const own = items.length === 1 && only && byteCount > 0;
  const bytes = own ? only.bytes : new Uint8Array(byteCount);
  const stacks = new Map<number, string>();
  let byteAt = 0;
  let numberAt = 0;
  for (const [position, item] of items.entries()) {
    if (item.stack !== undefined) stacks.set(position, item.stack);
    if (items.length > 1) bytes.set(item.bytes, byteAt);
    numbers.set(item.numbers, numberAt);
    byteAt += item.bytes.length;
    numberAt += item.numbers.length;
  }
  return { index, bytes, numbers, stacks: stacks.size > 0 ? stacks : undefined };
}

/** Takes packed items apart; every item gets bytes of its own, which the caller then owns. */
export function unpack(packed: PackedItems): Item[] {
  const count = packed.index.length / 3;
  const items: Item[] = [];
  let byteAt = 0;
  let numberAt = 0;
  for (let position = 0; position < count; position++) {
    const [status = 0, byteCount = 0, numberCount = 0] = packed.index.subarray(
      position * 3,
      position * 3 + 3,
    );
    const whole = count === 1 && packed.bytes.byteLength === packed.bytes.buffer.byteLength;
    const stack = packed.stacks?.get(position);
    items.push({
      status,
      bytes: whole ? packed.bytes : packed.bytes.slice(byteAt, byteAt + byteCount),
      numbers: packed.numbers.subarray(numberAt, numberAt + numberCount),
      ...(stack !== undefined && { stack }),
    });
    byteAt += byteCount;
    numberAt += numberCount;
  }
  return items;
}

/** The error that a failed item stands for; its cause, in debug builds, is the trap with lines of Rust. */
export function toError(kernel: string, item: Item, symbols?: Symbols): BytemillError {
  const code = CODES[item.status] ?? 'ERR_INTERNAL';
  const [offset = Number.NaN, named = 0] = Array.from(item.numbers);
  const text = decodeText(item.bytes);
  const space = named ? text.indexOf(' ') : -1;
  return new BytemillError(code, text.slice(space + 1), {
    kernel,
    offset: Number.isNaN(offset) ? undefined : offset,
    limit: space > 0 ? text.slice(0, space) : undefined,
    ...(item.stack !== undefined && { cause: trapOf(item.stack, symbols) }),
  });
}

function trapOf(stack: string, symbols: Symbols | undefined): Error {
  const [first = ''] = stack.split('\n');
  return Object.assign(new Error(first), { name: 'Trap', stack: symbols?.explain(stack) ?? stack });
}

/** An item for an error that arose outside the kernel, so that it can travel like any other. */
export function fromError(error: BytemillError): Item {
  const text = error.limit ? `${error.limit} ${error.message}` : error.message;
  return {
    status: CODES.indexOf(error.code),
    bytes: encodeText(text),
    numbers: [error.offset ?? Number.NaN, error.limit ? 1 : 0],
  };
}
