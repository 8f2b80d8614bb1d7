// Thumbnails: a camera's JPEG in, a 320 px JPEG out. Lossy, so an answer is held against a careful reference.

import { bytemill, missing } from '../bytemill.mjs';
import { photo } from '../inputs.mjs';
import { peer } from '../peers/import.mjs';

const family = 'image';
const WIDTH = 320;
const QUALITY = 80;
/** Mean difference of samples, of 255: filters and encoders differ by 1 to 3, wrong pictures by 20 and more. */
const MAX_DIFFERENCE = 6;

/** @param {number} megapixels @returns {import('../harness.mjs').Case} */
const thumbnail = (megapixels) => ({
  name: `thumbnail of ${megapixels} MP`,
  family,
  input: `JPEG of ${megapixels} megapixels to JPEG, ${WIDTH} px wide, quality ${QUALITY}`,
  target: { sharp: 1, jimp: 0.025 },
  unavailable: () => missing(family),
  async prepare() {
    const [{ default: sharp }, { Jimp }] = await Promise.all([peer('sharp'), peer('jimp')]);
    sharp.concurrency(1);
    sharp.cache(false);
    const bytes = photo(megapixels);
    const buffer = Buffer.from(bytes);
    const raw = (/** @type {any} */ image) =>
      image.removeAlpha().raw().toBuffer({ resolveWithObject: true });
    // Decoded whole, not shrunk on load as a fast thumbnail is.
    const reference = await raw(
      sharp(buffer).autoOrient().resize({ width: WIDTH, fastShrinkOnLoad: false }),
    );
    return {
      contenders: {
        ours: () => bytemill.image.thumbnailSync(bytes, { width: WIDTH, quality: QUALITY }),
        sharp: () =>
          sharp(buffer).autoOrient().resize({ width: WIDTH }).jpeg({ quality: QUALITY }).toBuffer(),
        jimp: async () => {
          const image = await Jimp.read(buffer);
          image.resize({ w: WIDTH });
          return image.getBuffer('image/jpeg', { quality: QUALITY });
        },
      },
      async verify(answer) {
        const { data, info } = await raw(sharp(answer));
        const { width, height } = reference.info;
        if (info.format !== 'raw' || info.width !== width || info.height !== height) {
          throw new Error(`expected ${width} x ${height}, got ${info.width} x ${info.height}`);
        }
        const difference = meanDifference(data, reference.data);
        if (difference > MAX_DIFFERENCE) {
          throw new Error(`differs from the reference by ${difference.toFixed(1)} of 255`);
        }
      },
      bytes: (answer) => answer.length,
    };
  },
});

/**
 * @param {Uint8Array} got
 * @param {Uint8Array} expected
 */
function meanDifference(got, expected) {
  let sum = 0;
  for (let at = 0; at < expected.length; at++) sum += Math.abs(got[at] - expected[at]);
  return sum / expected.length;
}

export const cases = [2, 12].map(thumbnail);
