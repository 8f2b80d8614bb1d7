// The program of every project: each family in all four shapes, with known answers.

const FRAME = 'zstd/level-1.zst';
const PHOTO = 'image/rgb.jpg';
const REPORT = 'pdf/three-pages.pdf';
/** BLAKE3 of what is in FRAME, of 'abc', and of 9 MiB that count from 0 to 250 again and again. */
const CONTENT = '741766e8bcebf9102fc09a82070adac56ff57b5b35c88885411346618ad77420';
const ABC = '6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85';
const LARGE = '8516f8a0ae9a7a21cdd69df13aaa9b2a22a499848fb3185cea4cae496ce4d91a';

/** Checks the package; `read` gives a file of test/vectors. */
export async function check({ zstd, hash, image, pdf, info }, read) {
  const [frame, photo, report] = await Promise.all([FRAME, PHOTO, REPORT].map(read));
  const abc = new TextEncoder().encode('abc');
  const small = (bytes) => image.metadataSync(bytes);
  const shapes = [
    [hash, 'blake3Hex', abc, {}, (digest) => digest === ABC],
    [zstd, 'decompress', frame, {}, (bytes) => hash.blake3HexSync(bytes) === CONTENT],
    [image, 'thumbnail', photo, { width: 24 }, (bytes) => small(bytes).height === 16],
    [pdf, 'extractText', report, {}, (text) => text.includes('The first page of three.')],
  ];
  for (const [family, name, input, options, right] of shapes) {
    const alone = await family[name](input, options);
    const many = await family[`${name}Batch`]([input, input, input], options);
    await family.ready();
    const now = family[`${name}Sync`](input, options);
    const manyNow = family[`${name}BatchSync`]([input, input], options);
    await hash.ready();
    await image.ready();
    const all = [alone, ...many, now, ...manyNow];
    if (all.length !== 7 || !all.every(right)) throw new Error(`${name}: a wrong result`);
  }
  const refused = await zstd.decompress(abc).then(
    () => 'nothing',
    (error) => error.code,
  );
  if (!/^ERR_/.test(refused)) throw new Error(`zstd: ${refused} for bytes that are no frame`);

  const large = Uint8Array.from({ length: 9 << 20 }, (_, index) => index % 251);
  if ((await hash.blake3Hex(large)) !== LARGE) throw new Error('blake3Hex: wrong for 9 MiB');
  const { runtime, workers, threads, notices, counters, memoryBytes } = info();
  return { runtime, workers, threads, threaded: counters.threadedMs > 0, notices, memoryBytes };
}
