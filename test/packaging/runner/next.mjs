// Next.js: built as it is deployed, and run away from the folder that it was built in.
import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from './browsers.mjs';
import { familiesOf, sizeOf } from './bundle.mjs';
import { judge, judgePage } from './bundled.mjs';
import { withServer } from './servers.mjs';
import { run } from './workspace.mjs';

export async function next(t) {
  const built = await t.check('build', () =>
    run(t.folder, ['next', 'build'], { timeoutMs: 300_000 }),
  );
  if (!built) return;
  t.size = sizeOf(join(t.folder, '.next/static'));
  const deployed = mkdtempSync(join(tmpdir(), 'bytemill-next-'));
  const installed = join(t.folder, 'node_modules/bytemill');
  const away = join(t.folder, 'bytemill-away');
  cpSync(join(t.folder, '.next/standalone'), deployed, { recursive: true });
  cpSync(join(t.folder, '.next/static'), join(deployed, '.next/static'), { recursive: true });
  cpSync(join(t.folder, 'public'), join(deployed, 'public'), { recursive: true });
  // What was left behind must not be found by the path that it had.
  renameSync(installed, away);
  try {
    await withServer(
      deployed,
      (port) => ({
        words: ['node', 'server.js'],
        env: { PORT: String(port), HOSTNAME: '127.0.0.1' },
      }),
      async (origin) => {
        await t.check('server route', async () => judge(await json(`${origin}/api/node`), true));
        await t.check('edge route', async () => {
          const facts = await json(`${origin}/api/edge`);
          if (facts.notices.length > 0) throw new Error(facts.notices.join());
        });
        for (const [name, browser] of Object.entries(t.browsers))
          await t.check(`page in ${name}`, () => judgePage(browser, origin, true));
        const [browser] = Object.values(t.browsers);
        if (browser) await t.check('one family alone', () => alone(browser, origin, away));
      },
    );
  } finally {
    renameSync(away, installed);
    rmSync(deployed, { recursive: true, force: true });
  }
}

async function json(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${await response.text()}`);
  return response.json();
}

/** The page loads nothing of a family that it does not use. */
async function alone(browser, origin, installed) {
  const { loaded } = await open(browser, `${origin}/one`);
  const bodies = loaded.map(async (url) => Buffer.from(await (await fetch(url)).arrayBuffer()));
  const found = familiesOf(await Promise.all(bodies), installed);
  if (found.join() !== 'hash') throw new Error(`/one loads ${found}`);
}
