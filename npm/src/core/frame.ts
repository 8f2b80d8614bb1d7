import type { Item } from './item.js';
import type { Row } from './row.js';

// How a batch lies in wasm memory; bindings/core/src/frame.rs and batch.rs are the other side.

/** Bytes of a frame before its cells. */
const HEADER_BYTES = 16;
const RECORD_WORDS = 5;
/** Most results have none, and share this. */
export const NO_NUMBERS: readonly number[] = [];

/** What results that are numbers share. Nobody but decoders of bytes hands it out, and those have no numbers beside. */
export const NO_BYTES = new Uint8Array(0);

/** One memory, seen as bytes, words and doubles. Wasm and every engine that runs it are little-endian. */
export interface Views {
  readonly bytes: Uint8Array;
  readonly words: Uint32Array;
  readonly doubles: Float64Array;
}

/** Views of the whole of a memory; they end when it grows, unless it is shared. */
export const viewsOf = (buffer: ArrayBufferLike): Views => ({
  bytes: new Uint8Array(buffer),
  words: new Uint32Array(buffer),
  doubles: new Float64Array(buffer),
});

/** Bytes of a frame before its items. */
export const headBytes = (row: Row, count: number): number =>
  HEADER_BYTES + row.cells.length * 8 + count * 4 + row.blob.length;

/** Writes a frame's head up to the lengths of the items; gives back the index of the word where those go. */
export function writeHead(views: Views, at: number, op: number, row: Row, count: number): number {
  const { words, doubles } = views;
  const { cells, blob } = row;
  let word = at >>> 2;
  words[word] = op;
  words[word + 1] = count;
  words[word + 2] = cells.length;
  words[word + 3] = blob.length;
  word += HEADER_BYTES / 4;
  if (cells.length > 0) {
    doubles.set(cells, word >>> 1);
    word += cells.length * 2;
  }
  if (blob.length > 0) views.bytes.set(blob, (word + count) * 4);
  return word;
}

/** Copies the item of record `index` out of wasm memory. */
export function readItem({ bytes, words, doubles }: Views, results: number, index: number): Item {
  const view = results >>> 2;
  const record = ((words[view] as number) >>> 2) + index * RECORD_WORDS;
  const start = (words[view + 2] as number) + (words[record + 1] as number);
  const size = words[record + 2] as number;
  const count = words[record + 4] as number;
  const status = words[record] as number;
  if (count === 0) return { status, bytes: bytes.slice(start, start + size), numbers: NO_NUMBERS };
  const numbers: number[] = [];
  const first = ((words[view + 4] as number) >>> 3) + (words[record + 3] as number);
  for (let at = first; at < first + count; at++) numbers.push(doubles[at] as number);
  return { status, bytes: size === 0 ? NO_BYTES : bytes.slice(start, start + size), numbers };
}

/** How many records a run left. */
export const countOf = ({ words }: Views, results: number): number =>
  words[(results >>> 2) + 1] as number;

/** Copies the items of a batch out of wasm memory. */
export function readItems(views: Views, results: number): Item[] {
  const items: Item[] = [];
  const count = countOf(views, results);
  for (let index = 0; index < count; index++) items.push(readItem(views, results, index));
  return items;
}

/** Index of the first record with an error, or -1. */
export function firstFailure({ words }: Views, results: number): number {
  const count = words[(results >>> 2) + 1] as number;
  let record = (words[results >>> 2] as number) >>> 2;
  for (let index = 0; index < count; index++, record += RECORD_WORDS) {
    if (words[record] !== 0) return index;
  }
  return -1;
}

/**
 * Copies the bytes of a batch without failures out of wasm memory, in one piece. The end of each, counted from
 * `base`, goes into `offsets` from `first` on.
 */
export function readPacked(
  { bytes, words }: Views,
  results: number,
  offsets: Uint32Array,
  first: number,
  base: number,
): Uint8Array {
  const view = results >>> 2;
  const count = words[view + 1] as number;
  let record = (words[view] as number) >>> 2;
  for (let index = 0; index < count; index++, record += RECORD_WORDS) {
    offsets[first + index] = base + (words[record + 1] as number) + (words[record + 2] as number);
  }
  const start = words[view + 2] as number;
  return bytes.slice(start, start + (words[view + 3] as number));
}
