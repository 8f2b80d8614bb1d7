const bytemill = require('bytemill');
const hash = require('bytemill/hash');

if (
  hash.BytemillError !== bytemill.BytemillError &&
  hash.blake3HexSync(new Uint8Array(0)).length !== 64
)
  throw new Error('the two entries do not agree');
import('./process.js').then(({ checkInProcess }) => checkInProcess(bytemill));
