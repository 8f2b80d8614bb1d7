// Serves the page that hashes and chunks a file, and the built package, to this machine alone.
//
//   node demo/file/serve.mjs [--port=8080]

import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const types = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** The file that a path asks for: the package's below `/npm/`, else the page's. */
function fileOf(path) {
  const asked = normalize(decodeURIComponent(path));
  const [folder, name] = asked.startsWith('/npm/')
    ? ['npm/dist', asked.slice(4)]
    : ['demo/file', asked === '/' ? '/index.html' : asked];
  return join(root, folder, name);
}

/** Starts on a free port unless told; `isolated` pages have threads, others workers. */
export async function serve({ port = 0, isolated = true } = {}) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = fileOf(pathname);
    if (!types[extname(file)] || !existsSync(file))
      return void response.writeHead(404).end('not found');
    response.setHeader('Content-Type', types[extname(file)]);
    response.setHeader(
      'Content-Security-Policy',
      "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'",
    );
    if (isolated) {
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    }
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}/`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const port = process.argv.find((word) => word.startsWith('--port='))?.slice(7);
  const { address } = await serve({ port: Number(port ?? 8080) });
  console.log(`${address} (Ctrl+C ends it)`);
}
