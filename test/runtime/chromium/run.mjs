// Opens the suite's page in headless Chromium: once cross-origin isolated, where threads work, and once not.
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const types = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
};
const folders = { '/npm/': 'npm/dist/', '/test/': 'test/.build/', '/vectors/': 'test/vectors/' };
const page = `<!doctype html><meta charset="utf-8"><title>bytemill suite</title>
<script type="importmap">{ "imports": { "bytemill": "/npm/index.web.mjs", "bytemill/selftest": "/npm/selftest.web.mjs" } }</script>
<script type="module" src="/test/page.js"></script>`;

/** Serves the built package and suite on a free port of this machine. */
export async function serve(isolated) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    response.setHeader('Content-Security-Policy', csp);
    if (isolated) {
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    }
    if (pathname === '/') return void response.setHeader('Content-Type', 'text/html').end(page);
    const prefix = Object.keys(folders).find((start) => pathname.startsWith(start));
    const file =
      prefix && join(root, folders[prefix], normalize(`/${pathname.slice(prefix.length)}`));
    if (!file || !existsSync(file)) return void response.writeHead(404).end('not found');
    response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream');
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** No eval, no blob: workers; the inline script is the import map. */
const csp = "script-src 'self' 'wasm-unsafe-eval' 'unsafe-inline'; worker-src 'self'";

/** Runs the suite in a page and gives back the rows of the table. */
export async function runInChromium(executablePath, only) {
  const rows = [];
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
  try {
    for (const [isolated, backend] of [
      [false, 'wasm'],
      [true, 'wasm'],
      [true, 'threads'],
    ]) {
      const runtime = `Chromium ${browser.version().split('.')[0]}${isolated ? ', isolated' : ''}`;
      if (!`${runtime} ${backend}`.includes(only)) continue;
      rows.push(await runPage(browser, { isolated, backend, runtime }));
    }
  } finally {
    await browser.close();
  }
  return rows;
}

async function runPage(browser, { isolated, backend, runtime }) {
  const server = await serve(isolated);
  const context = await browser.newContext();
  const tab = await context.newPage();
  const complaints = [];
  tab.on('pageerror', (error) => complaints.push(String(error)));
  tab.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  try {
    await tab.goto(`${server.origin}/?backend=${backend}`);
    await tab.waitForFunction(() => globalThis.outcomes || globalThis.failed, undefined, {
      timeout: 300_000,
    });
    const {
      outcomes = [],
      facts,
      failed,
    } = await tab.evaluate(() => ({ outcomes, facts, failed: globalThis.failed }));
    const bad = outcomes.filter((outcome) => outcome.error);
    if (facts?.isolated !== isolated)
      bad.push({ name: 'isolation', error: `expected ${isolated}` });
    if (isolated && facts?.info.threads !== true)
      bad.push({ name: 'threads', error: String(facts?.info.threads) });
    if (failed) bad.push({ name: 'page', error: failed });
    for (const { name, error } of bad) console.error(`${runtime}, ${backend}: ${name}\n${error}\n`);
    if (bad.length > 0 && complaints.length > 0) console.error(complaints.join('\n'));
    return { runtime, backend, passed: outcomes.length - bad.length, failed: bad.length };
  } catch (error) {
    console.error(`${runtime}, ${backend}: ${error}\n${complaints.join('\n')}`);
    return { runtime, backend, passed: 0, failed: 1 };
  } finally {
    await context.close();
    server.close();
  }
}
