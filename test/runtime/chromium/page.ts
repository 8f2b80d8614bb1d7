// Runs the suite in a page; test/runtime/chromium/run.mjs opens it and reads the outcome.
import * as bytemill from 'bytemill';
import * as selftest from 'bytemill/selftest';
import type { Context } from '../../harness/harness.ts';
import { suites } from '../../suite/all.ts';

interface Outcome {
  readonly name: string;
  readonly error?: string;
  readonly ms: number;
}

async function main(): Promise<void> {
  const { zstd, hash, image, pdf } = bytemill;
  await Promise.all([zstd.ready(), hash.ready(), image.ready(), pdf.ready(), selftest.ready()]);
  const backend = (new URL(location.href).searchParams.get('backend') ??
    'wasm') as Context['backend'];
  bytemill.configure({ backend });
  const outcomes: Outcome[] = [];
  for (const [suiteName, suite] of Object.entries(suites)) {
    const tests: [string, () => void | Promise<void>][] = [];
    suite({
      bytemill,
      selftest,
      backend,
      runtime: 'chromium',
      test: (title, body) => void tests.push([title, body]),
      readVector: async (path) =>
        new Uint8Array(await (await fetch(`/vectors/${path}`)).arrayBuffer()),
    });
    for (const [title, body] of tests) {
      const start = performance.now();
      const name = `${suiteName}: ${title}`;
      try {
        await body();
        outcomes.push({ name, ms: performance.now() - start });
      } catch (error) {
        outcomes.push({
          name,
          error: String((error as Error)?.stack ?? error),
          ms: performance.now() - start,
        });
      }
    }
  }
  Object.assign(globalThis, {
    outcomes,
    facts: { isolated: crossOriginIsolated, info: bytemill.info() },
  });
}

main().catch((error) => Object.assign(globalThis, { failed: String(error?.stack ?? error) }));
