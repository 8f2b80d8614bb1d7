// Projects that run in a process of their own instead of in a page.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { judge } from './bundled.mjs';
import { root, run } from './workspace.mjs';

/** Runs a command that prints what the client found. */
export async function printsFacts(t, words, { threads = true, workers = true } = {}) {
  const said = await run(t.folder, words);
  const line = said.split('\n').findLast((text) => text.startsWith('{'));
  if (!line) throw new Error(`nothing was printed:\n${said}`);
  const facts = JSON.parse(line);
  judge({ ...facts, workers: workers ? facts.workers : 1 }, threads);
}

/** The Nodes that the set-up of the tests installed, and the one that runs this. */
export async function onEveryNode(t) {
  for (const major of [20, 22, 24, 26]) {
    const installed = join(root, `target/nodes/node_modules/node${major}/bin/node`);
    const node = existsSync(installed) ? installed : nodeOfPath(major);
    if (!node) continue;
    // Node 20 has no threads: see docs/decisions.md.
    const threads = { threads: major > 20 };
    await t.check(`ESM, Node ${major}`, () => printsFacts(t, [node, 'src/esm.js'], threads));
    await t.check(`CJS, Node ${major}`, () => printsFacts(t, [node, 'src/cjs.cjs'], threads));
    await t.check(`inline, Node ${major}`, () =>
      printsFacts(t, [node, 'src/inline-process.js'], { threads: false }),
    );
    await t.check(`mixed builds, Node ${major}`, () => run(t.folder, [node, 'mixed.js']));
    await t.check(`import, Node ${major}`, () => run(t.folder, [node, 'side-effects.js']));
  }
}

function nodeOfPath(major) {
  const original = process.env.BYTEMILL_FIRST_NODE;
  const [path, version] = original?.split('@v') ?? [];
  return version?.startsWith(`${major}.`) ? path : undefined;
}
