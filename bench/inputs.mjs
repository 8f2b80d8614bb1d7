// Inputs of the benchmarks, the same bytes on every run and machine. Text is made here; photographs and reports
// come from xtask/fixtures and are kept in bench/.build/inputs.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, 'bench/.build/inputs');
const utf8 = new TextEncoder();

/**
 * Mulberry32: small, fast, and equal everywhere.
 * @param {number} seed
 */
export function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  /** A whole number below `limit`. */
  const below = (/** @type {number} */ limit) => Math.floor((next() / 2 ** 32) * limit);
  return {
    next,
    below,
    /** One of a list; the earlier ones more often, as with words. */
    pick: (/** @type {readonly string[]} */ list) =>
      list[Math.floor((next() / 2 ** 32) ** 2 * list.length)],
    hex: (/** @type {number} */ digits) =>
      Array.from({ length: digits }, () => below(16).toString(16)).join(''),
  };
}

/** Incompressible bytes. @param {number} length @param {number} [seed] */
export function randomBytes(length, seed = 1) {
  const { next } = random(seed);
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at++) bytes[at] = next() & 255;
  return bytes;
}

const LEVELS = ['info', 'info', 'debug', 'warn', 'error'];
const METHODS = ['GET', 'GET', 'POST', 'PUT', 'DELETE'];
const ROUTES = ['orders', 'users', 'search', 'assets', 'carts', 'sessions', 'invoices', 'health'];
const SERVICES = ['gateway', 'catalogue', 'billing', 'mailer', 'worker', 'auth'];
const NOTES = [
  'request completed',
  'cache miss, asking origin',
  'slow query',
  'retrying after timeout',
  'token refreshed',
  'payload rejected by schema',
  'connection reset by peer',
];

/** Structured log lines (JSON), cut at `length` bytes. @param {number} length @param {number} [seed] */
export function logLines(length, seed = 2) {
  const { below, pick, hex } = random(seed);
  let time = Date.UTC(2026, 0, 31, 12);
  return fill(length, () => {
    time += below(40);
    const line = {
      time: new Date(time).toISOString(),
      level: pick(LEVELS),
      service: pick(SERVICES),
      trace: hex(16),
      msg: pick(NOTES),
      method: pick(METHODS),
      path: `/api/v2/${pick(ROUTES)}/${below(90_000)}`,
      status: [200, 200, 200, 201, 304, 404, 500][below(7)],
      bytes: below(20_000),
      ms: below(90_000) / 100,
    };
    return `${JSON.stringify(line)}\n`;
  });
}

const SYLLABLES = [
  're',
  'co',
  'ta',
  'in',
  'de',
  'ser',
  'mul',
  'ver',
  'per',
  'lo',
  'an',
  'ti',
  'si',
];
const TYPES = ['u32', 'usize', '&[u8]', 'bool', 'Vec<u8>', 'Option<usize>', 'u64'];
const OPERATORS = ['+', '-', '*', '&', '>>', '<<', '^'];

/** Text that looks like source code, cut at `length` bytes. @param {number} length @param {number} [seed] */
export function sourceText(length, seed = 3) {
  const { below, pick } = random(seed);
  const words = Array.from({ length: 2500 }, () =>
    Array.from({ length: 1 + below(4) }, () => SYLLABLES[below(SYLLABLES.length)]).join(''),
  );
  const name = () => (below(3) === 0 ? `${pick(words)}_${pick(words)}` : pick(words));
  const value = () => (below(3) === 0 ? `${below(256)}` : name());
  const statement = () => {
    switch (below(6)) {
      case 0:
        return `let ${name()} = ${name()}.${name()}(${value()});`;
      case 1:
        return `if ${name()} < ${value()} {\n        return Err(Error::${name()});\n    }`;
      case 2:
        return `for ${name()} in ${value()}..self.${name()}.len() {\n        ${name()}();\n    }`;
      case 3:
        return `self.${name()}[${value()}] = ${name()} ${pick(OPERATORS)} ${value()};`;
      case 4:
        return `// ${Array.from({ length: 4 + below(9) }, () => pick(words)).join(' ')}.`;
      default:
        return `${name()} ${pick(OPERATORS)}= ${name()}(${name()}, ${value()});`;
    }
  };
  return fill(length, () => {
    const body = Array.from({ length: 2 + below(8) }, () => `    ${statement()}\n`).join('');
    const comment = Array.from({ length: 6 + below(8) }, () => pick(words)).join(' ');
    const head = `pub fn ${name()}(${name()}: ${pick(TYPES)}) -> ${pick(TYPES)}`;
    return `/// ${comment}.\n${head} {\n${body}}\n\n`;
  });
}

/** JSON messages of about 1 KB, as in a queue or a cache. @param {number} count @param {number} [seed] */
export function messages(count, seed = 4) {
  const { below, pick, hex } = random(seed);
  return Array.from({ length: count }, (_, index) => {
    const items = Array.from({ length: 7 + below(4) }, () => ({
      sku: hex(10).toUpperCase(),
      name: `${pick(NOTES)} ${pick(ROUTES)}`,
      quantity: 1 + below(9),
      price: below(100_000) / 100,
    }));
    const message = {
      id: `${hex(8)}-${hex(4)}-${hex(12)}`,
      sequence: 1_000_000 + index,
      type: `${pick(SERVICES)}.${pick(ROUTES)}.created`,
      customer: { id: below(1_000_000), country: pick(['DE', 'FR', 'US', 'JP', 'BR']) },
      items,
      note: Array.from({ length: 3 + below(3) }, () => pick(NOTES)).join('; '),
    };
    return utf8.encode(JSON.stringify(message));
  });
}

/** Source code that people wrote: the beginning of TypeScript's compiler. @param {number} length */
export function realSource(length) {
  const path = join(root, 'node_modules/typescript/lib/typescript.js');
  return new Uint8Array(readFileSync(path).subarray(0, length));
}

/** Machine code: out of the middle of the library that sharp brings, or of this very Node. @param {number} length */
export function machineCode(length) {
  const folder = join(root, 'bench/peers/node_modules/@img/sharp-libvips-linux-x64/lib');
  const library = existsSync(folder)
    ? readdirSync(folder).find((name) => name.startsWith('libvips-cpp'))
    : undefined;
  const bytes = readFileSync(library ? join(folder, library) : process.execPath);
  const start = Math.min(4 << 20, Math.max(0, bytes.length - length));
  return new Uint8Array(bytes.subarray(start, start + length));
}

/**
 * A JPEG as a camera makes it, 4:3, baseline, but with colours at full size (4:4:4).
 * @param {number} megapixels
 */
export const photo = (megapixels) => photos(1, megapixels)[0];

/**
 * Several of them, each of another scene.
 * @param {number} count
 * @param {number} megapixels
 */
export function photos(count, megapixels) {
  const folder = join(fixtures({ photos: count, megapixels }), 'photos');
  const files = readdirSync(folder).filter((file) => file.endsWith('.jpg'));
  return files.toSorted().map((file) => new Uint8Array(readFileSync(join(folder, file))));
}

/**
 * A report of several pages of text, and a text that has to be found on each page.
 * @param {number} pages
 */
export function report(pages) {
  const folder = fixtures({ pdfs: 1, 'pdf-pages': pages });
  const [{ marker_per_page: markers }] = JSON.parse(
    readFileSync(join(folder, 'expected.json'), 'utf8'),
  ).pdfs;
  const bytes = new Uint8Array(readFileSync(join(folder, 'pdfs/report-001.pdf')));
  return { bytes, markers: /** @type {string[]} */ (markers) };
}

/**
 * Text from pieces, cut to a length.
 * @param {number} length
 * @param {() => string} piece
 */
function fill(length, piece) {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; )
    at += utf8.encodeInto(piece(), bytes.subarray(at)).written || length;
  return bytes;
}

/**
 * A folder that the fixtures program wrote with these options; kept until its sources change.
 * @param {Record<string, number>} options
 */
function fixtures(options) {
  const wishes = { photos: 0, logs: 0, pdfs: 0, ...options };
  const label = Object.entries(options).map(([name, value]) => `${name}-${value}`);
  const place = join(cache, label.join('-'));
  const folder = join(place, fixturesVersion());
  if (existsSync(join(folder, 'expected.json'))) return folder;
  rmSync(place, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const words = Object.entries(wishes).flatMap(([name, value]) => [`--${name}`, `${value}`]);
  const program = 'run --quiet --package bytemill-fixtures --'.split(' ');
  const PATH = [process.env.PATH, join(homedir(), '.cargo/bin')].join(delimiter);
  console.error(`making inputs: ${label.join(', ')}`);
  execFileSync('cargo', [...program, folder, ...words], {
    cwd: root,
    env: { ...process.env, PATH },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return folder;
}

/** Changes with the program that writes the inputs. */
function fixturesVersion() {
  const sources = join(root, 'xtask/fixtures/src');
  const digest = createHash('sha256');
  const files = readdirSync(sources).filter((file) => file.endsWith('.rs'));
  for (const file of files.toSorted()) digest.update(readFileSync(join(sources, file)));
  return digest.digest('hex').slice(0, 12);
}
