import type { Item } from './item.js';
import { decodeText } from './text.js';

// What turns an item into a result.

/** For operations whose result is bytes. */
export const bytesOf = (item: Item): Uint8Array => item.bytes;

/** For operations whose result is several files, whose lengths are the numbers. */
export function listOfBytes({ bytes, numbers }: Item): Uint8Array[] {
  let at = 0;
  return Array.from(numbers, (length) => {
    at += length;
    return bytes.slice(at - length, at);
  });
}

/** For operations whose result is text. */
export const textOf = (item: Item): string => decodeText(item.bytes);

/** What newer engines have for it, twice as fast as what follows. */
interface Hexing {
  toHex?(): string;
}

/** The digits of every byte. Node's own `hexSlice` would move a short array out of the engine's heap first: 500 ns. */
const digits: string[] = [];

/** For operations whose result is bytes, as lower-case hexadecimal text. */
export const hexOf = (item: Item): string => hexOfBytes(item.bytes);

/** Bytes as lower-case hexadecimal text. */
export function hexOfBytes(bytes: Uint8Array): string {
  const { toHex } = bytes as Hexing;
  if (toHex) return toHex.call(bytes);
  if (digits.length === 0)
    for (let byte = 0; byte < 256; byte++) digits.push((byte + 256).toString(16).slice(1));
  let text = '';
  for (let at = 0; at < bytes.length; at++) text += digits[bytes[at] as number];
  return text;
}
