/** A Zstandard frame of an input, found by its headers. */
export interface FrameSpan {
  readonly start: number;
  readonly end: number;
  /** Bytes that it says it holds; 0 for a skippable frame. */
  readonly contentBytes: number;
  readonly skippable: boolean;
}

const MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;

/**
 * The frames of an input by their headers and those of their blocks ([RFC 8878](https://www.rfc-editor.org/rfc/rfc8878),
 * 3.1.1), without decoding any. Nothing where that cannot tell where each frame ends and what it holds; the decoder
 * then has the last word, and the right error.
 */
export function frameSpans(bytes: Uint8Array): FrameSpan[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const spans: FrameSpan[] = [];
  try {
    for (let at = 0; at < bytes.length; ) {
      const span = frameAt(view, at);
      if (!span || span.end > bytes.length) return undefined;
      spans.push(span);
      at = span.end;
    }
    return spans;
  } catch {
    // A header that the input's end cuts off.
    return undefined;
  }
}

function frameAt(view: DataView, start: number): FrameSpan | undefined {
  const magic = view.getUint32(start, true);
  if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE_MAGIC) {
    const end = start + 8 + view.getUint32(start + 4, true);
    return { start, end, contentBytes: 0, skippable: true };
  }
  if (magic !== MAGIC) return undefined;
  const descriptor = view.getUint8(start + 4);
  const single = (descriptor & 0x20) !== 0;
  const sizeFlag = descriptor >> 6;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] as number;
  const sizeAt = start + 5 + (single ? 0 : 1) + dictionaryBytes;
  const sizeBytes = sizeFlag === 0 ? (single ? 1 : 0) : 1 << sizeFlag;
  if (sizeBytes === 0) return undefined;
  const contentBytes = contentSize(view, sizeAt, sizeBytes);
  const checksumBytes = (descriptor & 4) !== 0 ? 4 : 0;
  const end = blocksEnd(view, sizeAt + sizeBytes) + checksumBytes;
  return { start, end, contentBytes, skippable: false };
}

function contentSize(view: DataView, at: number, bytes: number): number {
  if (bytes === 1) return view.getUint8(at);
  if (bytes === 2) return view.getUint16(at, true) + 256;
  if (bytes === 4) return view.getUint32(at, true);
  return Number(view.getBigUint64(at, true));
}

/** From block header to block header, to the last one. */
function blocksEnd(view: DataView, first: number): number {
  for (let at = first; ; ) {
    const header = view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
    const size = header >>> 3;
    // An RLE block is one byte that is repeated.
    at += 3 + (((header >> 1) & 3) === 1 ? 1 : size);
    if ((header & 1) !== 0) return at;
  }
}
