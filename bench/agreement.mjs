// Our BLAKE3 beside the native crate's on random cases of length, split, mode, lanes and shape:
//   node bench/agreement.mjs [--cases N] [--seed N]

import { parseArgs } from 'node:util';
import { bytemill } from './bytemill.mjs';
import { random, randomBytes } from './inputs.mjs';
import { peer } from './peers/import.mjs';
import { sameBytes } from './verify.mjs';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
  },
});
const wanted = Number(values.cases);
const { hash } = bytemill;
const { Blake3Hasher } = await peer('@napi-rs/blake-hash');
const { below } = random(Number(values.seed));
const pool = randomBytes(1 << 20, Number(values.seed));

/** Most are short; some are a byte beside a border of blocks, chunks or groups. */
function length() {
  const size = below(2 ** below(18));
  if (below(4) > 0) return size;
  const border = [64, 1024, 4096][below(3)];
  return Math.max(0, Math.ceil(size / border) * border + below(3) - 1);
}

function slice() {
  const size = length();
  const at = below(pool.length - size);
  return pool.subarray(at, at + size);
}

/** Options of ours, and the crate's way to the same. */
function mode() {
  const kind = below(3);
  if (kind === 0) {
    return { options: {}, native: () => new Blake3Hasher() };
  }
  if (kind === 1) {
    const key = pool.slice(below(1000)).subarray(0, 32);
    return { options: { key }, native: () => Blake3Hasher.newKeyed(Buffer.from(key)) };
  }
  const context = `bytemill agreement ${below(100)}`;
  return { options: { context }, native: () => Blake3Hasher.newDeriveKey(context) };
}

let cases = 0;
while (cases < wanted) {
  const { options, native } = mode();
  const expected = (/** @type {Uint8Array} */ input) => native().update(input).digestBuffer();
  if (below(3) === 0) {
    const inputs = Array.from({ length: below(24) + 1 }, slice);
    for (const [index, got] of hash.blake3BatchSync(inputs, options).entries())
      sameBytes(got, expected(inputs[index]), `input ${index} of a batch`);
    cases += inputs.length;
    continue;
  }
  const input = slice();
  const digest = expected(input);
  sameBytes(hash.blake3Sync(input, options), digest, `${input.length} bytes`);
  const hasher = hash.createBlake3(options);
  for (let at = 0; at < input.length; ) {
    const end = at + 1 + below(input.length - at);
    hasher.update(input.subarray(at, end));
    at = end;
  }
  sameBytes(hasher.digest(), digest, `${input.length} bytes in pieces`);
  cases += 1;
}
console.log(`${cases} cases of BLAKE3 agree with the native crate (seed ${values.seed})`);
await bytemill.close();
