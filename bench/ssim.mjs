// How alike two pictures look: structural similarity (Wang, Bovik, Sheikh and Simoncelli 2004) of their luma.

/**
 * @typedef {object} Picture
 * @property {number} width
 * @property {number} height
 * @property {number} channels 1 grey, 3 RGB or 4 RGB and alpha, which is not looked at.
 * @property {Uint8Array | Uint8ClampedArray} data
 */

const WINDOW = 8;
/** Windows overlap by half. */
const STEP = 4;
const C1 = (0.01 * 255) ** 2;
const C2 = (0.03 * 255) ** 2;

/**
 * Luma of ITU-R BT.601.
 * @param {Picture} picture
 */
function luma({ width, height, channels, data }) {
  const plane = new Float32Array(width * height);
  for (let at = 0, from = 0; at < plane.length; at++, from += channels) {
    plane[at] =
      channels < 3
        ? data[from]
        : 0.299 * data[from] + 0.587 * data[from + 1] + 0.114 * data[from + 2];
  }
  return plane;
}

/**
 * The mean over windows of 8 x 8 pixels: 1 for the same picture, near 0 for two that have nothing in common.
 * @param {Picture} one
 * @param {Picture} other
 */
export function ssim(one, other) {
  if (one.width !== other.width || one.height !== other.height) {
    throw new Error(
      `expected ${other.width} x ${other.height} pixels, got ${one.width} x ${one.height}`,
    );
  }
  const { width, height } = one;
  const [a, b] = [luma(one), luma(other)];
  const count = WINDOW * WINDOW;
  let sum = 0;
  let windows = 0;
  for (let top = 0; top + WINDOW <= height; top += STEP) {
    for (let left = 0; left + WINDOW <= width; left += STEP) {
      let [sumA, sumB, squareA, squareB, product] = [0, 0, 0, 0, 0];
      for (let y = top; y < top + WINDOW; y++) {
        for (let at = y * width + left; at < y * width + left + WINDOW; at++) {
          sumA += a[at];
          sumB += b[at];
          squareA += a[at] * a[at];
          squareB += b[at] * b[at];
          product += a[at] * b[at];
        }
      }
      const [meanA, meanB] = [sumA / count, sumB / count];
      const variance = squareA / count - meanA ** 2 + squareB / count - meanB ** 2;
      const covariance = product / count - meanA * meanB;
      sum +=
        ((2 * meanA * meanB + C1) * (2 * covariance + C2)) /
        ((meanA ** 2 + meanB ** 2 + C1) * (variance + C2));
      windows++;
    }
  }
  if (windows === 0) throw new Error(`expected ${WINDOW} x ${WINDOW} pixels or more`);
  return sum / windows;
}

/**
 * Mean difference of the samples of two pictures of one size, of 255; alpha of either is not looked at.
 * @param {Picture} one
 * @param {Picture} other
 */
export function meanDifference(one, other) {
  const colours = Math.min(one.channels, other.channels, 3);
  let sum = 0;
  for (let pixel = 0; pixel < one.width * one.height; pixel++) {
    for (let channel = 0; channel < colours; channel++) {
      const [a, b] = [pixel * one.channels + channel, pixel * other.channels + channel];
      sum += Math.abs(one.data[a] - other.data[b]);
    }
  }
  return sum / (one.width * one.height * colours);
}

/**
 * Throws unless the measure is 1 for a picture and itself, and less the more it is changed.
 * @param {Picture} picture
 */
export function checkMeasure(picture) {
  const changed = (/** @type {number} */ by) => ({
    ...picture,
    data: picture.data.map((value, at) => value + (Math.imul(at, 0x9e3779b1) >>> 31 ? by : -by)),
  });
  const same = ssim(picture, { ...picture, data: picture.data.slice() });
  const [little, much] = [ssim(changed(2), picture), ssim(changed(40), picture)];
  if (Math.abs(same - 1) > 1e-6 || !(same > little && little > much && much > -1)) {
    throw new Error(`SSIM is wrong: ${same}, ${little}, ${much}`);
  }
}
