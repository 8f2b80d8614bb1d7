import type { Item } from './item.js';
import { decodeText } from './text.js';

// What turns an item into a result.

/** For operations whose result is bytes. */
export const bytesOf = (item: Item): Uint8Array => item.bytes;

/** For operations whose result is text. */
export const textOf = (item: Item): string => decodeText(item.bytes);

/** What newer engines and Node have for it; each is twice as fast as what comes after it. */
interface Hexing {
  toHex?(): string;
}
interface HexSlice {
  readonly Buffer?: { readonly prototype: { hexSlice?(start: number, end: number): string } };
}

/** For operations whose result is bytes, as lower-case hexadecimal text. */
export function hexOf({ bytes }: Item): string {
  const { toHex } = bytes as Hexing;
  if (toHex) return toHex.call(bytes);
  const { hexSlice } = (globalThis as HexSlice).Buffer?.prototype ?? {};
  if (hexSlice) return hexSlice.call(bytes as never, 0, bytes.length);
  let text = '';
  for (const byte of bytes) text += (byte + 256).toString(16).slice(1);
  return text;
}
