// The built package, as its users get it. A family that is not built is missing here, and its cases say so.

/** @type {any} */
export const bytemill = await import('../npm/dist/index.mjs').catch((error) => {
  throw new Error(`npm/dist is not built: run \`npm run build\` (${error.message})`);
});

/**
 * @param {string} family
 * @returns {string | undefined}
 */
export const missing = (family) =>
  bytemill[family] ? undefined : `npm/dist has no ${family}: run \`npm run build\``;
