// Writes dist/types: what tsc declares, and the same once more for CommonJS.
//
// TypeScript takes a .d.ts of a package of ES modules for an ES module, which CommonJS cannot import; a .d.cts can be.

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const types = join(here, 'dist/types');

/** What an import of `bytemill/<family>.wasm` gives where modules can be imported. */
const WASM = `import type { WasmModule } from './core/contract.js';

declare const module: WasmModule;
export default module;
`;

/** Declares everything; `wasm` for the modules themselves. */
export function writeTypes() {
  const tsc = join(
    dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
    'bin/tsc',
  );
  const { status } = spawnSync(process.execPath, [tsc, '-p', here], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the types do not hold');
  // Declares what only the package's own sources see.
  for (const folder of ['entry', 'worker']) rmSync(join(types, folder), { recursive: true });
  writeFileSync(join(types, 'wasm.d.ts'), WASM);
  for (const file of readdirSync(types, { recursive: true })) {
    if (!file.endsWith('.d.ts')) continue;
    const text = readFileSync(join(types, file), 'utf8');
    writeFileSync(
      join(types, file.replace(/\.d\.ts$/, '.d.cts')),
      text.replace(/((?:from |import\()(["'])\.{1,2}\/[^"']*)\.js\2/g, '$1.cjs$2'),
    );
  }
}
