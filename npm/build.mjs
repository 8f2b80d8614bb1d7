// Builds dist/: one file per entry and runtime, because the count of files, not wasm, dominates a cold start.
//
//   <entry>.mjs, .cjs     Node, Bun, Deno            <entry>.web.mjs      browsers, by URL
//   <entry>.workerd.mjs   compiled modules imported   <entry>.inline.mjs   wasm as text inside
//   <entry>.edge.mjs      the same, as Vercel and Next.js spell it
//
// Where wasm or its address is imported, a part of a family (`<family>_<part>.wasm`) has a file of its own besides, which
// bundlers leave out with the operations that nobody calls.
//
// What differs between runtimes reaches the sources through the virtual modules of src/virtual.d.ts.

import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { exportsMap, typesVersions } from './exports.mjs';
import { notices } from './notices.mjs';
import { writeTypes } from './types.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');
const wasm = join(here, 'wasm');
/** Built into the repository's tests, never published. */
const testFamilies = ['selftest'];
/** The published modules: all that `xtask build` made. */
const modules = readdirSync(wasm)
  .flatMap((file) => file.match(/^([a-z0-9_]+)\.wasm$/)?.[1] ?? [])
  .filter((name) => !testFamilies.includes(name));
/** The builds of a module that there are: only kernels that gain by threads have a threaded twin. */
const builds = (name) =>
  ['.wasm', '.threads.wasm', '.debug.wasm'].filter((kind) => existsSync(join(wasm, name + kind)));
const isPart = (name) => name.includes('_');
const families = modules.filter((name) => !isPart(name));

const common = {
  absWorkingDir: here,
  bundle: true,
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
};

/** Where a module is, as source text. */
const wasmSource = {
  files: (name) => `export default {
  single: new URL('./${name}.wasm', import.meta.url),${
    builds(name).includes('.threads.wasm')
      ? `\n  threads: new URL('./${name}.threads.wasm', import.meta.url),`
      : ''
  }
};`,
  imports: (name) => `import single from './${name}.wasm';\nexport default { single };`,
  // As Vercel and Next.js want a module that is not to be instantiated by them.
  edge: (name) => `import single from './${name}.wasm?module';\nexport default { single };`,
  inline: (name) => {
    const text = readFileSync(join(wasm, `${name}.wasm`)).toString('base64');
    return `export default { single: '${text}' };`;
  },
};

/** Fills in the virtual modules for one runtime. */
function runtime({ platform, source, workerText = '', suffix = '' }) {
  return {
    name: 'bytemill-runtime',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^bytemill:platform$/ }, () => ({
        path: join(here, 'src/entry', `${platform}.ts`),
      }));
      onResolve({ filter: /^bytemill:wasm\// }, ({ path, kind }) => {
        const name = path.slice(14);
        return suffix && isPart(name) && kind !== 'entry-point'
          ? { path: `./${name}${suffix}`, external: true, sideEffects: false }
          : { path: name, namespace: 'wasm' };
      });
      onLoad({ filter: /.*/, namespace: 'wasm' }, ({ path }) => ({
        contents: wasmSource[source](path),
      }));
      onResolve({ filter: /^bytemill:workers$/ }, () => ({
        path: 'workers',
        namespace: 'workers',
      }));
      onLoad({ filter: /.*/, namespace: 'workers' }, () => ({
        contents: `export const worker = ${JSON.stringify(workerText)};`,
      }));
      onResolve({ filter: /\.wasm(\?module)?$/ }, ({ path }) => ({ path, external: true }));
      // The root re-exports the families' files where bundlers will look for what they can leave out.
      if (suffix) {
        onResolve(
          { filter: new RegExp(`^\\./(${families.join('|')})\\.js$`) },
          ({ path, importer }) =>
            /index\.ts$/.test(importer)
              ? { path: path.replace('.js', suffix), external: true }
              : undefined,
        );
      }
    },
  };
}

/** The threaded worker's glue comes from wasm-bindgen; its imports are ours. */
const glue = {
  name: 'bytemill-glue',
  setup({ onResolve }) {
    onResolve({ filter: /^bytemill:glue$/ }, () => ({ path: join(wasm, 'threads.glue.js') }));
    onResolve({ filter: /^bytemill:notify$/ }, () => ({
      path: join(here, 'src/worker/notify.ts'),
    }));
    onResolve({ filter: /workerHelpers(\.no-bundler)?\.js$/ }, () => ({
      path: join(here, 'src/worker/spawner.ts'),
    }));
  },
};

const sources = (names, suffix) =>
  Object.fromEntries(names.map((name) => [`${name}${suffix}`, `src/${name}.ts`]));

/** The same, with the parts that have files of their own. */
const withParts = (names, suffix) => ({
  ...sources(names, suffix),
  ...Object.fromEntries(
    modules.filter(isPart).map((name) => [`${name}${suffix}`, `bytemill:wasm/${name}`]),
  ),
});

/** Gives import.meta.url a meaning in a CommonJS file. */
const commonJs = {
  define: { 'import.meta.url': 'here' },
  banner: { js: "const here = require('node:url').pathToFileURL(__filename).href;" },
};

async function buildPackage() {
  rmSync(dist, { recursive: true, force: true });
  const entries = [...families, ...testFamilies, 'index', 'native'];
  const worker = { ...common, format: 'esm', plugins: [glue] };
  const workerText = await build({
    ...common,
    entryPoints: ['src/worker/worker.ts'],
    format: 'iife',
    minify: true,
    write: false,
  });

  const node = runtime({ platform: 'node', source: 'files' });
  const web = runtime({ platform: 'browser', source: 'files', suffix: '.web.mjs' });
  const workerd = runtime({ platform: 'workerd', source: 'imports', suffix: '.workerd.mjs' });
  const edge = runtime({ platform: 'workerd', source: 'edge', suffix: '.edge.mjs' });
  const inline = runtime({
    platform: 'inline',
    source: 'inline',
    workerText: workerText.outputFiles[0].text,
    suffix: '.inline.mjs',
  });
  const without = entries.filter((entry) => entry !== 'native');
  const to = (extra) => ({ ...common, outdir: 'dist', ...extra });
  await Promise.all([
    build({
      ...worker,
      entryPoints: { worker: 'src/worker/worker.ts', threads: 'src/worker/threads.ts' },
      outdir: 'dist',
      outExtension: { '.js': '.mjs' },
    }),
    build(
      to({
        entryPoints: sources(entries, ''),
        format: 'esm',
        platform: 'node',
        plugins: [node],
        outExtension: { '.js': '.mjs' },
      }),
    ),
    build(
      to({
        entryPoints: sources(entries, ''),
        format: 'cjs',
        platform: 'node',
        plugins: [node],
        outExtension: { '.js': '.cjs' },
        ...commonJs,
      }),
    ),
    build(
      to({
        entryPoints: withParts(without, '.web'),
        format: 'esm',
        plugins: [web],
        outExtension: { '.js': '.mjs' },
      }),
    ),
    build(
      to({
        entryPoints: withParts(without, '.workerd'),
        format: 'esm',
        plugins: [workerd],
        outExtension: { '.js': '.mjs' },
      }),
    ),
    build(
      to({
        entryPoints: withParts(without, '.edge'),
        format: 'esm',
        plugins: [edge],
        outExtension: { '.js': '.mjs' },
      }),
    ),
    build(
      to({
        entryPoints: withParts(without, '.inline'),
        format: 'esm',
        plugins: [inline],
        outExtension: { '.js': '.mjs' },
      }),
    ),
  ]);
  cpSync(wasm, dist, { recursive: true, filter: (path) => !path.endsWith('.glue.js') });

  writeTypes();
  writeFileSync(join(dist, 'THIRD-PARTY-NOTICES.txt'), notices(dirname(here)));

  const manifest = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
  const files = modules.map((name) => ({ name, kinds: builds(name) }));
  manifest.exports = exportsMap(families, files);
  manifest.typesVersions = typesVersions(families, files);
  // Never installed unasked; where it is, it must be of the same version.
  manifest.peerDependencies = { '@bytemill/native': manifest.version };
  writeFileSync(join(here, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

await buildPackage();
