import { BytemillError } from '../core/error.js';

/** Where a frame of a seekable file is, and which part of the content it holds. */
export interface SeekEntry {
  readonly start: number;
  readonly end: number;
  readonly contentStart: number;
  readonly contentEnd: number;
}

// Of the seekable format, zstd's contrib/seekable_format: a skippable frame at the end, entries and a footer in it.
const SKIPPABLE_MAGIC = 0x184d2a5e;
const SEEKABLE_MAGIC = 0x8f92eab1;
const HEADER_BYTES = 8;
const ENTRY_BYTES = 8;
/** Count of frames, descriptor, magic number. */
export const FOOTER_BYTES = 9;
const HAS_CHECKSUMS = 0x80;
/** Frames that a table can have. */
const MAX_FRAMES = 0x8000000;

/** The table that ends a seekable file whose frames have these lengths, compressed and not. */
export function writeSeekTable(frames: readonly (readonly [number, number])[]): Uint8Array {
  const body = frames.length * ENTRY_BYTES + FOOTER_BYTES;
  const table = new Uint8Array(HEADER_BYTES + body);
  const view = new DataView(table.buffer);
  view.setUint32(0, SKIPPABLE_MAGIC, true);
  view.setUint32(4, body, true);
  frames.forEach(([compressed, content], index) => {
    view.setUint32(HEADER_BYTES + index * ENTRY_BYTES, compressed, true);
    view.setUint32(HEADER_BYTES + index * ENTRY_BYTES + 4, content, true);
  });
  view.setUint32(table.length - FOOTER_BYTES, frames.length, true);
  view.setUint32(table.length - 4, SEEKABLE_MAGIC, true);
  return table;
}

/** Length of the table of a file whose last bytes these are. */
export function seekTableBytes(tail: Uint8Array): number {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  const footer = tail.length - FOOTER_BYTES;
  if (footer < 0 || view.getUint32(footer + 5, true) !== SEEKABLE_MAGIC)
    throw invalid('expected a seekable file, with a seek table at its end, got another');
  const frames = view.getUint32(footer, true);
  if (frames > MAX_FRAMES) throw invalid(`a seek table of ${frames} frames cannot be`);
  return HEADER_BYTES + frames * entryBytes(view.getUint8(footer + 4)) + FOOTER_BYTES;
}

const entryBytes = (descriptor: number) =>
  ENTRY_BYTES + ((descriptor & HAS_CHECKSUMS) !== 0 ? 4 : 0);

/** The entries of a table that ends a file of this length. */
export function readSeekTable(table: Uint8Array, fileBytes: number): SeekEntry[] {
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
  const body = table.length - HEADER_BYTES;
  if (view.getUint32(0, true) !== SKIPPABLE_MAGIC || view.getUint32(4, true) !== body)
    throw invalid('the seek table does not begin where its footer says');
  const footer = table.length - FOOTER_BYTES;
  const step = entryBytes(view.getUint8(footer + 4));
  const entries: SeekEntry[] = [];
  let start = 0;
  let contentStart = 0;
  for (let at = HEADER_BYTES; at < footer; at += step) {
    const end = start + view.getUint32(at, true);
    const contentEnd = contentStart + view.getUint32(at + 4, true);
    entries.push({ start, end, contentStart, contentEnd });
    start = end;
    contentStart = contentEnd;
  }
  if (start !== fileBytes - table.length)
    throw invalid(
      `the frames of the seek table are ${start} bytes long, those of the file ${fileBytes - table.length}`,
    );
  return entries;
}

function invalid(message: string): BytemillError {
  return new BytemillError('ERR_INVALID_DATA', message, { kernel: 'zstd' });
}
