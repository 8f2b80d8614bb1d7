// Runs the suite in a page, or in a dedicated worker that the page starts, and sends the report to the server that
// served it: so any browser that can be started with an address can be tested, without a driver.
import * as bytemill from 'bytemill';
import * as selftest from 'bytemill/selftest';
import { type Environment, readyAll } from '../../harness/harness.ts';
import { runSuites } from '../../harness/runner.ts';

const { href, searchParams } = new URL(location.href);
const inPage = typeof document !== 'undefined';

async function send(path: string, body: unknown): Promise<void> {
  await fetch(path, { method: 'POST', body: JSON.stringify(body) });
}

/** What ends the run, whoever says it. */
const failed = (error: unknown): void =>
  void send('/failed', String((error as Error | undefined)?.stack ?? error));

async function main(): Promise<void> {
  const sharing = searchParams.get('sharing') === 'true';
  const isolated = searchParams.get('isolated') === 'true';
  if (crossOriginIsolated !== isolated) throw new Error(`isolated: ${crossOriginIsolated}`);
  await readyAll({ bytemill, selftest });
  const report = await runSuites(
    {
      bytemill,
      selftest,
      backend: searchParams.get('backend') as Environment['backend'],
      runtime: 'browser',
      cores: navigator.hardwareConcurrency,
      sharing,
      lacks: {},
      readVector: async (path) =>
        new Uint8Array(await (await fetch(`/vectors/${path}`)).arrayBuffer()),
    },
    (test) => void send('/running', test),
  );
  await send('/report', report);
}

if (inPage && searchParams.get('inside') === 'worker') {
  const script = new URL('/test/page.js', href);
  script.search = location.search;
  const worker = new Worker(script, { type: 'module' });
  worker.addEventListener('error', ({ message }) => failed(message || 'the worker did not start'));
} else main().catch(failed);
