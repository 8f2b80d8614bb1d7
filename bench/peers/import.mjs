// Resolves the peers: a module's imports are looked up beside the module, and the peers are installed here.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

// All that pdf.js 6 and unpdf, which are made for Node 22, miss on Node 20.
Promise.withResolvers ??= function withResolvers() {
  /** @type {any} */
  let resolve;
  /** @type {any} */
  let reject;
  const promise = new this((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
};

/**
 * @param {string} name Name of an installed peer, with or without a path inside of it.
 * @returns {Promise<any>} Its namespace.
 */
export async function peer(name) {
  try {
    return await import(name);
  } catch (thrown) {
    const error = /** @type {NodeJS.ErrnoException} */ (thrown);
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Error(`${name} is not installed: run \`npm ci\` in bench/peers (${error.message})`);
  }
}

/** @param {string} path A folder or file under node_modules. */
export const peerFolder = (path) => new URL(`./node_modules/${path}`, import.meta.url);

/** @returns {Record<string, string>} The pinned versions. */
export function peerVersions() {
  const manifest = readFileSync(new URL('./package.json', import.meta.url), 'utf8');
  return JSON.parse(manifest).dependencies;
}

/**
 * @param {string} name Name of an installed peer whose ES module is made for browsers alone.
 * @returns {any} What its CommonJS module exports.
 */
export const requiredPeer = (name) => createRequire(import.meta.url)(name);
