// Runs the suite in Node, Bun or Deno and prints the report: `main.mjs BACKEND VECTORS main|worker`.
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import * as bytemill from 'bytemill';
import * as selftest from 'bytemill/selftest';
import type { Environment } from '../../harness/harness.ts';
import { type Report, runSuites } from '../../harness/runner.ts';

/** Nothing there ends such a worker, so the process would not end either. */
const BUN_ISSUE = 'https://github.com/oven-sh/bun/pull/36356';
const { versions } = process as { versions: Record<string, string | undefined> };
const runtime = versions['bun'] ? 'bun' : versions['deno'] ? 'deno' : 'node';
const [backend, vectors, inside] = (workerData ?? process.argv.slice(2)) as [
  Environment['backend'],
  string,
  'main' | 'worker',
];

if (inside === 'worker' && isMainThread) {
  const worker = new Worker(new URL(import.meta.url), { workerData: [backend, vectors, inside] });
  worker.on('message', print);
} else {
  const report = await runSuites({
    bytemill,
    selftest,
    backend,
    runtime,
    cores: availableParallelism(),
    // Node 20 has no threads: see docs/decisions.md.
    sharing: runtime !== 'node' || Number.parseInt(process.versions.node, 10) >= 22,
    lacks: runtime === 'bun' ? { stop: `Bun ends no wasm loop: ${BUN_ISSUE}` } : {},
    readVector: async (path) => new Uint8Array(await readFile(join(vectors, path))),
    residentBytes: () => process.memoryUsage().rss,
  });
  if (parentPort) parentPort.postMessage(report);
  else print(report);
}

function print(report: Report): void {
  console.log(JSON.stringify(report));
}
