import { BytemillError } from './error.js';
import type { Family } from './family.js';
import type { Item } from './item.js';
import type { OperationSpec, Row } from './row.js';

/** One input on its way through the queue. */
export interface Entry {
  readonly input: Uint8Array;
  /** Its length when it was handed in, to notice a buffer that was detached or resized meanwhile. */
  readonly length: number;
  /** Whether its buffer may be detached instead of copied. */
  readonly transfer: boolean;
  /** Set once the caller has an answer; such an entry is not run (again). */
  settled: boolean;
  /** The part of a batch that it travels in, while it does. */
  chunk?: Chunk | undefined;
  settle(item: Item): void;
  fail(error: BytemillError): void;
}

/** Inputs that travel together: same operation, same options, one message. */
export class Chunk {
  entries: Entry[];
  /** How often a worker died with it. */
  deaths = 0;
  /** Ends the kernel that runs it; set while it runs. */
  kill: (() => void) | undefined;

  constructor(
    readonly family: Family,
    readonly spec: OperationSpec,
    readonly row: Row,
    entries: readonly Entry[],
  ) {
    this.entries = entries.map((entry) => Object.assign(entry, { chunk: this }));
  }

  /** The same operation on other entries. */
  with(entries: readonly Entry[]): Chunk {
    return new Chunk(this.family, this.spec, this.row, entries);
  }

  /** Drops the entries that have an answer, and refuses those whose buffer is no longer what it was. */
  prune(): void {
    for (const entry of this.entries) {
      if (entry.settled || entry.input.length === entry.length) continue;
      const message = `input: expected ${entry.length} bytes as at the call, got ${entry.input.length}: its buffer was detached or resized`;
      entry.fail(new BytemillError('ERR_INVALID_ARGUMENT', message, { kernel: this.family.name }));
    }
    this.entries = this.entries.filter((entry) => !entry.settled);
  }

  /** Hands out the results. */
  settle(items: readonly Item[]): void {
    this.kill = undefined;
    this.entries.forEach((entry, position) => {
      const item = items[position];
      if (item && !entry.settled) entry.settle(item);
    });
  }

  /** Gives every entry that has no answer yet the same error. */
  fail(error: unknown): void {
    this.kill = undefined;
    const known =
      error instanceof BytemillError
        ? error
        : new BytemillError('ERR_INTERNAL', `bug in bytemill: ${String(error)}`, {
            kernel: this.family.name,
            cause: error,
          });
    for (const entry of this.entries) if (!entry.settled) entry.fail(known);
  }
}

/** More parts than workers level out inputs of different cost; a part of this size keeps memory small. */
const CHUNK_BYTES = 8 << 20;
/** What an input costs besides its bytes, when parts are made equal. */
const ENTRY_BYTES = 64;

/** Splits entries into parts of about equal cost: one per worker, or more where the inputs are large. */
export function split(entries: readonly Entry[], workers: number): Entry[][] {
  const cost = (entry: Entry) => entry.length + ENTRY_BYTES;
  const total = entries.reduce((sum, entry) => sum + cost(entry), 0);
  const count = Math.min(entries.length, Math.max(workers, Math.ceil(total / CHUNK_BYTES)));
  const parts: Entry[][] = [];
  let part: Entry[] = [];
  let filled = 0;
  for (const entry of entries) {
    part.push(entry);
    filled += cost(entry);
    if (filled >= (total * (parts.length + 1)) / count) {
      parts.push(part);
      part = [];
    }
  }
  if (part.length > 0) parts.push(part);
  return parts;
}
