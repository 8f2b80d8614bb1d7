import { equal, ok, rejects, throws } from '../harness/assert.ts';
import { inAllShapes, mod251, noise, type Suite, shapes, utf8 } from '../harness/harness.ts';

/** What each family promises, on inputs made here. */
export const families: Suite = ({ test, bytemill }) => {
  const { zstd, hash, dedup, image, pdf } = bytemill;

  test('zstd: round trips of many sizes, one call and batch equal', async () => {
    const inputs = [0, 1, 2, 255, 256, 1000, 65_535, 65_536, 131_072, 300_000].map(mod251);
    inputs.push(utf8('abc'.repeat(50_000)), noise(100_000));
    const frames = zstd.compressBatchSync(inputs);
    equal(await zstd.compressBatch(inputs), frames, 'async frames');
    equal(
      inputs.map((input) => zstd.compressSync(input)),
      frames,
      'single frames',
    );
    equal(zstd.decompressBatchSync(frames), inputs, 'round trip');
    equal(await zstd.decompressBatch(frames), inputs, 'async round trip');
  });

  test('zstd: fast and strong, with and without checksum and size', () => {
    const input = utf8('repeat '.repeat(1000));
    for (const level of [-7, 0, 1, 19]) {
      for (const checksum of [true, false]) {
        for (const contentSize of [true, false]) {
          const frame = zstd.compressSync(input, { level, checksum, contentSize });
          equal(zstd.decompressSync(frame), input);
          ok(frame.length < 100, `level ${level}: ${frame.length} bytes`);
        }
      }
    }
  });

  test('zstd: a limit that is exactly reached holds, one byte less does not', async () => {
    const frame = zstd.compressSync(mod251(10_000), { contentSize: false });
    equal(zstd.decompressSync(frame, { maxOutputBytes: 10_000 }).length, 10_000);
    const limit = { code: 'ERR_LIMIT_EXCEEDED', limit: 'maxOutputBytes', kernel: 'zstd' };
    throws(() => zstd.decompressSync(frame, { maxOutputBytes: 9_999 }), limit);
    await rejects(zstd.decompress(frame, { maxOutputBytes: 9_999 }), limit);
  });

  test('zstd: a lying size, a truncated frame and a flipped bit get their codes in all shapes', async () => {
    const content = utf8('some content that is long enough '.repeat(40));
    const frame = zstd.compressSync(content);
    // Byte 4 is the descriptor; with a two-byte content size the size follows it (RFC 8878, 3.1.1.1).
    const lying = frame.slice();
    lying[5] = (lying[5] ?? 0) ^ 1;
    const flipped = frame.slice();
    flipped[frame.length - 1] = (flipped[frame.length - 1] ?? 0) ^ 0x80;
    const cases: [Uint8Array, string][] = [
      [lying, 'ERR_INVALID_DATA'],
      [frame.subarray(0, frame.length - 7), 'ERR_TRUNCATED'],
      [frame.subarray(0, 3), 'ERR_TRUNCATED'],
      [new Uint8Array(0), 'ERR_TRUNCATED'],
      [flipped, 'ERR_CHECKSUM'],
      [utf8('this is no frame at all'), 'ERR_INVALID_DATA'],
    ];
    for (const [input, code] of cases) {
      const outcomes = await inAllShapes(shapes(zstd, 'decompress'), input);
      for (const [shape, outcome] of Object.entries(outcomes)) {
        ok(outcome.status === 'rejected', `${shape}: expected ${code}`);
        equal(outcome.reason.code, code, shape);
      }
    }
  });

  test('hash: lengths are prefixes of each other, modes differ', () => {
    const input = mod251(1000);
    const long = hash.blake3Sync(input, { length: 1000 });
    for (const length of [1, 31, 32, 64, 65, 999])
      equal(hash.blake3Sync(input, { length }), long.subarray(0, length));
    const digests = [
      hash.blake3HexSync(input),
      hash.blake3HexSync(input, { key: new Uint8Array(32) }),
      hash.blake3HexSync(input, { context: 'bytemill test 2026-01-01' }),
    ];
    equal(new Set(digests).size, 3);
  });

  test('hash: key and context exclude each other, and a key has 32 bytes', async () => {
    const both = { key: new Uint8Array(32), context: 'x' };
    throws(() => hash.blake3Sync(utf8('a'), both), {
      code: 'ERR_INVALID_ARGUMENT',
      message: /key and context/,
    });
    await rejects(hash.blake3(utf8('a'), both), { code: 'ERR_INVALID_ARGUMENT' });
    throws(() => hash.blake3Sync(utf8('a'), { key: new Uint8Array(31) }), {
      code: 'ERR_INVALID_ARGUMENT',
      message: /32 bytes, got 31/,
    });
  });

  test('image and pdf: what is neither gets its code in all shapes', async () => {
    const operations = [
      [shapes(image, 'thumbnail'), ['ERR_INVALID_DATA', 'ERR_UNSUPPORTED', 'ERR_TRUNCATED']],
      [shapes(image, 'metadata'), ['ERR_INVALID_DATA', 'ERR_UNSUPPORTED', 'ERR_TRUNCATED']],
      [shapes(pdf, 'extractText'), ['ERR_INVALID_DATA', 'ERR_TRUNCATED']],
      [shapes(pdf, 'info'), ['ERR_INVALID_DATA', 'ERR_TRUNCATED']],
    ] as const;
    for (const [operation, codes] of operations) {
      for (const input of [new Uint8Array(0), utf8('neither'), noise(5000)]) {
        for (const [shape, outcome] of Object.entries(await inAllShapes(operation, input))) {
          ok(outcome.status === 'rejected', `${shape} accepted ${input.length} bytes of nothing`);
          ok(
            (codes as readonly string[]).includes(outcome.reason.code),
            `${shape}: ${outcome.reason.code}: ${outcome.reason.message}`,
          );
        }
      }
    }
  });

  test('ready is idempotent', async () => {
    await Promise.all([
      zstd.ready(),
      hash.ready(),
      hash.readyChecksums(),
      zstd.readyTrainer(),
      dedup.ready(),
      image.ready(),
      pdf.ready(),
    ]);
    await zstd.ready();
    equal(zstd.decompressSync(zstd.compressSync(utf8('ready'))), utf8('ready'));
  });
};
