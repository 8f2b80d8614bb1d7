import type { Item } from '../core/item.js';
import { decodeText } from '../core/text.js';

/**
 * Reads what bindings/core/src/ops/pdf/record.rs writes: numbers in their order, and texts one after another, whose
 * lengths are among the numbers; NaN stands for what is not there.
 */
export class Cursor {
  readonly #item: Item;
  #at = 0;
  #bytesAt = 0;

  constructor(item: Item) {
    this.#item = item;
  }

  number(): number {
    return this.#item.numbers[this.#at++] ?? Number.NaN;
  }

  optional(): number | undefined {
    const value = this.number();
    return Number.isNaN(value) ? undefined : value;
  }

  flag(): boolean {
    return this.number() === 1;
  }

  bytes(): Uint8Array {
    const begin = this.#bytesAt;
    this.#bytesAt += this.number();
    return this.#item.bytes.slice(begin, this.#bytesAt);
  }

  text(): string {
    return this.optionalText() ?? '';
  }

  optionalText(): string | undefined {
    const length = this.optional();
    if (length === undefined) return undefined;
    const begin = this.#bytesAt;
    this.#bytesAt += length;
    return decodeText(this.#item.bytes.subarray(begin, this.#bytesAt));
  }

  /** One of several names, by its place. */
  choice<Name extends string>(names: readonly Name[]): Name {
    return names[this.number()] ?? (names[0] as Name);
  }

  list<T>(read: () => T): T[] {
    return Array.from({ length: this.number() }, read);
  }
}
