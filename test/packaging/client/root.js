// Uses one family through the root: nothing of another may be in the bundle.
import { hash, info } from 'bytemill';

hash.blake3Hex(new TextEncoder().encode('abc')).then((digest) => {
  globalThis.outcome = { facts: { digest, notices: info().notices } };
});
