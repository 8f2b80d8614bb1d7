import type { Packed } from './contract.js';
import type { Failure } from './engine.js';
import { countOf, firstFailure, readItem, readPacked, type Views } from './frame.js';
import { fromError, type Item } from './item.js';
import { joined, tooLong } from './packed.js';

/** Where the results of a batch go, range by range. */
export interface Sink {
  /** Takes the results of the inputs from `start` to `end` before the next run overwrites them. */
  take(views: Views, results: number, start: number, end: number): void;
  /** One input has no result but an error. */
  fail(index: number, error: Item): void;
}

/** Keeps an item for every input. */
export class ItemSink implements Sink {
  readonly items: Item[];

  constructor(count: number) {
    this.items = new Array<Item>(count);
  }

  take(views: Views, results: number, start: number, end: number): void {
    // A frame that could not be read has one record, which speaks for all.
    const last = countOf(views, results) - 1;
    for (let index = start; index < end; index++)
      this.items[index] = readItem(views, results, Math.min(index - start, last));
  }

  fail(index: number, error: Item): void {
    this.items[index] = error;
  }
}

/** Puts all results into one buffer; a single failure makes them worthless. */
export class PackedSink implements Sink {
  readonly #offsets: Uint32Array;
  readonly #parts: Uint8Array[] = [];
  #bytes = 0;
  #failure: Failure | undefined;

  constructor(count: number) {
    this.#offsets = new Uint32Array(count + 1);
  }

  take(views: Views, results: number, start: number): void {
    const failed = firstFailure(views, results);
    if (failed >= 0) this.fail(start + failed, readItem(views, results, failed));
    if (this.#failure) return;
    const part = readPacked(views, results, this.#offsets, start + 1, this.#bytes);
    this.#bytes += part.length;
    this.#parts.push(part);
    if (this.#bytes >= 2 ** 32) this.fail(start, fromError(tooLong()));
  }

  fail(index: number, item: Item): void {
    if (!this.#failure || index < this.#failure.index) this.#failure = { index, item };
  }

  finish(): Packed | Failure {
    if (this.#failure) return this.#failure;
    return { bytes: joined(this.#parts, this.#bytes), offsets: this.#offsets };
  }
}
