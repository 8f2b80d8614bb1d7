import { BytemillError } from '../core/error.js';

/** What the header of a Zstandard frame says ([RFC 8878](https://www.rfc-editor.org/rfc/rfc8878), 3.1.1.1). */
export interface FrameInfo {
  /** Whether it is a skippable frame, which has no content. */
  readonly skippable: boolean;
  /** Length of the header, with the magic number. */
  readonly headerBytes: number;
  /** Size of the content, where it is declared; of a skippable frame, of what is skipped. */
  readonly contentBytes: number | undefined;
  /** Window that a decoder needs. */
  readonly windowBytes: number;
  /** Id of the dictionary, where one is named. */
  readonly dictionaryId: number | undefined;
  /** Whether a checksum follows the content. */
  readonly checksum: boolean;
}

const MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;
const SKIPPABLE_HEADER_BYTES = 8;
const RESERVED = 0x08;
const SINGLE_SEGMENT = 0x20;
const CHECKSUM = 0x04;

/** Reads the header of the frame at `start`. */
export function readHeader(bytes: Uint8Array, start: number): FrameInfo {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return header(view, start);
  } catch (error) {
    if (error instanceof BytemillError) throw error;
    throw wrong('ERR_TRUNCATED', start, `zstd input ends inside what starts at byte ${start}`);
  }
}

function header(view: DataView, start: number): FrameInfo {
  const magic = view.getUint32(start, true);
  if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE_MAGIC) {
    const contentBytes = view.getUint32(start + 4, true);
    return {
      skippable: true,
      headerBytes: SKIPPABLE_HEADER_BYTES,
      contentBytes,
      windowBytes: 0,
      dictionaryId: undefined,
      checksum: false,
    };
  }
  const expected = (what: string, at: number) =>
    wrong('ERR_INVALID_DATA', at, `zstd input at byte ${at}: expected ${what}`);
  if (magic !== MAGIC) throw expected('a zstd or skippable frame', start);
  const descriptor = view.getUint8(start + 4);
  if ((descriptor & RESERVED) !== 0) throw expected('the reserved bit to be 0', start + 4);
  const single = (descriptor & SINGLE_SEGMENT) !== 0;
  let at = start + 5;
  let windowBytes = 0;
  if (!single) {
    const window = view.getUint8(at++);
    const base = 2 ** (10 + (window >> 3));
    windowBytes = base + (base / 8) * (window & 7);
  }
  const idBytes = [0, 1, 2, 4][descriptor & 3] as number;
  const dictionaryId = little(view, at, idBytes);
  at += idBytes;
  const flag = descriptor >> 6;
  const sizeBytes = flag === 0 ? Number(single) : 1 << flag;
  const size = little(view, at, sizeBytes) + (sizeBytes === 2 ? 256 : 0);
  at += sizeBytes;
  return {
    skippable: false,
    headerBytes: at - start,
    contentBytes: sizeBytes === 0 ? undefined : size,
    windowBytes: single ? size : windowBytes,
    dictionaryId: dictionaryId === 0 ? undefined : dictionaryId,
    checksum: (descriptor & CHECKSUM) !== 0,
  };
}

/** A little-endian number of so many bytes; throws a `RangeError` where they are not all there. */
function little(view: DataView, at: number, bytes: number): number {
  let value = 0;
  for (let index = bytes - 1; index >= 0; index--) value = value * 256 + view.getUint8(at + index);
  return value;
}

function wrong(code: 'ERR_TRUNCATED' | 'ERR_INVALID_DATA', offset: number, message: string) {
  return new BytemillError(code, message, { kernel: 'zstd', offset });
}
