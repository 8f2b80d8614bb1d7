// Vite's development server: dependencies bundled beforehand, hot updates, and the build for a server.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { open } from './browsers.mjs';
import { bundled, judgePage } from './bundled.mjs';
import { printsFacts } from './processes.mjs';
import { withServer } from './servers.mjs';
import { run } from './workspace.mjs';

const UPDATES = 6;

/** Everything that is asked of Vite. */
export async function vite(t) {
  await bundled()(t);
  for (const [name, browser] of Object.entries(t.browsers)) {
    await t.check(`dev in ${name}`, () => dev(t, browser, {}));
    await t.check(`dev in ${name}, isolated`, () => dev(t, browser, { ISOLATED: '1' }));
  }
  const { chromium } = t.browsers;
  if (!chromium || !existsSync(join(t.folder, 'hot.js'))) return;
  await t.check('dev, not bundled beforehand', () => dev(t, chromium, { EXCLUDE: 'bytemill' }));
  await t.check('hot updates', () => hotUpdates(t, chromium));
  await t.check('build for a server', async () => {
    await run(t.folder, ['vite', 'build', '--ssr', 'server.js', '--outDir', 'dist/server']);
    await printsFacts(t, ['node', 'dist/server/server.js']);
  });
}

async function dev(t, browser, env) {
  const words = ['vite', '--host', '127.0.0.1', '--force', '--port'];
  const command = (port) => ({ words: [...words, String(port)], env });
  await withServer(t.folder, command, async (origin) => {
    await judgePage(browser, `${origin}/main.html`, env.ISOLATED !== undefined);
    const deps = join(t.folder, 'node_modules/.vite/deps');
    const bundledBefore = existsSync(deps) && readdirSync(deps).includes('bytemill.js');
    if (bundledBefore === (env.EXCLUDE !== undefined))
      throw new Error(`bundled beforehand: ${bundledBefore}`);
  });
}

/** Reloaded modules share the workers of the page. */
async function hotUpdates(t, browser) {
  const file = join(t.folder, 'hot.js');
  const text = readFileSync(file, 'utf8');
  const command = (port) => ({ words: ['vite', '--host', '127.0.0.1', '--port', String(port)] });
  await withServer(t.folder, command, (origin) =>
    open(browser, `${origin}/hot.html`, async (tab) => {
      const facts = () => tab.evaluate(() => globalThis.outcome.facts);
      const before = { ...(await facts()), alive: tab.workers().length };
      for (let version = 1; version <= UPDATES; version++) {
        // Vite takes changes that follow each other closely for one.
        await new Promise((resolve) => setTimeout(resolve, 500));
        writeFileSync(file, text.replace('version = 0', `version = ${version}`));
        await tab.waitForFunction(
          (wanted) => globalThis.outcome.facts.version === wanted,
          version,
          { timeout: 20_000 },
        );
      }
      const after = { ...(await facts()), alive: tab.workers().length };
      if (before.alive === 0 || after.alive !== before.alive || after.started !== before.started)
        throw new Error(`workers: ${JSON.stringify({ before, after })}`);
    }),
  );
}
