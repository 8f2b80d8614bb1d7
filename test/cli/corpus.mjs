// Small files of many kinds, the same on every run; small, because they go through every level of four formats.

/** xorshift32 from a fixed seed. */
function random(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

const utf8 = new TextEncoder();

/** A message of a queue: most of it is the same in all. */
export function messages(count, seed) {
  const next = random(seed);
  const kinds = ['created', 'paid', 'shipped', 'returned'];
  return Array.from({ length: count }, (_, index) =>
    utf8.encode(
      `{"id":${next() % 1_000_000},"sequence":${index},"type":"order.${kinds[next() % 4]}","customer":{"id":${next() % 9999},"country":"DE"},"total":${(next() % 100_000) / 100}}`,
    ),
  );
}

/** Names and contents; `vector` reads a file below test/vectors. */
export function corpus(vector) {
  const next = random(0x2545f491);
  const noise = Uint8Array.from({ length: 70_001 }, () => next() & 255);
  const lines = messages(600, 77).map((message) => new TextDecoder().decode(message));
  return new Map([
    ['empty', new Uint8Array(0)],
    ['one', new Uint8Array([7])],
    ['text', utf8.encode(lines.join('\n'))],
    ['log', vector('zstd/log.jsonl')],
    ['noise', noise],
    ['zeros', new Uint8Array(200_000)],
    // Over one block of zstd, one window of deflate and 64 KiB of lz4.
    [
      'mixed',
      Uint8Array.from({ length: 140_000 }, (_, at) =>
        (at >> 12) % 2 ? noise[at % 70_001] : 97 + (at % 23),
      ),
    ],
  ]);
}
