// Packs the package, installs the tarball into an empty project with no network, and uses it as a newcomer would.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const npm = fileURLToPath(new URL('../../npm', import.meta.url));

const programs = {
  'esm.mjs': `
import { configure, hash, image, pdf, zstd, info } from 'bytemill';
configure({ idleMs: 600_000 }); // idle workers must not keep the process alive
import { blake3HexSync } from 'bytemill/hash';
const bytes = new TextEncoder().encode('abc');
if (blake3HexSync(bytes) !== '6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85') throw new Error('digest');
if ((await hash.blake3Hex(bytes)) !== hash.blake3HexSync(bytes)) throw new Error('async digest');
const back = await zstd.decompress(zstd.compressSync(bytes));
if (new TextDecoder().decode(back) !== 'abc') throw new Error('round trip');
for (const call of [image.metadata(bytes), pdf.info(bytes)]) {
  const code = await call.then(() => 'accepted', (error) => error.code);
  if (!/^ERR_/.test(code)) throw new Error('code ' + code);
}
if (info().notices.length > 0) throw new Error(info().notices.join());
`,
  'cjs.cjs': `
const zstd = require('bytemill/zstd');
const { hash, BytemillError } = require('bytemill');
const bytes = new TextEncoder().encode('abc');
const back = zstd.decompressSync(zstd.compressSync(bytes));
if (Buffer.from(back).toString() !== 'abc') throw new Error('round trip');
try {
  zstd.decompressSync(bytes);
  throw new Error('accepted');
} catch (error) {
  if (!(error instanceof BytemillError) || !error.code.startsWith('ERR_')) throw error;
}
hash.blake3Hex(bytes).then((digest) => {
  if (!digest.startsWith('6437b3ac')) throw new Error(digest);
});
`,
  'without-workers.mjs': `
import { renameSync } from 'node:fs';
import { hash, info } from 'bytemill';
const file = new URL('./node_modules/bytemill/dist/worker.mjs', import.meta.url);
const away = new URL('./worker-away.mjs', import.meta.url);
renameSync(file, away);
try {
  const bytes = new TextEncoder().encode('abc');
  const digests = await hash.blake3HexBatch([bytes, bytes]);
  if (!digests.every((digest) => digest === hash.blake3HexSync(bytes))) throw new Error('digest');
  if (!info().notices.some((notice) => notice.includes('workers cannot be started'))) throw new Error('no notice');
} finally {
  renameSync(away, file);
}
`,
  'ready.mjs': `
// What ready() takes, what it refuses, and that a failure is not remembered.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { hash, image, pdf, zstd } from 'bytemill';
const file = (name) => createRequire(import.meta.url).resolve('bytemill/' + name + '.wasm');
const bytes = (name) => readFileSync(file(name));
const codeOf = (promise) => promise.then(() => 'accepted', (error) => error.code);
const refused = [
  [new URL('file:///nowhere/hash.wasm'), 'ERR_UNAVAILABLE'],
  [new Response('not found', { status: 404 }), 'ERR_UNAVAILABLE'],
  [Promise.resolve(new Response('no wasm')), 'ERR_UNAVAILABLE'],
  [new Uint8Array(8), 'ERR_UNAVAILABLE'],
  [{}, 'ERR_INVALID_ARGUMENT'],
  [7, 'ERR_INVALID_ARGUMENT'],
];
for (const [source, code] of refused) {
  const got = await codeOf(hash.ready(source));
  if (got !== code) throw new Error('expected ' + code + ', got ' + got);
}
await hash.ready(Promise.resolve(new Response(bytes('hash'))));
await zstd.ready(bytes('zstd'));
await image.ready(await WebAssembly.compile(bytes('image')));
await Promise.all([pdf.ready(new URL('file://' + file('pdf'))), pdf.ready()]);
await hash.ready();
const back = zstd.decompressSync(zstd.compressSync(new TextEncoder().encode('abc')));
if (hash.blake3HexSync(back).slice(0, 8) !== '6437b3ac') throw new Error('digest');
if ((await hash.blake3HexBatch([back]))[0].slice(0, 8) !== '6437b3ac') throw new Error('batch');
`,
  'lazy.mjs': `
// Importing every entry must compile nothing, read nothing, start nothing.
import fs from 'node:fs';
import threads from 'node:worker_threads';
const complaints = [];
const spy = (owner, name) => {
  const real = owner[name];
  owner[name] = (...words) => {
    complaints.push(name + ' ' + String(words[0]).slice(0, 80));
    return Reflect.construct(real, words);
  };
};
for (const name of ['Module', 'Instance', 'Memory', 'compile', 'instantiate']) spy(WebAssembly, name);
const readFileSync = fs.readFileSync;
fs.readFileSync = (path, ...rest) => {
  if (/\\\\.(wasm|node)$/.test(String(path))) complaints.push('read ' + path);
  return readFileSync(path, ...rest);
};
spy(threads, 'Worker');
for (const entry of ['', '/zstd', '/gzip', '/brotli', '/lz4', '/hash', '/dedup', '/image', '/pdf']) await import('bytemill' + entry);
if (process.getActiveResourcesInfo().some((name) => /Message|Timeout|Worker/.test(name))) complaints.push('handles');
if (complaints.length > 0) throw new Error(complaints.join());
`,
  'inline.mjs': `
import { blake3Hex, blake3HexSync } from 'bytemill/hash/inline';
const bytes = new TextEncoder().encode('abc');
if ((await blake3Hex(bytes)) !== blake3HexSync(bytes)) throw new Error('digest');
`,
};

/** The examples of the README and of every exported function: what people copy has to run. */
function examples() {
  const found = {};
  const readme = fileURLToPath(new URL('../../README.md', import.meta.url));
  const sources = readdirSync(join(npm, 'src')).filter((name) => name.endsWith('.ts'));
  for (const file of [readme, ...sources.map((name) => join(npm, 'src', name))]) {
    const text = readFileSync(file, 'utf8').replace(/^ ?\* ?/gm, '');
    for (const [, code] of text.matchAll(/^```(?:js|ts)\n([\s\S]*?)^```/gm)) {
      // An example of an error handler speaks of bytes that the reader has.
      const bytes = /\bbytes\b/.test(code) && !/const bytes/.test(code);
      const imports = /^import/m.test(code)
        ? ''
        : "import { BytemillError, zstd } from 'bytemill';\n";
      const given = bytes ? 'const bytes = zstd.compressSync(new Uint8Array(9));\n' : '';
      found[`example-${Object.keys(found).length}-${basename(file, '.ts')}.mjs`] =
        imports + given + code;
    }
  }
  if (Object.keys(found).length < 10) throw new Error('the examples were not found');
  return found;
}

/** Installs the tarball once and runs every program on every Node. */
export async function runPackaging(nodes, only) {
  if (!'packaging tarball'.includes(only) && only) return [];
  const folder = mkdtempSync(join(tmpdir(), 'bytemill-'));
  try {
    const tarball = pack(folder);
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    must(
      spawnSync('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], {
        cwd: folder,
        encoding: 'utf8',
      }),
    );
    const installed = readdirSync(join(folder, 'node_modules')).filter(
      (name) => !name.startsWith('.'),
    );
    if (installed.join() !== 'bytemill') throw new Error(`other packages came along: ${installed}`);
    const { scripts } = JSON.parse(
      readFileSync(join(folder, 'node_modules/bytemill/package.json'), 'utf8'),
    );
    if (scripts) throw new Error('the package has scripts');
    const files = { ...programs, ...examples() };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const vectors = fileURLToPath(new URL('../vectors/', import.meta.url));
    cpSync(join(vectors, 'image/rgb.jpg'), join(folder, 'photo.jpg'));
    cpSync(join(vectors, 'pdf/three-pages.pdf'), join(folder, 'report.pdf'));
    return nodes.map((node) => runPrograms(node, folder, Object.keys(files)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `npm pack`; the tarball holds no addon and no test module. */
function pack(folder) {
  const { stdout } = must(
    spawnSync('npm', ['pack', '--json', '--pack-destination', folder], {
      cwd: npm,
      encoding: 'utf8',
    }),
  );
  const [{ filename, files }] = JSON.parse(stdout);
  const odd = files.map(({ path }) => path).filter((path) => /selftest|\.node$|src\//.test(path));
  if (odd.length > 0) throw new Error(`the tarball holds ${odd}`);
  return join(folder, filename);
}

function runPrograms(node, folder, names) {
  const runtime = `tarball on Node ${spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim().slice(1)}`;
  const failed = names.filter((name) => {
    const { status, stderr } = spawnSync(node, [name], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 60_000,
    });
    if (status !== 0) console.error(`${runtime}: ${name}\n${stderr}`);
    return status !== 0;
  });
  return {
    runtime,
    backend: 'wasm',
    passed: names.length - failed.length,
    failed: failed.length,
  };
}

function must(result) {
  if (result.status !== 0) throw new Error(`${result.stderr || result.stdout || result.error}`);
  return result;
}
