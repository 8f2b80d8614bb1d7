import { readHeader } from './header.js';

/** A Zstandard frame of an input, found by its headers. */
export interface FrameSpan {
  readonly start: number;
  readonly end: number;
  /** Bytes that it says it holds; 0 for a skippable frame. */
  readonly contentBytes: number;
  readonly skippable: boolean;
}

/**
 * The frames of an input by their headers and those of their blocks ([RFC 8878](https://www.rfc-editor.org/rfc/rfc8878),
 * 3.1.1), without decoding any. Nothing where that cannot tell where each frame ends and what it holds; the decoder
 * then has the last word, and the right error.
 */
export function frameSpans(bytes: Uint8Array): FrameSpan[] | undefined {
  const spans: FrameSpan[] = [];
  for (let at = 0; at < bytes.length; ) {
    const span = frameAt(bytes, at);
    if (!span || span.end > bytes.length) return undefined;
    spans.push(span);
    at = span.end;
  }
  return spans;
}

function frameAt(bytes: Uint8Array, start: number): FrameSpan | undefined {
  try {
    const { headerBytes, contentBytes, skippable, checksum } = readHeader(bytes, start);
    if (contentBytes === undefined) return undefined;
    const blocks = start + headerBytes;
    if (skippable) return { start, end: blocks + contentBytes, contentBytes: 0, skippable };
    const end = blocksEnd(bytes, blocks) + (checksum ? 4 : 0);
    return { start, end, contentBytes, skippable };
  } catch {
    return undefined;
  }
}

/** From block header to block header, past the last one; beyond the input where that is cut short. */
function blocksEnd(bytes: Uint8Array, first: number): number {
  for (let at = first; at + 3 <= bytes.length; ) {
    const low = bytes[at] as number;
    const size = (low | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16)) >>> 3;
    // An RLE block is one byte that is repeated.
    at += 3 + (((low >> 1) & 3) === 1 ? 1 : size);
    if ((low & 1) !== 0) return at;
  }
  return Number.POSITIVE_INFINITY;
}
