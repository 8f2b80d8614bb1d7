// Packs the package and the packages of the native build, installs them into an empty project with no network, and
// looks at who runs the kernels: with the native build installed, without it, and with one of another version.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const npm = fileURLToPath(new URL('../../npm/', import.meta.url));

const report = `
const bytes = new TextEncoder().encode('abc');
const digest = bytemill.hash.blake3HexSync(bytes);
bytemill.hash.blake3HexBatch([bytes]).then(([same]) => {
  const { backend, versions, notices } = bytemill.info();
  console.log(JSON.stringify({ backend, native: versions.native, notices, digest, same }));
});`;

const programs = {
  'esm.mjs': `import * as bytemill from 'bytemill/native';${report}`,
  'cjs.cjs': `const bytemill = require('bytemill/native');${report}`,
  'environment.mjs': `process.env.BYTEMILL_BACKEND = 'native';\nconst bytemill = await import('bytemill');${report}`,
};

const DIGEST = '6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85';

/** What is installed, and what the programs must then tell. */
const situations = [
  {
    name: 'the package alone falls back to wasm, and says so',
    packages: [npm],
    holds: ({ backend, notices }) => backend === 'auto' && /cannot be used/.test(notices[0]),
  },
  {
    name: 'with the native build beside it, that is what runs',
    packages: [npm, ...nativePackages()],
    holds: ({ backend, native, notices }) =>
      backend === 'native' && native === version() && notices.length === 0,
  },
  {
    name: 'a native build of another version is refused',
    packages: [],
    before(folder) {
      const loader = join(folder, 'node_modules/@bytemill/native/index.cjs');
      writeFileSync(loader, "module.exports = { VERSION: '0.0.1' };");
    },
    holds: ({ backend, notices }) => backend === 'auto' && /has version 0\.0\.1/.test(notices[0]),
  },
];

function nativePackages() {
  const folder = join(npm, 'node_modules/@bytemill');
  return readdirSync(folder).map((name) => join(folder, name));
}

function version() {
  return JSON.parse(readFileSync(join(npm, 'package.json'), 'utf8')).version;
}

/** Runs the programs on every Node, in every situation; a row of the table for each Node. */
export function runNativePackaging(nodes, only) {
  if (only && !'packaging native'.includes(only)) return [];
  const folder = mkdtempSync(join(tmpdir(), 'bytemill-native-'));
  const rows = nodes.map((node) => ({
    node,
    runtime: `native packages on Node ${run(node, ['--version']).stdout.trim().slice(1)}`,
    passed: 0,
    failed: 0,
  }));
  try {
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    for (const [name, text] of Object.entries(programs)) writeFileSync(join(folder, name), text);
    for (const { name, packages, before, holds } of situations) {
      install(folder, packages);
      before?.(folder);
      for (const row of rows) {
        for (const program of Object.keys(programs)) {
          const complaint = complaintOf(run(row.node, [program], folder), holds);
          if (complaint) console.error(`${row.runtime}: ${name}: ${program}: ${complaint}`);
          row[complaint ? 'failed' : 'passed']++;
        }
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return rows.map(({ runtime, passed, failed }) => ({
    runtime,
    backend: 'native',
    passed,
    failed,
  }));
}

function run(program, words, cwd) {
  return spawnSync(program, words, { cwd, encoding: 'utf8', timeout: 60_000 });
}

/** Packs folders and installs the tarballs, which is not the same as installing the folders. */
function install(folder, packages) {
  if (packages.length === 0) return;
  const tarballs = packages.map((path) => {
    const { status, stdout, stderr } = run(
      'npm',
      ['pack', '--json', '--pack-destination', folder],
      path,
    );
    if (status !== 0) throw new Error(stderr);
    return join(folder, JSON.parse(stdout)[0].filename);
  });
  const words = ['install', '--offline', '--no-audit', '--no-fund', '--no-save', ...tarballs];
  const { status, stderr } = run('npm', words, folder);
  if (status !== 0) throw new Error(stderr);
}

function complaintOf({ status, stdout, stderr }, holds) {
  if (status !== 0) return `exit code ${status}\n${stderr}`;
  const told = JSON.parse(stdout);
  if (told.digest !== DIGEST || told.same !== DIGEST) return `wrong digest\n${stdout}`;
  return holds(told) ? undefined : stdout;
}
