import { place, root, versionOf } from '../process/run.mjs';

/** What the package needs: to read its own files. The environment, which Deno guards too, it does without. */
const FLAGS = ['run', '--no-prompt', '--no-config', '--no-lock', '--cached-only'];
const reads = ['npm/dist', 'test/.build', 'test/vectors'].map((folder) => root + folder);

/** The places that Deno makes. */
export function denoPlaces(path) {
  const version = versionOf(path, '--version');
  if (!version) return [];
  const command = [path, ...FLAGS, `--allow-read=${reads.join()}`];
  const runtime = `Deno ${version}`;
  // The packages of the native build, and the way to them.
  const native = `${root}npm/node_modules`;
  return [
    place(runtime, 'wasm', command),
    // A worker that a worker starts takes a second there.
    place(runtime, 'threads', command, { long: true }),
    place(runtime, 'native', [...command, `--allow-read=${native}`, `--allow-ffi=${native}`]),
    place(runtime, 'wasm', command, { inside: 'worker', long: true }),
  ];
}
