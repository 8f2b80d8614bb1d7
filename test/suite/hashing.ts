import { equal, rejects, throws } from '../harness/assert.ts';
import { hex, mod251, type Suite, unhex, utf8 } from '../harness/harness.ts';

/** What every hasher has. */
interface AnyHasher {
  update(input: Uint8Array): AnyHasher;
  digest(): unknown;
  reset(): AnyHasher;
  clone(): AnyHasher;
  release(): void;
}

/** Hashes in pieces, from streams, and in batches whose inputs share lanes: always what one call gives. */
export const hashing: Suite = ({ test, bytemill, backend }) => {
  const { hash } = bytemill;
  const key = mod251(32);
  const seed = 2n ** 63n + 5n;

  /** Each hash by its hasher, by one call and by its stream. */
  const hashes: readonly [
    name: string,
    create: () => AnyHasher,
    whole: (input: Uint8Array) => unknown,
    stream: (source: Blob | Iterable<Uint8Array>) => Promise<unknown>,
  ][] = [
    ['blake3', () => hash.createBlake3(), hash.blake3Sync, (from) => hash.blake3Stream(from)],
    [
      'keyed blake3',
      () => hash.createBlake3({ key, length: 100 }),
      (input) => hash.blake3Sync(input, { key, length: 100 }),
      (from) => hash.blake3Stream(from, { key, length: 100 }),
    ],
    [
      'derived key',
      () => hash.createBlake3({ context: 'bytemill test' }),
      (input) => hash.blake3Sync(input, { context: 'bytemill test' }),
      (from) => hash.blake3Stream(from, { context: 'bytemill test' }),
    ],
    ['sha256', () => hash.createSha256(), hash.sha256Sync, (from) => hash.sha256Stream(from)],
    [
      'xxh3',
      () => hash.createXxh3({ seed }),
      (input) => hash.xxh3Sync(input, { seed }),
      (from) => hash.xxh3Stream(from, { seed }),
    ],
    ['xxh128', () => hash.createXxh128(), hash.xxh128Sync, (from) => hash.xxh128Stream(from)],
    ['crc32', () => hash.createCrc32(), hash.crc32Sync, (from) => hash.crc32Stream(from)],
    ['crc32c', () => hash.createCrc32c(), hash.crc32cSync, (from) => hash.crc32cStream(from)],
  ];

  for (const [name, create, whole, stream] of hashes) {
    test(`${name}: pieces of any length make the whole`, () => {
      const input = mod251(300_000);
      const steps = [1, 63, 64, 1000, 1024, 4096, 4160, 65_535, 65_536, 65_537, 131_072, 300_000];
      for (const step of steps) {
        const end = step === 1 ? 3000 : input.length;
        const hasher = create();
        for (let at = 0; at < end; at += step)
          hasher.update(input.subarray(at, Math.min(end, at + step)));
        const expected = whole(input.subarray(0, end));
        equal(hasher.digest(), expected, `steps of ${step}`);
        equal(hasher.digest(), expected, `steps of ${step}, asked again`);
      }
    });

    test(`${name}: a hasher goes on after a digest, forks and forgets`, () => {
      const input = mod251(200_000);
      const hasher = create();
      for (const [from, to] of [
        [0, 0],
        [0, 100],
        [100, 70_000],
        [70_000, 70_000],
        [70_000, 200_000],
      ] as const) {
        const fork = hasher.clone();
        hasher.update(input.subarray(from, to));
        equal(hasher.digest(), whole(input.subarray(0, to)), `${to} bytes`);
        equal(fork.digest(), whole(input.subarray(0, from)), `a fork at ${from} bytes`);
        fork.update(input.subarray(from, to));
        equal(fork.digest(), hasher.digest(), `the fork at ${to} bytes`);
      }
      equal(hasher.reset().update(utf8('abc')).digest(), whole(utf8('abc')), 'after a reset');
      hasher.release();
      hasher.release();
      const released = { code: 'ERR_RELEASED', kernel: 'hash' };
      throws(() => hasher.digest(), released);
      throws(() => hasher.update(input), released);
      throws(() => hasher.clone(), released);
    });

    test(`${name}: streams give what one call does`, async () => {
      const input = mod251((9 << 20) + 77);
      const expected = whole(input);
      const half = input.length >> 1;
      equal(await stream([input.subarray(0, half), input.subarray(half)]), expected, 'iterable');
      equal(await stream(new Blob([input as Uint8Array<ArrayBuffer>])), expected, 'Blob');
      equal(await stream([]), whole(new Uint8Array(0)), 'nothing');
    });
  }

  test('hash: many hashers share one instance', () => {
    const input = mod251(100_000);
    const hashers = Array.from({ length: 200 }, () => hash.createBlake3());
    for (const [index, hasher] of hashers.entries()) hasher.update(input.subarray(index));
    const digests = hashers.map((hasher) => hasher.digestHex());
    equal(digests, hash.blake3HexBatchSync(hashers.map((_, index) => input.subarray(index))));
  });

  test('hash: a hasher gives digests of other lengths, and digits', () => {
    const input = mod251(70_000);
    const hasher = hash.createBlake3().update(input);
    equal(hasher.digest(200), hash.blake3Sync(input, { length: 200 }));
    equal(hasher.digestHex(10), hash.blake3HexSync(input, { length: 10 }));
    equal(hash.createSha256().update(input).digestHex(), hash.sha256HexSync(input));
    throws(() => hasher.digest(0), { code: 'ERR_INVALID_ARGUMENT', message: /length/ });
  });

  test('hash: a digest of any length, from any offset', async () => {
    for (const length of [0, 100, 1025, 9000]) {
      const input = mod251(length);
      for (const options of [{}, { key }, { context: 'bytemill test' }]) {
        const long = hash.blake3Sync(input, { ...options, length: 1000 });
        for (const [offset, size] of [
          [0, 32],
          [1, 32],
          [63, 2],
          [64, 300],
          [700, 300],
        ] as const) {
          const part = { ...options, offset, length: size };
          const expected = long.subarray(offset, offset + size);
          equal(hash.blake3Sync(input, part), expected, `${length} bytes from ${offset}`);
          equal(hash.blake3BatchSync([input, input], part), [expected, expected]);
          equal(await hash.blake3Stream([input], part), expected);
          equal(hash.createBlake3(part).update(input).digest(), expected);
        }
      }
    }
    const far = { offset: 2 ** 40 + 5, length: 40 };
    equal(
      hex(hash.blake3Sync(utf8('abc'), far)).slice(2),
      hex(hash.blake3Sync(utf8('abc'), { offset: far.offset + 1, length: 39 })),
    );
    for (const wrong of [{ offset: -1 }, { offset: 2 ** 53 }, { length: 2 ** 32 + 1 }])
      throws(() => hash.blake3Sync(utf8('abc'), wrong), { code: 'ERR_INVALID_ARGUMENT' });
  });

  test('hash: a digest that is made in slices', async () => {
    const length = (16 << 20) + 5;
    for (const input of [utf8('abc'), mod251(100_000)]) {
      const digest = hash.blake3Sync(input, { length });
      equal(digest.length, length);
      for (const offset of [0, (16 << 20) - 7, length - 10]) {
        const part = hash.blake3Sync(input, { length: 10, offset });
        equal(digest.subarray(offset, offset + 10), part, `at ${offset}`);
      }
      const other = await hash.blake3(input, { length });
      equal(hash.xxh128Sync(other), hash.xxh128Sync(digest), 'asynchronous');
    }
  });

  test('hash: whatever hashes a large input, the result is the same', () => {
    const input = mod251(200_000);
    const kernel = [
      hash.sha256HexSync(input),
      hash.crc32Sync(input),
      hash.crc32Sync(input, { value: 77 }),
    ];
    bytemill.configure({ backend: 'auto' });
    try {
      equal(hash.sha256Sync(input), unhex(kernel[0] as string));
      equal(hash.sha256HexSync(input.buffer as ArrayBuffer), kernel[0]);
      equal(hash.crc32Sync(input), kernel[1]);
      equal(hash.crc32Sync(input, { value: 77 }), kernel[2]);
      throws(() => hash.crc32Sync(input, { value: -1 }), { code: 'ERR_INVALID_ARGUMENT' });
      throws(() => hash.sha256Sync({ byteLength: 2 ** 20 } as never), {
        code: 'ERR_INVALID_ARGUMENT',
      });
    } finally {
      bytemill.configure({ backend });
    }
  });

  test('hash: a hasher with a wrong option says so', () => {
    const create = () => hash.createBlake3({ key: new Uint8Array(31) }).digest();
    throws(create, { code: 'ERR_INVALID_ARGUMENT', message: /32 bytes, got 31/ });
    throws(() => hash.createXxh3({ seed: -1 }).digest(), { code: 'ERR_INVALID_ARGUMENT' });
    throws(() => hash.xxh3Sync(utf8('a'), { seed: 2n ** 64n }), {
      code: 'ERR_INVALID_ARGUMENT',
      message: /seed/,
    });
    throws(() => hash.createBlake3().update('text' as never), { code: 'ERR_INVALID_ARGUMENT' });
  });

  test('hash: a Blob is read piece by piece, a stream to its end', async () => {
    const part = mod251(5 << 20) as Uint8Array<ArrayBuffer>;
    const blob = new Blob([part, part, part, part]);
    const expected = hash.blake3Sync(new Uint8Array(await blob.arrayBuffer()));
    equal(await hash.blake3(blob), expected);
    equal(await hash.blake3Stream(blob.stream()), expected);
    equal(await hash.blake3Hex(blob), hex(expected));
    const whole = new Uint8Array(await blob.arrayBuffer());
    equal(await hash.sha256(blob), hash.sha256Sync(whole));
    equal(await hash.sha256Hex(blob), hash.sha256HexSync(whole));
    equal(await hash.xxh3(blob), hash.xxh3Sync(whole));
    equal(await hash.xxh128(blob), hash.xxh128Sync(whole));
    equal(await hash.crc32(blob), hash.crc32Sync(whole));
    equal(await hash.crc32c(blob), hash.crc32cSync(whole));
  });

  test('hash: a source that fails, hangs or is none', async () => {
    const broken = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.error(new Error('the disk is gone'));
      },
    });
    const failure = await hash.blake3Stream(broken).catch((error) => error);
    equal(failure.message, 'the disk is gone');
    for (const nothing of [5, 'text', null, {}, new Uint8Array(3)])
      await rejects(hash.blake3Stream(nothing as never), { code: 'ERR_INVALID_ARGUMENT' });
    await rejects(hash.blake3Stream(['text'] as never), { code: 'ERR_INVALID_ARGUMENT' });
    const controller = new AbortController();
    const hanging = new ReadableStream<Uint8Array>({
      pull: () => new Promise(() => {}),
    });
    setTimeout(() => controller.abort(), 10);
    await rejects(hash.blake3Stream(hanging, { signal: controller.signal }), {
      code: 'ERR_ABORTED',
    });
  });

  test('hash: batches whose inputs share lanes give what one call gives', async () => {
    const input = mod251(10_000);
    const lengths = [
      0, 1, 63, 64, 65, 100, 128, 1000, 1023, 1024, 1025, 2048, 2049, 3000, 4095, 4096, 4097, 9999,
    ];
    const inputs: Uint8Array[] = [];
    for (let round = 0; round < 40; round++)
      for (const [at, length] of lengths.entries())
        inputs.push(
          input.subarray((round * 7 + at) % 200).subarray(0, (length * (round + 1)) % 9000),
        );
    for (const options of [
      {},
      { key },
      { context: 'bytemill test' },
      { length: 7 },
      { length: 33 },
    ]) {
      const expected = inputs.map((one) => hash.blake3Sync(one, options));
      equal(hash.blake3BatchSync(inputs, options), expected);
      equal(await hash.blake3Batch(inputs, options), expected);
    }
    const expected = inputs.map((one) => hash.sha256HexSync(one));
    equal(hash.sha256HexBatchSync(inputs), expected);
    equal(await hash.sha256HexBatch(inputs), expected);
    const { bytes } = hash.sha256BatchSync(inputs, { packed: true });
    equal(hex(bytes), expected.join(''));
    equal(
      hash.xxh128BatchSync(inputs),
      inputs.map((one) => hash.xxh128Sync(one)),
    );
    equal(
      await hash.crc32Batch(inputs),
      inputs.map((one) => hash.crc32Sync(one)),
    );
  });
};
