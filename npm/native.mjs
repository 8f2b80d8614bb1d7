// Makes the packages of the native build: `@bytemill/native`, which picks the addon of the machine that it runs on, and
// one package per platform with nothing in it but that addon, named as @napi-rs/cli names them.
//
//   node npm/native.mjs OUT_DIR [ADDON.node]…     e.g. npm/native/bytemill.linux-x64-gnu.node
//
// `npm install @bytemill/native` then brings the one addon that fits, by its `os`, `cpu` and `libc`.

import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '..');

/** What npm needs to know of a platform. The workflow `release` builds each. */
export const platforms = {
  'linux-x64-gnu': { os: ['linux'], cpu: ['x64'], libc: ['glibc'] },
  'linux-arm64-gnu': { os: ['linux'], cpu: ['arm64'], libc: ['glibc'] },
  'darwin-x64': { os: ['darwin'], cpu: ['x64'] },
  'darwin-arm64': { os: ['darwin'], cpu: ['arm64'] },
  'win32-x64-msvc': { os: ['win32'], cpu: ['x64'] },
};

const { version, license, repository, homepage, bugs, engines } = JSON.parse(
  readFileSync(join(here, 'package.json'), 'utf8'),
);
const common = { version, license, repository, homepage, bugs, engines };

/** What fits this machine, as the packages name it, likeliest first. Also part of the CommonJS loader, as it stands. */
function triples() {
  const machine = `${process.platform}-${process.arch}`;
  // Which C library a Linux has is told by process.report, but Deno guards that: trying costs nothing.
  if (process.platform === 'linux') return [`${machine}-gnu`, `${machine}-musl`];
  return [process.platform === 'win32' ? `${machine}-msvc` : machine];
}

/** The loader of `@bytemill/native`. */
const loader = `'use strict';

${triples}

const failures = [];
for (const name of triples()) {
  try {
    module.exports = require(\`@bytemill/native-\${name}\`);
    failures.length = 0;
    break;
  } catch (error) {
    failures.push(error);
  }
}
if (failures.length > 0) {
  const [{ message }] = failures;
  throw new Error(
    \`@bytemill/native: there is no native build for \${triples()[0]}, or it was not installed (\${message})\`,
    { cause: failures[0] },
  );
}
`;

function write(folder, manifest, files) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const name of ['LICENSE-APACHE', 'LICENSE-MIT'])
    copyFileSync(join(root, name), join(folder, name));
  for (const [name, contents] of Object.entries(files)) writeFileSync(join(folder, name), contents);
}

/** `@bytemill/native`: optional dependencies, of which npm installs the one that fits. */
function writeMain(out) {
  const optional = Object.keys(platforms).map((name) => [`@bytemill/native-${name}`, version]);
  const manifest = {
    name: '@bytemill/native',
    description:
      'The native build of bytemill: install it beside bytemill, then import bytemill/native',
    ...common,
    main: 'index.cjs',
    files: ['index.cjs', 'LICENSE-*'],
    optionalDependencies: Object.fromEntries(optional),
  };
  const readme =
    '# @bytemill/native\n\nThe native build of [bytemill](https://www.npmjs.com/package/bytemill). It does nothing by itself:\n' +
    "install it beside `bytemill`, at the same version, and `import 'bytemill/native'` or set `BYTEMILL_BACKEND=native`.\n";
  write(join(out, 'native'), manifest, { 'index.cjs': loader, 'README.md': readme });
}

function writePlatform(out, addon) {
  const file = basename(addon);
  const name = file.match(/^bytemill\.(.+)\.node$/)?.[1];
  if (!(name in platforms)) {
    const known = Object.keys(platforms).map((platform) => `bytemill.${platform}.node`);
    throw new Error(`${file}: expected one of ${known.join(', ')}`);
  }
  const manifest = {
    name: `@bytemill/native-${name}`,
    description: `The native build of bytemill for ${name}`,
    ...common,
    ...platforms[name],
    main: file,
    files: [file, 'LICENSE-*'],
  };
  const readme = `# @bytemill/native-${name}\n\nPart of [@bytemill/native](https://www.npmjs.com/package/@bytemill/native).\n`;
  write(join(out, `native-${name}`), manifest, { 'README.md': readme });
  copyFileSync(addon, join(out, `native-${name}`, file));
}

const [out, ...addons] = process.argv.slice(2);
if (out === '--triple') console.log(triples()[0]);
else if (out) {
  writeMain(out);
  for (const addon of addons) writePlatform(out, addon);
} else {
  console.error('usage: node npm/native.mjs OUT_DIR [ADDON.node]…');
  process.exitCode = 2;
}
