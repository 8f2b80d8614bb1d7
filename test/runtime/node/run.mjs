import { place, versionOf } from '../process/run.mjs';

/** The places that one version of Node makes. */
export function nodePlaces(path) {
  const version = versionOf(path, '--version');
  if (!version) return [];
  const runtime = `Node ${version}`;
  // Node 20 has no threads: see docs/decisions.md.
  const threads = Number.parseInt(version, 10) >= 22;
  return [
    place(runtime, 'wasm', [path]),
    ...(threads ? [place(runtime, 'threads', [path])] : []),
    place(runtime, 'native', [path]),
    place(runtime, threads ? 'threads' : 'wasm', [path], { inside: 'worker', long: true }),
  ];
}
