import { mod251, noise, type Suite, shapes, text, unhex, utf8 } from '../harness/harness.ts';
import { type Case, inputOf, KERNELS } from './vectors.ts';

/**
 * The same bytes out everywhere. Every result here is recorded by name; test/run.mjs compares the digests of all
 * places with test/vectors/digests.json. Nothing is asserted in the place itself.
 */
export const digests: Suite = ({ test, bytemill, readVector, record }) => {
  const { zstd, gzip, hash, image } = bytemill;
  const cases = async (kernel: string): Promise<Case[]> =>
    JSON.parse(text(await readVector(`${kernel}/manifest.json`))).cases;

  /** Records what an operation makes of an input; of a failure its code. */
  async function run(name: string, op: string, input: Uint8Array, options: object): Promise<void> {
    const [family = '', operation = ''] = op.split('.');
    const { async } = shapes(
      (bytemill as unknown as Record<string, object>)[family] ?? {},
      operation,
    );
    const result = await async(input as never, options as never).then(bytesOf, (error) =>
      utf8(String(error.code ?? error)),
    );
    await record(`${op}, ${name}`, result);
  }

  for (const kernel of KERNELS) {
    test(`${kernel}: every vector`, async () => {
      for (const one of await cases(kernel)) {
        const input = await inputOf(one, kernel, readVector);
        const options = { ...one.options };
        if (typeof options['key'] === 'string') options['key'] = unhex(options['key']);
        await run(`vector ${one.name}`, one.op, input, options);
      }
    });
  }

  test('zstd: frames of many sizes', async () => {
    for (const length of [0, 1, 255, 256, 65_535, 65_536, 131_073, 400_000]) {
      for (const level of [0, 1]) {
        const options = { level, checksum: length % 2 === 0 };
        await run(`${length} bytes at level ${level}`, 'zstd.compress', mixed(length), options);
      }
    }
    await record('zstd.compress, a batch', joined(await zstd.compressBatch(sizes.map(mixed))));
  });

  test('gzip: every level, many sizes', async () => {
    for (const length of [0, 1, 255, 65_535, 131_073, 400_000]) {
      for (let level = 0; level <= 9; level++) {
        await run(`${length} bytes at level ${level}`, 'gzip.compress', mixed(length), { level });
      }
    }
    await record('gzip.compress, a batch', joined(await gzip.compressBatch(sizes.map(mixed))));
  });

  test('hash: many lengths in all modes', async () => {
    for (const length of [...sizes, (5 << 20) + 1]) {
      const input = mixed(length);
      await run(`${length} bytes`, 'hash.blake3', input, { length: 131 });
      await run(`${length} bytes, keyed`, 'hash.blake3', input, { key: mod251(32) });
      await run(`${length} bytes, derived`, 'hash.blake3Hex', input, { context: 'digests' });
    }
    for (const length of sizes) {
      const input = mixed(length);
      for (const op of ['sha256', 'xxh3', 'xxh128', 'crc32', 'crc32c'])
        await run(`${length} bytes`, `hash.${op}`, input, {});
      await run(`${length} bytes, seeded`, 'hash.xxh3', input, { seed: 2n ** 64n - 1n });
    }
    await record('hash.sha256, a batch', joined(await hash.sha256Batch(sizes.map(mixed))));
    await record('hash.blake3, a batch', joined(await hash.blake3Batch(sizes.map(mixed))));
  });

  test('dedup: both ways to cut, large enough for threads', async () => {
    const input = noise((4 << 20) + 1);
    await run('4 MiB', 'dedup.chunk', input, {});
    await run('4 MiB, small chunks', 'dedup.chunk', input, { averageBytes: 8192 });
    await run('4 MiB, Xet', 'dedup.chunk', input, { algorithm: 'xet' });
    await run('4 MiB', 'dedup.fingerprintHex', input, { namespace: 'digests' });
  });

  test('image: every fit and format, from every file', async () => {
    const fits = ['inside', 'cover', 'contain', 'fill', 'outside'] as const;
    const files = new Set((await cases('image')).map(({ input }) => String(input)));
    for (const file of files) {
      const input = await readVector(`image/${file}`);
      await run(file, 'image.metadata', input, {});
      for (const fit of fits) {
        const format = fit === 'cover' ? 'png' : 'jpeg';
        const options = { width: 37, height: 23, fit, format, withoutEnlargement: false };
        await run(`${file}, ${fit}`, 'image.thumbnail', input, { ...options, quality: 71 });
      }
    }
  });

  test('image: large ones, made by enlarging a small one', async () => {
    const large = await image.thumbnail(await readVector('image/rgb.jpg'), {
      width: 1500,
      height: 1100,
      fit: 'fill',
      format: 'png',
      withoutEnlargement: false,
    });
    await record('image.thumbnail, enlarged', large);
    for (const width of [700, 320, 33])
      await run(`to ${width}`, 'image.thumbnail', large, { width });
  });
};

const sizes = [0, 1, 63, 64, 65, 1023, 1024, 1025, 16_384, 100_003];

/** Half text, half noise: xorshift32 from a fixed seed. */
function mixed(length: number): Uint8Array {
  let state = 0x2545f491;
  return Uint8Array.from({ length }, (_, index) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (index >> 12) % 2 === 0 ? 97 + (index % 23) : state & 255;
  });
}

/** The bytes of any result; objects as JSON, whose order of keys is that of the package. */
function bytesOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  return utf8(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

/** The results of a batch, each after its length. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  return utf8(parts.map((part) => `${part.length}:${part.join()}`).join('\n'));
}
