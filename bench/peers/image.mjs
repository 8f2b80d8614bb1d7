// Other packages for images, each brought to the same few functions. Loops and copies that a user would have to write
// are inside of them.

import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { peer, peerFolder } from './import.mjs';

/** @typedef {import('../ssim.mjs').Picture} Picture */
/** @typedef {'jpeg' | 'png' | 'webp'} Format */

/**
 * What a package can do; what it cannot is missing. Results may be promises.
 * @typedef {object} ImagePeer
 * @property {(bytes: Uint8Array, width: number, quality: number) => unknown} [thumbnail] JPEG to JPEG.
 * @property {Partial<Record<Format, (bytes: Uint8Array) => unknown>>} [decode] To a {@link Picture}.
 * @property {(picture: Picture) => unknown} [png]
 * @property {(picture: Picture, quality: number) => unknown} [webp]
 * @property {(picture: Picture) => unknown} [webpLossless]
 * @property {any} [api] sharp itself, where more of it is needed.
 */

const buffer = (/** @type {Uint8Array | Uint8ClampedArray} */ bytes) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** @type {Record<string, () => Promise<ImagePeer> | ImagePeer>} */
const LOADERS = {
  sharp: async () => sharpPeer((await peer('sharp')).default),
  'sharp-wasm32': () => sharpPeer(sharpOverWasm()),
  'wasm-vips': wasmVips,
  jsquash,
  photon,
  jimp,
};

/** @type {Promise<{ peers: Record<string, ImagePeer>, absent: Record<string, string> }> | undefined} */
let loaded;

/** Loads all packages once. One that cannot be loaded is absent, with the reason. */
export function imagePeers() {
  loaded ??= (async () => {
    /** @type {Record<string, ImagePeer>} */
    const peers = {};
    /** @type {Record<string, string>} */
    const absent = {};
    for (const [name, load] of Object.entries(LOADERS)) {
      try {
        peers[name] = await load();
      } catch (error) {
        absent[name] = error instanceof Error ? error.message.split('\n')[0] : String(error);
      }
    }
    return { peers, absent };
  })();
  return loaded;
}

/** What some packages want: four channels. @param {Picture} picture */
function rgba({ width, height, channels, data }) {
  const pixels = new Uint8ClampedArray(4 * width * height);
  for (let at = 0, from = 0; at < pixels.length; at += 4, from += channels) {
    pixels[at] = data[from];
    pixels[at + 1] = data[from + 1];
    pixels[at + 2] = data[from + 2];
    pixels[at + 3] = channels === 4 ? data[from + 3] : 255;
  }
  return { data: pixels, width, height };
}

/** @param {any} sharp @returns {ImagePeer} */
function sharpPeer(sharp) {
  sharp.concurrency(1);
  sharp.cache(false);
  const raw = (/** @type {Picture} */ { width, height, channels, data }) =>
    sharp(data, { raw: { width, height, channels } });
  const decode = async (/** @type {Uint8Array} */ bytes) => {
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height, channels: info.channels };
  };
  return {
    thumbnail: (bytes, width, quality) =>
      sharp(bytes).autoOrient().resize({ width }).jpeg({ quality }).toBuffer(),
    decode: { jpeg: decode, png: decode, webp: decode },
    png: (picture) => raw(picture).png().toBuffer(),
    webp: (picture, quality) => raw(picture).webp({ quality }).toBuffer(),
    webpLossless: (picture) => raw(picture).webp({ lossless: true }).toBuffer(),
    api: sharp,
  };
}

/** A second sharp that does not find its native half, and falls back to WebAssembly as it does where there is none. */
function sharpOverWasm() {
  const require = createRequire(import.meta.url);
  const internals = /** @type {any} */ (Module);
  const load = internals._load;
  // Not the resolver: what the first sharp loaded is found without it.
  internals._load = (/** @type {string} */ request, /** @type {any[]} */ ...rest) => {
    if (/^@img\/sharp-(?!wasm32).*\.node$/.test(request)) {
      throw Object.assign(new Error(request), { code: 'MODULE_NOT_FOUND' });
    }
    return load(request, ...rest);
  };
  try {
    const sharp = require('sharp');
    if (!Object.keys(require.cache).some((path) => path.includes('sharp-wasm32'))) {
      throw new Error('sharp did not fall back to WebAssembly');
    }
    return sharp;
  } finally {
    internals._load = load;
  }
}

/** @returns {Promise<ImagePeer>} */
async function wasmVips() {
  const { default: Vips } = await peer('wasm-vips');
  const vips = await Vips({ dynamicLibraries: [] });
  vips.concurrency(1);
  vips.Cache.max(0);
  /** Runs with an image, which is freed whatever happens. */
  const using = (/** @type {any} */ image, /** @type {(image: any) => any} */ use) => {
    try {
      return use(image);
    } finally {
      image.delete();
    }
  };
  const decode = (/** @type {Uint8Array} */ bytes) =>
    using(vips.Image.newFromBuffer(bytes), (image) => ({
      data: image.writeToMemory(),
      width: image.width,
      height: image.height,
      channels: image.bands,
    }));
  const encode = (
    /** @type {Picture} */ { width, height, channels, data },
    /** @type {string} */ suffix,
    /** @type {object} */ options,
  ) =>
    using(vips.Image.newFromMemory(data, width, height, channels, 'uchar'), (image) =>
      using(image.copy({ interpretation: 'srgb' }), (colours) =>
        colours.writeToBuffer(suffix, options),
      ),
    );
  return {
    thumbnail: (bytes, width, quality) =>
      using(vips.Image.thumbnailBuffer(bytes, width, { height: 1e6 }), (image) =>
        image.writeToBuffer('.jpg', { Q: quality }),
      ),
    decode: { jpeg: decode, png: decode, webp: decode },
    png: (picture) => encode(picture, '.png', {}),
    webp: (picture, quality) => encode(picture, '.webp', { Q: quality }),
    webpLossless: (picture) => encode(picture, '.webp', { lossless: true }),
  };
}

/** Its codecs want what browsers have: modules by `fetch`, and `ImageData`. @returns {Promise<ImagePeer>} */
async function jsquash() {
  const global = /** @type {any} */ (globalThis);
  global.ImageData ??= class ImageData {
    constructor(
      /** @type {Uint8ClampedArray} */ data,
      /** @type {number} */ width,
      /** @type {number} */ height = data.length / 4 / width,
    ) {
      Object.assign(this, { data, width, height });
    }
  };
  const wasm = (/** @type {string} */ path) =>
    new WebAssembly.Module(readFileSync(peerFolder(`@jsquash/${path}`)));
  const load = async (/** @type {string} */ path, /** @type {string} */ module) => {
    const codec = await peer(`@jsquash/${path}.js`);
    await codec.init(wasm(module));
    return codec.default;
  };
  const [decodeJpeg, encodeJpeg, decodePng, encodePng, decodeWebp, encodeWebp] = [
    await load('jpeg/decode', 'jpeg/codec/dec/mozjpeg_dec.wasm'),
    await load('jpeg/encode', 'jpeg/codec/enc/mozjpeg_enc.wasm'),
    await load('png/decode', 'png/codec/pkg/squoosh_png_bg.wasm'),
    await load('png/encode', 'png/codec/pkg/squoosh_png_bg.wasm'),
    await load('webp/decode', 'webp/codec/dec/webp_dec.wasm'),
    await load('webp/encode', 'webp/codec/enc/webp_enc_simd.wasm'),
  ];
  const { default: resize, initResize } = await peer('@jsquash/resize/index.js');
  await initResize(wasm('resize/lib/resize/pkg/squoosh_resize_bg.wasm'));

  const decoder =
    (/** @type {(bytes: Uint8Array) => Promise<any>} */ decode) =>
    async (/** @type {Uint8Array} */ bytes) => {
      const { data, width, height } = await decode(bytes);
      return { data, width, height, channels: 4 };
    };
  const bytes = async (/** @type {Promise<ArrayBuffer>} */ encoded) =>
    new Uint8Array(await encoded);
  return {
    async thumbnail(file, width, quality) {
      const image = await decodeJpeg(file);
      const height = Math.round((image.height * width) / image.width);
      // Neither linear light nor alpha: what the others do too.
      const plain = { premultiply: false, linearRGB: false };
      const small = await resize(image, { width, height, ...plain });
      return bytes(encodeJpeg(small, { quality }));
    },
    decode: { jpeg: decoder(decodeJpeg), png: decoder(decodePng), webp: decoder(decodeWebp) },
    png: (picture) => bytes(encodePng(rgba(picture))),
    webp: (picture, quality) => bytes(encodeWebp(rgba(picture), { quality })),
    webpLossless: (picture) => bytes(encodeWebp(rgba(picture), { lossless: 1, quality: 75 })),
  };
}

/** @returns {Promise<ImagePeer>} */
async function photon() {
  const { default: lib } = await peer('@silvia-odwyer/photon-node');
  const decode = (/** @type {Uint8Array} */ bytes) => {
    const image = lib.PhotonImage.new_from_byteslice(bytes);
    const [width, height] = [image.get_width(), image.get_height()];
    const data = image.get_raw_pixels();
    image.free();
    return { data, width, height, channels: 4 };
  };
  return {
    thumbnail(bytes, width, quality) {
      const image = lib.PhotonImage.new_from_byteslice(bytes);
      const height = Math.round((image.get_height() * width) / image.get_width());
      const small = lib.resize(image, width, height, lib.SamplingFilter.Lanczos3);
      const file = small.get_bytes_jpeg(quality);
      image.free();
      small.free();
      return file;
    },
    decode: { jpeg: decode, png: decode, webp: decode },
  };
}

/** @returns {Promise<ImagePeer>} */
async function jimp() {
  const { Jimp } = await peer('jimp');
  const decode = async (/** @type {Uint8Array} */ bytes) => {
    const { data, width, height } = (await Jimp.read(buffer(bytes))).bitmap;
    return { data, width, height, channels: 4 };
  };
  return {
    async thumbnail(bytes, width, quality) {
      const image = await Jimp.read(buffer(bytes));
      image.resize({ w: width });
      return image.getBuffer('image/jpeg', { quality });
    },
    decode: { jpeg: decode, png: decode },
    png(picture) {
      const { data, width, height } = rgba(picture);
      return Jimp.fromBitmap({ data: buffer(data), width, height }).getBuffer('image/png');
    },
  };
}
