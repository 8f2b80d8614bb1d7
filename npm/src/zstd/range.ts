import { type AsyncBytesInput, type BytesInput, concat, toBytes } from '../core/bytes.js';
import type { CallOptions, Shapes } from '../core/contract.js';
import { BytemillError, describe, invalidArgument } from '../core/error.js';
import type { DecompressOptions } from '../generated/zstd.js';
import { FOOTER_BYTES, readSeekTable, type SeekEntry, seekTableBytes } from './seek-table.js';

/** Which part of a seekable file's content is wanted. */
export interface RangeOptions {
  /**
   * First byte of the content.
   * @defaultValue `0`
   */
  readonly offset?: number | undefined;
  /**
   * How many bytes; fewer come back where the content ends before.
   * @defaultValue all that follow
   */
  readonly length?: number | undefined;
}

type Codec = Shapes<DecompressOptions, Uint8Array>;
type Options = RangeOptions & DecompressOptions;

/** Reads parts of an input: at once what lies in memory, later what lies elsewhere. */
interface Source<Part> {
  readonly bytes: number;
  read(start: number, end: number): Part;
}

/** A range of a file in memory, or of a Blob, of which only the frames that are needed are read. */
export async function decompressRange(
  codec: Codec,
  input: AsyncBytesInput,
  { offset, length, ...options }: Options & CallOptions = {},
): Promise<Uint8Array> {
  const range = checked(offset, length);
  const source = laterOf(input);
  const tail = await source.read(Math.max(0, source.bytes - FOOTER_BYTES), source.bytes);
  const table = await source.read(tableStart(source.bytes, tail), source.bytes);
  const frames = needed(table, source.bytes, range);
  const parts = frames.map(async ({ start, end }) =>
    codec.async(await source.read(start, end), options),
  );
  return cut(frames, await Promise.all(parts), range);
}

/** The same, now, of a file in memory. */
export function decompressRangeSync(
  codec: Codec,
  input: BytesInput,
  { offset, length, ...options }: Options = {},
): Uint8Array {
  const range = checked(offset, length);
  const source = nowOf(toBytes('zstd', input));
  const tail = source.read(Math.max(0, source.bytes - FOOTER_BYTES), source.bytes);
  const table = source.read(tableStart(source.bytes, tail), source.bytes);
  const frames = needed(table, source.bytes, range);
  const inputs = frames.map(({ start, end }) => source.read(start, end));
  return cut(frames, codec.batchSync(inputs, options), range);
}

const nowOf = (bytes: Uint8Array): Source<Uint8Array> => ({
  bytes: bytes.length,
  read: (start, end) => bytes.subarray(start, end),
});

function laterOf(input: AsyncBytesInput): Source<Uint8Array | Promise<Uint8Array>> {
  if (typeof Blob === 'undefined' || !(input instanceof Blob)) return nowOf(toBytes('zstd', input));
  return {
    bytes: input.size,
    read: async (start, end) => new Uint8Array(await input.slice(start, end).arrayBuffer()),
  };
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function checked(offset = 0, length = Number.MAX_SAFE_INTEGER): Range {
  for (const [name, value] of Object.entries({ offset, length })) {
    if (Number.isSafeInteger(value) && value >= 0) continue;
    throw invalidArgument(
      'zstd',
      `${name}: expected a whole number from 0, got ${describe(value)}`,
    );
  }
  return { start: offset, end: offset + length };
}

function tableStart(fileBytes: number, tail: Uint8Array): number {
  const start = fileBytes - seekTableBytes(tail);
  if (start >= 0) return start;
  const message = 'the seek table is longer than the file';
  throw new BytemillError('ERR_TRUNCATED', message, { kernel: 'zstd' });
}

/** The frames that hold some of the range. */
function needed(table: Uint8Array, fileBytes: number, { start, end }: Range): SeekEntry[] {
  return readSeekTable(table, fileBytes).filter(
    ({ contentStart, contentEnd }) => contentStart < end && contentEnd > start,
  );
}

/** The range, out of the contents of the frames that hold it. */
function cut(
  frames: readonly SeekEntry[],
  contents: readonly Uint8Array[],
  range: Range,
): Uint8Array {
  const parts = frames.map(({ start, contentStart, contentEnd }, index) => {
    const content = contents[index] as Uint8Array;
    if (content.length !== contentEnd - contentStart) {
      const message = `a frame of ${contentEnd - contentStart} bytes in the seek table has ${content.length}`;
      throw new BytemillError('ERR_INVALID_DATA', message, { kernel: 'zstd', offset: start });
    }
    return content.subarray(
      Math.max(0, range.start - contentStart),
      Math.min(content.length, range.end - contentStart),
    );
  });
  return concat(parts);
}
