// Serves a built project on a free port of this machine.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { page } from './page.mjs';
import { root } from './workspace.mjs';

const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** What makes a page cross-origin isolated. */
export const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Serves a folder, and the test vectors below /vectors/; pages that are not there load the script of their name. */
export async function serve(folder, { isolated = false } = {}) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = normalize(decodeURIComponent(pathname));
    if (isolated)
      for (const [name, value] of Object.entries(isolation)) response.setHeader(name, value);
    const file = path.startsWith('/vectors/') ? join(root, 'test', path) : join(folder, path);
    const found = existsSync(file) && statSync(file).isFile();
    response.setHeader('Content-Type', types[extname(path)] ?? 'application/octet-stream');
    if (found) createReadStream(file).pipe(response);
    else if (extname(path) === '.html') response.end(page(`.${path.replace('.html', '.js')}`));
    else response.writeHead(404).end('not found');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
