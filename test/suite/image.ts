import { equal, ok, rejects, throws } from '../harness/assert.ts';
import { type Suite, utf8 } from '../harness/harness.ts';

/** Chains of `bytemill/image`, and what of the family is no thumbnail. */
export const image: Suite = ({ test, bytemill, readVector }) => {
  const { image } = bytemill;

  /** Three by two pixels: red, green, blue over white, grey, black. */
  const small = {
    width: 3,
    height: 2,
    channels: 3,
    data: Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 128, 128, 128, 0, 0, 0),
  };
  /** A colour for every place. */
  const slopes = (width: number, height: number, channels = 3) => ({
    width,
    height,
    channels,
    data: Uint8Array.from({ length: width * height * channels }, (_, at) => {
      const pixel = Math.floor(at / channels);
      const [x, y] = [pixel % width, Math.floor(pixel / width)];
      return [x * 3, y * 5, 255 - x - y, 255 - y * 2][at % channels] ?? 0;
    }),
  });
  const raw = (chain: { toRawSync(): { data: Uint8Array } }) => Array.from(chain.toRawSync().data);
  const row = (...pixels: number[][]) => pixels.flat();
  const [R, G, B, W, M, K] = [
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
    [255, 255, 255],
    [128, 128, 128],
    [0, 0, 0],
  ];

  test('image: geometry moves pixels and changes none', () => {
    const chain = image.image(small);
    equal(raw(chain), Array.from(small.data), 'no steps');
    equal(raw(chain.flip()), row(W, M, K, R, G, B), 'flip');
    equal(raw(chain.flop()), row(B, G, R, K, M, W), 'flop');
    equal(raw(chain.rotate(90)), row(W, R, M, G, K, B), 'rotate 90');
    equal(raw(chain.rotate(180)), row(K, M, W, B, G, R), 'rotate 180');
    equal(raw(chain.rotate(-90)), row(B, K, G, M, R, W), 'rotate -90');
    equal(raw(chain.extract({ left: 1, top: 0, width: 2, height: 1 })), row(G, B), 'extract');
    equal(raw(chain.extract({ left: 2 })), row(B, K), 'extract to the edges');
    equal(
      raw(
        chain.extract({ width: 1, height: 1 }).extend({ left: 1, bottom: 1, background: '#00f' }),
      ),
      row(B, R, B, B),
      'extend',
    );
    equal(raw(chain.resize(6, 4, { kernel: 'nearest' }).resize(3, 2, { kernel: 'nearest' })), [
      ...small.data,
    ]);
  });

  test('image: the frames of an animation, all of them or one', async () => {
    const file = await readVector('image/rgb.gif');
    const { frames, ...canvas } = await image.frames(file);
    equal([canvas.width, canvas.height, frames.length], [48, 32, 2]);
    const [first, second] = frames.map(({ data }) => data);
    equal(Array.from(second?.subarray(0, 4) ?? []), [0, 0, 0, 255], 'the second is black');
    equal(
      image.decodeSync(file).data,
      image
        .image(first ? { ...canvas, data: first } : small)
        .flatten()
        .toRawSync().data,
    );
    equal(image.decodeSync(file, { page: 1 }).data, second);
    equal(
      image.image(file, { page: 1 }).resize(6).toRawSync().data.slice(0, 3),
      Uint8Array.of(0, 0, 0),
    );
    equal(image.framesSync(await readVector('image/rgb.jpg')).frames.length, 1, 'a still image');
    throws(() => image.decodeSync(file, { page: 2 }), {
      code: 'ERR_INVALID_ARGUMENT',
      message: /below 2, got 2/,
    });
    throws(() => image.framesSync(file, { maxFrames: 1 }), {
      code: 'ERR_LIMIT_EXCEEDED',
      limit: 'maxFrames',
    });
    throws(() => image.framesSync(file, { maxOutputBytes: 6144 }), {
      code: 'ERR_LIMIT_EXCEEDED',
      limit: 'maxOutputBytes',
    });
    const jpeg = await readVector('image/rgb.jpg');
    for (const input of [jpeg, small])
      throws(() => image.image(input, { page: 1 }).toRawSync(), { code: 'ERR_INVALID_ARGUMENT' });
  });

  test('image: colours', () => {
    const chain = image.image(small);
    equal(raw(chain.grayscale()), [76, 150, 29, 255, 128, 0], 'grayscale by BT.601');
    equal(raw(chain.negate()).slice(0, 3), [0, 255, 255], 'negate');
    equal(raw(chain.grayscale().threshold(100)), [0, 255, 0, 255, 255, 0], 'threshold');
    equal(raw(chain.linear(0.5, 10)).slice(9, 12), [138, 138, 138], 'linear');
    equal(raw(chain.modulate({ saturation: 0 })).slice(9), row(W, M, K), 'grey stays');
    const [red = 0, green = 0, blue = 0] = raw(chain.modulate({ saturation: 0 }));
    ok(Math.abs(red - green) < 3 && Math.abs(green - blue) < 3, `${red} ${green} ${blue}`);
  });

  test('image: alpha is laid on a background, and other images over it', () => {
    const clear = { width: 2, height: 1, data: Uint8Array.of(255, 0, 0, 0, 0, 255, 0, 255) };
    equal(raw(image.image(clear).flatten({ background: 0x0000ff })), row([0, 0, 255], [0, 255, 0]));
    const black = { width: 4, height: 3, data: new Uint8Array(36) };
    const dot = { width: 1, height: 1, data: Uint8Array.of(9, 8, 7) };
    const at = (overlay: object) => {
      const pixels = raw(image.image(black).composite({ input: dot, ...overlay }));
      const channels = pixels.length / 12;
      return pixels.indexOf(9) / channels;
    };
    equal(at({ gravity: 'northwest' }), 0);
    equal(at({ gravity: 'right bottom' }), 11);
    equal(at({ left: 2, top: 1 }), 6);
    const file = image.encodeSync(dot, { format: 'png' });
    const two = [
      { input: file, left: 0, top: 0 },
      { input: file, left: 3, top: 2 },
    ];
    const pixels = raw(image.image(black).composite(two));
    equal(pixels.filter((value) => value === 9).length, 2);
  });

  test('image: sizes are those of sharp', () => {
    const chain = image.image(slopes(80, 40));
    const size = (one: { toRawSync(): { width: number; height: number } }) => {
      const { width, height } = one.toRawSync();
      return [width, height];
    };
    equal(size(chain.resize(20)), [20, 10]);
    equal(size(chain.resize(null, 20)), [40, 20]);
    equal(size(chain.resize({ width: 30, height: 30 })), [30, 30]);
    equal(size(chain.resize(30, 30, { fit: 'inside' })), [30, 15]);
    equal(size(chain.resize(30, 30, { fit: 'outside' })), [60, 30]);
    equal(size(chain.resize(100, 100, { fit: 'contain', withoutEnlargement: true })), [100, 100]);
    equal(size(chain.resize(200, null, { withoutEnlargement: true })), [80, 40]);
    equal(size(chain.resize(20, null, { withoutReduction: true })), [80, 40]);
    equal(size(chain.rotate(45)), [85, 85]);
    equal(size(chain.extend(5)), [90, 50]);
    const left = chain.resize(40, 40, { position: 'left', kernel: 'nearest' }).toRawSync();
    equal(Array.from(left.data.subarray(0, 3)), [0, 0, 255], 'what cover keeps');
  });

  test('image: a chain does not change, and every call gives another', async () => {
    const base = image.image(slopes(30, 20)).resize(10);
    const grey = base.grayscale();
    equal(base.toRawSync().channels, 3);
    equal(grey.toRawSync().channels, 1);
    const [jpeg, png, webp] = await Promise.all([
      base.jpeg().toResult(),
      base.png().toResult(),
      base.webp({ lossless: true }).toResult(),
    ]);
    equal([jpeg.format, png.format, webp.format], ['jpeg', 'png', 'webp']);
    equal(png.data, base.png().toBytesSync(), 'now and later');
    equal(image.decodeSync(png.data), image.decodeSync(webp.data), 'both without loss');
    equal(image.decodeSync(png.data), base.toRawSync());
  });

  test('image: pixels survive every format without loss', async () => {
    for (const channels of [1, 2, 3, 4]) {
      const pixels = slopes(61, 43, channels);
      for (const format of ['png', 'webp', 'qoi', 'bmp'] as const) {
        if (format === 'bmp' && channels % 2 === 0) continue;
        const file = await image.encode(pixels, { format, lossless: true });
        equal(file, image.encodeSync(pixels, { format, lossless: true }), `${format}: sync`);
        const { format: found, width, height } = image.metadataSync(file);
        equal([found, width, height], [format, 61, 43]);
        const back = image.image(file).toRawSync();
        const wide = (one: typeof back) => image.image(one).flatten().toRawSync().data;
        equal(colours(wide(back)), colours(wide(pixels)), `${format}, ${channels} channels`);
      }
    }
  });

  /** Grey as three equal colours, so that formats without grey compare. */
  const colours = (data: Uint8Array): number[] =>
    data.length === 61 * 43 ? Array.from(data).flatMap((one) => [one, one, one]) : Array.from(data);

  test('image: lossy formats stay near', () => {
    const pixels = slopes(64, 48);
    for (const format of ['jpeg', 'webp'] as const) {
      const file = image.encodeSync(pixels, { format, quality: 90 });
      const { data } = image.decodeSync(file);
      let off = 0;
      data.forEach((value, at) => {
        off += Math.abs(value - (pixels.data[at] ?? 0));
      });
      ok(off / data.length < 4, `${format}: ${off / data.length}`);
      const rough = image.encodeSync(pixels, { format, quality: 30 });
      ok(rough.length < file.length, `${format}: ${rough.length} and ${file.length} bytes`);
    }
  });

  test('image: JPEG of JPEG is the same from the small module', async () => {
    const files = await Promise.all(
      ['rgb.jpg', 'grey.jpg', 'orientation-6.jpg'].map((name) => readVector(`image/${name}`)),
    );
    await image.readyJpeg();
    for (const file of files) {
      const options = { width: 20 };
      const expected = image.image(file).resize(20, null, { withoutEnlargement: true }).jpeg();
      equal(image.thumbnailSync(file, options), expected.toBytesSync(), 'and from a chain');
      equal(image.jpegThumbnailSync(file, options), image.thumbnailSync(file, options));
      equal(
        await image.thumbnail(new Blob([file as never]), options),
        image.thumbnailSync(file, options),
      );
    }
    equal(await image.jpegThumbnailBatch(files), image.thumbnailBatchSync(files));
    const png = await readVector('image/rgb.png');
    throws(() => image.jpegThumbnailSync(png), { code: 'ERR_INVALID_DATA' });
    throws(() => image.jpegThumbnailSync(files[0] as Uint8Array, { format: 'png' }), {
      code: 'ERR_INVALID_ARGUMENT',
    });
    const mixed = image.thumbnailBatchSync([png, ...files]);
    equal(mixed.slice(1), image.thumbnailBatchSync(files), 'beside others');
  });

  test('image: several sizes of one', async () => {
    const file = await readVector('image/rgb.jpg');
    const options = { widths: [24, 8, 400] };
    const made = await image.thumbnails(file, options);
    equal(made, image.thumbnailsSync(file, options));
    equal(
      made.map((one) => image.metadataSync(one).width),
      [24, 8, 48],
    );
    throws(() => image.thumbnailsSync(file, {}), {
      code: 'ERR_INVALID_ARGUMENT',
      message: /widths/,
    });
    throws(() => image.thumbnailsSync(file, { widths: [0] }), { code: 'ERR_INVALID_ARGUMENT' });
  });

  test('image: metadata is left behind unless it is kept', async () => {
    const file = await readVector('image/orientation-6.jpg');
    const { width, height, orientation } = image.metadataSync(file);
    equal(orientation, 6);
    const upright = image.image(file).keepExif().toBytesSync();
    const found = image.metadataSync(upright);
    equal([found.width, found.height, found.orientation], [height, width, 1], 'turned once');
    const stored = image.image(file, { autoOrient: false }).keepExif().toBytesSync();
    equal(image.metadataSync(stored).orientation, 6);
    equal(
      image.metadataSync(image.image(file, { autoOrient: false }).toBytesSync()).orientation,
      1,
    );
  });

  test('image: hashes and placeholders', async () => {
    // Hills, no two of them alike.
    const hills = Uint8Array.from({ length: 200 * 150 }, (_, at) => {
      const [x, y] = [at % 200, Math.floor(at / 200)];
      return 128 + 60 * Math.sin(x / 31 + y / 70) + 60 * Math.cos(y / 23 - x / 90);
    });
    const file = image.encodeSync({ width: 200, height: 150, data: hills }, { format: 'png' });
    const smaller = image.thumbnailSync(file, { width: 90 });
    for (const algorithm of ['dhash', 'phash'] as const) {
      const one = await image.perceptualHash(file, { algorithm });
      const other = image.perceptualHashSync(smaller, { algorithm });
      ok(image.hammingDistance(one, other) <= 8, `${algorithm}: ${one} and ${other}`);
    }
    equal(image.hammingDistance(0n, 2n ** 64n - 1n), 64);
    const placeholder = await image.thumbhash(file);
    ok(placeholder.length > 10 && placeholder.length < 40, `${placeholder.length} bytes`);
    equal(image.thumbhashSync(file), placeholder);
    equal((await image.blurhash(file, { componentsX: 4, componentsY: 3 })).length, 28);
    equal(image.blurhashSync(file, { componentsX: 1, componentsY: 1 }).length, 6);
  });

  test('image: limits hold', async () => {
    const pixels = slopes(100, 50);
    const chain = image.image(pixels, { maxPixels: 5000 });
    equal(chain.toRawSync().width, 100);
    const limit = { code: 'ERR_LIMIT_EXCEEDED', limit: 'maxPixels' };
    throws(() => image.image(pixels, { maxPixels: 4999 }).toRawSync(), limit);
    throws(() => chain.extend(1).toRawSync(), limit);
    throws(() => chain.resize(101, 50).toRawSync(), limit);
    await rejects(chain.rotate(45).toBytes(), limit);
    const file = chain.png().toBytesSync();
    const bytes = file.length;
    equal(image.image(pixels, { maxOutputBytes: bytes }).png().toBytesSync(), file);
    throws(
      () =>
        image
          .image(pixels, { maxOutputBytes: bytes - 1 })
          .png()
          .toBytesSync(),
      {
        code: 'ERR_LIMIT_EXCEEDED',
        limit: 'maxOutputBytes',
      },
    );
  });

  test('image: what cannot be done says so', async () => {
    const chain = image.image(small);
    const invalid = (message: RegExp) => ({ code: 'ERR_INVALID_ARGUMENT', message });
    throws(() => chain.extract({ left: 2, width: 2 }).toRawSync(), invalid(/within the image/));
    throws(() => chain.resize(-1), invalid(/width/));
    throws(() => chain.blur(0.1).toRawSync(), invalid(/sigma/));
    throws(() => chain.tint('red'), invalid(/colour/));
    throws(() => chain.resize(10, 10, { fit: 'crop' as never }), invalid(/fit/));
    throws(() => chain.composite({ input: 'x' as never }), invalid(/input/));
    throws(() => chain.composite({ input: utf8('no image') }).toRawSync(), {
      code: 'ERR_INVALID_DATA',
    });
    throws(() => image.image({ ...small, width: 4 }).toRawSync(), invalid(/data/));
    throws(() => image.image({ ...small, width: 0 }).toRawSync(), invalid(/width/));
    throws(() => image.image('photo.jpg' as never).toBytesSync(), invalid(/input/));
    throws(() => image.image(utf8('no image at all')).toBytesSync(), { code: 'ERR_INVALID_DATA' });
    const avif = utf8('\0\0\0\x1cftypavif\0\0\0\0avifmif1');
    await rejects(image.image(avif).toBytes(), { code: 'ERR_UNSUPPORTED', message: /AVIF/ });
    equal(raw(chain), Array.from(small.data), 'the next call works');
  });

  test('image: a batch of pixels, and one that is wrong', async () => {
    const images = [slopes(9, 9), small, { ...small, width: 5 }];
    const settled = await image.encodeBatch(images, { settle: true });
    equal(
      settled.map(({ status }) => status),
      ['fulfilled', 'fulfilled', 'rejected'],
    );
    throws(() => image.encodeBatchSync(images), { code: 'ERR_INVALID_ARGUMENT', index: 2 });
    const files = image.encodeBatchSync(images.slice(0, 2));
    equal(
      (await image.decodeBatch(files)).map(({ width }) => width),
      [9, 3],
    );
  });
};
