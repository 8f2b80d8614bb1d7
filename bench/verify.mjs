// What makes an answer right.

/**
 * @param {Uint8Array} got
 * @param {Uint8Array} expected
 * @param {string} [what]
 */
export function sameBytes(got, expected, what = 'answer') {
  if (got.length !== expected.length) {
    throw new Error(`${what}: expected ${expected.length} bytes, got ${got.length}`);
  }
  const at = Buffer.compare(got, expected) === 0 ? -1 : expected.findIndex((b, i) => b !== got[i]);
  if (at >= 0) throw new Error(`${what}: byte ${at} is ${got[at]}, expected ${expected[at]}`);
}

/**
 * @param {readonly Uint8Array[]} got
 * @param {readonly Uint8Array[]} expected
 */
export function sameList(got, expected) {
  if (got.length !== expected.length) {
    throw new Error(`expected ${expected.length} answers, got ${got.length}`);
  }
  for (const [index, bytes] of expected.entries()) sameBytes(got[index], bytes, `answer ${index}`);
}

/**
 * How many words two texts share, whatever their order: F1 of the bags of words, 0 to 1.
 * @param {string} got
 * @param {string} expected
 */
export function wordAgreement(got, expected) {
  const words = (/** @type {string} */ text) => text.normalize('NFKC').split(/\s+/).filter(Boolean);
  /** @type {Map<string, number>} */
  const bag = new Map();
  for (const word of words(expected)) bag.set(word, (bag.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of words(got)) {
    const left = bag.get(word) ?? 0;
    if (left > 0) shared++;
    bag.set(word, left - 1);
  }
  return (2 * shared) / (words(got).length + words(expected).length);
}
