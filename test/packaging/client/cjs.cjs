const bytemill = require('bytemill');
const zstd = require('bytemill/zstd');

try {
  zstd.decompressSync(new Uint8Array(3));
  throw new Error('three zeros were accepted as a frame');
} catch (error) {
  // Two files of the package, one kind of error.
  if (!(error instanceof bytemill.BytemillError)) throw error;
}
import('./process.js').then(({ checkInProcess }) => checkInProcess(bytemill));
