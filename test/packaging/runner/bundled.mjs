// What is asked of every bundler: that its output works in pages, off their thread, and holds nothing unused.
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { open } from './browsers.mjs';
import { familiesIn, sizeOf } from './bundle.mjs';
import { serve } from './serve.mjs';
import { entries, run } from './workspace.mjs';

/**
 * A project whose package.json has a script `build` that reads `ENTRY` and writes `dist/$ENTRY`. With `copies`, the
 * bundler leaves the package's files where they are, and the user copies them.
 */
export function bundled({ copies = false } = {}) {
  return async (t) => {
    for (const entry of entries) {
      const built = await t.check(`build ${entry}`, async () => {
        await run(t.folder, ['node', '--run', 'build'], { env: { ENTRY: entry } });
        if (copies && !entry.includes('inline')) copyFiles(t.folder, entry);
      });
      if (!built) return;
    }
    t.size = sizeOf(join(t.folder, 'dist/main'));
    t.alone = sizeOf(join(t.folder, 'dist/one'));
    for (const entry of ['one', 'root', 'one-inline'])
      await t.check(`${entry} holds one family`, () => alone(t, entry));
    for (const [name, browser] of Object.entries(t.browsers)) {
      for (const entry of ['main', 'inline']) {
        await t.check(`${entry} in ${name}, isolated`, () => inPage(t, browser, entry, true));
        await t.check(`${entry} in ${name}`, () => inPage(t, browser, entry, false));
      }
    }
    const [browser] = Object.values(t.browsers);
    for (const entry of browser ? ['one', 'root', 'one-inline'] : [])
      await t.check(`${entry} in a page`, () => inPage(t, browser, entry, false));
  };
}

/** The documented step of bundlers that copy no files: the wasm of the families in use, and the workers. */
function copyFiles(folder, entry) {
  const from = join(folder, 'node_modules/bytemill/dist');
  const wanted =
    entry === 'main' ? /\.wasm$|^(worker|threads)\.mjs$/ : /^hash\..*wasm$|^(worker|threads)\.mjs$/;
  for (const file of readdirSync(from).filter((name) => wanted.test(name)))
    cpSync(join(from, file), join(folder, 'dist', entry, file));
}

function alone(t, entry) {
  const found = familiesIn(join(t.folder, 'dist', entry), join(t.folder, 'node_modules/bytemill'));
  if (found.join() !== 'hash') throw new Error(`dist/${entry} holds ${found.join(', ')}`);
}

async function inPage(t, browser, entry, isolated) {
  const server = await serve(join(t.folder, 'dist', entry), { isolated });
  try {
    const url = `${server.origin}/${entry}.html`;
    if (entry === 'main' || entry === 'inline')
      await judgePage(browser, url, entry === 'main' && isolated);
    else await open(browser, url);
  } finally {
    server.close();
  }
}

/** Whether calls really ran off the page's thread; threads may be there and not be worth their start for 9 MiB. */
export function judge(
  { workers, threads, threaded, notices },
  expectThreads,
  expectThreaded = expectThreads,
) {
  if (notices.length > 0) throw new Error(`notices: ${notices.join('; ')}`);
  if (workers === 0) throw new Error('no worker was started');
  if ((threads === true) !== expectThreads) throw new Error(`threads: ${threads}`);
  if (threaded !== expectThreaded) throw new Error(`9 MiB ran in threads: ${threaded}`);
}

/** How often a page is opened in Firefox. */
const TIMES = 4;

/**
 * The same of a page. In Firefox 153 one host in ten never comes back from `new Worker` for its threads, with every
 * bundler and without one; the package then tells so after 10 s and goes on in workers. Such a page is opened again.
 */
export async function judgePage(browser, url, expectThreads) {
  const times = 'newContext' in browser ? 1 : TIMES;
  for (let time = 1; ; time++) {
    const facts = await open(browser, url);
    const hung = facts.notices.some((notice) => notice.includes('threads did not start'));
    if (!hung || time === times) return judge(facts, expectThreads);
    console.log(`Firefox: threads did not start, opening the page again (${time})`);
  }
}
