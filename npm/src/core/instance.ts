import { BytemillError } from './error.js';
import { fromError, type Item } from './item.js';
import type { Row } from './row.js';

/** Exports of a single-threaded module; bindings/wasm documents them. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  reserve(length: number): number;
  run(): void;
  results(): number;
  completed(): number;
  entropy(): number;
  panic_text(): number;
}

const HEADER_BYTES = 16;
const RECORD_WORDS = 5;
/** A batch larger than this is run in parts, so that the arena does not have to hold all of it at once. */
const PART_BYTES = 16 << 20;
const PART_ITEMS = 4096;
/** How many inputs are tried together after one of their neighbours trapped. */
const AFTER_TRAP_ITEMS = 16;
const decoder = /* @__PURE__ */ new TextDecoder();

type Outcome =
  | { readonly kind: 'done'; readonly items: readonly Item[] }
  | { readonly kind: 'full'; readonly bytes: number }
  | { readonly kind: 'trap'; readonly guilty: number; readonly error: BytemillError };

/** Bytes that a frame needs in the arena. */
export function frameBytes(row: Row, items: readonly Uint8Array[]): number {
  let bytes = HEADER_BYTES + row.cells.length * 8 + row.blob.length + items.length * 4;
  for (const item of items) bytes += item.length;
  return bytes;
}

/** Writes everything of a frame but the items; gives back where the items start. */
export function writeFrameHead(
  view: DataView,
  at: number,
  op: number,
  row: Row,
  items: readonly Uint8Array[],
): number {
  view.setUint32(at, op, true);
  view.setUint32(at + 4, items.length, true);
  view.setUint32(at + 8, row.cells.length, true);
  view.setUint32(at + 12, row.blob.length, true);
  let cursor = at + HEADER_BYTES;
  for (const cell of row.cells) {
    view.setFloat64(cursor, cell, true);
    cursor += 8;
  }
  for (const item of items) {
    view.setUint32(cursor, item.length, true);
    cursor += 4;
  }
  if (row.blob.length > 0) new Uint8Array(view.buffer).set(row.blob, cursor);
  return cursor + row.blob.length;
}

/** Copies the items of a batch out of wasm memory. */
export function readItems(buffer: ArrayBufferLike, results: number): Item[] {
  const [records = 0, count = 0, bytesAt = 0, , numbersAt = 0] = new Uint32Array(
    buffer,
    results,
    6,
  );
  const words = new Uint32Array(buffer, records, count * RECORD_WORDS);
  const bytes = new Uint8Array(buffer);
  const items: Item[] = [];
  for (let at = 0; at < words.length; at += RECORD_WORDS) {
    const start = bytesAt + (words[at + 1] ?? 0);
    const numbers = numbersAt + (words[at + 3] ?? 0) * 8;
    const numberCount = words[at + 4] ?? 0;
    const copy = new Uint8Array(words[at + 2] ?? 0);
    copy.set(bytes.subarray(start, start + copy.length));
    items.push({
      status: words[at] ?? 0,
      bytes: copy,
      numbers: numberCount === 0 ? [] : Array.from(new Float64Array(buffer, numbers, numberCount)),
    });
  }
  return items;
}

/** Bytes of randomness that a module which needs some is given once. */
const ENTROPY_BYTES = 256;

/** Gives a new instance its randomness. Touches `crypto` only where it must: Node loads it on first use. */
export function seed({ memory, entropy }: Pick<Exports, 'memory' | 'entropy'>): void {
  const address = entropy();
  if (address === 0) return;
  // Browsers refuse to fill shared memory: fill a copy.
  const bytes = crypto.getRandomValues(new Uint8Array(ENTROPY_BYTES));
  new Uint8Array(memory.buffer).set(bytes, address);
}

/** Reads the note that a panic or a failed allocation left behind. */
export function readPanic(
  memory: WebAssembly.Memory,
  address: number,
): { kind: number; text: string } {
  const [kind = 0, length = 0] = new Uint32Array(memory.buffer, address, 2);
  // A copy, because browsers decode no shared memory; one line, because it becomes part of a message.
  const text = decoder.decode(new Uint8Array(memory.buffer, address + 8, length).slice());
  return { kind, text: text.replaceAll('\n', ' ') };
}

/** The error for a trap, with the panic's own words where it left any. */
export function trapError(
  kernel: string,
  trap: unknown,
  note: { kind: number; text: string },
): BytemillError {
  if (note.kind === 2)
    return new BytemillError('ERR_OUT_OF_MEMORY', `out of memory: ${note.text}`, { kernel });
  if (note.kind === 1)
    return new BytemillError('ERR_INTERNAL', `bug in bytemill: ${note.text}`, { kernel });
  // Engines word and capitalise it differently, and not all of them throw a RangeError.
  const stack =
    trap instanceof RangeError || /out of bounds|call stack|recursion/i.test(String(trap));
  const what = stack ? 'the stack was exhausted' : 'the module stopped without a message';
  return new BytemillError('ERR_INTERNAL', `bug in bytemill: ${what}`, { kernel });
}

/**
 * Runs batches in a wasm instance and replaces it when it can no longer be trusted: after any trap (a trap loses
 * shadow stack, and 250 of them kill an instance silently), and when its memory, which never shrinks, passed the
 * high-water mark.
 */
export class Runner {
  readonly #kernel: string;
  readonly #module: WebAssembly.Module;
  #exports: Exports | undefined;

  constructor(kernel: string, module: WebAssembly.Module) {
    this.#kernel = kernel;
    this.#module = module;
  }

  /** Bytes of memory that the present instance holds. */
  get memoryBytes(): number {
    return this.#exports?.memory.buffer.byteLength ?? 0;
  }

  /** Runs a batch; one item per input, in order, whatever happens. */
  run(op: number, row: Row, inputs: readonly Uint8Array[], highWaterBytes: number): Item[] {
    const items: Item[] = [];
    for (let start = 0; start < inputs.length; ) {
      const end = partEnd(inputs, start);
      items.push(
        ...this.#part(
          op,
          row,
          start === 0 && end === inputs.length ? inputs : inputs.slice(start, end),
        ),
      );
      start = end;
      if (this.memoryBytes > highWaterBytes) this.#exports = undefined;
    }
    return items;
  }

  #part(op: number, row: Row, inputs: readonly Uint8Array[]): Item[] {
    const items = new Array<Item>(inputs.length);
    const open: [start: number, end: number][] = [[0, inputs.length]];
    for (let range = open.pop(); range; range = open.pop()) {
      const [start, end] = range;
      const some = end - start === inputs.length ? inputs : inputs.slice(start, end);
      const outcome = this.#attempt(op, row, some);
      if (outcome.kind === 'done') {
        for (let i = start; i < end; i++) items[i] = outcome.items[i - start] as Item;
      } else if (outcome.kind === 'full') {
        const middle = start + ((end - start) >> 1);
        if (middle > start) open.push([middle, end], [start, middle]);
        else items[start] = this.#tooLarge(outcome.bytes);
      } else {
        // Nothing that the lost instance wrote is trusted: the neighbours run again in the next one, the following
        // ones a few at a time, because one hostile input is often followed by more.
        const guilty = start + outcome.guilty;
        items[guilty] = fromError(outcome.error);
        const few = Math.min(end, guilty + 1 + AFTER_TRAP_ITEMS);
        for (const next of [
          [few, end],
          [guilty + 1, few],
          [start, guilty],
        ] as const) {
          if (next[0] < next[1]) open.push([next[0], next[1]]);
        }
      }
    }
    return items;
  }

  #attempt(op: number, row: Row, inputs: readonly Uint8Array[]): Outcome {
    const exports = (this.#exports ??= this.#instantiate());
    const length = frameBytes(row, inputs);
    try {
      const arena = length < 2 ** 32 ? exports.reserve(length) : 0;
      if (arena === 0) return { kind: 'full', bytes: length };
      const { buffer } = exports.memory;
      let at = writeFrameHead(new DataView(buffer), arena, op, row, inputs);
      const bytes = new Uint8Array(buffer);
      for (const input of inputs) {
        bytes.set(input, at);
        at += input.length;
      }
      exports.run();
      return { kind: 'done', items: readItems(exports.memory.buffer, exports.results()) };
    } catch (trap) {
      this.#exports = undefined;
      const guilty = Math.min(exports.completed(), inputs.length - 1);
      const note = readPanic(exports.memory, exports.panic_text());
      return { kind: 'trap', guilty, error: trapError(this.#kernel, trap, note) };
    }
  }

  #tooLarge(bytes: number): Item {
    const message = `out of memory: an input of ${bytes} bytes does not fit into the module's memory`;
    return fromError(new BytemillError('ERR_OUT_OF_MEMORY', message, { kernel: this.#kernel }));
  }

  #instantiate(): Exports {
    const exports = new WebAssembly.Instance(this.#module, {}).exports as unknown as Exports;
    seed(exports);
    return exports;
  }
}

/** End of the part of a batch that starts at `start`. */
function partEnd(inputs: readonly Uint8Array[], start: number): number {
  let bytes = 0;
  for (let end = start; end < inputs.length; end++) {
    bytes += inputs[end]?.length ?? 0;
    if (end > start && (bytes > PART_BYTES || end - start >= PART_ITEMS)) return end;
  }
  return inputs.length;
}
