import { type Colour, parseColour } from '../core/colour.js';
import { describe, invalidArgument } from '../core/error.js';
import { encodeText } from '../core/text.js';

/** A colour of a new document: as elsewhere, or grey, or parts of printing inks, each from 0 to 1. */
export type PdfColour =
  | Colour
  | { readonly gray: number }
  | { readonly cmyk: readonly [number, number, number, number] };

/** Bytes that grow: the description of a new document (crates/pdf-create, module `binary`). */
export class Writer {
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  u8(value: number): this {
    this.#room(1);
    this.#view.setUint8(this.#length++, value);
    return this;
  }

  u16(value: number): this {
    const at = this.#take(2);
    this.#view.setUint16(at, value, true);
    return this;
  }

  i16(value: number): this {
    const at = this.#take(2);
    this.#view.setInt16(at, value, true);
    return this;
  }

  u32(value: number): this {
    const at = this.#take(4);
    this.#view.setUint32(at, value, true);
    return this;
  }

  f64(value: number): this {
    const at = this.#take(8);
    this.#view.setFloat64(at, value, true);
    return this;
  }

  flag(value: boolean): this {
    return this.u8(value ? 1 : 0);
  }

  /** A number of points and the like; `name` is what an error says of it. */
  number(name: string, value: unknown): this {
    if (typeof value !== 'number' || !Number.isFinite(value))
      throw invalidArgument('pdf', `${name}: expected a number, got ${describe(value)}`);
    const at = this.#take(4);
    this.#view.setFloat32(at, value, true);
    return this;
  }

  optional(name: string, value: unknown): this {
    return value === undefined ? this.u8(0) : this.u8(1).number(name, value);
  }

  text(name: string, value: unknown): this {
    if (typeof value !== 'string')
      throw invalidArgument('pdf', `${name}: expected text, got ${describe(value)}`);
    return this.bytes(encodeText(value));
  }

  bytes(value: Uint8Array): this {
    this.u32(value.length);
    this.#room(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
    return this;
  }

  /** One of several names, as its place from `first` on. */
  choice(name: string, value: unknown, names: readonly string[], first = 0): this {
    const at = names.indexOf(value as string);
    if (at < 0) {
      const expected = names.map((one) => `'${one}'`).join(', ');
      throw invalidArgument('pdf', `${name}: expected one of ${expected}, got ${describe(value)}`);
    }
    return this.u8(at + first);
  }

  colour(name: string, value: unknown): this {
    const { gray, cmyk } = (value ?? {}) as { gray?: unknown; cmyk?: unknown };
    if (gray !== undefined) return this.u8(0).number(`${name}.gray`, gray);
    if (Array.isArray(cmyk) && cmyk.length === 4) {
      this.u8(2);
      for (const ink of cmyk) this.number(`${name}.cmyk`, ink);
      return this;
    }
    const parsed = parseColour(value);
    if (typeof parsed !== 'number')
      throw invalidArgument('pdf', `${name}: expected a colour, got ${parsed.got}`);
    this.u8(1);
    for (const shift of [2 ** 24, 2 ** 16, 2 ** 8])
      this.number(name, (Math.floor(parsed / shift) & 255) / 255);
    return this;
  }

  /** The place of a number that is known later, such as a count. */
  get length(): number {
    return this.#length;
  }

  /** Writes such a number. */
  patch(at: number, value: number): void {
    this.#view.setUint32(at, value, true);
  }

  /** What was written, without a copy: it holds until more is written. */
  get written(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Where the next bytes go; there is room for them from here on, in a view that may be another. */
  #take(count: number): number {
    this.#room(count);
    this.#length += count;
    return this.#length - count;
  }

  #room(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    grown.set(this.#bytes);
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}
