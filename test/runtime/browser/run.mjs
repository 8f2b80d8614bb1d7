// Runs the suite in a browser: one process and one empty profile for each page.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from './server.mjs';

/** Of the whole suite in one page. */
const LIMIT_MS = 900_000;

/** The pages that every browser is given; threads need isolation, as browsers have it. */
const PAGES = [
  { isolated: false, backend: 'wasm' },
  { isolated: true, backend: 'wasm', long: true },
  { isolated: true, backend: 'threads' },
  { isolated: false, backend: 'wasm', inside: 'worker', long: true },
  { isolated: true, backend: 'threads', inside: 'worker', long: true },
];

/**
 * The places that a browser makes. `launch(address, profile)` gives the command that opens the address with a profile
 * in an empty folder, and what there is to close after it.
 */
export function browserPlaces(name, launch) {
  return PAGES.map(({ isolated, backend, inside = 'page', long = false }) => ({
    runtime: `${name}${isolated ? ', isolated' : ''}${inside === 'worker' ? ', in a worker' : ''}`,
    backend,
    long,
    run: () => runPage({ isolated, backend, inside, launch }),
  }));
}

async function runPage({ isolated, backend, inside, launch }) {
  const server = await serve(isolated);
  const profile = mkdtempSync(join(tmpdir(), 'bytemill-browser-'));
  const search = new URLSearchParams({ backend, isolated, sharing: isolated, inside });
  let browser;
  let command;
  try {
    const report = Promise.race([
      once(server.reports, 'report').then(([told]) => told),
      once(server.reports, 'failed').then(([error]) => Promise.reject(new Error(error))),
      overdue(server.reports),
    ]);
    command = await launch(`${server.origin}/?${search}`, profile);
    browser = start(command);
    return await Promise.race([report, browser.ended]);
  } finally {
    await browser?.stop();
    await command?.close?.();
    server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Rejects when the page has had its time, with what it was doing. */
async function overdue(reports) {
  let running = 'nothing yet';
  reports.on('running', (test) => (running = test));
  await new Promise((resolve) => setTimeout(resolve, LIMIT_MS).unref());
  throw new Error(`no report within ${LIMIT_MS / 1000} s; it was running: ${running}`);
}

/** Starts a browser as a process group, because it starts others that outlive it. */
function start({ program, args, env = {} }) {
  const child = spawn(program, args, {
    detached: true,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    complaints = (complaints + text).slice(-4000);
  });
  const kill = () => {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It is gone already.
    }
  };
  process.once('exit', kill);
  let stopped = false;
  const closed = new Promise((resolve) => {
    child.once('error', (error) => resolve(String(error)));
    child.once('close', (code, signal) => resolve(`it ended with ${signal ?? code}`));
  });
  return {
    /** Rejects when the browser ends before it was told to. */
    ended: closed.then((how) =>
      stopped ? undefined : Promise.reject(new Error(`${how} before its report\n${complaints}`)),
    ),
    async stop() {
      stopped = true;
      kill();
      process.off('exit', kill);
      await closed;
    },
  };
}
