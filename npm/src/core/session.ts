import type { Engine } from './engine.js';
import { BytemillError } from './error.js';
import type { Item } from './item.js';
import type { Operation } from './operation.js';
import { finish } from './outcome.js';
import type { Row } from './row.js';

// Numbers of what concerns a session; bindings/core/src/session.rs is the other side.
const OPEN = 2 ** 31;
const PUSH = 0xff01;
const FLUSH = 0xff02;
const FINISH = 0xff03;
const RELEASE = 0xff04;

/** A piece that crosses at a time: enough for the crossing not to show, little enough for the copy to stay in cache. */
const PIECE_BYTES = 64 << 10;
const NOTHING = new Uint8Array(0);

/** What ends a session whatever it says itself: its instance is not to be trusted any more. */
const FATAL: ReadonlySet<string> = new Set(['ERR_INTERNAL', 'ERR_OUT_OF_MEMORY', 'ERR_RELEASED']);

interface Held {
  readonly engine: Engine;
  readonly handle: Row;
}

/**
 * One input that comes in pieces. A wasm session has an instance of its own, so that a trap elsewhere cannot cost it
 * its state, and giving it up gives all of its memory back; a native one is a handle in the addon.
 */
export class Session {
  readonly #operation: Operation<Uint8Array>;
  #held: Held | undefined;

  /** Opens it; compiles the module now where that has not been done. */
  constructor(operation: Operation<Uint8Array>, row: Row) {
    this.#operation = operation;
    const { family, runtime, spec } = operation;
    const { native } = runtime.state;
    const engine = native ?? family.session();
    const opened = this.#run(engine, OPEN + spec.id, row, NOTHING);
    this.#held = { engine, handle: { cells: [opened.numbers[0] as number], blob: NOTHING } };
    if (native) (forgotten ??= new FinalizationRegistry(free)).register(this, this.#held);
  }

  /** What the input gives, a part at a time; each part is made when it is asked for. */
  *push(input: Uint8Array): Generator<Uint8Array, void> {
    for (let at = 0; at < input.length; ) {
      const { bytes, numbers } = this.#step(PUSH, input.subarray(at, at + PIECE_BYTES));
      at += numbers[0] as number;
      if (bytes.length > 0) yield bytes;
    }
  }

  /** Everything that a reader needs to have all of what was pushed. */
  flush(): Uint8Array {
    return this.#step(FLUSH).bytes;
  }

  /** Ends the input, and with it the session. */
  finish(): Uint8Array {
    const { bytes } = this.#step(FINISH);
    this.#held = undefined;
    return bytes;
  }

  /** {@link flush} for what answers with numbers. */
  open(): Item {
    return this.#step(FLUSH);
  }

  /** One push whose answer is wanted as it is; the session goes on where it fails without a trap. */
  ask(question: Uint8Array): Item {
    const held = this.#held;
    try {
      return this.#step(PUSH, question);
    } catch (error) {
      if (error instanceof BytemillError && !FATAL.has(error.code)) this.#held = held;
      throw error;
    }
  }

  /** Gives the session up; doing so twice is allowed. */
  release(): void {
    const held = this.#held;
    this.#held = undefined;
    if (held) free(held);
  }

  #step(op: number, input: Uint8Array = NOTHING) {
    if (!this.#held) {
      const kernel = this.#operation.family.name;
      const message = 'expected an open stream, got one that has ended';
      throw new BytemillError('ERR_RELEASED', message, { kernel });
    }
    const { engine, handle } = this.#held;
    try {
      return this.#run(engine, op, handle, input);
    } catch (error) {
      // The kernel ended the session when it failed.
      this.#held = undefined;
      throw error;
    }
  }

  #run(engine: Engine, op: number, row: Row, input: Uint8Array) {
    const { config } = this.#operation.runtime.state;
    // The instance is this session's alone, and must not be replaced for having grown.
    const limits = { ...config, highWaterBytes: Number.POSITIVE_INFINITY };
    const item = engine.one(op, row, input, limits);
    finish(this.#operation, item);
    return item;
  }
}

/** Native sessions of which nobody will say that they are over. */
let forgotten: FinalizationRegistry<Held> | undefined;

function free({ engine, handle }: Held): void {
  engine.one(RELEASE, handle, NOTHING, {
    highWaterBytes: Number.POSITIVE_INFINITY,
    maxMemoryBytes: Number.POSITIVE_INFINITY,
  });
}
