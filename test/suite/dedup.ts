import { equal, ok, rejects, throws } from '../harness/assert.ts';
import { inAllShapes, mod251, noise, type Suite, shapes, utf8 } from '../harness/harness.ts';

/** Chunks, manifests and fingerprints, on inputs made here. */
export const dedup: Suite = ({ test, bytemill }) => {
  const { dedup, hash } = bytemill;
  const key = mod251(32);
  let made: Uint8Array | undefined;
  /** More than is read at a time, and more than threads start at. */
  const large = () => (made ??= noise((8 << 20) + 700_077));
  type Manifest = ReturnType<typeof dedup.chunkSync>;

  /** What any manifest of an input promises. */
  function holds(manifest: Manifest, input: Uint8Array, most: number, mode: object = {}): void {
    const { count, totalBytes, offsets, lengths, digests, root } = manifest;
    equal([count, totalBytes], [lengths.length, input.length], 'count and length');
    equal([offsets.length, digests.length, root.length], [count, count * 32, 32], 'sizes');
    let at = 0;
    const parts = Array.from(lengths, (length, index) => {
      equal(offsets[index], at, `offset ${index}`);
      ok(length > 0 && length <= most, `chunk ${index} has ${length} bytes`);
      at += length;
      return input.subarray(at - length, at);
    });
    equal(at, input.length, 'all of it');
    const { bytes } = hash.blake3BatchSync(parts, { ...mode, packed: true });
    equal(digests, bytes, 'digests');
  }

  test('dedup: chunks are the input, each with its digest', () => {
    const input = noise(700_001);
    holds(dedup.chunkSync(input), input, 262_144);
    holds(dedup.chunkSync(input, { averageBytes: 4096, key }), input, 16_384, { key });
    const context = 'bytemill test';
    holds(dedup.chunkSync(input, { averageBytes: 256, context }), input, 1024, { context });
    const { lengths } = dedup.chunkSync(input, {
      minBytes: 2000,
      averageBytes: 3000,
      maxBytes: 5000,
      normalization: 3,
    });
    const inner = Array.from(lengths).slice(0, -1);
    ok(
      inner.every((length) => length >= 2000 && length <= 5000),
      'sizes as asked for',
    );
    const xet = dedup.chunkSync(input, { algorithm: 'xet' });
    ok(
      xet.lengths.slice(0, -1).every((length) => length >= 8192 && length <= 131_072),
      'sizes of Xet',
    );
  });

  test('dedup: all shapes agree, and a large input on threads with a small one', async () => {
    for (const options of [{}, { averageBytes: 8192, key }, { algorithm: 'xet' }] as const) {
      for (const length of [0, 1000, (4 << 20) + 3]) {
        const input = large().subarray(0, length);
        const expected = dedup.chunkSync(input, options);
        const outcomes = await inAllShapes(shapes(dedup, 'chunk'), input, options);
        for (const [shape, outcome] of Object.entries(outcomes)) {
          ok(outcome.status === 'fulfilled', `${shape}: ${JSON.stringify(outcome)}`);
          sameManifest(outcome.value as Manifest, expected, `${shape}, ${length} bytes`);
        }
      }
    }
  });

  test('dedup: pieces of any length make the whole', async () => {
    const input = large();
    for (const options of [{}, { averageBytes: 32_768, key }, { algorithm: 'xet' }] as const) {
      const expected = dedup.chunkSync(input, options);
      for (const step of [300_001, input.length]) {
        const found = await dedup.chunkStream(pieces(input, step), options);
        sameManifest(found, expected, `steps of ${step}`);
      }
    }
    const blob = new Blob([input as Uint8Array<ArrayBuffer>]);
    const expected = dedup.chunkSync(input);
    sameManifest(await dedup.chunk(blob), expected, 'Blob');
    sameManifest(await dedup.chunkStream(blob.stream()), expected, 'stream');
  });

  test('dedup: short sources, and chunks larger than what is read at a time', async () => {
    for (const length of [0, 1, 65_535, 65_536, 65_537, 600_000]) {
      const input = noise(length);
      const found = await dedup.chunkStream(pieces(input, 1 << 16));
      sameManifest(found, dedup.chunkSync(input), `${length} bytes`);
    }
    const zeros = new Uint8Array(40 << 20);
    const options = { averageBytes: 4 << 20, maxBytes: 16 << 20 };
    const expected = dedup.chunkSync(zeros, options);
    equal(Array.from(expected.lengths), [16 << 20, 16 << 20, 8 << 20]);
    sameManifest(await dedup.chunkStream(pieces(zeros, 5 << 20), options), expected, 'zeros');
  });

  test('dedup: an insertion leaves most chunks, and diff names the others', () => {
    const before = noise(1_000_000);
    const after = new Uint8Array(before.length + 3);
    after.set(before.subarray(0, 500_000));
    after.set(utf8('new'), 500_000);
    after.set(before.subarray(500_000), 500_003);
    const options = { averageBytes: 4096 };
    const [known, wanted] = [dedup.chunkSync(before, options), dedup.chunkSync(after, options)];
    const { missing, missingBytes } = dedup.diff(known, wanted);
    ok(missing.length > 0 && missing.length < 6, `${missing.length} of ${wanted.count} chunks`);
    const bytes = Array.from(missing, (at) => wanted.lengths[at] as number);
    equal(
      missingBytes,
      bytes.reduce((sum, length) => sum + length, 0),
    );
    ok(
      missing.some((at) => {
        const start = wanted.offsets[at] as number;
        return start <= 500_000 && start + (wanted.lengths[at] as number) >= 500_003;
      }),
      'the chunk with what was inserted',
    );
    equal(dedup.diff(wanted, wanted), { missing: new Uint32Array(0), missingBytes: 0 });
    // What repeats is sent once.
    const zeros = dedup.chunkSync(new Uint8Array(100_000), options);
    const { missing: once } = dedup.diff(known, zeros);
    equal(Array.from(once), [0, zeros.count - 1]);
  });

  test('dedup: diff refuses what is no manifest', () => {
    const good = dedup.chunkSync(noise(1000));
    const cut = { ...good, digests: good.digests.subarray(1) };
    for (const bad of [undefined, null, 5, {}, { lengths: [1], digests: [2] }, cut] as never[]) {
      const expected = { code: 'ERR_INVALID_ARGUMENT', kernel: 'dedup', message: /expected.*got/ };
      throws(() => dedup.diff(bad, good), expected);
      throws(() => dedup.diff(good, bad), expected);
    }
  });

  test('dedup: the root tells content and cuts apart', () => {
    const input = noise(100_000);
    const roots = [
      dedup.chunkSync(input),
      dedup.chunkSync(input, { averageBytes: 4096 }),
      dedup.chunkSync(input, { key }),
      dedup.chunkSync(input, { algorithm: 'xet' }),
      dedup.chunkSync(input.subarray(1)),
      dedup.chunkSync(new Uint8Array(0)),
    ].map(({ root }) => root.join());
    equal(new Set(roots).size, roots.length);
    equal(dedup.chunkSync(input.slice()).root.join(), roots[0]);
  });

  test('dedup: a result can be transferred in parts', () => {
    const { lengths, offsets, digests, root } = dedup.chunkSync(noise(300_000));
    equal(new Set([lengths, offsets, digests, root].map(({ buffer }) => buffer)).size, 4);
  });

  test('dedup: wrong options say what was expected and what came', async () => {
    const wrong = [
      [{ minBytes: 65 }, /minBytes.*even.*got 65/],
      [{ minBytes: 2 }, /minBytes.*from 64.*got 2/],
      [{ averageBytes: 257 }, /averageBytes.*even.*got 257/],
      [{ averageBytes: 1 }, /averageBytes.*from 256.*got/],
      [{ maxBytes: 1025 }, /maxBytes.*even.*got 1025/],
      [{ maxBytes: 1 << 25 }, /maxBytes.*16777216.*got/],
      [{ maxBytes: 2048 }, /ascend.*got 16384, 65536, 2048/],
      [{ normalization: 1.5 }, /normalization.*whole number.*got/],
      [{ normalization: -1 }, /normalization.*from 0 to 3.*got/],
      [{ algorithm: 'buzhash' }, /algorithm.*'fastcdc', 'xet'.*got/],
      [{ algorithm: 'xet', averageBytes: 4096 }, /xet.*expected.*got/],
      [{ algorithm: 'xet', context: 'x' }, /xet.*expected.*got/],
      [{ key, context: 'x' }, /key and context/],
      [{ key: key.subarray(1) }, /32 bytes.*got 31/],
      [{ size: 4096 }, /no option "size"/],
    ] as const;
    for (const [options, message] of wrong) {
      const expected = { code: 'ERR_INVALID_ARGUMENT', kernel: 'dedup', message };
      for (const outcome of Object.values(
        await inAllShapes(shapes(dedup, 'chunk'), noise(100), options),
      )) {
        ok(outcome.status === 'rejected', `${JSON.stringify(options)} was accepted`);
        throws(() => {
          throw outcome.reason;
        }, expected);
      }
      await rejects(dedup.chunkStream([noise(100)], options as never), expected);
    }
  });

  test('dedup: a source that is none, fails or hangs', async () => {
    for (const nothing of [5, 'text', null, {}, new Uint8Array(3), ['text']])
      await rejects(dedup.chunkStream(nothing as never), { code: 'ERR_INVALID_ARGUMENT' });
    const broken = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error('the disk is gone')),
    });
    const failure = await dedup.chunkStream(broken).catch((error) => error);
    equal(failure.message, 'the disk is gone');
    const hanging = new ReadableStream<Uint8Array>({ pull: () => new Promise(() => {}) });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 10);
    await rejects(dedup.chunkStream(hanging, { signal: controller.signal }), {
      code: 'ERR_ABORTED',
    });
  });

  /** `dedup.fingerprint` as its documentation says it, from BLAKE3 alone. */
  function fingerprint(
    input: Uint8Array,
    { namespace = '', version = 1, length = 32, normalization = 'none', key: secret }: Options,
  ): Uint8Array {
    const name = utf8(namespace);
    const parameters = new Uint8Array(7 + (secret?.length ?? 0) + name.length);
    new DataView(parameters.buffer).setUint32(0, version, true);
    parameters.set([normalization === 'newlines' ? 1 : 0, length, secret?.length ?? 0], 4);
    if (secret) parameters.set(secret, 7);
    parameters.set(name, 7 + (secret?.length ?? 0));
    const made = hash.blake3Sync(parameters, { context: 'bytemill 2026-11 dedup fingerprint' });
    let normal = input;
    if (normalization === 'newlines') {
      const bytes: number[] = [];
      for (const [at, byte] of input.entries()) {
        if (byte === 13) bytes.push(10);
        else if (byte !== 10 || input[at - 1] !== 13) bytes.push(byte);
      }
      normal = Uint8Array.from(bytes);
    }
    return hash.blake3Sync(normal, { key: made }).subarray(0, length);
  }
  type Options = NonNullable<Parameters<typeof dedup.fingerprintSync>[1]>;

  test('dedup: fingerprints are what their documentation says', async () => {
    const inputs = [0, 1, 64, 1000, 1024, 1025, 4096, 10_000].map((length) => noise(length));
    inputs.push(utf8('a\r\nb\rc\n'), utf8('\r'), utf8('\n\r\r\n'));
    const cases: Options[] = [
      {},
      { namespace: 'example.com/notes', version: 2 },
      { namespace: 'caf\u00e9', length: 16, normalization: 'newlines' },
      { length: 8, key },
    ];
    for (const options of cases) {
      const expected = inputs.map((input) => fingerprint(input, options));
      equal(
        inputs.map((input) => dedup.fingerprintSync(input, options)),
        expected,
        'one by one',
      );
      equal(dedup.fingerprintBatchSync(inputs, options), expected, 'a batch');
      equal(await dedup.fingerprintBatch(inputs, options), expected, 'an asynchronous batch');
      equal(await dedup.fingerprint(inputs[4] as Uint8Array, options), expected[4], 'asynchronous');
      const { bytes, offsets } = dedup.fingerprintBatchSync(inputs, { ...options, packed: true });
      equal([bytes.length, offsets.length], [inputs.length * (options.length ?? 32), 12], 'packed');
      const hex = await dedup.fingerprintHexBatch(inputs, options);
      equal(hex, dedup.fingerprintHexBatchSync(inputs, options));
      equal(hex[0]?.length, 2 * (options.length ?? 32));
    }
  });

  test('dedup: whatever differs in the parameters, fingerprints have nothing in common', () => {
    const input = utf8('the same text');
    const cases: Options[] = [
      {},
      { namespace: 'a' },
      { namespace: 'b' },
      { version: 0 },
      { length: 31 },
      { length: 8 },
      { normalization: 'newlines' },
      { key },
    ];
    const heads = cases.map((options) => dedup.fingerprintHexSync(input, options).slice(0, 16));
    equal(new Set(heads).size, cases.length);
  });
};

function* pieces(input: Uint8Array, step: number): Generator<Uint8Array> {
  // One buffer for all of them, as some sources have it.
  const shared = new Uint8Array(step);
  for (let at = 0; at < input.length; at += step) {
    const piece = input.subarray(at, at + step);
    shared.set(piece);
    yield shared.subarray(0, piece.length);
  }
}

function sameManifest(found: object, expected: object, what: string): void {
  for (const [name, value] of Object.entries(expected)) {
    const other = (found as Record<string, unknown>)[name];
    const plain = (of: unknown) => (ArrayBuffer.isView(of) ? Array.from(of as Uint8Array) : of);
    equal(plain(other), plain(value), `${what}: ${name}`);
  }
}
