// Pixels to compare with, by sharp, which the peers bring.

import { peer } from './peers/import.mjs';

/** @typedef {import('./ssim.mjs').Picture} Picture */

/** sharp, on one thread and without a memory of earlier calls. @returns {Promise<any>} */
export async function sharp() {
  const { default: api } = await peer('sharp');
  api.concurrency(1);
  api.cache(false);
  return api;
}

/**
 * A photograph as cameras and telephones write it: colours at half the size (4:2:0), which the generated ones are not.
 * Nothing but pixels stays, so that there is no orientation, which some peers do not look at.
 * @param {any} api
 * @param {Uint8Array} bytes
 * @param {object} [options] Of sharp's `jpeg`.
 */
export async function camera(api, bytes, options = {}) {
  const settings = { quality: 88, chromaSubsampling: '4:2:0', ...options };
  return new Uint8Array(await api(bytes).jpeg(settings).toBuffer());
}

/** @param {any} image Of sharp. @returns {Promise<Picture>} RGB, or grey. */
export async function pixels(image) {
  const { data, info } = await image.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels };
}

/**
 * Decoded whole, then resized with Lanczos3: what a fast thumbnail tries to look like.
 * @param {any} api
 * @param {Uint8Array} bytes
 * @param {number} width
 */
export async function reference(api, bytes, width) {
  const { data, ...raw } = await pixels(api(bytes).autoOrient());
  return pixels(api(data, { raw }).resize({ width }));
}
