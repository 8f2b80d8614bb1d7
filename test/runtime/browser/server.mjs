// Serves the built package, the suite and the vectors to browsers of this machine, and takes their reports.
import { EventEmitter } from 'node:events';
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const types = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
};
const folders = { '/npm/': 'npm/dist/', '/test/': 'test/.build/', '/vectors/': 'test/vectors/' };
/** The strictest policy under which the package works: no eval, no inline scripts, no blob: workers. */
export const policy = "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'";
const page = `<!doctype html><meta charset="utf-8"><title>bytemill suite</title>
<link rel="icon" href="data:,">
<script src="/complain.js"></script>
<script type="module" src="/test/page.js"></script>`;
/** Tells of what keeps the page's module from running at all. */
const complain = `
const tell = (what) => fetch('/failed', { method: 'POST', body: JSON.stringify(String(what)) });
addEventListener('error', (event) => tell(event.message || event.target.src + ' did not load'), true);
addEventListener('unhandledrejection', ({ reason }) => tell(reason?.stack ?? reason));
addEventListener('securitypolicyviolation', (event) => tell('the policy blocked ' + event.blockedURI));
`;

/**
 * Serves on a free port, to this machine alone. `reports` emits `running`, `failed` and `report` with what the
 * page sent.
 */
export async function serve(isolated) {
  const reports = new EventEmitter();
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    response.setHeader('Content-Security-Policy', policy);
    if (isolated) {
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    }
    if (request.method === 'POST') {
      reports.emit(pathname.slice(1), JSON.parse(await text(request)));
      return void response.writeHead(204).end();
    }
    if (pathname === '/') return void response.setHeader('Content-Type', 'text/html').end(page);
    if (pathname === '/complain.js')
      return void response.setHeader('Content-Type', 'text/javascript').end(complain);
    const prefix = Object.keys(folders).find((start) => pathname.startsWith(start));
    const file =
      prefix && join(root, folders[prefix], normalize(`/${pathname.slice(prefix.length)}`));
    if (!file || !existsSync(file)) return void response.writeHead(404).end('not found');
    response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream');
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    reports,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
