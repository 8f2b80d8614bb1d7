// The demo behind `npm start`: real-looking photos, logs and reports through all four families of the built package,
// on all cores. Every result is verified before its row is printed.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hash, image, info, pdf, zstd } from '../npm/dist/index.mjs';
import { jpegSize } from './jpeg-size.mjs';
import { Progress, table } from './terminal.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const input = join(here, 'input');
const output = join(here, 'output');
const WIDTH = 320;

/** Makes the inputs, once. */
function generate() {
  if (existsSync(join(input, 'expected.json'))) return;
  console.error('\u2022 generating photos, logs and reports');
  const sizes =
    '--photos 16 --megapixels 4 --logs 24 --log-bytes 2400000 --pdfs 24 --pdf-pages 12'.split(' ');
  const cargo = ['run', '--quiet', '--package', 'bytemill-fixtures', '--', input, ...sizes];
  const { status } = spawnSync('cargo', cargo, { cwd: dirname(here), stdio: 'inherit' });
  if (status !== 0) throw new Error('the inputs could not be generated');
}

const read = (folder) =>
  readdirSync(join(input, folder))
    .sort()
    .map((file) => ({ file, bytes: new Uint8Array(readFileSync(join(input, folder, file))) }));
const total = (list) => list.reduce((sum, { byteLength }) => sum + byteLength, 0);

function must(condition, what) {
  if (!condition) throw new Error(`verification failed: ${what}`);
}

/** Runs one operation over all items, keeps the clock, verifies, and gives back a row of the table. */
async function measure(name, items, run, verify) {
  const progress = new Progress(name, items.length);
  const { counters: before } = info();
  const start = performance.now();
  const results = await Promise.all(
    items.map(async (item) => {
      const result = await run(item);
      progress.step();
      return result;
    }),
  );
  const ms = performance.now() - start;
  progress.end();
  results.forEach((result, index) => {
    verify(result, items[index], index);
  });
  const megabytesIn = total(items) / 1e6;
  const bytesOut = results.reduce((sum, result) => sum + (result.byteLength ?? result.length), 0);
  const { counters } = info();
  return {
    results,
    row: {
      operation: name,
      items: items.length,
      'MB in': megabytesIn.toFixed(1),
      'MB out': (bytesOut / 1e6).toFixed(1),
      ms: ms.toFixed(0),
      'MB/s': ((megabytesIn * 1000) / ms).toFixed(0),
      threads: Math.min(items.length, info().concurrency),
      batches: counters.batches - before.batches,
    },
  };
}

async function main() {
  generate();
  const expected = JSON.parse(readFileSync(join(input, 'expected.json'), 'utf8'));
  const photos = read('photos');
  const logs = read('logs');
  const reports = read('pdfs');
  const rows = [];
  const bytes = (list) => list.map((one) => one.bytes);

  const hashed = await measure(
    'hash.blake3Hex',
    bytes(logs),
    (log) => hash.blake3Hex(log),
    (digest, _, index) => {
      must(digest === expected.logs[index].blake3, `digest of ${logs[index].file}`);
    },
  );
  const packed = await measure(
    'zstd.compress',
    bytes(logs),
    (log) => zstd.compress(log),
    (frame, log, index) => {
      must(frame.length < log.length / 2, `${logs[index].file} should shrink to less than half`);
    },
  );
  const unpacked = await measure(
    'zstd.decompress',
    packed.results,
    (frame) => zstd.decompress(frame),
    (log, _, index) => {
      must(
        hash.blake3HexSync(log) === expected.logs[index].blake3,
        `round trip of ${logs[index].file}`,
      );
    },
  );
  const small = await measure(
    'image.thumbnail',
    bytes(photos),
    (photo) => image.thumbnail(photo, { width: WIDTH, height: WIDTH }),
    (thumbnail, _, index) => {
      const { width, height } = jpegSize(thumbnail);
      const photo = expected.photos[index];
      const scale = WIDTH / Math.max(photo.width, photo.height);
      must(Math.max(width, height) === WIDTH, `the long side of ${photo.file}`);
      must(
        Math.abs(width - photo.width * scale) <= 1 && Math.abs(height - photo.height * scale) <= 1,
        `shape of ${photo.file}`,
      );
    },
  );
  const texts = await measure(
    'pdf.extractText',
    bytes(reports),
    (report) => pdf.extractText(report),
    (text, _, index) => {
      const pages = text.split('\f');
      const { file, pages: count, marker_per_page: markers } = expected.pdfs[index];
      must(pages.length === count, `${file} should have ${count} pages, not ${pages.length}`);
      markers.forEach((marker, page) => {
        must(pages[page].includes(marker), `page ${page + 1} of ${file}`);
      });
    },
  );
  rows.push(hashed.row, packed.row, unpacked.row, small.row, texts.row);

  const big = new Uint8Array(64 << 20).map((_, index) => index);
  const large = await measure(
    'hash.blake3Hex, 64 MiB',
    [big],
    (one) => hash.blake3Hex(one),
    (digest) => {
      must(digest === hash.blake3HexSync(big), 'digest of the large input');
    },
  );
  large.row.threads = info().threads === true ? info().concurrency : 1;
  rows.push(large.row);

  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  small.results.forEach((thumbnail, index) => {
    writeFileSync(join(output, photos[index].file), thumbnail);
  });

  const { version, threads } = info();
  console.log(
    `\nbytemill ${version} on Node ${process.versions.node}, ${availableParallelism()} cores, every result verified\n`,
  );
  console.log(table(rows));
  if (threads !== true) console.log(`\nOne large input ran on one core: ${threads}.`);
  console.log(`\n${small.results.length} thumbnails are in ${relative(process.cwd(), output)}`);
}

await main();
