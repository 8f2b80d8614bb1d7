import { equal, ok, rejects, throws } from '../harness/assert.ts';
import { inAllShapes, mod251, type Suite, shapes, utf8 } from '../harness/harness.ts';

/** What the gzip kernel promises. */
export const gzip: Suite = ({ test, bytemill }) => {
  const { gzip } = bytemill;
  const formats = ['gzip', 'zlib', 'raw'] as const;

  test('gzip: round trips of many sizes, levels and formats', () => {
    for (const length of [0, 1, 2, 3, 4, 258, 259, 32_768, 65_535, 65_536, 300_000]) {
      for (const format of formats) {
        for (const level of [0, 1, 2, 4, 6, 9]) {
          const packed = gzip.compressSync(mod251(length), { format, level });
          equal(gzip.decompressSync(packed, { format }), mod251(length), `${format} ${level}`);
        }
      }
    }
  });

  test('gzip: one call and batch equal', async () => {
    const inputs = [0, 1, 255, 1000, 65_536, 131_072].map(mod251);
    const packed = gzip.compressBatchSync(inputs);
    equal(await gzip.compressBatch(inputs), packed, 'async');
    equal(
      inputs.map((input) => gzip.compressSync(input)),
      packed,
      'single',
    );
    equal(gzip.decompressBatchSync(packed), inputs, 'round trip');
    equal(await gzip.decompressBatch(packed), inputs, 'async round trip');
  });

  test('gzip: all members come out', () => {
    const members = ['one ', '', 'two'].map((part) => [...gzip.compressSync(utf8(part))]);
    equal(gzip.decompressSync(Uint8Array.from(members.flat())), utf8('one two'));
  });

  test('gzip: the header carries name and time', () => {
    const packed = gzip.compressSync(utf8('a'), { name: 'naïve.txt', mtime: 0x01020304 });
    equal(packed.subarray(0, 8), Uint8Array.of(0x1f, 0x8b, 8, 8, 4, 3, 2, 1));
    equal(packed.subarray(10, 21), utf8('naïve.txt\0'));
    equal(gzip.decompressSync(packed), utf8('a'));
    throws(() => gzip.compressSync(utf8('a'), { name: 'a\0b' }), { code: 'ERR_INVALID_ARGUMENT' });
    throws(() => gzip.compressSync(utf8('a'), { name: 'a', format: 'zlib' }), {
      code: 'ERR_INVALID_ARGUMENT',
    });
  });

  test('gzip: dictionaries', () => {
    const dictionary = utf8('{"level":"info","service":"gateway","message":"');
    const input = utf8('{"level":"info","service":"gateway","message":"hello"}');
    for (const format of ['zlib', 'raw'] as const) {
      const packed = gzip.compressSync(input, { format, dictionary });
      ok(packed.length < gzip.compressSync(input, { format }).length, `${packed.length} bytes`);
      equal(gzip.decompressSync(packed, { format, dictionary }), input);
    }
    const packed = gzip.compressSync(input, { format: 'zlib', dictionary });
    const wrong = { code: 'ERR_INVALID_ARGUMENT', message: /dictionary/ };
    throws(() => gzip.decompressSync(packed, { format: 'zlib' }), wrong);
    throws(() => gzip.decompressSync(packed, { format: 'zlib', dictionary: utf8('x') }), wrong);
    throws(() => gzip.compressSync(input, { dictionary }), wrong);
  });

  test('gzip: limits that are exactly reached hold, one byte less does not', async () => {
    const packed = gzip.compressSync(new Uint8Array(10_000));
    equal(gzip.decompressSync(packed, { maxOutputBytes: 10_000 }).length, 10_000);
    const limit = { code: 'ERR_LIMIT_EXCEEDED', limit: 'maxOutputBytes', kernel: 'gzip' };
    throws(() => gzip.decompressSync(packed, { maxOutputBytes: 9_999 }), limit);
    await rejects(gzip.decompress(packed, { maxOutputBytes: 9_999 }), limit);
    const ratio = { code: 'ERR_LIMIT_EXCEEDED', limit: 'maxRatio', kernel: 'gzip' };
    throws(() => gzip.decompressSync(packed, { maxRatio: 2 }), ratio);
    equal(gzip.decompressSync(packed, { maxRatio: 1032 }).length, 10_000);
  });

  test('gzip: broken input gets its code in all shapes', async () => {
    const packed = gzip.compressSync(utf8('some content that is long enough '.repeat(40)));
    const flipped = (at: number) => packed.map((byte, i) => (i === at ? byte ^ 1 : byte));
    const cases: [Uint8Array, string][] = [
      [new Uint8Array(0), 'ERR_TRUNCATED'],
      [packed.subarray(0, 5), 'ERR_TRUNCATED'],
      [packed.subarray(0, packed.length - 1), 'ERR_TRUNCATED'],
      [flipped(0), 'ERR_INVALID_DATA'],
      [flipped(packed.length - 8), 'ERR_CHECKSUM'],
      [flipped(packed.length - 1), 'ERR_INVALID_DATA'],
      [Uint8Array.from([...packed, 0]), 'ERR_INVALID_DATA'],
      [utf8('this is no gzip file'), 'ERR_INVALID_DATA'],
    ];
    for (const [input, code] of cases) {
      const outcomes = await inAllShapes(shapes(gzip, 'decompress'), input);
      for (const [shape, outcome] of Object.entries(outcomes)) {
        ok(outcome.status === 'rejected', `${shape}: expected ${code}`);
        equal(outcome.reason.code, code, shape);
      }
    }
    const more = Uint8Array.from([...packed, 0]);
    equal(gzip.decompressSync(more, { allowTrailing: true }).length, 1320);
  });
};
