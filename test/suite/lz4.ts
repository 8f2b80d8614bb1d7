import { equal, ok, rejects, throws } from '../harness/assert.ts';
import { inAllShapes, mod251, type Suite, shapes, utf8 } from '../harness/harness.ts';

/** What the lz4 kernel promises. */
export const lz4: Suite = ({ test, bytemill }) => {
  const { lz4 } = bytemill;
  const sizes = [0, 1, 12, 13, 255, 65_535, 65_536, 65_537, 300_000];

  test('lz4: round trips of many sizes, one call and batch equal', async () => {
    const inputs = sizes.map(mod251);
    for (const format of ['frame', 'block'] as const) {
      const frames = lz4.compressBatchSync(inputs, { format });
      equal(await lz4.compressBatch(inputs, { format }), frames, 'async');
      equal(
        inputs.map((input) => lz4.compressSync(input, { format })),
        frames,
        'one by one, in an instance that has compressed before',
      );
      equal(lz4.decompressBatchSync(frames, { format }), inputs, 'round trip');
      equal(await lz4.decompressBatch(frames, { format }), inputs, 'async round trip');
    }
  });

  test('lz4: the options of frames', () => {
    const input = mod251(200_000);
    for (const blockBytes of [65_536, 65_537, 1 << 20, 4 << 20]) {
      for (const independentBlocks of [true, false]) {
        for (const checks of [true, false]) {
          const options = { blockChecksum: checks, checksum: checks, contentSize: checks };
          const frame = lz4.compressSync(input, { ...options, blockBytes, independentBlocks });
          equal(lz4.decompressSync(frame), input);
          ok(frame.length < 5000, `${frame.length} bytes`);
        }
      }
    }
  });

  test('lz4: a limit that is exactly reached holds, one byte less does not', async () => {
    for (const format of ['frame', 'block'] as const) {
      const packed = lz4.compressSync(mod251(10_000), { format });
      equal(lz4.decompressSync(packed, { format, maxOutputBytes: 10_000 }).length, 10_000);
      const call = lz4.decompress(packed, { format, maxOutputBytes: 9_999 });
      await rejects(call, { code: 'ERR_LIMIT_EXCEEDED', limit: 'maxOutputBytes', kernel: 'lz4' });
      const ratio = { format, maxRatio: 2 };
      throws(() => lz4.decompressSync(packed, ratio), {
        code: 'ERR_LIMIT_EXCEEDED',
        limit: 'maxRatio',
      });
    }
  });

  test('lz4: hostile frames get their code in all shapes', async () => {
    const frame = lz4.compressSync(mod251(1000));
    const flipped = frame.slice();
    flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 0x80;
    const cases: [Uint8Array, string][] = [
      [frame.subarray(0, frame.length - 7), 'ERR_TRUNCATED'],
      [frame.subarray(0, 3), 'ERR_TRUNCATED'],
      [new Uint8Array(0), 'ERR_TRUNCATED'],
      [flipped, 'ERR_CHECKSUM'],
      [utf8('this is no frame at all'), 'ERR_INVALID_DATA'],
    ];
    for (const [input, code] of cases) {
      const outcomes = await inAllShapes(shapes(lz4, 'decompress'), input);
      for (const [shape, outcome] of Object.entries(outcomes)) {
        ok(outcome.status === 'rejected', `${shape}: expected ${code}`);
        equal(outcome.reason.code, code, shape);
      }
    }
  });

  test('lz4: what follows the last frame is refused unless allowed', () => {
    const frame = lz4.compressSync(utf8('abc'));
    const two = Uint8Array.of(...frame, ...frame);
    equal(lz4.decompressSync(two), utf8('abcabc'));
    const longer = Uint8Array.of(...two, 1, 2, 3, 4, 5);
    throws(() => lz4.decompressSync(longer), { code: 'ERR_INVALID_DATA' });
    equal(lz4.decompressSync(longer, { allowTrailing: true }), utf8('abcabc'));
  });
};
