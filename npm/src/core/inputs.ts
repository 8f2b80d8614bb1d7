import type { Packed } from './contract.js';

/** The inputs of a batch, wherever they lie. */
export interface Inputs {
  readonly count: number;
  /** Length of one, in bytes. */
  length(index: number): number;
  /** Length of a range, in bytes. */
  bytes(start: number, end: number): number;
  /** Copies a range into `target`, one after another. */
  copy(start: number, end: number, target: Uint8Array, at: number): void;
}

/** Inputs that are arrays of their own. */
export class ListInputs implements Inputs {
  readonly #list: readonly Uint8Array[];

  constructor(list: readonly Uint8Array[]) {
    this.#list = list;
  }

  get count(): number {
    return this.#list.length;
  }

  length(index: number): number {
    return (this.#list[index] as Uint8Array).length;
  }

  bytes(start: number, end: number): number {
    let bytes = 0;
    for (let index = start; index < end; index++) bytes += this.length(index);
    return bytes;
  }

  copy(start: number, end: number, target: Uint8Array, at: number): void {
    let cursor = at;
    for (let index = start; index < end; index++) {
      const input = this.#list[index] as Uint8Array;
      target.set(input, cursor);
      cursor += input.length;
    }
  }
}

/** Inputs that lie one after another in one buffer: copied at once. */
export class PackedInputs implements Inputs {
  readonly #bytes: Uint8Array;
  readonly #offsets: Uint32Array;

  constructor({ bytes, offsets }: Packed) {
    this.#bytes = bytes;
    this.#offsets = offsets;
  }

  get count(): number {
    return this.#offsets.length - 1;
  }

  length(index: number): number {
    return (this.#offsets[index + 1] as number) - (this.#offsets[index] as number);
  }

  bytes(start: number, end: number): number {
    return (this.#offsets[end] as number) - (this.#offsets[start] as number);
  }

  copy(start: number, end: number, target: Uint8Array, at: number): void {
    target.set(this.#bytes.subarray(this.#offsets[start], this.#offsets[end]), at);
  }
}
