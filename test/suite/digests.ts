import { mod251, noise, type Suite, shapes, text, unhex, utf8 } from '../harness/harness.ts';
import { type Case, inputOf, KERNELS } from './vectors.ts';

/**
 * The same bytes out everywhere. Every result here is recorded by name; test/run.mjs compares the digests of all
 * places with test/vectors/digests.json. Nothing is asserted in the place itself.
 */
export const digests: Suite = ({ test, bytemill, readVector, record }) => {
  const { zstd, gzip, hash, image, pdf } = bytemill;
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

  test('image: every step, and every format that is written', async () => {
    const data = Uint8Array.from({ length: 67 * 45 * 4 }, (_, at) => {
      const pixel = at >> 2;
      const [x, y] = [pixel % 67, Math.floor(pixel / 67)];
      return [x * 3 + y, y * 5, 255 - x - y, 255 - ((x * y) & 127)][at & 3] ?? 0;
    });
    const pixels = image.image({ width: 67, height: 45, data });
    const overlay = { width: 5, height: 4, data: data.subarray(0, 80) };
    const steps = {
      resize: pixels.resize(31, 40, { fit: 'cover', position: 'left top', kernel: 'mitchell' }),
      enlarge: pixels.resize(200, null, { kernel: 'cubic' }),
      contain: pixels.resize(50, 50, { fit: 'contain', background: '#fa08' }),
      extract: pixels.extract({ left: 7, top: 3, width: 31, height: 29 }),
      trim: pixels.extend(4).trim(),
      extend: pixels.extend({ top: 3, left: 70, extendWith: 'mirror' }),
      rotate: pixels.rotate(33.3, { background: 0x123456 }),
      turn: pixels.rotate(90).flip().flop(),
      grayscale: pixels.grayscale(),
      negate: pixels.negate({ alpha: false }),
      threshold: pixels.threshold(100),
      gamma: pixels.gamma(2.2).resize(30),
      modulate: pixels.modulate({ brightness: 1.1, saturation: 0.7, hue: 77, lightness: 3 }),
      blur: pixels.blur(1.7).blur(9).blur(),
      sharpen: pixels.sharpen({ sigma: 1.2 }).sharpen(),
      median: pixels.median(3).median(9),
      linear: pixels.linear(1.3, -20),
      normalize: pixels.normalize(),
      tint: pixels.tint('#c08040'),
      flatten: pixels.flatten({ background: '#8899aa' }),
      composite: pixels.composite([
        { input: overlay, gravity: 'southeast', blend: 'soft-light' },
        { input: overlay, left: -2, top: 30, opacity: 0.4 },
        { input: overlay, tile: true, blend: 'color-dodge' },
      ]),
    };
    for (const [name, chain] of Object.entries(steps))
      await record(`image.image, ${name}`, (await chain.toRaw()).data);
    const files = {
      jpeg: pixels.jpeg({ quality: 55 }),
      progressive: pixels.jpeg({ progressive: true, chromaSubsampling: '4:4:4' }),
      png: pixels.png(),
      'small png': pixels.png({ effort: 6 }),
      'png of 16 colours': pixels.png({ colours: 16 }),
      webp: pixels.webp({ quality: 60 }),
      'lossless webp': pixels.webp({ lossless: true }),
      gif: pixels.toFormat('gif'),
      bmp: pixels.toFormat('bmp'),
      qoi: pixels.toFormat('qoi'),
    };
    for (const [name, chain] of Object.entries(files))
      await record(`image.image, to ${name}`, await chain.toBytes());
    const file = await pixels.png().toBytes();
    await run('rgb.gif', 'image.frames', await readVector('image/rgb.gif'), {});
    await run('67 by 45', 'image.thumbhash', file, {});
    await run('67 by 45', 'image.blurhash', file, {});
    for (const algorithm of ['dhash', 'phash'])
      await run(`67 by 45, ${algorithm}`, 'image.perceptualHash', file, { algorithm });
    await run('67 by 45', 'image.jpegThumbnail', await pixels.jpeg().toBytes(), { width: 20 });
  });

  test('pdf: everything that is read of the vectors and made of them', async () => {
    const readings = ['layout', 'info', 'pageSizes', 'pageLabels', 'fonts', 'outline', 'links'];
    readings.push('toMarkdown', 'attachments', 'formFields', 'images', 'rewrite', 'split');
    const files = new Set((await cases('pdf')).map(({ input }) => String(input)));
    for (const file of files) {
      const input = await readVector(`pdf/${file}`);
      for (const op of readings) await run(file, `pdf.${op}`, input, {});
      await run(file, 'pdf.search', input, { query: 'the' });
      await run(file, 'pdf.extractPages', input, { pages: [1, 1] });
      await run(file, 'pdf.rotate', input, { degrees: 180, compact: false });
      await run(file, 'pdf.setInfo', input, { title: 'Other', author: null });
    }
    const report = await readVector('pdf/three-pages.pdf');
    await record('pdf.merge', await pdf.merge([report, await readVector('pdf/outline.pdf')]));
    const document = pdf.create({ title: 'Digests' });
    const page = document.page();
    page.text('one two three four', { x: 20, y: 700, width: 60, align: 'justify', size: 11 });
    page.image(document.image(await readVector('image/rgba.png')), { x: 20, y: 300, rotation: 30 });
    const boxes = document.font(await readVector('pdf/boxes.ttf'));
    page.text('Boxes AV é', { x: 20, y: 500, font: boxes });
    page.path('M 10 10 C 20 30 40 50 60 10 Z', { fill: '#a0b0c0', opacity: 0.3 });
    await record('pdf.create', await document.toBytes());
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
