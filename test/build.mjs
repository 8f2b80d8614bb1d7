// Compiles the suite for processes, pages and workerd, into test/.build.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const common = {
  absWorkingDir: dirname(fileURLToPath(import.meta.url)),
  bundle: true,
  format: 'esm',
  target: 'es2022',
  logLevel: 'warning',
  sourcemap: 'inline',
};

/** The package as a user gets it: built files, at an address that the place finds. */
const packageAt = (address) => ({
  name: 'package-under-test',
  setup({ onResolve }) {
    onResolve({ filter: /^bytemill(\/|$)/ }, ({ path }) => ({
      path: address(path.split('/')[1] ?? 'index'),
      external: true,
    }));
  },
});

await Promise.all([
  build({
    ...common,
    entryPoints: ['runtime/process/main.ts'],
    platform: 'node',
    outfile: '.build/process/main.mjs',
    plugins: [packageAt((name) => `../../../npm/dist/${name}.mjs`)],
  }),
  build({
    ...common,
    entryPoints: ['runtime/browser/page.ts'],
    outfile: '.build/page.js',
    plugins: [packageAt((name) => `/npm/${name}.web.mjs`)],
  }),
  build({
    ...common,
    entryPoints: ['runtime/workerd/worker.ts'],
    outfile: '.build/workerd/suite.js',
    // workerd has no use for it, and the module is handed over as it is.
    sourcemap: false,
    plugins: [packageAt((name) => `./${name}.workerd.mjs`)],
  }),
]);
