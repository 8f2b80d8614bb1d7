// Compiles the suite for Node and for pages, into test/.build.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const common = {
  absWorkingDir: here,
  bundle: true,
  format: 'esm',
  target: 'es2022',
  logLevel: 'warning',
  sourcemap: 'inline',
};

/** The package as a user gets it: built files, found by the paths that tests import. */
const packageUnderTest = {
  name: 'package-under-test',
  setup({ onResolve }) {
    onResolve({ filter: /^bytemill(\/|$)/ }, ({ path }) => {
      const name = path.split('/')[1] ?? 'index';
      return { path: `../../../../npm/dist/${name}.mjs`, external: true };
    });
  },
};

await Promise.all([
  build({
    ...common,
    entryPoints: ['runtime/node/suite.test.ts'],
    platform: 'node',
    outdir: '.build/runtime/node',
    outExtension: { '.js': '.mjs' },
    plugins: [packageUnderTest],
    define: { 'import.meta.url': 'suiteLocation' },
    banner: {
      js: `const suiteLocation = ${JSON.stringify(new URL('runtime/node/suite.test.ts', import.meta.url).href)};`,
    },
  }),
  // The page finds the package through its import map, as a page without a bundler would.
  build({
    ...common,
    entryPoints: ['runtime/chromium/page.ts'],
    outfile: join('.build', 'page.js'),
    external: ['bytemill', 'bytemill/*'],
  }),
]);
