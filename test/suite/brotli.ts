import { equal, ok, rejects, throws } from '../harness/assert.ts';
import { inAllShapes, mod251, type Suite, shapes, utf8 } from '../harness/harness.ts';

/** What the brotli kernel promises. */
export const brotli: Suite = ({ test, bytemill }) => {
  const { brotli } = bytemill;

  test('brotli: round trips of many sizes, one call and batch equal', async () => {
    const inputs = [0, 1, 2, 255, 1008, 65_519, 65_520, 65_521, 200_000].map(mod251);
    for (const quality of [0, 1, 4, 9]) {
      const streams = brotli.compressBatchSync(inputs, { quality });
      equal(await brotli.compressBatch(inputs, { quality }), streams, 'async');
      equal(
        inputs.map((input) => brotli.compressSync(input, { quality })),
        streams,
        'one by one',
      );
      equal(brotli.decompressBatchSync(streams), inputs, 'round trip');
      equal(await brotli.decompressBatch(streams), inputs, 'async round trip');
    }
  });

  test('brotli: every quality, window and mode', () => {
    const input = utf8('The time has come to speak of many things. '.repeat(200));
    for (let quality = 0; quality <= 11; quality++) {
      for (const mode of ['generic', 'text', 'font'] as const) {
        const windowBits = 10 + ((quality * 3) % 15);
        const stream = brotli.compressSync(input, { quality, mode, windowBits });
        equal(brotli.decompressSync(stream), input);
        ok(stream.length < 1000, `quality ${quality}: ${stream.length} bytes`);
      }
    }
  });

  test('brotli: a limit that is exactly reached holds, one byte less does not', async () => {
    const stream = brotli.compressSync(mod251(10_000));
    equal(brotli.decompressSync(stream, { maxOutputBytes: 10_000 }).length, 10_000);
    const call = brotli.decompress(stream, { maxOutputBytes: 9_999 });
    const limited = { code: 'ERR_LIMIT_EXCEEDED', kernel: 'brotli' };
    await rejects(call, { ...limited, limit: 'maxOutputBytes' });
    throws(() => brotli.decompressSync(stream, { maxRatio: 2 }), { ...limited, limit: 'maxRatio' });
  });

  test('brotli: hostile streams get their code in all shapes', async () => {
    const stream = brotli.compressSync(mod251(1000));
    const cases: [Uint8Array, string][] = [
      [stream.subarray(0, stream.length - 1), 'ERR_TRUNCATED'],
      [new Uint8Array(0), 'ERR_TRUNCATED'],
      [new Uint8Array(16).fill(255), 'ERR_INVALID_DATA'],
      [Uint8Array.of(...stream, 0), 'ERR_INVALID_DATA'],
    ];
    for (const [input, code] of cases) {
      const outcomes = await inAllShapes(shapes(brotli, 'decompress'), input);
      for (const [shape, outcome] of Object.entries(outcomes)) {
        ok(outcome.status === 'rejected', `${shape}: expected ${code}`);
        equal(outcome.reason.code, code, shape);
        equal(outcome.reason.kernel, 'brotli', shape);
      }
    }
    const longer = Uint8Array.of(...stream, 0);
    equal(brotli.decompressSync(longer, { allowTrailing: true }), mod251(1000));
  });

  test('brotli: errors of the encoder name the family', async () => {
    const call = brotli.compress(utf8('abc'), { quality: 12 });
    await rejects(call, { code: 'ERR_INVALID_ARGUMENT', kernel: 'brotli' });
  });

  test('brotli: decoder and encoder can be loaded ahead, each by itself', async () => {
    await Promise.all([brotli.ready(), brotli.readyEncoder()]);
    await brotli.readyEncoder();
    equal(brotli.decompressSync(brotli.compressSync(utf8('ready'))), utf8('ready'));
  });
};
