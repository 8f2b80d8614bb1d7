import { equal, ok } from '../harness/assert.ts';
import { mod251, type Suite } from '../harness/harness.ts';

/** Files of every format and colour type, so that the parts of a batch are of unlike cost. */
const IMAGES = ['rgb.jpg', 'progressive.jpg', 'rgb.png', 'palette.png', 'rgba.png', 'rgb-16.png'];

/** Work is spread over every core, by workers where memory cannot be shared and by threads where it can. */
export const cores: Suite = ({ test, bytemill, backend, sharing, readVector, ...place }) => {
  const { configure, close, image, hash, info } = bytemill;

  test(
    'a batch of 50 images runs on every core',
    async () => {
      const files = await Promise.all(IMAGES.map((name) => readVector(`image/${name}`)));
      const images = Array.from(
        { length: 50 },
        (_, index) => files[index % files.length] as Uint8Array,
      );
      const options = { width: 24, withoutEnlargement: false } as const;
      // Nobody is left of earlier tests: who is there afterwards was started for this batch.
      await close();
      const before = info().counters;
      const thumbnails = await image.thumbnailBatch(images, options);
      const { concurrency, workers, counters } = info();
      equal(thumbnails, image.thumbnailBatchSync(images, options), 'the same images as one by one');
      equal(counters.items - before.items, 50, 'images handed out');
      equal(concurrency, place.cores, 'cores that are used');
      if (backend === 'wasm') {
        equal(workers, concurrency, 'workers');
        equal(counters.batches - before.batches, concurrency, 'parts, one for each worker');
      } else if (backend === 'threads') {
        equal(counters.workersStarted - before.workersStarted, concurrency + 1, 'threads and host');
        ok(counters.threadedMs > before.threadedMs, 'the threads ran');
      }
    },
    'beside',
  );

  test('one large input takes threads of its own accord where memory can be shared', async () => {
    const input = mod251(9 << 20);
    configure({ backend: 'auto', threadsFromBytes: 4 << 20 });
    try {
      const before = info().counters.threadedMs;
      equal(await hash.blake3Hex(input), hash.blake3HexSync(input));
      const threaded = info().counters.threadedMs > before;
      equal(threaded, sharing && info().concurrency > 1, 'threads were used');
    } finally {
      configure({ backend });
    }
  });
};
