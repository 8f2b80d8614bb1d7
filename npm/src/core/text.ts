// Made when first needed: importing the package must work where they are missing, such as under Jest's jsdom.
let decoder: TextDecoder | undefined;
let encoder: TextEncoder | undefined;

/** UTF-8 as text. */
export function decodeText(bytes: Uint8Array): string {
  return (decoder ??= new TextDecoder()).decode(bytes);
}

/** Text as UTF-8. */
export function encodeText(text: string): Uint8Array<ArrayBuffer> {
  return (encoder ??= new TextEncoder()).encode(text);
}
