import type { Item } from './item.js';

// What turns an item into a result.

const decoder = /* @__PURE__ */ new TextDecoder();

/** For operations whose result is bytes. */
export const bytesOf = (item: Item): Uint8Array => item.bytes;

/** For operations whose result is text. */
export const textOf = (item: Item): string => decoder.decode(item.bytes);

const DIGITS = /* @__PURE__ */ Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
);

/** For operations whose result is bytes, as lower-case hexadecimal text. */
export function hexOf({ bytes }: Item): string {
  let text = '';
  for (let at = 0; at < bytes.length; at++) text += DIGITS[bytes[at] as number];
  return text;
}
