import type { Packed } from './contract.js';
import type { Engine, Failure } from './engine.js';
import type { Item } from './item.js';
import { listOf, packList } from './packed.js';
import type { NativeAddon } from './platform.js';
import type { Row } from './row.js';

/** The native addon as an engine. Its memory is the process's own, which no setting of ours bounds. */
export class NativeEngine implements Engine {
  readonly #addon: NativeAddon;

  constructor(addon: NativeAddon) {
    this.#addon = addon;
  }

  /** Version of the addon. */
  get version(): string {
    return this.#addon.VERSION;
  }

  one(op: number, row: Row, input: Uint8Array): Item {
    return this.many(op, row, [input])[0] as Item;
  }

  many(op: number, { cells, blob }: Row, inputs: readonly Uint8Array[]): Item[] {
    return this.#addon.run(op, Float64Array.from(cells), blob, inputs);
  }

  packed(op: number, row: Row, inputs: readonly Uint8Array[] | Packed): Packed | Failure {
    const items = this.many(op, row, 'offsets' in inputs ? listOf(inputs) : inputs);
    const index = items.findIndex((item) => item.status !== 0);
    const item = items[index];
    return item ? { index, item } : packList(items.map(({ bytes }) => bytes));
  }

  /** Runs a batch on another thread. */
  async(op: number, { cells, blob }: Row, inputs: readonly Uint8Array[]): Promise<Item[]> {
    return this.#addon.runAsync(op, Float64Array.from(cells), blob, inputs);
  }
}
