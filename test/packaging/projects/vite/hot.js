// Edited again and again while the page runs.
import { hash, info } from 'bytemill';

const version = 0;
const inputs = Array.from({ length: 64 }, (_, index) => new Uint8Array(65_536).fill(index));

hash.blake3HexBatch(inputs).then((digests) => {
  const { workers, counters } = info();
  globalThis.outcome = {
    facts: { version, digests: digests.length, workers, started: counters.workersStarted },
  };
});

import.meta.hot.accept();
