// Uses one family by its own path: nothing of another may be in the bundle.
import { blake3Hex } from 'bytemill/hash';

blake3Hex(new TextEncoder().encode('abc')).then((digest) => {
  globalThis.outcome = { facts: { digest } };
});
