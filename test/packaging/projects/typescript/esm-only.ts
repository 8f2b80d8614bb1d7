// Entries that are ES modules only.
import wasm from 'bytemill/hash.wasm';
import threads from 'bytemill/hash.threads.wasm';
import { ready } from 'bytemill/hash';
import { blake3HexSync } from 'bytemill/hash/inline';
import { zstd } from 'bytemill/inline';

export async function main(): Promise<string> {
  await ready(wasm);
  await zstd.ready(threads);
  return blake3HexSync(new Uint8Array(0));
}
