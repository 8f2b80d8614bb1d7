// What an engine answered for each file, as JSON lines. A peer's answers are kept: its version is pinned.

import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { each } from './command.mjs';
import { version } from './engines.mjs';
import { commandLane, engineLane } from './pool.mjs';

const folder = fileURLToPath(new URL('../../target/pdf-quality/results/', import.meta.url));
const LIMIT_MS = 8_000;

/** @typedef {import('./pool.mjs').Answer & { file: string, sha256: string }} Result */

/** @param {string} file @returns {Map<string, Result>} By digest. */
function kept(file) {
  if (!existsSync(file)) return new Map();
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return new Map(lines.map((line) => JSON.parse(line)).map((result) => [result.sha256, result]));
}

/**
 * @param {string} engine Its name; with `line`, the one to print.
 * @param {readonly import('./files.mjs').Document[]} documents
 * @param {object} options
 * @param {string} [options.line] A command in place of an engine of engines.mjs.
 * @param {number} options.maxPages
 * @param {number} options.jobs
 * @param {boolean} options.fresh Whether to ask again what is known.
 * @param {(done: number) => void} options.progress
 * @returns {Promise<Map<string, Result>>} By digest.
 */
export async function results(engine, documents, { line, maxPages, jobs, fresh, progress }) {
  mkdirSync(folder, { recursive: true });
  const pinned = line === undefined ? version(engine) : undefined;
  const title = `${engine}-${pinned ?? 'built'}-pages-${maxPages}`.replaceAll(/[^\w.-]+/g, '-');
  const file = join(folder, `${title}.jsonl`);
  const known = pinned && !fresh ? kept(file) : new Map();
  if (known.size === 0) writeFileSync(file, '');

  const left = documents.filter(({ sha256 }) => !known.has(sha256));
  const limits = { maxPages, limitMs: LIMIT_MS };
  const lanes = Array.from({ length: jobs }, () =>
    line === undefined ? engineLane(engine, limits) : commandLane(line, limits),
  );
  let done = documents.length - left.length;
  try {
    await each(left, jobs, async ({ path, name, sha256 }, lane) => {
      const result = { file: name, sha256, ...(await lanes[lane].read(path)) };
      known.set(sha256, result);
      appendFileSync(file, `${JSON.stringify(result)}\n`);
      progress(++done);
    });
  } finally {
    for (const lane of lanes) lane.close();
  }
  return known;
}
