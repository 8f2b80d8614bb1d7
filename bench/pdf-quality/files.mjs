// The files that engines are judged on: the conformance sets' PDFs, or those of any folder.

import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The sets' folder: what `BYTEMILL_SETS` names, or one beside the repository, as the crates' tests find it. */
const sets =
  process.env.BYTEMILL_SETS ?? fileURLToPath(new URL('../../../shared/sets', import.meta.url));

/** What has no PDF's name may still be one: the header stands within the first 1,024 bytes (ISO 32000-1, Annex H). */
const HEADER_BYTES = 1024;

/**
 * @typedef {object} Document
 * @property {string} path
 * @property {string} name Without its folder.
 * @property {string} sha256 Of its bytes, in hexadecimal digits.
 */

/** @param {string} path */
function isPdf(path) {
  if (path.toLowerCase().endsWith('.pdf')) return true;
  const head = Buffer.alloc(HEADER_BYTES);
  const file = openSync(path, 'r');
  try {
    return head.subarray(0, readSync(file, head)).includes('%PDF-');
  } finally {
    closeSync(file);
  }
}

/**
 * @param {string} [folder] Read with the folders in it; without one, the sets' PDFs.
 * @returns {Document[] | undefined} In the order of their names; `undefined` where there is no folder.
 */
export function documents(folder = join(sets, 'pdf')) {
  if (!existsSync(folder)) return undefined;
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter(isPdf)
    .sort()
    .map((path) => {
      const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
      return { path, name: basename(path), sha256 };
    });
}
