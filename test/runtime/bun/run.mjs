import { place, versionOf } from '../process/run.mjs';

/** The places that Bun makes. */
export function bunPlaces(path) {
  const version = versionOf(path, '--version');
  if (!version) return [];
  const runtime = `Bun ${version}`;
  return [
    place(runtime, 'wasm', [path]),
    place(runtime, 'threads', [path], { long: true }),
    place(runtime, 'native', [path]),
    place(runtime, 'wasm', [path], { inside: 'worker', long: true }),
  ];
}
