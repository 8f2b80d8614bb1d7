// Gives the demo's page a file of 1 GB and looks at what it says: the right digest and chunks, in 64 MiB of WebAssembly
// memory, with threads and with workers.
//
//   node test/page/run.mjs --chromium=PATH [--bytes=N] [--screenshot=FOLDER]

import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { serve } from '../../demo/file/serve.mjs';
import { dedup, hash } from '../../npm/dist/index.mjs';
import { quietly } from '../runtime/chromium/flags.mjs';

const option = (name, otherwise) =>
  process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3) ?? otherwise;
const BYTES = Number(option('bytes', '1000000000'));
const MEMORY_BYTES = 64 << 20;
const PIECE_BYTES = 8 << 20;
const LIMIT_MS = 300_000;

/** Pieces that differ, of bytes without a pattern. */
function* pieces() {
  const words = new Uint32Array(PIECE_BYTES / 4);
  let state = 1;
  for (let at = 0; at < BYTES; at += PIECE_BYTES) {
    for (let word = 0; word < words.length; word++) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      words[word] = state;
    }
    yield new Uint8Array(words.buffer, 0, Math.min(PIECE_BYTES, BYTES - at));
  }
}

/** Writes the file; gives back what the page should say of it. */
async function make(path) {
  const file = openSync(path, 'w');
  const hasher = hash.createBlake3();
  async function* written() {
    for (const piece of pieces()) {
      writeSync(file, piece);
      hasher.update(piece);
      yield piece;
    }
  }
  const { count, root } = await dedup.chunkStream(written());
  closeSync(file);
  return { digest: hasher.digestHex(), count, root: Buffer.from(root).toString('hex') };
}

/** Everything that is wrong with what a page says. */
function complaints(expected, { digest, count, root, peak }) {
  return [
    digest !== expected.digest && `the digest is ${digest}, expected ${expected.digest}`,
    count !== expected.count && `${count} chunks, expected ${expected.count}`,
    root !== expected.root && `the root is ${root}, expected ${expected.root}`,
    !(peak > 0 && peak <= MEMORY_BYTES) &&
      `${peak} bytes of memory, expected ${MEMORY_BYTES} at most`,
  ].filter(Boolean);
}

async function visit(browser, path, isolated) {
  const server = await serve({ isolated });
  const page = await browser.newPage();
  page.setDefaultTimeout(LIMIT_MS);
  try {
    await page.goto(server.address);
    await page.setInputFiles('#file', path);
    await page.waitForSelector('table, #complaint:not([hidden])');
    const complaint = await page.textContent('#complaint');
    if (complaint) throw new Error(complaint);
    const shots = option('screenshot');
    const name = isolated ? 'isolated.png' : 'not-isolated.png';
    if (shots) await page.screenshot({ path: join(shots, name), fullPage: true });
    return JSON.parse(await page.getAttribute('table', 'data-outcome'));
  } finally {
    await page.close();
    server.close();
  }
}

const folder = mkdtempSync(join(tmpdir(), 'bytemill-page-'));
const browser = await chromium.launch({ executablePath: option('chromium'), args: quietly });
const rows = [];
try {
  const path = join(folder, 'large.bin');
  const expected = await make(path);
  for (const isolated of [true, false]) {
    const found = await visit(browser, path, isolated).then(
      (outcome) => {
        const { ms, peak } = outcome;
        console.error(
          `a file of ${BYTES} bytes, ${isolated ? 'isolated' : 'not isolated'}: ${(ms / 1000).toFixed(1)} s, ${(peak / 2 ** 20).toFixed(1)} MiB`,
        );
        return complaints(expected, outcome);
      },
      (error) => [String(error)],
    );
    for (const complaint of found) console.error(`large file, isolated: ${isolated}: ${complaint}`);
    const failed = found.length > 0 ? 1 : 0;
    const runtime = `page with a large file${isolated ? ', isolated' : ''}`;
    rows.push({ runtime, backend: 'auto', passed: 1 - failed, failed });
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
console.log(JSON.stringify(rows));
process.exit(rows.some(({ failed }) => failed > 0) ? 1 : 0);
