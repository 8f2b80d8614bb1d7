import { headBytes, NO_BYTES, NO_NUMBERS, type Views, viewsOf, writeHead } from './frame.js';
import type { Inputs } from './inputs.js';
import type { Item } from './item.js';
import type { Row } from './row.js';
import { type PanicNote, readPanic } from './trap.js';

/** Exports of a single-threaded module; bindings/wasm documents them. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  reserve(length: number): number;
  run(length: number): number;
  run_one(op: number, cells: number, blob: number, length: number): number;
  direct(op: number, length: number): bigint;
  completed(): number;
  limit_memory(bytes: number): void;
  panic_text(): number;
}

/** The arena starts with this much room; more would be touched, and so take real memory, in every new instance. */
const ARENA_BYTES = 4 << 10;
/** Up to this it doubles, so that inputs of growing size do not make it grow each time. */
const DOUBLING_BYTES = 1 << 20;
/** What 32 bits can address. */
const ADDRESSABLE_BYTES = 2 ** 32;

/** One instance of a single-threaded module: its arena, and views of its memory that are kept between calls. */
export class Instance {
  readonly #exports: Exports;
  readonly #runOne: Exports['run_one'];
  readonly #direct: Exports['direct'];
  #views: Views;
  #arena = 0;
  /** None at all at first, so that an empty input asks for some too. */
  #capacity = -1;

  constructor(module: WebAssembly.Module, maxMemoryBytes: number) {
    this.#exports = new WebAssembly.Instance(module, {}).exports as unknown as Exports;
    this.#exports.limit_memory(Math.min(maxMemoryBytes, ADDRESSABLE_BYTES - 1));
    this.#runOne = this.#exports.run_one;
    this.#direct = this.#exports.direct;
    this.#views = viewsOf(this.#exports.memory.buffer);
  }

  /** Bytes of memory that the instance holds. */
  get memoryBytes(): number {
    return this.views.bytes.length;
  }

  /** Views of the memory as it is now. */
  get views(): Views {
    // Growing detaches the old buffer, which empties its views.
    if (this.#views.bytes.length === 0) this.#views = viewsOf(this.#exports.memory.buffer);
    return this.#views;
  }

  /** Inputs that were done before the trap. */
  get completed(): number {
    return this.#exports.completed();
  }

  /** What the panic that ended this instance left behind. */
  get note(): PanicNote {
    return readPanic(this.#exports.memory, this.#exports.panic_text());
  }

  /**
   * Runs one input; nothing where there is no memory for it.
   *
   * In one piece and by hand what {@link runMany} and {@link readItem} do, on purpose: on 64 bytes every call and every
   * allocation shows, and V8 must not inline this function into the `try` of its caller, where a call of wasm costs
   * 40 ns more. It leaves functions of this length alone.
   */
  one(op: number, row: Row, input: Uint8Array): Item | undefined {
    const { cells, blob } = row;
    const head = cells.length * 8 + blob.length;
    const total = head + input.length;
    if (total > this.#capacity && !this.#room(total)) return undefined;
    let { bytes, words, doubles } = this.views;
    const arena = this.#arena;
    if (head > 0) {
      for (let cell = 0, double = arena >>> 3; cell < cells.length; cell++, double++)
        doubles[double] = cells[cell] as number;
      if (blob.length > 0) bytes.set(blob, arena + cells.length * 8);
    }
    bytes.set(input, arena + head);

    const view = this.#runOne(op, cells.length, blob.length, total) >>> 2;
    if (bytes.length === 0) ({ bytes, words, doubles } = this.views);
    const status = words[view] as number;
    const start = words[view + 1] as number;
    const size = words[view + 2] as number;
    const count = words[view + 4] as number;
    if (count === 0)
      return { status, bytes: bytes.slice(start, start + size), numbers: NO_NUMBERS };
    const first = (words[view + 3] as number) >>> 3;
    // A view and its iterator would cost more than the hash that these are.
    const numbers =
      count === 2
        ? [doubles[first] as number, doubles[first + 1] as number]
        : count === 1
          ? [doubles[first] as number]
          : Array.from(doubles.subarray(first, first + count));
    return { status, bytes: size === 0 ? NO_BYTES : bytes.slice(start, start + size), numbers };
  }

  /** The number that an operation without options makes of one input; nothing where there is no memory for it. */
  direct(op: number, input: Uint8Array): bigint | undefined {
    const { length } = input;
    if (length > this.#capacity && !this.#room(length)) return undefined;
    this.views.bytes.set(input, this.#arena);
    return this.#direct(op, length);
  }

  /** Runs a range of inputs; gives back the address of their results, or 0 where there is no memory for them. */
  runMany(op: number, row: Row, inputs: Inputs, start: number, end: number): number {
    const count = end - start;
    const head = headBytes(row, count);
    const bytes = head + inputs.bytes(start, end);
    if (!this.#room(bytes)) return 0;
    const { views } = this;
    const word = writeHead(views, this.#arena, op, row, count);
    for (let index = 0; index < count; index++)
      views.words[word + index] = inputs.length(start + index);
    inputs.copy(start, end, views.bytes, this.#arena + head);
    return this.#exports.run(bytes);
  }

  #room(bytes: number): boolean {
    if (bytes <= this.#capacity) return true;
    const doubled = Math.min(this.#capacity * 2, DOUBLING_BYTES);
    const wanted = Math.max(bytes, doubled, ARENA_BYTES);
    this.#arena = wanted < ADDRESSABLE_BYTES ? this.#exports.reserve(wanted) >>> 0 : 0;
    this.#capacity = this.#arena === 0 ? -1 : wanted;
    return this.#arena !== 0;
  }
}
