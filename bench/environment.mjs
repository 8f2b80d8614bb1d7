// What the figures depend on, beside the code.

import os from 'node:os';
import { peerVersions } from './peers/import.mjs';

/** Load averages of 1, 5 and 15 minutes. */
export const load = () => os.loadavg().map((average) => Math.round(average * 100) / 100);

export function environment() {
  const cpus = os.cpus();
  return {
    node: process.versions.node,
    v8: process.versions.v8,
    cpu: cpus[0]?.model.trim() ?? 'unknown',
    cores: cpus.length,
    platform: `${process.platform}-${process.arch}`,
    backend: process.env.BYTEMILL_BACKEND ?? 'auto',
    peers: peerVersions(),
  };
}
