// Entries that are ES modules only.

import { ready } from 'bytemill/hash';
import { blake3HexSync } from 'bytemill/hash/inline';
import threads from 'bytemill/hash.threads.wasm';
import wasm from 'bytemill/hash.wasm';
import { zstd } from 'bytemill/inline';

export async function main(): Promise<string> {
  await ready(wasm);
  await zstd.ready(threads);
  return blake3HexSync(new Uint8Array(0));
}
