// What poppler and MuPDF read on each page: the measure of all engines. Kept in target/pdf-quality, by the file's digest.
//
// Both programs print the appearances of annotations and form fields with a page's own text. Engines differ by design in
// whether they do, so a page where the appearances change the words of either program is judged by nobody. Which pages
// those are shows a copy of the file without /Annots.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command, each } from './command.mjs';
import { bag, f1, words } from './score.mjs';

const LIMIT_MS = 20_000;
const root = fileURLToPath(new URL('../../target/pdf-quality/', import.meta.url));

/**
 * @typedef {object} Reading
 * @property {'opened' | 'refused' | 'crashed' | 'hung'} status
 * @property {string[]} pages
 */

/**
 * @typedef {object} Oracle
 * @property {string} name
 * @property {Reading} poppler
 * @property {Reading} mupdf
 * @property {number[]} annotated Indices of pages whose words change with the appearances of annotations.
 */

/** Programs, their Debian packages, and what makes them tell their version. */
const TOOLS = [
  { program: 'pdftotext', debian: 'poppler-utils', ask: '-v' },
  { program: 'mutool', debian: 'mupdf-tools', ask: '-v' },
  { program: 'qpdf', debian: 'qpdf', ask: '--version' },
];

/** @returns {Record<string, string>} Versions by program. */
export function tools() {
  const missing = [];
  /** @type {Record<string, string>} */
  const versions = {};
  for (const { program, debian, ask } of TOOLS) {
    const { error, stdout, stderr } = spawnSync(program, [ask], { encoding: 'utf8' });
    if (error) missing.push(`${program} (Debian: apt-get install ${debian})`);
    else versions[program] = /\d+(\.\d+)+/.exec(`${stdout}${stderr}`)?.[0] ?? 'unknown';
  }
  if (missing.length > 0) throw new Error(`programs are missing: ${missing.join(', ')}`);
  return versions;
}

/** @param {string} path @param {number} maxPages @returns {Promise<Reading>} */
async function poppler(path, maxPages) {
  const limits = ['-enc', 'UTF-8', '-l', `${maxPages}`];
  const { status, output } = await command('pdftotext', [...limits, path, '-'], LIMIT_MS);
  // Every page ends with a form feed.
  return reading(status, output.split('\f').slice(0, -1));
}

/** @param {string} path @param {number} maxPages @returns {Promise<Reading>} */
async function mupdf(path, maxPages) {
  const parameters = ['draw', '-q', '-F', 'text', path, `1-${maxPages}`];
  const { status, output } = await command('mutool', parameters, LIMIT_MS);
  return reading(status, output.split('\f').slice(0, -1));
}

/**
 * @param {import('./command.mjs').Ended['status']} status
 * @param {string[]} pages
 * @returns {Reading} A program that ends badly after some pages has opened the file.
 */
function reading(status, pages) {
  if (status === 'crashed' || status === 'hung') return { status, pages };
  return { status: status === 'done' || pages.length > 0 ? 'opened' : 'refused', pages };
}

/**
 * The indices of the pages whose words change when no annotation is drawn. The copies are written by qpdf, unpacked, so
 * that the key can be renamed in place; of a file that it cannot write, only what is not packed is renamed.
 * @param {string} path
 * @param {string} scratch
 * @param {number} maxPages
 */
async function annotated(path, scratch, maxPages) {
  const whole = join(scratch, 'whole.pdf');
  const bare = join(scratch, 'bare.pdf');
  const unpack = ['--qdf', '--object-streams=disable', '--decrypt', '--no-warn', path, whole];
  const { code } = await command('qpdf', unpack, LIMIT_MS);
  // 3: written, with warnings.
  const written = (code === 0 || code === 3) && existsSync(whole);
  const bytes = readFileSync(written ? whole : path);
  const text = bytes.toString('latin1');
  const renamed = text.replaceAll('/Annots', '/Annotx');
  if (renamed === text) return [];
  writeFileSync(whole, bytes);
  writeFileSync(bare, renamed, 'latin1');
  /** @type {Set<number>} */
  const changed = new Set();
  for (const read of [poppler, mupdf]) {
    const [with_, without] = [await read(whole, maxPages), await read(bare, maxPages)];
    for (const [index, page] of with_.pages.entries()) {
      if (f1(bag(words(page)), bag(words(without.pages[index] ?? ''))) < 1) changed.add(index);
    }
  }
  return [...changed].sort((a, b) => a - b);
}

/** @param {string} path @param {string} name @param {number} maxPages @returns {Promise<Oracle>} */
async function ask(path, name, maxPages) {
  const scratch = mkdtempSync(join(tmpdir(), 'pdf-quality-'));
  try {
    return {
      name,
      poppler: await poppler(path, maxPages),
      mupdf: await mupdf(path, maxPages),
      annotated: await annotated(path, scratch, maxPages),
    };
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/**
 * @param {readonly import('./files.mjs').Document[]} documents
 * @param {{ maxPages: number, jobs: number, progress: (done: number) => void }} options
 * @returns {Promise<Map<string, Oracle>>} By digest.
 */
export async function oracles(documents, { maxPages, jobs, progress }) {
  const versions = tools();
  const named = Object.entries(versions).map(([program, version]) => `${program}-${version}`);
  const folder = join(root, `oracle-${named.join('-')}-pages-${maxPages}`);
  mkdirSync(folder, { recursive: true });
  /** @type {Map<string, Oracle>} */
  const known = new Map();
  let done = 0;
  await each(documents, jobs, async ({ path, name, sha256 }) => {
    const file = join(folder, `${sha256}.json`);
    if (!existsSync(file)) writeFileSync(file, JSON.stringify(await ask(path, name, maxPages)));
    known.set(sha256, JSON.parse(readFileSync(file, 'utf8')));
    progress(++done);
  });
  return known;
}
