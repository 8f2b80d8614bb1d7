// An HTTP worker in the real workerd, as `wrangler dev` runs it, on this machine only.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { familiesIn, sizeOf } from './bundle.mjs';
import { withServer } from './servers.mjs';
import { run, vectors } from './workspace.mjs';

/** What Cloudflare gives an isolate; the local workerd does not enforce it. */
const LIMIT_BYTES = 128 << 20;

export async function workerd(t) {
  await t.check('one family alone', async () => {
    for (const entry of ['one', 'root']) {
      const out = `dist/${entry}`;
      await run(t.folder, ['wrangler', 'deploy', `src/${entry}.js`, '--dry-run', '--outdir', out]);
      const found = familiesIn(join(t.folder, out), join(t.folder, 'node_modules/bytemill'));
      if (found.join() !== 'hash') throw new Error(`${out} holds ${found}`);
    }
    t.alone = sizeOf(join(t.folder, 'dist/one'));
    await run(t.folder, ['wrangler', 'deploy', '--dry-run', '--outdir', 'dist/main']);
    t.size = sizeOf(join(t.folder, 'dist/main'));
  });
  const words = [
    'wrangler',
    'dev',
    '--ip',
    '127.0.0.1',
    '--inspector-port',
    '0',
    '--log-level',
    'warn',
    '--port',
  ];
  const command = (port) => ({ words: [...words, String(port)] });
  await t.check('requests', () => withServer(t.folder, command, (origin) => requests(t, origin)));
}

async function requests(t, origin) {
  const post = async (path, body) => {
    const response = await fetch(origin + path, { method: 'POST', body });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    const bytes = Number(response.headers.get('X-Memory-Bytes'));
    if (bytes > LIMIT_BYTES) throw new Error(`${path}: ${bytes} bytes of memory`);
    return response;
  };
  const files = vectors.map((path) => [path, readFileSync(join(t.folder, 'public/vectors', path))]);
  const base64 = Object.fromEntries(files.map(([path, bytes]) => [path, bytes.toString('base64')]));
  const facts = await (await post('/check', JSON.stringify(base64))).json();
  if (facts.runtime !== 'workerd' || facts.notices.length > 0)
    throw new Error(JSON.stringify(facts));

  const { image } = await import(
    pathToFileURL(join(t.folder, 'node_modules/bytemill/dist/index.mjs')).href
  );
  const { 'image/rgb.jpg': photo, 'pdf/three-pages.pdf': report } = Object.fromEntries(files);
  // 12 megapixels, as a phone takes them.
  const large = image.thumbnailSync(photo, { width: 4240, withoutEnlargement: false });
  for (let time = 0; time < 3; time++) {
    const small = new Uint8Array(await (await post('/thumbnail', large)).arrayBuffer());
    const { width } = image.metadataSync(small);
    if (width !== 320) throw new Error(`a thumbnail of ${width} pixels`);
    const text = await (await post('/text', report)).text();
    if (!text.includes('The first page of three.')) throw new Error(`text: ${text}`);
  }
}
