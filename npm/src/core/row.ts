import { concat } from './bytes.js';
import { describe, invalidArgument } from './error.js';
import { encodeText } from './text.js';

/** An option as declared in Rust; `generated/` holds them. */
export type OptionSpec =
  | { readonly name: string; readonly kind: 'integer'; readonly min: number; readonly max: number }
  | { readonly name: string; readonly kind: 'number'; readonly min: number; readonly max: number }
  | { readonly name: string; readonly kind: 'wide' }
  | { readonly name: string; readonly kind: 'boolean' }
  | { readonly name: string; readonly kind: 'choice'; readonly names: readonly string[] }
  | { readonly name: string; readonly kind: 'bytes'; readonly min: number; readonly max: number }
  | { readonly name: string; readonly kind: 'text'; readonly max: number }
  | {
      readonly name: string;
      readonly kind: 'integers';
      readonly min: number;
      readonly max: number;
      readonly count: number;
    }
  | {
      readonly name: string;
      readonly kind: 'colour';
      /** Comes with the option, so that only families with colours carry it. */
      parse(value: unknown): number | { readonly got: string };
    };

/** An operation as declared in Rust. */
export interface OperationSpec {
  readonly family: string;
  readonly name: string;
  /** Number on the wire. */
  readonly id: number;
  /** Whether one large input is worth spreading over threads. */
  readonly parallel: boolean;
  readonly options: readonly OptionSpec[];
}

/** Options as they cross the boundary: a cell per option (NaN: not given), and the contents of bytes and text. */
export interface Row {
  readonly cells: readonly number[];
  readonly blob: Uint8Array;
}

const NOTHING = new Uint8Array(0);
const EMPTY: Row = { cells: [], blob: NOTHING };

/** Options of the call itself rather than of the operation. */
const CALL_OPTIONS = new Set(['signal', 'timeoutMs', 'settle', 'packed', 'transfer']);

/** Checks options against their declaration and encodes them. */
export function encodeRow(spec: OperationSpec, options: unknown): Row {
  if (options === undefined) return EMPTY;
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw invalidArgument(spec.family, `options: expected an object, got ${describe(options)}`);
  }
  const given = options as Readonly<Record<string, unknown>>;
  const cells: number[] = [];
  const blobs: Uint8Array[] = [];
  for (const option of spec.options) {
    const value = given[option.name];
    cells.push(value === undefined ? Number.NaN : encodeCell(spec, option, value, blobs));
  }
  for (const name of Object.keys(given)) {
    if (CALL_OPTIONS.has(name) || spec.options.some((option) => option.name === name)) continue;
    const known = spec.options.map((option) => option.name).join(', ') || 'none';
    throw invalidArgument(
      spec.family,
      `options: ${spec.name} has no option ${JSON.stringify(name)}; it has: ${known}`,
    );
  }
  return { cells, blob: blobs.length === 0 ? NOTHING : concat(blobs) };
}

function encodeCell(
  spec: OperationSpec,
  option: OptionSpec,
  value: unknown,
  blobs: Uint8Array[],
): number {
  const fail = (expected: string, got = describe(value)) =>
    invalidArgument(spec.family, `${option.name}: expected ${expected}, got ${got}`);
  switch (option.kind) {
    case 'integer':
      if (Number.isInteger(value) && Number(value) >= option.min && Number(value) <= option.max)
        return Number(value);
      throw fail(`a whole number from ${option.min} to ${option.max}`);
    case 'number':
      if (typeof value === 'number' && value >= option.min && value <= option.max) return value;
      throw fail(`a number from ${option.min} to ${option.max}`);
    case 'integers': {
      const { min, max, count } = option;
      const fits = (one: unknown) =>
        Number.isInteger(one) && Number(one) >= min && Number(one) <= max;
      if (!Array.isArray(value) || value.length > count || !value.every(fits))
        throw fail(`a list of at most ${count} whole numbers from ${min} to ${max}`, `${value}`);
      const bytes = new Uint8Array(value.length * 4);
      const view = new DataView(bytes.buffer);
      value.forEach((one: number, index) => {
        view.setUint32(index * 4, one, true);
      });
      blobs.push(bytes);
      return bytes.length;
    }
    case 'colour': {
      const colour = option.parse(value);
      if (typeof colour === 'number') return colour;
      throw fail("a colour: 0xRRGGBB, '#rrggbb', '#rrggbbaa' or { r, g, b, alpha }", colour.got);
    }
    case 'wide': {
      const whole =
        typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
      if (typeof whole !== 'bigint' || whole < 0n || whole >> 64n !== 0n)
        throw fail('a bigint or whole number from 0 to 2^64 - 1');
      const bytes = new Uint8Array(8);
      new DataView(bytes.buffer).setBigUint64(0, whole, true);
      blobs.push(bytes);
      return bytes.length;
    }
    case 'boolean':
      if (typeof value === 'boolean') return value ? 1 : 0;
      throw fail('true or false');
    case 'choice': {
      const position = option.names.indexOf(String(value));
      if (typeof value === 'string' && position >= 0) return position;
      throw fail(`one of ${option.names.map((name) => `'${name}'`).join(', ')}`);
    }
    case 'bytes': {
      if (!(value instanceof Uint8Array)) throw fail('a Uint8Array');
      const { min, max } = option;
      const range = min === max ? `${min}` : `${min} to ${max}`;
      if (value.length < min || value.length > max) throw fail(`${range} bytes`, `${value.length}`);
      blobs.push(value);
      return value.length;
    }
    case 'text': {
      if (typeof value !== 'string') throw fail('a string');
      const bytes = encodeText(value);
      if (bytes.length > option.max)
        throw fail(`at most ${option.max} bytes of UTF-8`, `${bytes.length}`);
      blobs.push(bytes);
      return bytes.length;
    }
  }
}

/** Whether two rows say the same, so that their calls can share a batch. */
export function sameRow(left: Row, right: Row): boolean {
  if (left === right) return true;
  return (
    left.cells.length === right.cells.length &&
    left.blob.length === right.blob.length &&
    left.cells.every((cell, index) => Object.is(cell, right.cells[index])) &&
    left.blob.every((byte, index) => byte === right.blob[index])
  );
}
