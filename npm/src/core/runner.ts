import type { Packed } from './contract.js';
import type { Engine, Failure, MemoryLimits } from './engine.js';
import { BytemillError } from './error.js';
import { type Inputs, ListInputs, PackedInputs } from './inputs.js';
import { Instance } from './instance.js';
import { fromError, type Item } from './item.js';
import type { Row } from './row.js';
import { ItemSink, PackedSink, type Sink } from './sink.js';
import { noRoom, trapError } from './trap.js';

/** A batch larger than this is run in parts, so that the arena does not have to hold all of it at once. */
const PART_BYTES = 16 << 20;
const PART_ITEMS = 4096;
/** How many inputs are tried together after one of their neighbours trapped. */
const AFTER_TRAP_ITEMS = 16;

/**
 * Runs batches in a wasm instance and replaces it when it can no longer be trusted: after any trap (a trap loses
 * shadow stack, and 250 of them kill an instance silently), and when its memory, which never shrinks, passed the
 * high-water mark.
 */
export class Runner implements Engine {
  readonly #kernel: string;
  readonly #module: WebAssembly.Module;
  /** Whether traps tell their stack, because the module has names for it. */
  readonly #debug: boolean;
  #instance: Instance | undefined;

  constructor(kernel: string, module: WebAssembly.Module, debug: boolean) {
    this.#kernel = kernel;
    this.#module = module;
    this.#debug = debug;
  }

  /** Bytes of memory that the present instance holds. */
  get memoryBytes(): number {
    return this.#instance?.memoryBytes ?? 0;
  }

  /** Runs one input: the short way, because here every allocation shows. */
  one(op: number, row: Row, input: Uint8Array, limits: MemoryLimits): Item {
    const instance = (this.#instance ??= this.#start(limits));
    try {
      const item = instance.one(op, row, input);
      if (instance.memoryBytes > limits.highWaterBytes) this.#instance = undefined;
      return item ?? this.#full(input.length);
    } catch (trap) {
      this.#instance = undefined;
      return this.#trapped(trap, instance);
    }
  }

  /** The number that an operation without options makes of one input; nothing where {@link one} has to tell why not. */
  direct(op: number, input: Uint8Array, limits: MemoryLimits): bigint | undefined {
    const instance = (this.#instance ??= this.#start(limits));
    try {
      const number = instance.direct(op, input);
      if (instance.memoryBytes > limits.highWaterBytes) this.#instance = undefined;
      return number;
    } catch {
      this.#instance = undefined;
      return undefined;
    }
  }

  /** Runs a batch; one item per input, in order, whatever happens. */
  many(op: number, row: Row, inputs: readonly Uint8Array[], limits: MemoryLimits): Item[] {
    const sink = new ItemSink(inputs.length);
    this.#all(op, row, new ListInputs(inputs), sink, limits);
    return sink.items;
  }

  /** Runs a batch whose results are wanted in one buffer, or the first failure of them. */
  packed(
    op: number,
    row: Row,
    inputs: readonly Uint8Array[] | Packed,
    limits: MemoryLimits,
  ): Packed | Failure {
    const all = 'offsets' in inputs ? new PackedInputs(inputs) : new ListInputs(inputs);
    const sink = new PackedSink(all.count);
    this.#all(op, row, all, sink, limits);
    return sink.finish();
  }

  #all(op: number, row: Row, inputs: Inputs, sink: Sink, limits: MemoryLimits): void {
    for (let start = 0; start < inputs.count; ) {
      const end = partEnd(inputs, start);
      this.#part(op, row, inputs, start, end, sink, limits);
      if (this.memoryBytes > limits.highWaterBytes) this.#instance = undefined;
      start = end;
    }
  }

  #part(
    op: number,
    row: Row,
    inputs: Inputs,
    from: number,
    to: number,
    sink: Sink,
    limits: MemoryLimits,
  ): void {
    const open: [start: number, end: number][] = [[from, to]];
    for (let range = open.pop(); range; range = open.pop()) {
      const [start, end] = range;
      const instance = (this.#instance ??= this.#start(limits));
      try {
        const results = instance.runMany(op, row, inputs, start, end);
        const middle = start + ((end - start) >> 1);
        if (results !== 0) sink.take(instance.views, results, start, end);
        else if (middle > start) open.push([middle, end], [start, middle]);
        else sink.fail(start, this.#full(inputs.length(start)));
      } catch (trap) {
        // Nothing that the lost instance wrote is trusted: the neighbours run again in the next one, the following
        // ones a few at a time, because one hostile input is often followed by more.
        this.#instance = undefined;
        const guilty = Math.min(start + instance.completed, end - 1);
        sink.fail(guilty, this.#trapped(trap, instance));
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
  }

  #start({ maxMemoryBytes }: MemoryLimits): Instance {
    try {
      return new Instance(this.#module, maxMemoryBytes);
    } catch (cause) {
      const message = `out of memory: no room for an instance of bytemill/${this.#kernel} (${cause})`;
      throw new BytemillError('ERR_OUT_OF_MEMORY', message, { kernel: this.#kernel, cause });
    }
  }

  #trapped(trap: unknown, instance: Instance): Item {
    const item = fromError(trapError(this.#kernel, trap, instance.note));
    const { stack } = trap as { stack?: unknown };
    return this.#debug && typeof stack === 'string' ? { ...item, stack } : item;
  }

  #full(bytes: number): Item {
    return fromError(noRoom(this.#kernel, bytes));
  }
}

/** End of the part of a batch that starts at `start`. */
function partEnd(inputs: Inputs, start: number): number {
  const most = Math.min(inputs.count, start + PART_ITEMS);
  if (inputs.bytes(start, most) <= PART_BYTES) return most;
  let bytes = 0;
  for (let end = start; end < most; end++) {
    bytes += inputs.length(end);
    if (end > start && bytes > PART_BYTES) return end;
  }
  return most;
}
