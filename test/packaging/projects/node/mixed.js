// A dependency may have brought the single-file build first: the others find their files all the same.
import { blake3HexSync } from 'bytemill/hash/inline';
import { compress, compressSync, decompressSync } from 'bytemill/zstd';

const abc = new TextEncoder().encode('abc');
for (const frame of [compressSync(abc), await compress(abc)])
  if (blake3HexSync(decompressSync(frame)) !== blake3HexSync(abc)) throw new Error('round trip');
