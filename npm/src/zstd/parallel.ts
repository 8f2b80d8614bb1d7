import { concat } from '../core/bytes.js';
import { describe, invalidArgument } from '../core/error.js';
import type { CompressOptions } from '../generated/zstd.js';
import { writeSeekTable } from './seek-table.js';

/** How one large input is compressed in parts, which all cores can work on. */
export interface ParallelOptions {
  /**
   * `'ratio'` gives one frame, whose parts know what came before them: about as small as without, but to be decompressed
   * in one go. `'seekable'` gives a frame per part and a table of them at the end, in zstd's seekable format: a little
   * larger, decompressed on all cores and in ranges, and by any other decoder that reads more than one frame.
   * @defaultValue one frame, on one core
   */
  readonly parallel?: 'ratio' | 'seekable' | undefined;
  /**
   * Bytes of content in a part.
   *
   * Unit: bytes, from 65536 to 1073741824.
   * @defaultValue `4194304` for `'ratio'`, with `longDistance` `33554432`; `2097152` for `'seekable'`
   */
  readonly partBytes?: number | undefined;
}

const MIN_PART_BYTES = 64 << 10;
const MAX_PART_BYTES = 1 << 30;
const PART_BYTES = { ratio: 4 << 20, seekable: 2 << 20 };
/** How much of what came before a part of a `'ratio'` frame may refer to; strong levels find use for more. */
const OVERLAP_BYTES = 512 << 10;
const STRONG_OVERLAP_BYTES = 2 << 20;
const STRONG_LEVEL = 13;
/** With `longDistance` a part may refer to all of the window, and parts are larger, so that this is not most of the work. */
const LONG_PART_BYTES = 32 << 20;
const LONG_WINDOW_LOG = 27;

/** One part's work, and what it is done with. */
export interface Job {
  /** The part, after what it may refer to. */
  readonly input: Uint8Array;
  /** The part alone. */
  readonly content: Uint8Array;
  readonly options: object;
}

/** What has to be done, whichever way, and how its results become one. */
export interface Plan {
  readonly operation: 'compress' | 'job';
  readonly jobs: readonly Job[];
  /** Whether the checksum of the whole has to be found too. */
  readonly checksum: boolean;
  join(parts: readonly Uint8Array[], checksum?: Uint8Array): Uint8Array;
}

/** The plan for an input; it depends on nothing but the input's length and the options, as the result has to. */
export function planOf(
  input: Uint8Array,
  { parallel, partBytes, ...options }: CompressOptions & ParallelOptions,
): Plan {
  if (parallel !== 'ratio' && parallel !== 'seekable')
    throw wrong('parallel', "'ratio' or 'seekable'", parallel);
  const isLong = parallel === 'ratio' && options.longDistance === true;
  const size = partBytes ?? (isLong ? LONG_PART_BYTES : PART_BYTES[parallel]);
  if (!(Number.isInteger(size) && size >= MIN_PART_BYTES && size <= MAX_PART_BYTES))
    throw wrong(
      'partBytes',
      `a whole number from ${MIN_PART_BYTES} to ${MAX_PART_BYTES}`,
      partBytes,
    );
  const starts = [0];
  for (let start = size; start < input.length; start += size) starts.push(start);
  return parallel === 'seekable'
    ? seekable(input, starts, size, options)
    : oneFrame(input, starts, size, options);
}

function seekable(
  input: Uint8Array,
  starts: readonly number[],
  size: number,
  options: CompressOptions,
): Plan {
  const parts = starts.map((start) => input.subarray(start, start + size));
  return {
    operation: 'compress',
    jobs: parts.map((content) => ({ input: content, content, options })),
    checksum: false,
    join(frames) {
      const lengths = frames.map(
        ({ length }, index) => [length, parts[index]?.length ?? 0] as const,
      );
      return concat([...frames, writeSeekTable(lengths)]);
    },
  };
}

function oneFrame(
  input: Uint8Array,
  starts: readonly number[],
  size: number,
  options: CompressOptions,
): Plan {
  const { checksum = true, level = 0 } = options;
  const overlap = overlapOf(level, options);
  const jobs = starts.map((start, index) => {
    const prefixBytes = Math.min(start, overlap);
    const place = { prefixBytes, last: index === starts.length - 1, totalBytes: input.length };
    return {
      input: input.subarray(start - prefixBytes, start + size),
      content: input.subarray(start, start + size),
      options: { ...options, checksum, ...place },
    };
  });
  const join: Plan['join'] = (parts, sum) => concat(sum ? [...parts, sum] : parts);
  return { operation: 'job', jobs, checksum, join };
}

/** How much of what came before a part of a `'ratio'` frame it is given. */
function overlapOf(level: number, { longDistance, windowLog = 0 }: CompressOptions): number {
  if (longDistance) return 2 ** (windowLog || LONG_WINDOW_LOG);
  return level < STRONG_LEVEL ? OVERLAP_BYTES : STRONG_OVERLAP_BYTES;
}

const wrong = (name: string, expected: string, value: unknown) =>
  invalidArgument('zstd', `${name}: expected ${expected}, got ${describe(value)}`);
