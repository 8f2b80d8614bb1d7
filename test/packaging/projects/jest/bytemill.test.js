const { readFileSync } = require('node:fs');
const bytemill = require('bytemill');
const { compressSync, decompressSync } = require('bytemill/zstd');

// Busy machines are not what is tested here.
jest.setTimeout(60_000);

const { hash, image, pdf, zstd } = bytemill;
const read = (path) => new Uint8Array(readFileSync(`public/vectors/${path}`));

test('every family works, synchronously', () => {
  const abc = new Uint8Array([97, 98, 99]);
  expect(hash.blake3HexSync(abc)).toMatch(/^6437b3ac/);
  expect(Array.from(decompressSync(compressSync(abc)))).toEqual([97, 98, 99]);
  const small = image.thumbnailSync(read('image/rgb.jpg'), { width: 24 });
  expect(image.metadataSync(small)).toMatchObject({ width: 24, height: 16 });
  expect(pdf.extractTextSync(read('pdf/three-pages.pdf'))).toContain('The first page of three.');
  expect(() => zstd.decompressSync(abc)).toThrow(bytemill.BytemillError);
});

test('every family works, in workers', async () => {
  const frame = read('zstd/level-1.zst');
  const frames = await zstd.decompressBatch([frame, frame]);
  expect(frames.map((bytes) => bytes.length)).toEqual([19838, 19838]);
  const photo = read('image/rgb.jpg');
  const [small] = await image.thumbnailBatch([photo], { width: 24 });
  expect(await image.metadata(small)).toMatchObject({ width: 24, height: 16 });
  expect(await pdf.extractText(read('pdf/three-pages.pdf'))).toContain('three');
  expect((await hash.blake3Hex(new Uint8Array(9 << 20))).length).toBe(64);
  const { workers, notices } = bytemill.info();
  expect(notices).toEqual([]);
  expect(workers).toBeGreaterThan(0);
});
