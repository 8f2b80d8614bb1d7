// Images: thumbnails of camera JPEGs, and the codecs alone. A lossy answer is held against a careful reference; what it
// costs in bytes and in likeness stands beside its time.

import { bytemill, missing } from '../bytemill.mjs';
import { photo, photos } from '../inputs.mjs';
import { imagePeers } from '../peers/image.mjs';
import { camera, pixels, reference, sharp } from '../pictures.mjs';
import { checkMeasure, meanDifference, ssim } from '../ssim.mjs';

/** @typedef {import('../ssim.mjs').Picture} Picture */
/** @typedef {import('../harness.mjs').Case} Case */
/** @typedef {import('../harness.mjs').Contender} Contender */
/** @typedef {import('../peers/image.mjs').ImagePeer} ImagePeer */

const family = 'image';
const QUALITY = 80;
/** Mean difference of samples, of 255: filters and encoders differ by 1 to 3, wrong pictures by 20 and more. */
const MAX_DIFFERENCE = 6;
/** Decoders may round, and smooth chroma, in their own ways. */
const MAX_DECODING_DIFFERENCE = 1.5;

/**
 * Why a function cannot be measured, if so.
 * @param {string} name
 * @param {() => unknown} [tries] Throws where the function is there, but cannot do this.
 */
const lacks = (name, tries) => () => {
  const reason = missing(family);
  if (reason) return reason;
  if (typeof bytemill.image[name] !== 'function') return `there is no image.${name} yet`;
  try {
    tries?.();
  } catch (error) {
    return `image.${name}: ${error instanceof Error ? error.message : error}`;
  }
  return undefined;
};

/** A few pixels, to see what can be encoded. */
const speck = { width: 8, height: 8, channels: 3, data: new Uint8Array(192) };

/**
 * Ours, and every peer that can do the same.
 * @param {Contender} ours
 * @param {(peer: ImagePeer) => Contender | undefined} theirs
 */
async function contend(ours, theirs) {
  const { peers, absent } = await imagePeers();
  /** @type {Record<string, Contender>} */
  const contenders = { ours };
  for (const [name, functions] of Object.entries(peers)) {
    const contender = theirs(functions);
    if (contender) contenders[name] = contender;
  }
  return { contenders, absent };
}

/**
 * @param {Picture} got
 * @param {Picture} expected
 * @param {number} limit
 */
function near(got, expected, limit) {
  if (got.width !== expected.width || got.height !== expected.height) {
    const size = `${expected.width} x ${expected.height}`;
    throw new Error(`expected ${size}, got ${got.width} x ${got.height}`);
  }
  const difference = meanDifference(got, expected);
  if (!(difference <= limit)) {
    throw new Error(`differs from the reference by ${difference.toFixed(2)} of 255`);
  }
}

/**
 * @param {number} megapixels
 * @param {number} width
 * @param {Record<string, number>} target
 * @returns {Case}
 */
const thumbnail = (megapixels, width, target) => ({
  name: `thumbnail of ${megapixels} MP, ${width} px`,
  family,
  input: `JPEG of ${megapixels} megapixels, 4:2:0, to JPEG, ${width} px wide, quality ${QUALITY}`,
  target,
  unavailable: lacks('thumbnailSync'),
  async prepare() {
    const api = await sharp();
    const bytes = await camera(api, photo(megapixels));
    const expected = await reference(api, bytes, width);
    checkMeasure(expected);
    const { contenders, absent } = await contend(
      () => bytemill.image.thumbnailSync(bytes, { width, quality: QUALITY }),
      ({ thumbnail }) => thumbnail && (() => thumbnail(bytes, width, QUALITY)),
    );
    // As large a picture is decoded as ours is: by default sharp lets libjpeg shrink more than is good for it.
    contenders['sharp, whole'] = () =>
      api(bytes)
        .autoOrient()
        .resize({ width, fastShrinkOnLoad: false })
        .jpeg({ quality: QUALITY })
        .toBuffer();
    return {
      contenders,
      absent,
      verify: async (answer) => near(await pixels(api(answer)), expected, MAX_DIFFERENCE),
      bytes: (answer) => answer.length,
      ssim: async (answer) => ssim(await pixels(api(answer)), expected),
    };
  },
});

/** @type {Case} */
const batch = {
  name: 'batch of 100 small thumbnails',
  family,
  input: `100 JPEGs of 0.3 megapixels to JPEG, 160 px wide, quality ${QUALITY}`,
  target: {
    sharp: 0.5,
    'sharp-wasm32': 0.25,
    jsquash: 0.1,
    photon: 0.08,
    jimp: 0.03,
  },
  unavailable: lacks('thumbnailBatchSync'),
  async prepare() {
    const api = await sharp();
    const width = 160;
    const list = await Promise.all(photos(100, 0.3).map((bytes) => camera(api, bytes)));
    const expected = await Promise.all(list.map((bytes) => reference(api, bytes, width)));
    const { contenders, absent } = await contend(
      () => bytemill.image.thumbnailBatchSync(list, { width, quality: QUALITY }),
      ({ thumbnail }) =>
        thumbnail &&
        (async () => {
          const answers = [];
          for (const bytes of list) answers.push(await thumbnail(bytes, width, QUALITY));
          return answers;
        }),
    );
    return {
      contenders,
      absent,
      async verify(answers) {
        if (answers.length !== list.length) throw new Error(`${answers.length} answers`);
        for (const [at, bytes] of answers.entries()) {
          near(await pixels(api(bytes)), expected[at], MAX_DIFFERENCE);
        }
      },
      bytes: (answers) => answers.reduce((sum, { length }) => sum + length, 0),
      async ssim(answers) {
        let sum = 0;
        for (const [at, bytes] of answers.entries()) {
          sum += ssim(await pixels(api(bytes)), expected[at]);
        }
        return sum / answers.length;
      },
    };
  },
};

/**
 * @param {string} name
 * @param {import('../peers/image.mjs').Format} format
 * @param {(api: any) => Promise<Uint8Array> | Uint8Array} file
 * @param {string} input
 * @param {Record<string, number>} target
 * @returns {Case}
 */
const decoding = (name, format, file, input, target) => ({
  name,
  family,
  input,
  target,
  unavailable: lacks('decodeSync'),
  async prepare() {
    const api = await sharp();
    const bytes = await file(api);
    const expected = await pixels(api(bytes));
    return {
      ...(await contend(
        () => bytemill.image.decodeSync(bytes),
        ({ decode }) => {
          const run = decode?.[format];
          return run && (() => run(bytes));
        },
      )),
      verify: (answer) => near(answer, expected, MAX_DECODING_DIFFERENCE),
      ssim: (answer) => ssim(answer, expected),
    };
  },
});

/**
 * @param {string} name
 * @param {{ format: string, quality?: number, lossless?: boolean }} options
 * @param {(peer: ImagePeer, picture: Picture) => Contender | undefined} theirs
 * @param {{ target?: Record<string, number>, bytesTarget?: Record<string, number> }} targets
 * @returns {Case}
 */
const encoding = (name, options, theirs, targets) => ({
  name,
  family,
  input: `RGB of 2 megapixels, a photograph, to ${Object.values(options).join(' ')}`,
  ...targets,
  unavailable: lacks('encodeSync', () => bytemill.image.encodeSync(speck, options)),
  async prepare() {
    const api = await sharp();
    const picture = await pixels(api(photo(2)));
    const lossy = options.quality !== undefined;
    return {
      ...(await contend(
        () => bytemill.image.encodeSync(picture, options),
        (functions) => theirs(functions, picture),
      )),
      verify: async (answer) =>
        near(await pixels(api(answer)), picture, lossy ? MAX_DIFFERENCE : 0),
      bytes: (answer) => answer.length,
      ...(lossy && { ssim: async (answer) => ssim(await pixels(api(answer)), picture) }),
    };
  },
});

/** @type {Case[]} */
export const cases = [
  thumbnail(2, 320, { sharp: 1, jimp: 0.025 }),
  thumbnail(12, 320, {
    sharp: 1,
    'sharp-wasm32': 0.5,
    'wasm-vips': 0.5,
    jsquash: 0.12,
    photon: 0.06,
    jimp: 0.025,
  }),
  thumbnail(12, 1280, {
    'sharp, whole': 0.6,
    'sharp-wasm32': 0.22,
    'wasm-vips': 0.65,
    jsquash: 0.15,
    photon: 0.12,
    jimp: 0.06,
  }),
  batch,
  decoding(
    'decode JPEG',
    'jpeg',
    (api) => camera(api, photo(12)),
    'JPEG of 12 megapixels, 4:2:0, baseline, to pixels',
    {
      sharp: 0.55,
      'sharp-wasm32': 0.2,
      jsquash: 0.45,
      photon: 0.3,
      jimp: 0.07,
    },
  ),
  decoding(
    'decode progressive JPEG',
    'jpeg',
    (api) => camera(api, photo(12), { progressive: true }),
    'JPEG of 12 megapixels, 4:2:0, progressive, to pixels',
    { sharp: 1.1, 'sharp-wasm32': 0.75, jsquash: 0.75, photon: 0.5, jimp: 0.12 },
  ),
  decoding(
    'decode PNG',
    'png',
    (api) => api(photo(2)).png({ adaptiveFiltering: true }).toBuffer(),
    'PNG of 2 megapixels, a photograph, to pixels',
    { sharp: 1.1, 'sharp-wasm32': 0.75, jsquash: 0.45, photon: 0.9, jimp: 0.28 },
  ),
  decoding(
    'decode WebP',
    'webp',
    (api) => api(photo(2)).webp({ quality: QUALITY }).toBuffer(),
    'WebP of 2 megapixels, lossy, to pixels',
    { jsquash: 0.8 },
  ),
  encoding('encode PNG', { format: 'png' }, ({ png }, picture) => png && (() => png(picture)), {
    target: { sharp: 0.4, 'sharp-wasm32': 0.25, jsquash: 0.85, jimp: 0.13 },
    bytesTarget: { sharp: 1 },
  }),
  encoding(
    'encode WebP',
    { format: 'webp', quality: QUALITY },
    ({ webp }, picture) => webp && (() => webp(picture, QUALITY)),
    { target: { sharp: 0.8, 'sharp-wasm32': 0.6, jsquash: 0.6 }, bytesTarget: { sharp: 1.08 } },
  ),
  encoding(
    'encode WebP, lossless',
    { format: 'webp', lossless: true },
    ({ webpLossless }, picture) => webpLossless && (() => webpLossless(picture)),
    { target: { sharp: 0.1 }, bytesTarget: { sharp: 1.15 } },
  ),
];
