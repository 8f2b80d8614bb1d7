import { place, versionOf } from '../process/run.mjs';

/** The places that Bun makes. */
export function bunPlaces(path) {
  const version = versionOf(path, '--version');
  if (!version) return [];
  return ['wasm', 'threads', 'native'].map((backend) => place(`Bun ${version}`, backend, [path]));
}
